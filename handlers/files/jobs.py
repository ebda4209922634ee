"""What happens apart from the conversation: sealing itself, handing out passwords, and what became of both."""

import logging
import traceback
from pathlib import PurePath
from typing import Any

from bot.chat.events import FileRef
from bot.chat.messages import Card
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine import context
from bot.engine.features import Desk, Due, Finish
from bot.engine.work import Work
from handlers.files import cards, rules
from handlers.files.commands import feature, give_up
from handlers.files.sealing import Note, Reason, Refused, Sealed
from handlers.files.sealing import seal as put_under_password
from handlers.files.sealing.apart import inspect
from storage import files, people
from storage.columns import Secrets
from storage.files import FileState, Receipt, SealedFile
from storage.vault import Vault

log = logging.getLogger(__name__)
_MAY_STILL_COME = (Outcome.TRY_AGAIN, Outcome.SLOW_DOWN, Outcome.UNCLEAR)


class SealingFailed(Exception):
    """A bug met while sealing; told without the message of the first error, which may hold words of the file."""


@feature.job("files-seal")
def seal_upload(due: Due, desk: Desk) -> Finish:
    """Fetches, inspects and seals; the plain content is only ever in memory."""
    file_id, upload = int(due.facts["file"]), FileRef(**due.facts["upload"])
    try:
        return _sealed_or_asked(file_id, upload, desk, confirmed=bool(due.facts["confirmed"]))
    except Refused as no:
        return _refused(file_id, no.reason)
    except (DeliveryFailed, TimeoutError) as failure:
        lost = isinstance(failure, DeliveryFailed) and failure.outcome not in _MAY_STILL_COME
        if lost or not rules.is_worth_another_try(due.late):
            return _refused(file_id, cards.NOT_FETCHED)
        raise
    except Exception as bug:  # noqa: BLE001 - the edge at which a bug is told without words of the file
        where = traceback.extract_tb(bug.__traceback__)[-1]
        failed = SealingFailed(f"{type(bug).__name__} in {PurePath(where.filename).name}, line {where.lineno}")
        if rules.is_worth_another_try(due.late):
            raise failed from None
        log.error("a file could not be sealed", extra={"file": file_id, "reason": str(failed)})  # noqa: TRY400
        return _refused(file_id, cards.FAILED)


def _sealed_or_asked(file_id: int, upload: FileRef, desk: Desk, *, confirmed: bool) -> Finish:
    content = desk.fetch(upload)
    if rules.is_too_big(len(content)):
        raise Refused(Reason.TOO_BIG)
    seen = inspect(content, upload.name)
    if seen.secrecy:
        raise Refused(Reason.SECRET)
    if rules.needs_word(seen, confirmed=confirmed):
        return lambda work: _ask(file_id, work)
    sealed = put_under_password(content, upload.name, seen=seen)
    vault: Vault = desk.need(Vault)
    record = vault.put(sealed.content)

    def finish(work: Work) -> None:
        try:
            kept = _publish(file_id, sealed, record, work)
        except Exception:
            vault.forget(record)
            raise
        if not kept:
            vault.forget(record)

    return finish


def _refused(file_id: int, reason: str) -> Finish:
    def finish(work: Work) -> None:
        file = _being_sealed(file_id, work)
        if file is not None:
            give_up(file, work, reason)

    return finish


def _being_sealed(file_id: int, work: Work) -> SealedFile | None:
    """None when another has finished it meanwhile."""
    file = files.locked(work.session, file_id)
    return file if file is not None and file.state is FileState.SEALING else None


# a scan: the sender's word is needed


def _ask(file_id: int, work: Work) -> None:
    file = _being_sealed(file_id, work)
    if file is None:
        return
    file.state = FileState.ASKED
    work.update(cards.any_mark(work.words, file))
    work.later("files-unanswered", f"files-unanswered:{file_id}", work.now + rules.ANSWER_WITHIN, file=file_id)


@feature.due("files-unanswered")
def unanswered(due: Due, work: Work) -> None:
    """Nobody said whether there is a mark: the file is let go of."""
    file = files.locked(work.session, int(due.facts["file"]))
    if file is not None and file.state is FileState.ASKED:
        give_up(file, work, cards.UNANSWERED)


# sealed: to the rooms, and the password to each member


def _publish(file_id: int, sealed: Sealed, record: str, work: Work) -> bool:
    """False when the sealed copy is not needed."""
    file = _being_sealed(file_id, work)
    if file is None:
        return False
    if not people.rooms(work.session, file.group_id):
        give_up(file, work, cards.NO_ROOM)
        return False
    file.upload, file.name, file.sealed_at = None, sealed.name, work.now
    file.format, file.note = sealed.format, sealed.note
    if sealed.note is Note.ALREADY_PROTECTED and not file.origin_private:
        file.state = FileState.PASSED
        work.record("file-protected-already", f"file:{file_id}")
        work.update(cards.left_as_it_is(work.words, file))
        return False
    file.state, file.record = FileState.SEALED, record
    file.number = files.next_number(work.session, file.group_id)
    if sealed.password:
        file.password = work.need(Secrets).hide(sealed.password, f"file:{file_id}")
    facts = {"number": file.number, "format": file.format, "note": file.note, "by": file.sender_id}
    work.record("file-sealed", f"file:{file_id}", **facts)
    card = cards.sealed(work.words, file, work.person(file.sender_id).name)
    work.post(card, key=f"sealed:{file_id}", report=f"files-posted:{file_id}")
    _hand_out(file, sealed.password, work)
    return True


