"""Replies in words to a task's card do what its buttons do."""

from bot.engine.features import CardReply
from bot.engine.work import Refusal, Work
from handlers.tasks import rules
from handlers.tasks.acting import accept, approve, ask_reason, report, send_back
from handlers.tasks.extending import extend_in_words, grant
from handlers.tasks.feature import feature, group_of_task
from handlers.tasks.life import seat, task_of
from handlers.tasks.rules import Meaning
from storage.tasks import Task, TaskState


@feature.reply("task", group_of=group_of_task)
@feature.reply("task-ask", group_of=group_of_task)
@feature.reply("task-due", group_of=group_of_task)
def replied(reply: CardReply, work: Work) -> None:
    """`đã nhận ạ`, `xong`, `xin lùi đến thứ 2`, `duyệt`; a file is evidence that it is done."""
    task = task_of(work, int(reply.argument.split(":")[0]))
    what = rules.meaning(reply.text) if reply.text else Meaning.UNCLEAR
    if reply.file is not None and what in (Meaning.UNCLEAR, Meaning.DONE):
        report(work, task, evidence=reply.file)
    elif what is Meaning.DONE:
        report(work, task)
    elif what is Meaning.LATER:
        extend_in_words(work, task, reply.text)
    elif what is Meaning.DECLINE:
        ask_reason(work, task)
    elif what is Meaning.RETURN:
        send_back(work, task, reply.text)
    elif what is Meaning.APPROVE or (what is Meaning.ACCEPT and _is_to_decide(work, task)):
        _agree(work, task)
    elif what is Meaning.ACCEPT:
        accept(work, task)
    else:
        raise Refusal("task-reply-unclear", number=task.number)


def _is_to_decide(work: Work, task: Task) -> bool:
    """A leader's `ok` on what waits for a decision is a decision."""
    return seat(work, task).commands and (task.wanted_due_at is not None or task.state == TaskState.REPORTED)


def _agree(work: Work, task: Task) -> None:
    """A leader's `đồng ý` means what is waiting: a report, or an extension."""
    if task.wanted_due_at is not None:
        grant(work, task)
    else:
        approve(work, task)
