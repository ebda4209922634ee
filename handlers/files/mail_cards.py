"""What people see of files that go by official mail: the mail itself, the notice in the rooms, who has got none."""

from collections.abc import Sequence

from bot.chat.messages import Attachment, Button, Card
from bot.engine.texts import Words
from bot.engine.work import line
from handlers.files.cards import HOW_TO_OPEN, named
from handlers.files.sealing import Format, Note
from storage.files import SealedFile
from storage.people import WorkGroup


def notice(words: Words, file: SealedFile, sender: str, *, arrived: int, of: int) -> Card:
    """In the rooms, of a file that went by mail: without the file."""
    said = [words("sealed-head", number=file.number or 0, sender=sender)]
    said += [words("notice-mailed", arrived=arrived, of=of) if arrived else words("notice-mailing")]
    buttons: tuple[tuple[Button, ...], ...] = ()
    if _is_senders_own(file):
        said += [words("sealed-protected", sender=sender)]
    else:
        said += [words("sealed-password", number=file.number or 0)]
        buttons = ((Button(label=words("sealed-password-button"), action=f"files-password:{file.id}"),),)
    said += [words("notice-register")]
    return Card(key=f"sealed:{file.id}", parts=line("\n".join(said)), buttons=buttons)


def mailed(words: Words, file: SealedFile, group: WorkGroup, sender: str, record: str) -> Card:
    """The mail with the file; nothing in it opens the file, and it has no key: a mail is never changed."""
    said = [words("mailed-head", number=file.number or 0, group=group.name, sender=sender), ""]
    said += [words("sealed-signed")] if file.note == Note.SIGNED_PDF else []
    if _is_senders_own(file):
        said += [words("sealed-protected", sender=sender)]
    else:
        said += [words(HOW_TO_OPEN[file.format or Format.ZIP]), words("mailed-password", number=file.number or 0)]
    return Card(parts=line("\n".join(said)), file=Attachment(name=file.name, record=record))


def _is_senders_own(file: SealedFile) -> bool:
    return file.password is None and not file.own_copies


def late(words: Words, file: SealedFile, people: Sequence[str]) -> Card:
    return Card(parts=line(words("mail-late", number=file.number or 0, names=named(words, people))))


def unmailed(words: Words, file: SealedFile, people: Sequence[str]) -> Card:
    return Card(parts=line(words("mail-missing", number=file.number or 0, names=named(words, people))))
