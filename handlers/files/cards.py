"""What people see of sealed files: where sealing stands, the sealed file, the password, and the group's list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.messages import Attachment, Button, Card, Part, Style
from bot.engine.texts import Words
from bot.engine.work import line
from handlers.calendar import say_short
from handlers.files.rules import Page, short, some_names
from handlers.files.sealing import Format, Note, Reason
from storage.files import FileState, SealedFile
from storage.people import Person, WorkGroup

NO_ROOM, NOT_FETCHED, FAILED, UNANSWERED = "no-room", "not-fetched", "failed", "unanswered"

_REFUSED: Mapping[str, str] = {
    Reason.EMPTY: "seal-refused-empty",
    Reason.TRUNCATED: "seal-refused-corrupt",
    Reason.CORRUPT: "seal-refused-corrupt",
    Reason.LYING_EXTENSION: "seal-refused-lying",
    Reason.POLYGLOT: "seal-refused-unsafe",
    Reason.BOMB: "seal-refused-unsafe",
    Reason.ZIP_SLIP: "seal-refused-unsafe",
    Reason.DTD: "seal-refused-unsafe",
    Reason.TOO_BIG: "seal-refused-too-big",
    Reason.SECRET: "seal-refused-secret",
    Reason.EXHAUSTED: "seal-refused-unsafe",
    Reason.MACROS: "seal-refused-macros",
    NO_ROOM: "seal-refused-no-room",
    NOT_FETCHED: "seal-refused-not-fetched",
    UNANSWERED: "seal-refused-unanswered",
}
HOW_TO_OPEN: Mapping[str, str] = {
    Format.OOXML: "sealed-open-office",
    Format.PDF: "sealed-open-pdf",
    Format.ZIP: "sealed-open-zip",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list."""

    number: int
    name: str
    sender: str
    at: datetime
    """In the office's zone."""


# where sealing stands: one card, edited as it goes on


def sealing(words: Words, file: SealedFile, group: WorkGroup) -> Card:
    return _standing(file, words("sealing-now", name=short(file.name), group=group.name))


def any_mark(words: Words, file: SealedFile) -> Card:
    """Asks the sender about a scan."""
    buttons = (
        (Button(label=words("sealing-no-mark-button"), action=f"files-clean:{file.id}"),),
        (Button(label=words("sealing-mark-button"), action=f"files-marked:{file.id}"),),
    )
    return replace(_standing(file, words("sealing-any-mark", name=short(file.name))), buttons=buttons)


def not_sealed(words: Words, file: SealedFile, reason: str, which: str = "") -> Card:
    """`which`: the one of several files for whose sake none is sealed."""
    said = [words("seal-refused-which", name=short(which))] if which else []
    return _standing(file, "\n".join([*said, words(_REFUSED.get(reason, "seal-refused-failed"))]))


def told_in_private(words: Words, file: SealedFile) -> Card:
    """Of a secret, the room hears only that there is nothing to wait for."""
    return _standing(file, words("seal-refused-told"))


def ask_in_private(words: Words, file: SealedFile, sender: str) -> Card:
    """The same where the sender's private chat is not open: the reason waits for them there."""
    open_private = Button(label=words("open-private-button"), start=f"join-{file.group_id}")
    return replace(_standing(file, words("seal-refused-untold", sender=sender)), buttons=((open_private,),))


def plain(words: Words, file: SealedFile) -> Card:
    """One quiet line under a file that somebody posted without a password."""
    button = Button(label=words("plain-button"), action=f"files-help:{file.id}")
    return replace(
        _standing(file, words("plain-posted")), buttons=((button,),), reply_to=file.origin_message, silent=True
    )


def left_as_it_is(words: Words, file: SealedFile) -> Card:
    """Already protected, and in the group already."""
    return _standing(file, words("sealing-protected"))


def handing_out(words: Words, file: SealedFile, *, members: int) -> Card:
    return _standing(file, words("sealing-handing-out", number=file.number or 0, members=members))


def done(words: Words, file: SealedFile, *, told: int, members: int) -> Card:
    if file.password is None and not file.own_copies:
        how = "sealing-done-protected-mail" if file.by_mail else "sealing-done-protected"
        return _standing(file, words(how, number=file.number or 0))
    return _standing(file, words("sealing-done", number=file.number or 0, told=told, members=members))


def _standing(file: SealedFile, said: str) -> Card:
    return Card(key=f"sealing:{file.id}", parts=line(said))


# the sealed file and its password, never in one chat


def sealed(words: Words, file: SealedFile, sender: str) -> Card:
    """With the file, for the group's rooms."""
    said = [words("sealed-head", number=file.number or 0, sender=sender)]
    said += [words("sealed-signed")] if file.note == Note.SIGNED_PDF else []
    buttons: tuple[tuple[Button, ...], ...] = ()
    if file.password is None and not file.own_copies:
        said += [words("sealed-protected", sender=sender)]
    else:
        said += [words(HOW_TO_OPEN[file.format or Format.ZIP]), words("sealed-password", number=file.number or 0)]
        buttons = ((Button(label=words("sealed-password-button"), action=f"files-password:{file.id}"),),)
    return Card(
        key=f"sealed:{file.id}",
        parts=line("\n".join(said)),
        buttons=buttons,
        file=Attachment(name=file.name, record=file.record),
    )


