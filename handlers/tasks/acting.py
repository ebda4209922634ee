"""What those who work on a task and those who decide about it do: accept, decline, report, approve, return."""

from bot.chat.events import FileRef, Said
from bot.chat.messages import plain
from bot.engine.features import Answer, Press
from bot.engine.work import Work
from handlers.tasks import cards
from handlers.tasks.attaching import attach, refuse_marked
from handlers.tasks.feature import feature, group_of_task
from handlers.tasks.life import (
    demand,
    live_on,
    plan_reminders,
    put_before_commander,
    record,
    redraw,
    snapshot,
    task_of,
    view,
)
from handlers.tasks.rules import Move
from handlers.tasks.telling import confirm, my_name, own, settled, tell_workers
from storage.tasks import AssignmentState, Task

REASON_LIMIT = 300


# taking it or not


@feature.press("task-accept", group_of=group_of_task)
def accept_pressed(press: Press, work: Work) -> None:
    accept(work, task_of(work, press.number))


def accept(work: Work, task: Task) -> None:
    demand(work, task, Move.ACCEPT)
    was = snapshot(work, task)
    own(work, task).state = AssignmentState.ACCEPTED
    record(work, task, "task-accepted", was)
    plan_reminders(work, task)
    confirm(work, "task-accepted", task)
    redraw(work, task)


@feature.press("task-decline", group_of=group_of_task)
def decline_pressed(press: Press, work: Work) -> None:
    ask_reason(work, task_of(work, press.number))


def ask_reason(work: Work, task: Task) -> None:
    demand(work, task, Move.DECLINE)
    work.ask("tasks.decline", plain(work.words("task-ask-reason", number=task.number)), task=task.id)


@feature.answer("tasks.decline")
def reason_was_said(answer: Answer, work: Work) -> None:
    task = task_of(work, answer.facts["task"])
    if not answer.text.strip():
        ask_reason(work, task)
        return
    decline(work, task, answer.text)


def decline(work: Work, task: Task, reason: str) -> None:
    demand(work, task, Move.DECLINE)
    was = snapshot(work, task)
    mine = own(work, task)
    mine.state, mine.reason = AssignmentState.DECLINED, reason[:REASON_LIMIT]
    record(work, task, "task-declined", was, reason=mine.reason)
    plan_reminders(work, task)
    redraw(work, task)
    text = work.words("task-told-declined", name=my_name(work), number=task.number, reason=mine.reason)
    put_before_commander(work, task, cards.decision(work.words, text, view(work, task)))
    if work.chat.private:
        work.say("task-declined", number=task.number)


# reporting it done


@feature.press("task-report", group_of=group_of_task)
def report_pressed(press: Press, work: Work) -> None:
    report(work, task_of(work, press.number))


def report(work: Work, task: Task, evidence: FileRef | None = None) -> None:
    seat = demand(work, task, Move.REPORT)
    was = snapshot(work, task)
    if seat.answer is AssignmentState.GIVEN:
        own(work, task).state = AssignmentState.ACCEPTED
    live_on(work, task, Move.REPORT, seat)
    if evidence is not None:
        refuse_marked("", evidence)
        attach(work, task, evidence, work.event.message_id if isinstance(work.event, Said) else "")
    record(work, task, "task-reported", was, **({"file": evidence.name[:120]} if evidence else {}))
    confirm(work, "task-reported", task)
    redraw(work, task)
    if not task.is_closed:
        text = work.words("task-told-reported", name=my_name(work), number=task.number, title=task.title[:120])
        if evidence:
            text += "\n" + work.words("task-told-evidence", file=evidence.name[:120])
        put_before_commander(work, task, cards.decision(work.words, text, view(work, task), "approve", "return"))


@feature.press("task-approve", group_of=group_of_task)
def approve_pressed(press: Press, work: Work) -> None:
    approve(work, task_of(work, press.number))


def approve(work: Work, task: Task) -> None:
    seat = demand(work, task, Move.APPROVE)
    was = snapshot(work, task)
    live_on(work, task, Move.APPROVE, seat)
    record(work, task, "task-approved", was)
    confirm(work, "task-approved", task)
    settled(work, task, "task-decided-approved")
    tell_workers(work, task, "task-told-approved")


@feature.press("task-return", group_of=group_of_task)
def return_pressed(press: Press, work: Work) -> None:
    task = task_of(work, press.number)
    demand(work, task, Move.RETURN)
    work.ask("tasks.return", plain(work.words("task-ask-return-why", number=task.number)), task=task.id)


@feature.answer("tasks.return")
def return_was_said(answer: Answer, work: Work) -> None:
    send_back(work, task_of(work, answer.facts["task"]), answer.text)


def send_back(work: Work, task: Task, why: str) -> None:
    seat = demand(work, task, Move.RETURN)
    was = snapshot(work, task)
    live_on(work, task, Move.RETURN, seat)
    record(work, task, "task-returned", was, reason=why[:REASON_LIMIT])
    settled(work, task, "task-decided-returned")
    tell_workers(work, task, "task-told-returned", reason=why[:REASON_LIMIT])
