"""Replies in words to a task's card do what its buttons do."""

from bot.chat.events import FileRef
from bot.chat.messages import plain
from bot.engine import context
from bot.engine.features import Answer, CardReply
from bot.engine.work import Refusal, Work
from handlers.tasks import cards, rules
from handlers.tasks.acting import accept, approve, ask_reason, report, send_back
from handlers.tasks.extending import extend_in_words, grant
from handlers.tasks.feature import feature, group_of_task
from handlers.tasks.life import seat, task_of
from handlers.tasks.rules import Meaning
from storage import people, tasks
from storage.people import Who
from storage.tasks import AssignmentState, Task, TaskState

MOST = 8  # tasks to choose from


@feature.reply("task", group_of=group_of_task)
@feature.reply("task-ask", group_of=group_of_task)
@feature.reply("task-due", group_of=group_of_task)
@feature.reply("task-said", group_of=group_of_task)
def replied(reply: CardReply, work: Work) -> None:
    """`đã nhận ạ`, `xong`, `xin lùi đến thứ 2`, `duyệt`; a file is evidence that it is done."""
    task = task_of(work, int(reply.argument.split(":")[0]))
    what = rules.meaning(reply.text) if reply.text else Meaning.UNCLEAR
    if not reply.implied:
        _done_with(work, task, what, reply.text, reply.file)
        return
    if what is Meaning.UNCLEAR:
        raise Refusal("task-reply-unclear", number=task.number)
    _meant(work, task, what, reply.text)


def _meant(work: Work, latest: Task, what: Meaning, text: str) -> None:
    """Said without replying to a card: a number tells which task is meant; where several may be, it is asked."""
    number = rules.number_said(text)
    possible = [each for each in _possible(work, what) if number is None or each.number == number]
    if not possible and number is not None:
        raise Refusal("task-unknown-number", number=number)
    if len(possible) <= 1:
        _done_with(work, possible[0] if possible else latest, what, text, None)
        return
    options = [(_named(work, each), str(each.id)) for each in possible[:MOST]]
    work.ask("tasks.which", plain(work.words("task-ask-which-one")), options=options, what=str(what), text=text)


def _possible(work: Work, what: Meaning) -> list[Task]:
    """The person's tasks, in every group, for which this may have been said."""
    mine = tasks.open_of_person(work.session, work.person_id or 0)
    if what is Meaning.ACCEPT:
        given = [tasks.assignment_of(work.session, each.id or 0, work.person_id or 0) for each in mine]
        waiting = [task for task, own in zip(mine, given, strict=True) if own and own.state == AssignmentState.GIVEN]
        return waiting or list(mine)
    if what in (Meaning.APPROVE, Meaning.RETURN):
        return [each for each in tasks.open_of_group(work.session, work.group_id) if _waits(each)]
    return [each for each in mine if each.state == TaskState.OPEN]


def _waits(task: Task) -> bool:
    return task.state == TaskState.REPORTED or task.wanted_due_at is not None


def _named(work: Work, task: Task) -> str:
    group = "" if task.group_id == work.group_id else f" · {people.group(work.session, task.group_id).name}"
    return f"#{task.number} {cards.shortened(task.title, 40)}{group}"


@feature.answer("tasks.which")
def which_was_said(answer: Answer, work: Work) -> None:
    if answer.chosen is None:
        raise Refusal("refuse-not-an-option")
    task = tasks.get(work.session, int(answer.chosen))
    if task is None:
        raise Refusal("task-unknown")
    context.enter(work, task.group_id)
    context.allow(work, Who.STAFF)
    _done_with(work, task, Meaning(answer.facts["what"]), answer.facts["text"], None)


def _done_with(work: Work, task: Task, what: Meaning, text: str, file: FileRef | None) -> None:
    if file is not None and what in (Meaning.UNCLEAR, Meaning.DONE):
        report(work, task, evidence=file)
    elif what is Meaning.DONE:
        report(work, task)
    elif what is Meaning.LATER:
        extend_in_words(work, task, text)
    elif what is Meaning.DECLINE:
        ask_reason(work, task)
    elif what is Meaning.RETURN:
        send_back(work, task, text)
    elif what is Meaning.APPROVE or (what is Meaning.ACCEPT and _is_to_decide(work, task)):
        _agree(work, task)
    elif what is Meaning.ACCEPT:
        accept(work, task)
    else:
        unclear = work.words("task-reply-unclear", number=task.number)
        work.reply(cards.note(task.id or 0, unclear))  # and the next try may well be a reply to this


def _is_to_decide(work: Work, task: Task) -> bool:
    """A leader's `ok` on what waits for a decision is a decision."""
    return seat(work, task).commands and (task.wanted_due_at is not None or task.state == TaskState.REPORTED)


def _agree(work: Work, task: Task) -> None:
    """A leader's `đồng ý` means what is waiting: a report, or an extension."""
    if task.wanted_due_at is not None:
        grant(work, task)
    else:
        approve(work, task)
