"""The table of contents of this capability; the modules beside it add their commands."""

from sqlmodel import Session

from bot.engine.features import Feature
from storage import tasks
from storage.people import Who

feature = Feature("tasks")
COMMANDERS = Who.LEADER | Who.DEPUTY


def group_of_task(session: Session, argument: str) -> int | None:
    """The group of the task whose id begins a button's argument."""
    number = argument.split(":")[0]
    task = tasks.get(session, int(number)) if number.isdecimal() and len(number) <= 18 else None
    return task.group_id if task else None
