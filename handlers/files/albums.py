"""Files that are sent together: waited for until all have come, then treated as one; only one of them has a caption."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from bot.chat import events
from bot.chat.events import FileRef, Noticed, Said
from bot.engine import context
from bot.engine.commands import parse
from bot.engine.features import Command, Due
from bot.engine.work import Refusal, Work
from handlers.files import commands, plain
from handlers.files.commands import Wish
from handlers.files.feature import feature
from storage import due as due_rows
from storage.people import Who

COMES = timedelta(seconds=3)  # its files arrive one by one, each moves the moment on
SEALED, OTHERS = "seal", "other"
_SEALING = ("seal", "niem")


@dataclass(frozen=True, slots=True)
class One:
    """A file of an album and the message it stands in."""

    file: FileRef
    message: str


def gathered(work: Work) -> Sequence[One]:
    """What has come so far of the album that the event belongs to, this one among it."""
    return _files(_row(work))


def is_being_sealed(work: Work) -> bool:
    """Whether the album that the event belongs to came with the command to seal it."""
    return _row(work).get("claim") == SEALED


def _key(messenger: str, chat: str, album: str) -> str:
    return f"files-album:{messenger}:{chat}:{album}"


def _row(work: Work) -> Mapping[str, Any]:
    album = work.event.album if isinstance(work.event, Said | Noticed) else None
    found = due_rows.get(work.session, _key(work.chat.messenger, work.chat.id, album)) if album else None
    return found.values if found is not None else {}


def _files(row: Mapping[str, Any]) -> list[One]:
    return [One(FileRef(**each["file"]), each["message"]) for each in row.get("files", ())]


@feature.on(Noticed, Said)
def came(event: Noticed | Said, work: Work) -> None:
    """One file of an album. A command under any of them speaks for all: to be sealed, or another capability's."""
    if event.album is None or event.file is None or (isinstance(event, Noticed) and work.member is None):
        return
    known = _row(work)
    parsed = parse(event.text) if isinstance(event, Said) else None
    claim, said = known.get("claim"), known.get("said")
    if isinstance(event, Said) and parsed is not None and claim is None:
        claim = SEALED if parsed[0] in _SEALING else OTHERS
        said = events.to_json(replace(event, text=""))
    others = [each for each in known.get("files", ()) if each["message"] != event.message_id]
    work.later(
        "files-album",
        _key(event.chat.messenger, event.chat.id, event.album),
        work.now + COMES,
        files=[*others, {"file": asdict(event.file), "message": event.message_id}],
        claim=claim,
        said=said or events.to_json(replace(event, text="") if isinstance(event, Said) else event),
    )


@feature.file("album", who=Who.ANYONE)
def wait_for_the_rest(order: Command, work: Work) -> bool:
    """In private a file of an album is answered with the others."""
    return isinstance(work.event, Said) and work.event.album is not None


@feature.due("files-album")
def has_come(due: Due, work: Work) -> None:
    """All of it: sealed as its sender asked, in one archive, or as plain files are in this group."""
    if due.facts["claim"] == OTHERS:
        return
    event = events.from_json(due.facts["said"])
    if not isinstance(event, Noticed | Said):
        return
    work.event = event
    context.meet(work, event)
    if due.facts["claim"] != SEALED and not event.chat.private:
        plain.treat(_wish(_files(due.facts), event.message_id, work), work)
        return
    try:
        with work.session.begin_nested():
            _answer(due, event.message_id, work)
    except Refusal as refusal:
        work.say(refusal.text_id, reply=True, **refusal.facts)


def _answer(due: Due, message: str, work: Work) -> None:
    if due.facts["claim"] != SEALED:
        raise Refusal("refuse-file-unclear")
    found = _files(due.facts)
    commands.seal_wish(_wish(found, message, work), work)
    if len(found) == 1:  # a bot that is no administrator hears only of the one with the command
        work.say("seal-album")


def _wish(found: Sequence[One], message: str, work: Work) -> Wish:
    """The one with the command stands for all."""
    first = next((each for each in found if each.message == message), found[0])
    further = tuple({"file": asdict(each.file), "message": each.message} for each in found if each is not first)
    return Wish(first.file, first.message, work.person_id, further)
