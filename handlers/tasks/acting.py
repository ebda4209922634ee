"""What those who work on a task and those who decide about it do: buttons, answers, and replies in words."""

from datetime import datetime

from bot.chat.messages import plain
from bot.engine.features import Answer, CardReply, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar, read_deadline, say_moment, say_short
from handlers.people.naming import leading_people
from handlers.tasks import cards, rules
from handlers.tasks.assigning import OFFERED
from handlers.tasks.feature import feature, group_of_task
from handlers.tasks.life import (
    commander_of,
    demand,
    draw,
    live_on,
    plan_reminders,
    put_before_commander,
    record,
    redraw,
    snapshot,
    task_of,
    view,
)
from handlers.tasks.rules import Meaning, Move
from storage import people, tasks
from storage.tasks import Assignment, AssignmentState, Part, Task

REASON_LIMIT = 300


def own(work: Work, task: Task) -> Assignment:
    found = tasks.assignment_of(work.session, task.id or 0, work.actor.person_id)
    if found is None:
        raise Refusal("task-refuse-not-yours", number=task.number)
    return found


def my_name(work: Work) -> str:
    return work.person(work.actor.person_id).name


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
    work.toast("task-accepted", number=task.number)
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
    put_before_commander(work, task, plain(text))
    if work.chat.private:
        work.say("task-declined", number=task.number)


# reporting it done


@feature.press("task-report", group_of=group_of_task)
def report_pressed(press: Press, work: Work) -> None:
    report(work, task_of(work, press.number))


def report(work: Work, task: Task, evidence: str | None = None) -> None:
    seat = demand(work, task, Move.REPORT)
    was = snapshot(work, task)
    if seat.answer is AssignmentState.GIVEN:
        own(work, task).state = AssignmentState.ACCEPTED
    live_on(work, task, Move.REPORT, seat)
    record(work, task, "task-reported", was, **({"file": evidence} if evidence else {}))
    work.toast("task-reported", number=task.number)
    redraw(work, task)
    if not task.is_closed:
        text = work.words("task-told-reported", name=my_name(work), number=task.number, title=task.title[:120])
        if evidence:
            text += "\n" + work.words("task-told-evidence", file=evidence)
        put_before_commander(work, task, cards.decision(work.words, text, view(work, task), "approve", "return"))


@feature.press("task-approve", group_of=group_of_task)
def approve_pressed(press: Press, work: Work) -> None:
    approve(work, task_of(work, press.number))


def approve(work: Work, task: Task) -> None:
    seat = demand(work, task, Move.APPROVE)
    was = snapshot(work, task)
    live_on(work, task, Move.APPROVE, seat)
    record(work, task, "task-approved", was)
    work.toast("task-approved", number=task.number)
    _settled(work, task, "task-decided-approved")
    _tell_workers(work, task, "task-told-approved")


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
    _settled(work, task, "task-decided-returned")
    _tell_workers(work, task, "task-told-returned", reason=why[:REASON_LIMIT])


# more time


@feature.press("task-extend", group_of=group_of_task)
def extension_pressed(press: Press, work: Work) -> None:
    ask_until_when(work, task_of(work, press.number))


def ask_until_when(work: Work, task: Task) -> None:
    demand(work, task, Move.ASK_EXTENSION)
    calendar = work.need(WorkingCalendar)
    base = max(task.due_at or work.now, work.now).astimezone(work.zone)
    days = [calendar.add(base.date(), count) for count in (1, 2, 5)]
    readings = [datetime.combine(day, calendar.hours.end, work.zone) for day in days]
    options = [(say_short(each, work.words.language), each.isoformat()) for each in readings]
    work.ask("tasks.extend", plain(work.words("task-ask-until", number=task.number)), options=options, task=task.id)


@feature.answer("tasks.extend")
def until_was_said(answer: Answer, work: Work) -> None:
    task = task_of(work, answer.facts["task"])
    if answer.chosen:
        ask_extension(work, task, datetime.fromisoformat(answer.chosen))
        return
    extend_in_words(work, task, answer.text)


