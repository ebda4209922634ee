"""The capability's table of contents, filled by the modules beside this one."""

from sqlmodel import Session

from bot.engine.features import Feature
from storage import files

feature = Feature("files")


def group_of(session: Session, argument: str) -> int | None:
    """The group of the file whose id begins a button's argument."""
    first = argument.split(":")[0]
    file = files.get(session, int(first)) if first.isdigit() else None
    return file.group_id if file else None