def own_copy(words: Words, file: SealedFile, sender: str, person: Person, record: str) -> Card:
    """One of as many messages as there are recipients, each with a file of its own."""
    card = sealed(words, file, sender)
    head = words("sealed-own-copy", name=person.name)
    attached = Attachment(name=file.name, record=record)
    return replace(card, key=f"sealed:{file.id}:{person.id}", parts=(*line(head + "\n"), *card.parts), file=attached)


def password(words: Words, file: SealedFile, group: WorkGroup, shown: str) -> Card:
    """For one person, in private."""
    head = words("password-head", number=file.number or 0, name=short(file.name), group=group.name)
    how = words(HOW_TO_OPEN[file.format or Format.ZIP])
    return Card(
        parts=line(head + "\n", Part(shown, Style.CODE), "\n" + how + "\n" + words("password-keep")), secret=True
    )


def one_time_link(words: Words, file: SealedFile, person: Person, url: str) -> Card:
    """As code and not as a link: it is copied to another way, and no preview asks for it."""
    foot = words("link-foot-by-mail" if file.by_mail else "link-foot")
    head = words("link-head", number=file.number or 0, name=person.name)
    return Card(parts=line(head + "\n", Part(url, Style.CODE), "\n" + foot), secret=True)


def revealed(words: Words, file: SealedFile, person: str) -> Card:
    return Card(parts=line(words("link-revealed", number=file.number or 0, name=person)))


def which_way(words: Words, name: str) -> Card:
    return Card(parts=line(words("seal-which-way", name=short(name))))


def named(words: Words, people: Sequence[str]) -> str:
    names, more = some_names(people)
    return ", ".join(names) + (words("unreached-more", count=more) if more else "")


def unreached(words: Words, file: SealedFile, people: Sequence[str], *, private: bool, one_time: bool = False) -> Card:
    """To the sender; in a room (`private` False) it speaks to the people themselves."""
    facts = {"number": file.number or 0, "names": named(words, people)}
    if private:
        last_way = ["\n" + words("unreached-one-time", number=file.number or 0, name=people[0])] if one_time else []
        return Card(parts=line(words("unreached-sender", **facts), *last_way))
    open_private = Button(label=words("open-private-button"), start=f"join-{file.group_id}")
    return Card(parts=line(words("unreached-room", **facts)), buttons=((open_private,),))


# what the bot could not do itself


def please_remove(words: Words, file: SealedFile, owner: str, *, secret: bool, private: bool) -> Card:
    """In a room (`private` False) of a secret nothing but that its message is to go."""
    if secret:
        return Card(parts=line(words("remove-secret" if private else "remove-unnamed", owner=owner)))
    return Card(parts=line(words("remove-original", owner=owner, number=file.number or 0)))


def not_posted(words: Words, file: SealedFile) -> Card:
    return Card(parts=line(words("sealed-not-posted", number=file.number or 0)))


# the list


def listing(words: Words, group: WorkGroup, files: Sequence[Listed], page: Page, total: int) -> Card:
    if not files:
        return Card(parts=line(words("files-none")))
    head = words("files-head", total=total)
    rows = [
        words("files-line", number=each.number, name=short(each.name, 32), sender=each.sender,
              at=say_short(each.at, words.language))
        for each in files
    ]  # fmt: skip
    return Card(
        parts=line(Part(head, Style.BOLD), "\n" + "\n".join(rows) + "\n" + words("files-foot")),
        buttons=_turning(words, group, page),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A file and who has its password."""

    number: int
    name: str
    state: FileState
    senders_own: bool
    had: int
    of: int
    missing: tuple[str, ...]


def seals(words: Words, held: Sequence[Held]) -> Card:
    if not held:
        return Card(parts=line(words("files-none")))
    rows = [words("seals-line", number=each.number, name=short(each.name, 32)) + _held(words, each) for each in held]
    return Card(parts=line(Part(words("seals-head"), Style.BOLD), "\n" + "\n".join(rows) + "\n" + words("seals-foot")))


def _held(words: Words, each: Held) -> str:
    if each.state is FileState.REVOKED:
        return words("seals-revoked")
    if each.state is FileState.EXPIRED:
        return words("seals-expired")
    if each.senders_own:
        return words("seals-senders-own")
    if not each.missing:
        return words("seals-all", of=each.of)
    names = ", ".join(each.missing[:3]) + ("…" if len(each.missing) > 3 else "")
    return words("seals-some", had=each.had, of=each.of, names=names)


def _turning(words: Words, group: WorkGroup, page: Page) -> tuple[tuple[Button, ...], ...]:
    turns: list[Button] = []
    if page.number > 0:
        turns.append(Button(label=words("files-newer"), action=f"files-page:{group.id}:{page.number - 1}"))
    if page.number + 1 < page.pages:
        turns.append(Button(label=words("files-older"), action=f"files-page:{group.id}:{page.number + 1}"))
    return (tuple(turns),) if turns else ()


def which_group(words: Words, name: str) -> Card:
    return Card(parts=line(words("seal-which-group", name=short(name))))


def which_file(words: Words, number: int) -> Card:
    return Card(parts=line(words("password-which-group", number=number)))
