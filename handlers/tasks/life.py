"""What every act on a task shares: the person's seat, the demand that it be legal, the record, and the redrawing."""

import json
import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from bot.chat.events import FileRef
from bot.chat.messages import Card
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar
from handlers.reminders import ladder
from handlers.tasks import cards, rules
from handlers.tasks.rules import Life, Move, Seat
from storage import letters, people, tasks
from storage.people import Role
from storage.tasks import Assignment, AssignmentState, Task

_OF_ONE_TASK = re.compile(r"task(?:-said|-ask|-due)?:(\d{1,18})")


def task_of(work: Work, task_id: int) -> Task:
    """The task, if it belongs to the work's group; to others it does not exist."""
    task = tasks.get(work.session, task_id)
    if task is None or task.group_id != work.group_id:
        raise Refusal("task-unknown")
    return task


def working(work: Work, task: Task) -> Sequence[Assignment]:
    """Those who have it in hand, the lead first: not who declined."""
    hands = tasks.assignments(work.session, task.id or 0)
    return [each for each in hands if each.state is not AssignmentState.DECLINED]


def shown_task(work: Work, shown: str | None) -> Task | None:
    """The task of the card that is replied to; a list is none."""
    card = _OF_ONE_TASK.fullmatch(shown or "")
    return task_of(work, int(card[1])) if card else None


def seat(work: Work, task: Task) -> Seat:
    own = tasks.assignment_of(work.session, task.id or 0, work.actor.person_id)
    commands = work.actor.role in (Role.LEADER, Role.DEPUTY)
    return Seat(own.part, own.state, commands) if own else Seat(commands=commands)


def life(task: Task) -> Life:
    return Life(task.state, task.wanted_due_at is not None)


def demand(work: Work, task: Task, move: Move) -> Seat:
    """The actor's seat, or the refusal by name."""
    taken = seat(work, task)
    reason = rules.refusal(move, taken, life(task))
    if reason is not None:
        raise Refusal(reason, number=task.number)
    return taken


def live_on(work: Work, task: Task, move: Move, taken: Seat) -> None:
    """Moves the task's state, and its reminders with it."""
    following = rules.after(move, life(task), seat=taken)
    task.state = following.state
    if not following.extension_asked:
        task.wanted_due_at, task.wanted_by = None, None
    task.closed_at = work.now if following.is_closed else None
    plan_reminders(work, task)


def begin(work: Work, task: Task, hands: Sequence[Assignment], action: str) -> None:
    """The first reminders and the first record of a task."""
    ladder.begin(work, task, [each.person_id for each in hands])
    _follow_letter(work, task)
    record(work, task, action, _as_it_is(task, hands), number=task.number)


def announce(work: Work, task: Task, hands: Sequence[Assignment], post: Callable[[Card], None]) -> None:
    """A new task's card: by `post` in the group's rooms, and in the private chat of everybody who works on it."""
    reached = work.addresses_of([each.person_id for each in hands])
    card = cards.task(work.words, _view(work, task, hands, reached))
    post(card)
    for each in hands:
        if (account := reached.get(each.person_id)) is not None:
            work.send(account.messenger, account.ref, card, private=True)


def plan_reminders(work: Work, task: Task) -> None:
    hands = [each.person_id for each in working(work, task)]
    ladder.plan(work, task, hands if task.state == tasks.TaskState.OPEN else [])
    _follow_letter(work, task)


def _follow_letter(work: Work, task: Task) -> None:
    if task.letter_id is not None:  # the letter is done when its tasks are
        work.soon(letters.FOLLOW, f"{letters.FOLLOW}:{task.letter_id}", letter=task.letter_id)


# what was before, so that it can be taken back


def snapshot(work: Work, task: Task) -> dict[str, Any]:
    return _as_it_is(task, tasks.assignments(work.session, task.id or 0))


def _as_it_is(task: Task, hands: Sequence[Assignment]) -> dict[str, Any]:
    return {
        "state": str(task.state),
        "title": task.title,
        "due_at": task.due_at and task.due_at.isoformat(),
        "before": task.before,
        "wanted_due_at": task.wanted_due_at and task.wanted_due_at.isoformat(),
        "wanted_by": task.wanted_by,
        "people": [[each.person_id, str(each.part), str(each.state), each.reason] for each in hands],
    }


def record(work: Work, task: Task, action: str, was: dict[str, Any], **facts: Any) -> None:
    work.record(action, f"task:{task.id}", **facts, was=was)


# what people see of it


def view(work: Work, task: Task) -> cards.View:
    hands = tasks.assignments(work.session, task.id or 0)
    return _view(work, task, hands, work.addresses_of([each.person_id for each in hands]))


def _view(work: Work, task: Task, hands: Sequence[Assignment], reached: Collection[int]) -> cards.View:
    lines = [
        cards.Hand(
            name=work.person(each.person_id).name,
            part=each.part,
            state=each.state,
            reachable=each.person_id in reached,
        )
        for each in hands
    ]
    due = task.due_at.astimezone(work.zone) if task.due_at else None
    calendar = work.need(WorkingCalendar)
    off = due is not None and not calendar.is_working(due.date())
    letter = letters.get(work.session, task.letter_id) if task.letter_id else None
    return cards.View(
        id=task.id or 0,
        number=task.number,
        title=task.title,
        urgency=task.urgency,
        state=task.state,
        due=due,
        wanted=task.wanted_due_at.astimezone(work.zone) if task.wanted_due_at else None,
        hands=tuple(lines),
        better_day=calendar.before(due.date()) if off and due else None,
        overdue=due is not None and not task.is_closed and work.now > due,
        letter=letter.title if letter else None,
        repeats=bool(task.series_id),
        file=file_of(task).name if task.file else None,
    )


def file_of(task: Task) -> FileRef:
    return FileRef(**json.loads(task.file or "{}"))


def draw(work: Work, task: Task) -> Card:
    return cards.task(work.words, view(work, task))


def redraw(work: Work, task: Task) -> None:
    """Every standing picture of the task, in rooms and in private."""
    work.session.flush()
    work.update(draw(work, task))


def commander_of(work: Work, task: Task) -> int | None:
    """Who decides about it: who gave it, if still leader or deputy; else the leader."""
    commanders = people.with_role(work.session, work.group_id, Role.LEADER, Role.DEPUTY)
    giver = [each for each in commanders if each.person_id == task.given_by]
    leaders = [each for each in commanders if each.role is Role.LEADER]
    chosen = giver or leaders or list(commanders)
    return chosen[0].person_id if chosen else None


def put_before_commander(work: Work, task: Task, card: Card) -> None:
    """To who decides, in private; where they cannot be reached the room hears it."""
    decides = commander_of(work, task)
    if decides is None or not work.tell(decides, card):
        work.post(card)
