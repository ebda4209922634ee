"""Files that come with a task: looked at for secrecy marks before anybody can open them from its card."""

import json
from dataclasses import asdict
from datetime import timedelta

from bot.chat.events import FileRef
from bot.chat.messages import Attachment, Card, Part, plain
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine.features import Desk, Due, Finish
from bot.engine.work import Refusal, Work
from handlers.files.sealing import Reason, Refused, find_mark
from handlers.files.sealing.apart import inspect
from handlers.tasks.feature import feature
from handlers.tasks.life import redraw
from storage import tasks
from storage.tasks import Task
from storage.vault import Vault

PATIENCE = timedelta(minutes=10)  # while its messenger does not answer
KEPT = timedelta(days=1)  # as long as a link to it lives


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
            task.file = json.dumps(asdict(file), ensure_ascii=False)
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


# to somebody on another messenger


def bring(work: Work, task: Task, file: FileRef) -> None:
    """Only the messenger it was sent by has the file: it is fetched there and goes out by the one of who asked."""
    key = f"tasks-bring:{task.id}:{work.actor.person_id}"
    place = {"messenger": work.chat.messenger, "chat": work.chat.id, "private": work.chat.private}
    work.soon("tasks-bring", key, task=task.id, file=asdict(file), person=work.actor.person_id, **place)


@feature.job("tasks-bring")
def fetch(due: Due, desk: Desk) -> Finish:
    file = FileRef(**due.facts["file"])
    try:
        record = desk.need(Vault).put(desk.fetch(file))
    except DeliveryFailed as failed:
        if failed.outcome not in (Outcome.REJECTED, Outcome.GONE) and due.late < PATIENCE:
            raise
        return lambda work: _brought(work, due, plain(work.words("task-file-gone")))
    return lambda work: _hand(work, due, Attachment(name=file.name, record=record))


def _hand(work: Work, due: Due, attached: Attachment) -> None:
    task = tasks.get(work.session, due.facts["task"])
    work.later("tasks-forget", f"tasks-forget:{attached.record}", work.now + KEPT, record=attached.record)
    if task is not None:
        said = work.words("task-file-here", number=task.number)
        _brought(work, due, Card(parts=(Part(said),), file=attached))


def _brought(work: Work, due: Due, card: Card) -> None:
    facts = due.facts
    if not work.tell(facts["person"], card):
        work.send(facts["messenger"], facts["chat"], card, private=facts["private"])


@feature.due("tasks-forget")
def forget(due: Due, work: Work) -> None:
    work.need(Vault).forget(due.facts["record"])
