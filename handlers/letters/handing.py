"""Files that the program makes for somebody: sent in private from the vault, and forgotten there after a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat.messages import Attachment, Card
from bot.engine.features import Due
from bot.engine.work import Work
from handlers.letters.feature import feature
from storage.vault import Vault

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A file that lies in the vault."""

    name: str
    mime: str
    record: str


def hand(work: Work, person_id: int, card: Card, files: Sequence[Made]) -> bool:
    """The files to a person in private, the first with the card's text; False when they cannot be written to."""
    arrived = True
    for place, made in enumerate(files):
        sent = Attachment(name=made.name, mime=made.mime, record=made.record)
        shown = card if not place else Card(parts=())
        arrived = work.tell(person_id, replace(shown, file=sent)) and arrived
    return arrived


def let_go(work: Work, files: Sequence[Made]) -> None:
    """What was made is needed for as long as sending it may take."""
    for made in files:
        work.later("letters-forget", f"letters-forget:{made.record}", work.now + KEPT, record=made.record)


@feature.due("letters-forget")
def forget(due: Due, work: Work) -> None:
    work.need(Vault).forget(due.facts["record"])