def _hand_out(file: SealedFile, password: str, work: Work) -> None:
    if password:
        card = cards.password(work.words, file, work.here, password)
        for member, _ in people.members(work.session, file.group_id):
            person, report = member.person_id, f"files-password:{file.id}:{member.person_id}"
            told = work.tell(person, card, key=f"{report}:sent", report=report)
            files.entitle(work.session, file.id or 0, person, Receipt.WAITING if told else Receipt.UNREACHED)
        work.session.flush()
        work.update(cards.handing_out(work.words, file, members=len(files.recipients(work.session, file.id or 0))))
        work.later("files-known", f"files-known:{file.id}", work.now + rules.KNOWN_BY, file=file.id)
    _tell_when_known(file, work)


@feature.due("files-password")
def password_ended(due: Due, work: Work) -> None:
    """One member's private message has arrived, or never will."""
    file_id, person_id = (int(each) for each in due.facts["argument"].split(":"))
    file = _entered(file_id, work)
    recipient = files.recipient(work.session, file_id, person_id)
    if file is None or recipient is None:
        return
    recipient.receipt = Receipt.TOLD if due.facts["arrived"] else Receipt.UNREACHED
    work.session.flush()
    _tell_when_known(file, work)


@feature.due("files-known")
def known_by_now(due: Due, work: Work) -> None:
    """Some messages are still on their way: the sender hears of them now rather than tomorrow."""
    file = _entered(int(due.facts["file"]), work)
    if file is not None:
        _tell_when_known(file, work, wait=False)


def _tell_when_known(file: SealedFile, work: Work, *, wait: bool = True) -> None:
    """Once for each file: the sender is told who has no password yet. Rooms see two edits, not one a member."""
    everybody = files.recipients(work.session, file.id or 0)
    told = [recipient for recipient, _ in everybody if recipient.receipt is Receipt.TOLD]
    waiting = any(recipient.receipt is Receipt.WAITING for recipient, _ in everybody)
    if waiting and (wait or file.reported_at is not None):
        return
    work.update(cards.done(work.words, file, told=len(told), members=len(everybody)))
    if file.reported_at is not None:
        return
    file.reported_at = work.now
    work.cancel(f"files-known:{file.id}")
    missing = [person.name for recipient, person in everybody if recipient.receipt is not Receipt.TOLD]
    if missing and not work.tell(file.sender_id, cards.unreached(work.words, file, missing, private=True)):
        _say_at_origin(file, cards.unreached(work.words, file, missing, private=False), work)


# what became of the messages


@feature.due("files-posted")
def posted(due: Due, work: Work) -> None:
    """The sealed file stands in a room (then the plain original there is not needed any more), or never will."""
    file = _entered(int(due.facts["argument"]), work)
    if file is None:
        return
    if not due.facts["arrived"]:
        _tell_or_say(file, file.sender_id, cards.not_posted(work.words, file), work)
    elif not file.origin_private and _is_at_origin(file, due.facts):
        report = f"files-removed:{file.id}"
        work.delete_message(file.origin_messenger, file.origin_chat, file.origin_message, report=report)


def _is_at_origin(file: SealedFile, facts: Any) -> bool:
    return (facts["messenger"], facts["chat"]) == (file.origin_messenger, file.origin_chat)


@feature.due("files-removed")
def removed(due: Due, work: Work) -> None:
    """What the bot may not delete its owner is asked to."""
    file = _entered(int(due.facts["argument"]), work)
    if file is None:
        return
    gone, secret = bool(due.facts["arrived"]), file.state is FileState.REFUSED
    work.record("original-removed" if gone else "original-left", f"file:{file.id}")
    if not gone:
        owner = work.person(file.owner_id).name
        _tell_or_say(file, file.owner_id, cards.please_remove(work.words, file, owner, secret=secret), work)


def _entered(file_id: int, work: Work) -> SealedFile | None:
    """The file, with the work being about its group: reports of deliveries do not know it."""
    file = files.locked(work.session, file_id)
    if file is not None:
        context.enter(work, file.group_id)
    return file


def _tell_or_say(file: SealedFile, person_id: int, card: Card, work: Work) -> None:
    if not work.tell(person_id, card):
        _say_at_origin(file, card, work)


def _say_at_origin(file: SealedFile, card: Card, work: Work) -> None:
    """In the chat in which sealing was asked for."""
    work.send(file.origin_messenger, file.origin_chat, card, private=file.origin_private, thread=file.origin_thread)
