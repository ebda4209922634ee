"""The table of contents of this capability; the modules beside it add their commands."""

from sqlmodel import Session

from bot.engine.features import Feature
from storage import letters
from storage.people import Who

feature = Feature("letters")
REGISTRARS = Who.LEADER | Who.DEPUTY | Who.CLERK
COMMANDERS = Who.LEADER | Who.DEPUTY


def group_of_letter(session: Session, argument: str) -> int | None:
    """The group of the letter whose id begins a button's argument."""
    number = argument.split(":")[0]
    letter = letters.get(session, int(number)) if number.isdigit() else None
    return letter.group_id if letter else None