def extend_in_words(work: Work, task: Task, text: str) -> None:
    """`xin lùi đến thứ 2`: with a day that is clear it is asked of the leader, otherwise of the person again."""
    found = read_deadline(text, work.local, work.need(WorkingCalendar))
    if found is None or found.problem or not (found.due or found.ask):
        ask_until_when(work, task)
        return
    ask_extension(work, task, found.due or found.ask[-1])


def ask_extension(work: Work, task: Task, until: datetime) -> None:
    seat = demand(work, task, Move.ASK_EXTENSION)
    if until <= work.now or (task.due_at and until <= task.due_at):
        raise Refusal("task-extension-not-later", number=task.number)
    was = snapshot(work, task)
    live_on(work, task, Move.ASK_EXTENSION, seat)
    task.wanted_due_at, task.wanted_by = until, work.actor.person_id
    when = say_moment(until.astimezone(work.zone), work.words.language)
    record(work, task, "task-extension-asked", was, until=until.isoformat())
    redraw(work, task)
    if commander_of(work, task) == work.actor.person_id:
        grant(work, task)
        return
    text = work.words("task-told-extension", name=my_name(work), number=task.number, when=when)
    put_before_commander(work, task, cards.decision(work.words, text, view(work, task), "grant", "deny"))
    if work.chat.private:
        work.say("task-extension-asked", number=task.number)


@feature.press("task-grant", group_of=group_of_task)
def grant_pressed(press: Press, work: Work) -> None:
    grant(work, task_of(work, press.number))


def grant(work: Work, task: Task) -> None:
    seat = demand(work, task, Move.GRANT)
    was = snapshot(work, task)
    task.due_at, task.before = task.wanted_due_at, False
    live_on(work, task, Move.GRANT, seat)
    record(work, task, "task-extended", was, until=task.due_at.isoformat() if task.due_at else "")
    work.toast("task-granted", number=task.number)
    _settled(work, task, "task-decided-granted")
    _tell_workers(work, task, "task-told-granted")


@feature.press("task-deny", group_of=group_of_task)
def deny_pressed(press: Press, work: Work) -> None:
    task = task_of(work, press.number)
    seat = demand(work, task, Move.DENY)
    was = snapshot(work, task)
    live_on(work, task, Move.DENY, seat)
    record(work, task, "task-extension-denied", was)
    work.toast("task-denied", number=task.number)
    _settled(work, task, "task-decided-denied")
    _tell_workers(work, task, "task-told-denied")


def _settled(work: Work, task: Task, text_id: str) -> None:
    """The leader's question shows how it was decided, and every picture of the task follows."""
    text = work.words(text_id, number=task.number, name=my_name(work))
    work.update(cards.decision(work.words, text, view(work, task)))
    redraw(work, task)


def _tell_workers(work: Work, task: Task, text_id: str, **facts: str) -> None:
    due = task.due_at.astimezone(work.zone) if task.due_at else None
    when = say_moment(due, work.words.language) if due else work.words("task-short-no-deadline")
    text = work.words(text_id, number=task.number, title=task.title[:120], when=when, **facts)
    for each in tasks.assignments(work.session, task.id or 0):
        if each.state is not AssignmentState.DECLINED and each.person_id != work.person_id:
            work.tell(each.person_id, plain(text))


# handing over


@feature.press("task-hand", group_of=group_of_task)
def hand_pressed(press: Press, work: Work) -> None:
    task = task_of(work, press.number)
    demand(work, task, Move.HAND_OVER)
    taken = {each.person_id for each in tasks.assignments(work.session, task.id or 0)}
    others = [person for _, person in people.members(work.session, work.group_id) if person.id not in taken]
    options = [(person.name, str(person.id)) for person in others[:OFFERED]]
    text = work.words("task-ask-hand-to", number=task.number)
    work.ask("tasks.hand-to", plain(text), options=options, per_row=2, task=task.id)


