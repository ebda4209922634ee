"""Handing a task over: with its responsibility (bàn giao), or sharing the work (phân việc)."""

from bot.chat.messages import plain
from bot.engine.features import Answer, Press
from bot.engine.work import Refusal, Work
from handlers.people.naming import leading_people, who_alone
from handlers.tasks.assigning import OFFERED
from handlers.tasks.feature import feature, group_of_task
from handlers.tasks.life import (
    commander_of,
    demand,
    draw,
    plan_reminders,
    put_before_commander,
    record,
    redraw,
    snapshot,
    task_of,
)
from handlers.tasks.rules import Move
from handlers.tasks.telling import my_name, own
from storage import people, tasks
from storage.tasks import Assignment, AssignmentState, Part, Task


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
        named = who_alone(work, answer.text, answer.mentions) or leading_people(work, answer.text, answer.mentions)[0]
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
