"""What happens to a letter's file away from the chat: it is read, kept once confirmed, and drafts come to an end."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.chat.events import FileRef
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine import context
from bot.engine.features import Desk, Due, Finish
from bot.engine.work import Work
from handlers.letters import book, cards, queue, understanding, unlocking
from handlers.letters.feature import feature
from handlers.letters.understanding import Read
from storage import letter_files, letters
from storage.letters import Letter
from storage.vault import Vault

PATIENCE = timedelta(hours=1)  # a download that fails so long is given up, and said to be


@feature.job("letters-read")
def read(due: Due, desk: Desk) -> Finish:
    """Fetches and reads the file and those that came with it; the end shows the card where the letter was sent."""
    files = [FileRef(**each) for each in (due.facts["file"], *due.facts.get("further", ()))]
    main, found = understanding.together([_fetched(desk, each, due.late) for each in files])
    files = [files[main], *files[:main], *files[main + 1 :]]
    vault: Vault = desk.need(Vault)
    head = vault.put(found.head) if found.head and not found.secret and found.problem is None else None
    return lambda work: _show(work, due, files, found, head)


def _fetched(desk: Desk, file: FileRef, late: timedelta) -> Read:
    """What became of the file. Raises DeliveryFailed while another try may succeed."""
    try:
        return understanding.understood(desk.fetch(file), file.name)
    except DeliveryFailed as failed:
        if failed.outcome in (Outcome.REJECTED, Outcome.GONE) or late > PATIENCE:
            return Read(problem="letter-file-unavailable")
        raise


def _show(work: Work, due: Due, files: Sequence[FileRef], found: Read, head: str | None) -> None:
    place, message = due.facts["place"], due.facts["message"]
    failed = found.secret or found.problem is not None
    waits = queue.one_read(work, due.facts.get("batch"), failed=failed)
    if found.secret:
        book.refuse_secret(work, place, message)
        for other in due.facts.get("others", ()):
            work.delete_message(place["messenger"], place["chat"], other)
        return
    if found.problem is not None:
        said = cards.said(work.words, found.problem, megabytes=understanding.LARGEST >> 20)
        book.show_at(work, place, said, reply_to=message)
        return
    parts = understanding.letters_of(found)
    if len(parts) > 1:
        book.show_at(work, place, cards.said(work.words, "letter-several", count=len(parts)), reply_to=message)
    for number, part in enumerate(parts):
        letter = _draft(work, due, files, part, None if number else head)
        if not waits:
            _show_draft(work, place, message, letter)
    if found.locked:
        unlocking.ask(work, letter, {"person": due.facts["person"], "place": place, "message": message})


def _draft(work: Work, due: Due, files: Sequence[FileRef], found: Read, head: str | None) -> Letter:
    """`head` comes with the first letter of a file."""
    said = understanding.fields(work, found, due.facts["caption"] if found.is_first else "")
    letter = book.draft(
        work,
        {**said, "batch_id": due.facts.get("batch"), "head": head},
        brought_by=due.facts["person"],
        file=files[0],
        further=files[1:],
    )
    letter.note_id = _note(found, letter)
    return letter


def _show_draft(work: Work, place: dict[str, Any], message: str, letter: Letter) -> None:
    if letter.head is not None:
        book.show_at(work, place, cards.head(work.words, letter), reply_to=message)
    book.show_at(work, place, book.card(work, letter), reply_to=message)


def _note(found: Read, letter: Letter) -> str | None:
    """What was read of a picture has to be compared, also when it looks complete."""
    return found.note if found.text or not letter.number_symbol else None


@feature.job("letters-keep")
def keep(due: Due, desk: Desk) -> Finish:
    """A file of a registered letter goes into the vault; `further` names an appendix."""
    vault: Vault = desk.need(Vault)
    further = due.facts.get("further")
    try:
        record = vault.put(desk.fetch(FileRef(**due.facts["file"])))
    except DeliveryFailed as failed:
        if failed.outcome not in (Outcome.REJECTED, Outcome.GONE) and due.late <= PATIENCE:
            raise
        return lambda work: _lost(work, due.facts["letter"], further)
    return lambda work: _kept(work, due.facts["letter"], further, record)


def _kept(work: Work, letter_id: int, further: int | None, record: str) -> None:
    letter = letters.get(work.session, letter_id)
    kept = letter if further is None else letter_files.file(work.session, further)
    if letter is None or kept is None or kept.record is not None:
        work.soon("letters-forget", f"letters-forget:{record}", record=record)
        return
    kept.record, kept.file = record, None
    work.record("letter-file-kept", f"letter:{letter.id}")


def _lost(work: Work, letter_id: int, further: int | None) -> None:
    letter = letters.get(work.session, letter_id)
    if letter is None:
        return
    if further is None:
        letter.file = letter.file_name = None
    work.record("letter-file-lost", f"letter:{letter.id}")
    work.post(cards.said(work.words, "letter-file-lost", arrival=letter.arrival))


@feature.due("letters-draft-ends")
def draft_ends(due: Due, work: Work) -> None:
    """A draft nobody confirmed in a week is forgotten."""
    letter = letters.get(work.session, due.facts["letter"])
    if letter is not None and not letter.is_registered:
        book.forget(work, letter)


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
