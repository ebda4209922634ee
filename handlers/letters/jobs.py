"""What happens to a letter's file away from the chat: it is read, kept once confirmed, and drafts come to an end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.events import FileRef
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine import context
from bot.engine.features import Desk, Due, Finish
from bot.engine.work import Work
from handlers.calendar import WorkingCalendar
from handlers.files.sealing import Reason, Refused, find_mark, inspect
from handlers.letters import book, cards, rules
from handlers.letters.feature import feature
from handlers.letters.reading import NoText, Why, text_of
from storage import letters
from storage.vault import Vault

PATIENCE = timedelta(hours=1)  # a download that fails so long is given up, and said to be
_TOO_BIG = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Read:
    """A file's text as far as there is one. `problem` is the id of what is said instead of a card."""

    text: str = ""
    note: str | None = None
    problem: str | None = None
    secret: bool = False


@feature.job("letters-read")
def read(due: Due, desk: Desk) -> Finish:
    """Fetches and reads the file; the end shows the card where the letter was sent."""
    file = FileRef(**due.facts["file"])
    found = _fetched(desk, file, due.late, lambda content: _understood(content, file.name))
    return lambda work: _show(work, due, file, found)


def _fetched(desk: Desk, file: FileRef, late: timedelta, then: Callable[[bytes], _Read]) -> _Read:
    """What became of the file. Raises DeliveryFailed while another try may succeed."""
    try:
        return then(desk.fetch(file))
    except DeliveryFailed as failed:
        if failed.outcome in (Outcome.REJECTED, Outcome.GONE) or late > PATIENCE:
            return _Read(problem="letter-file-unavailable")
        raise


def _understood(content: bytes, name: str) -> _Read:
    if not content:
        return _Read(problem="letter-file-empty")
    if len(content) > _TOO_BIG:
        return _Read(problem="letter-file-too-big")
    try:
        seen = inspect(content, name)
        if seen.secrecy is not None:
            return _Read(secret=True)
        text = text_of(content, name).text
    except Refused as refused:
        return _Read(problem=_REFUSED.get(refused.reason, "letter-file-broken"), secret=refused.reason is Reason.SECRET)
    except NoText as none:
        return _Read(note=_UNREAD[none.why]) if none.why in _UNREAD else _Read(problem="letter-file-broken")
    return _Read(text, secret=find_mark(text) is not None)


_REFUSED = {Reason.EMPTY: "letter-file-empty", Reason.TOO_BIG: "letter-file-too-big"}
_UNREAD = {
    Why.SCAN: "letter-confirm-scan",
    Why.LOCKED: "letter-confirm-locked",
    Why.UNKNOWN: "letter-confirm-unknown",
}


def _show(work: Work, due: Due, file: FileRef, found: _Read) -> None:
    place, message = due.facts["place"], due.facts["message"]
    if found.secret:
        book.refuse_secret(work, place, message)
        return
    if found.problem is not None:
        said = cards.said(work.words, found.problem, megabytes=_TOO_BIG >> 20)
        book.show_at(work, place, said, reply_to=message)
        return
    fields = _fields(work, found.text, due.facts["caption"])
    letter = book.draft(work, fields, brought_by=due.facts["person"], file=file)
    note = found.note if not letter.number_symbol else None
    book.show_at(work, place, book.card(work, letter, note=note), reply_to=message)


def _fields(work: Work, text: str, caption: str) -> rules.Fields:
    """What the file says; what the sender wrote under it counts more."""
    calendar = work.need(WorkingCalendar)
    read_there = rules.read_text(text, work.today, calendar, work.zone) if text else {}
    written = book.read_line(work, caption) if caption else {}
    return {name: value for name, value in {**read_there, **written}.items() if value}


@feature.job("letters-keep")
def keep(due: Due, desk: Desk) -> Finish:
    """The file of a registered letter goes into the vault."""
    vault: Vault = desk.need(Vault)
    try:
        record = vault.put(desk.fetch(FileRef(**due.facts["file"])))
    except DeliveryFailed as failed:
        if failed.outcome not in (Outcome.REJECTED, Outcome.GONE) and due.late <= PATIENCE:
            raise
        return lambda work: _lost(work, due.facts["letter"])
    return lambda work: _kept(work, due.facts["letter"], record)


def _kept(work: Work, letter_id: int, record: str) -> None:
    letter = letters.get(work.session, letter_id)
    if letter is None or letter.record is not None:
        work.need(Vault).forget(record)
        return
    letter.record, letter.file = record, None
    work.record("letter-file-kept", f"letter:{letter.id}")


def _lost(work: Work, letter_id: int) -> None:
    letter = letters.get(work.session, letter_id)
    if letter is None:
        return
    letter.file = letter.file_name = None
    work.record("letter-file-lost", f"letter:{letter.id}")
    work.post(cards.said(work.words, "letter-file-lost", arrival=letter.arrival))


@feature.due("letters-draft-ends")
def draft_ends(due: Due, work: Work) -> None:
    """A draft nobody confirmed in a week is forgotten."""
    letter = letters.get(work.session, due.facts["letter"])
    if letter is not None and not letter.is_registered:
        letters.drop(work.session, letter)


@feature.due("letters-removed")
def removed(due: Due, work: Work) -> None:
    """A marked letter could not be removed by the bot: its sender is asked to."""
    if due.facts["arrived"]:
        return
    private, group, thread = due.facts["argument"].split(":", 2)
    place = {
        "messenger": due.facts["messenger"],
        "chat": due.facts["chat"],
        "private": private == "1",
        "thread": thread or None,
    }
    if work.group is None:
        context.enter(work, int(group))
    book.show_at(work, place, cards.said(work.words, "letter-secret-please-delete"))
