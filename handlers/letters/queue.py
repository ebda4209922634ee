"""Many letters at once: their progress in one message that is edited, and the drafts shown one after the other."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from bot.chat.messages import Button, Card
from bot.engine.features import Press
from bot.engine.work import Work
from handlers.letters import book, cards
from handlers.letters.feature import REGISTRARS, feature
from storage import letter_files, letters
from storage.letter_files import LetterBatch
from storage.letters import Letter

TOGETHER = timedelta(minutes=2)  # files that come closer than that belong together
MANY = 4  # from so many on one message tells of all


def join(work: Work) -> int | None:
    """Counts a file that came in private; the id of the batch it belongs to."""
    if not work.chat.private:
        return None
    since = work.now - TOGETHER
    person, lane = work.actor.person_id, work.chat.lane
    found = letter_files.latest_batch(work.session, work.group_id, person, lane, since)
    batch = found or letter_files.begin_batch(
        work.session, LetterBatch(group_id=work.group_id, person_id=person, chat=lane, latest_at=work.now)
    )
    batch.came, batch.latest_at = batch.came + 1, work.now
    if batch.shown:
        work.update(_progress(work, batch))
    elif batch.came >= MANY:
        batch.shown = True
        work.show(_progress(work, batch))
    return batch.id


def one_read(work: Work, batch_id: int | None, *, failed: bool) -> bool:
    """Counts a file as read; True when its draft waits for its turn instead of being shown at once."""
    batch = letter_files.batch(work.session, batch_id) if batch_id is not None else None
    if batch is None:
        return False
    batch.read, batch.failed = batch.read + 1, batch.failed + failed
    if batch.shown:
        work.update(_progress(work, batch))
    return batch.shown


def _progress(work: Work, batch: LetterBatch) -> Card:
    text_id = "letter-queue" if batch.read < batch.came else "letter-queue-read"
    said = cards.said(work.words, text_id, came=batch.came, read=batch.read, failed=batch.failed)
    look = Button(label=work.words("letter-button-next"), action=f"letter-next:{batch.id}")
    buttons = ((look,),) if batch.read > batch.failed else ()
    return replace(said, key=f"letters-queue:{batch.id}", buttons=buttons)


def group_of_batch(session: Session, argument: str) -> int | None:
    found = letter_files.batch(session, int(argument)) if argument.isdigit() and len(argument) < 16 else None
    return found.group_id if found else None


@feature.press("letter-next", who=REGISTRARS, group_of=group_of_batch)
def look(press: Press, work: Work) -> None:
    """The button Xem lần lượt."""
    if not show_next_of(work, press.number):
        work.toast("letter-queue-empty")


def show_next(work: Work, letter: Letter) -> bool:
    """After a letter of many was registered: the next draft."""
    return show_next_of(work, letter.batch_id)


def show_next_of(work: Work, batch_id: int | None) -> bool:
    batch = letter_files.batch(work.session, batch_id) if batch_id is not None else None
    if batch is None or not batch.shown:
        return False
    waiting = letters.drafts_of_batch(work.session, batch.id or 0)
    if waiting:
        if waiting[0].head is not None:
            work.show(cards.head(work.words, waiting[0]))
        work.show(book.card(work, waiting[0]))
    return bool(waiting)
