"""Files that come with a task: looked at for secrecy marks before anybody can open them from its card."""

import json
from dataclasses import asdict

from bot.chat.events import FileRef
from bot.chat.messages import plain
from bot.chat.messenger import DeliveryFailed
from bot.engine.features import Desk, Due, Finish
from bot.engine.work import Refusal, Work
from handlers.files.sealing import Reason, Refused, find_mark
from handlers.files.sealing.apart import inspect
from handlers.tasks.feature import feature
from handlers.tasks.life import redraw
from storage import tasks
from storage.tasks import Task


def refuse_marked(text: str, file: FileRef | None) -> None:
    """What is written under the file, or in its name, says enough."""
    if find_mark(text) or (file is not None and find_mark(file.name)):
        raise Refusal("task-file-secret")


def attach(work: Work, task: Task, file: FileRef, message_id: str) -> None:
    """The file appears on the card once it has been looked at."""
    chat = work.chat
    place = {"messenger": chat.messenger, "chat": chat.id, "message": message_id, "person": work.person_id}
    work.soon("tasks-look", f"tasks-look:{task.id}:{message_id}", task=task.id, file=asdict(file), **place)


@feature.job("tasks-look")
def look(due: Due, desk: Desk) -> Finish:
    """A marked file is neither kept nor passed on; what cannot be looked at is not passed on either."""
    file = FileRef(**due.facts["file"])
    try:
        seen = inspect(desk.fetch(file), file.name)
    except Refused as refused:
        return _marked(due) if refused.reason is Reason.SECRET else lambda _: None
    except DeliveryFailed:
        return lambda _: None
    return _marked(due) if seen.secrecy is not None else _clean(due, file)


def _clean(due: Due, file: FileRef) -> Finish:
    def finish(work: Work) -> None:
        task = tasks.get(work.session, due.facts["task"])
        if task is not None:
            task.file = json.dumps(asdict(file))
            redraw(work, task)

    return finish


def _marked(due: Due) -> Finish:
    def finish(work: Work) -> None:
        facts = due.facts
        work.record("task-file-refused-secret", f"task:{facts['task']}")
        if facts["message"]:
            work.delete_message(facts["messenger"], facts["chat"], facts["message"])
        told = plain(work.words("task-file-secret"))
        if facts["person"] is None or not work.tell(facts["person"], told):
            work.post(told)

    return finish
