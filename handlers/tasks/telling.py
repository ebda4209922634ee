"""Who hears of what was done to a task: the leader's question, the standing cards, those who work on it."""

from bot.chat.events import Pressed
from bot.engine.work import Refusal, Work
from handlers.calendar import say_moment
from handlers.tasks import cards
from handlers.tasks.life import redraw, view
from storage import tasks
from storage.tasks import Assignment, AssignmentState, Task


def own(work: Work, task: Task) -> Assignment:
    found = tasks.assignment_of(work.session, task.id or 0, work.actor.person_id)
    if found is None:
        raise Refusal("task-refuse-not-yours", number=task.number)
    return found


def confirm(work: Work, text_id: str, task: Task) -> None:
    """A sign beside the button; who wrote instead gets a line."""
    if isinstance(work.event, Pressed):
        work.toast(text_id, number=task.number)
    else:
        said = f"{work.words(text_id, number=task.number)}: {cards.shortened(task.title, 80)}"
        work.show(cards.note(task.id or 0, said))


def my_name(work: Work) -> str:
    return work.person(work.actor.person_id).name


def settled(work: Work, task: Task, text_id: str) -> None:
    """The leader's question shows how it was decided, and every picture of the task follows."""
    text = work.words(text_id, number=task.number, name=my_name(work))
    work.update(cards.decision(work.words, text, view(work, task)))
    redraw(work, task)


def tell_workers(work: Work, task: Task, text_id: str, **facts: str) -> None:
    due = task.due_at.astimezone(work.zone) if task.due_at else None
    when = say_moment(due, work.words.language) if due else work.words("task-short-no-deadline")
    text = work.words(text_id, number=task.number, title=task.title[:120], when=when, **facts)
    for each in tasks.assignments(work.session, task.id or 0):
        if each.state is not AssignmentState.DECLINED and each.person_id != work.person_id:
            work.tell(each.person_id, cards.note(task.id or 0, text))