@feature.answer("tasks.hand-to")
def hand_to_was_said(answer: Answer, work: Work) -> None:
    task = task_of(work, answer.facts["task"])
    demand(work, task, Move.HAND_OVER)
    chosen = int(answer.chosen) if answer.chosen else None
    if chosen is None:
        named, _ = leading_people(work, answer.text, answer.mentions)
        if not named:
            raise Refusal("person-unknown", name=answer.text[:60] or "?")
        chosen = named[0].id or 0
    text = work.words("task-ask-hand-how", number=task.number, name=work.person(chosen).name)
    options = [(work.words("task-hand-moves"), "moves"), (work.words("task-hand-stays"), "stays")]
    work.ask("tasks.hand-how", plain(text), options=options, task=task.id, to=chosen)


@feature.answer("tasks.hand-how")
def hand_how_was_said(answer: Answer, work: Work) -> None:
    """`bàn giao`: the responsibility moves; `phân việc`: it stays, the other one supports."""
    task = task_of(work, answer.facts["task"])
    moves = answer.chosen == "moves" or (answer.chosen is None and "giao" in answer.text.lower())
    hand_over(work, task, answer.facts["to"], moves=moves)


def hand_over(work: Work, task: Task, to: int, *, moves: bool) -> None:
    demand(work, task, Move.HAND_OVER)
    if people.member_of(work.session, work.group_id, to) is None:
        raise Refusal("person-not-joined", name=work.person(to).name)
    was = snapshot(work, task)
    mine, other = own(work, task), tasks.assignment_of(work.session, task.id or 0, to)
    other = other or Assignment(task_id=task.id or 0, person_id=to, part=Part.SUPPORT)
    other.state, other.reason = AssignmentState.GIVEN, ""
    other.part = mine.part if moves else Part.SUPPORT
    work.session.add(other)
    if moves:
        work.session.delete(mine)
    work.session.flush()
    record(work, task, "task-handed-over" if moves else "task-shared", was, to=to)
    plan_reminders(work, task)
    redraw(work, task)
    work.tell(to, draw(work, task))
    name = work.person(to).name
    work.say("task-handed-over" if moves else "task-shared", number=task.number, name=name)
    decides = commander_of(work, task)
    if decides not in (None, work.person_id):
        told = work.words("task-told-handed", number=task.number, name=my_name(work), to=name)
        put_before_commander(work, task, plain(told))


# replies in words to a task's card


@feature.reply("task", group_of=group_of_task)
@feature.reply("task-ask", group_of=group_of_task)
@feature.reply("task-due", group_of=group_of_task)
def replied(reply: CardReply, work: Work) -> None:
    """`đã nhận ạ`, `xong`, `xin lùi đến thứ 2`, `duyệt`; a file is evidence that it is done."""
    task = task_of(work, int(reply.argument.split(":")[0]))
    what = rules.meaning(reply.text) if reply.text else Meaning.UNCLEAR
    if reply.file is not None and what in (Meaning.UNCLEAR, Meaning.DONE):
        report(work, task, evidence=reply.file.name[:120])
    elif what is Meaning.DONE:
        report(work, task)
    elif what is Meaning.LATER:
        extend_in_words(work, task, reply.text)
    elif what is Meaning.DECLINE:
        ask_reason(work, task)
    elif what is Meaning.RETURN:
        send_back(work, task, reply.text)
    elif what is Meaning.APPROVE:
        _agree(work, task)
    elif what is Meaning.ACCEPT:
        accept(work, task)
    else:
        raise Refusal("task-reply-unclear", number=task.number)


def _agree(work: Work, task: Task) -> None:
    """A leader's `đồng ý` means what is waiting: a report, or an extension."""
    if task.wanted_due_at is not None:
        grant(work, task)
    else:
        approve(work, task)
