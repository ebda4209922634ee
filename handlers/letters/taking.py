"""How files become letters: one by one, as an album with its appendices, or many that are forwarded at once."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from bot.chat.events import FileRef, Noticed, Said
from bot.engine import context
from bot.engine.features import Answer, Command, Due
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, nfc
from handlers.files import albums
from handlers.files.sealing import find_mark
from handlers.letters import book, cards, queue, understanding
from handlers.letters.feature import REGISTRARS, feature
from storage import due as due_rows
from storage import questions
from storage.people import Role

ALBUM_COMES = timedelta(seconds=3)  # its files arrive one by one
STAYS_OPEN = timedelta(minutes=10)
MOST_FILES = 20  # of one letter


def take(work: Work, file: FileRef, message_id: str, caption: str) -> None:
    """The file is read by a slow job, which answers in this chat."""
    context.allow(work, REGISTRARS)
    place = book.place_of(work)
    if find_mark(f"{caption}\n{file.name}"):
        book.refuse_secret(work, place, message_id)
        return
    if file.size > understanding.LARGEST:
        raise Refusal("letter-file-too-big", megabytes=understanding.LARGEST >> 20)
    facts: dict[str, Any] = {"place": place, "message": message_id, "person": work.actor.person_id}
    facts["caption"] = caption[:2000]
    album = work.event.album if isinstance(work.event, Said) else None
    if album is not None:
        _collect(work, album, file, {**facts, "sender": work.account.ref if work.account else ""})
    else:
        _read(work, [asdict(file)], facts, batch=queue.join(work))


def _read(work: Work, files: Sequence[dict[str, Any]], facts: dict[str, Any], *, batch: int | None) -> None:
    place = facts["place"]
    key = f"letters-read:{files[0]['messenger']}:{place['chat']}:{facts['message']}"
    work.soon("letters-read", key, **facts, file=files[0], further=list(files[1:MOST_FILES]), batch=batch)


# an album


def _collect(work: Work, album: str, file: FileRef, facts: dict[str, Any]) -> None:
    """Waits for the rest; what is written under any of the files counts for the letter."""
    begun = due_rows.get(work.session, _album_key(work, album))
    kept: dict[str, Any] = begun.values if begun else {"files": _came_before(work), "told": facts}
    told = {**kept["told"], "caption": kept["told"]["caption"] or facts["caption"]}
    _wait(work, album, [*kept["files"], {"file": asdict(file), "message": facts["message"]}], told)


def _wait(work: Work, album: str, files: Sequence[dict[str, Any]], told: dict[str, Any]) -> None:
    each_once = list({each["message"]: each for each in files}.values())
    work.later("letters-album", _album_key(work, album), work.now + ALBUM_COMES, files=each_once, told=told)


def _album_key(work: Work, album: str | None) -> str:
    return f"letters-album:{work.chat.messenger}:{work.chat.id}:{album}"


def _came_before(work: Work) -> list[dict[str, Any]]:
    """In a room the others are not addressed to the bot; a messenger may put the caption under the last."""
    return [{"file": asdict(each.file), "message": each.message} for each in albums.gathered(work)]


@feature.on(Noticed)
def sibling_came(event: Noticed, work: Work) -> None:
    """In a room: a further file of an album whose caption was the command."""
    begun = due_rows.get(work.session, _album_key(work, event.album)) if event.album is not None else None
    if begun is None or event.album is None or event.file is None:
        return
    if event.sender is not None and begun.values["told"]["sender"] == event.sender.id:
        sibling = {"file": asdict(event.file), "message": event.message_id}
        _wait(work, event.album, [*begun.values["files"], sibling], begun.values["told"])


@feature.due("letters-album")
def album_is_complete(due: Due, work: Work) -> None:
    came, told = due.facts["files"], due.facts["told"]
    others = [each["message"] for each in came if each["message"] != told["message"]]
    _read(work, [each["file"] for each in came], {**told, "others": others}, batch=None)


@feature.file("letter", who=REGISTRARS)
def forwarded(order: Command, work: Work) -> bool:
    """A file with nothing written under it: the clerk's is a letter, as is what belongs to an album that is one."""
    if order.file is None or albums.is_being_sealed(work):
        return False
    album = work.event.album if isinstance(work.event, Said) else None
    key = _album_key(work, album)
    if work.actor.role is not Role.CLERK and (album is None or due_rows.get(work.session, key) is None):
        return False
    take(work, order.file, order.message_id, order.text)
    return True


# many at once


def invite(work: Work) -> None:
    """In private: files may come now, one after the other, with nothing written under them."""
    context.allow(work, REGISTRARS)
    work.ask("letters-files", cards.said(work.words, "letter-send-files"))


@feature.answer("letters-files", who=REGISTRARS)
def file_came(answer: Answer, work: Work) -> None:
    if answer.file is None:
        done = fold(nfc(answer.text)).strip(" .") in ("xong", "het", "done")
        work.say("letter-files-done" if done else "letter-files-ended", reply=True)
        return
    _stay_open(work)
    take(work, answer.file, answer.message_id, answer.text)


def _stay_open(work: Work) -> None:
    """The next file is taken as this one, without asking anew."""
    if work.account is None:
        return
    waiting = questions.Question(
        kind="letters-files",
        messenger=work.account.messenger,
        chat=work.chat.id,
        account=work.account.ref,
        group_id=work.group_id,
        facts=json.dumps({}),
        asked_at=work.now,
        expires_at=work.now + STAYS_OPEN,
    )
    questions.add(work.session, waiting)
