"""The sealed file to the rooms, the password to each member, and what became of both."""

import json
from dataclasses import replace
from typing import Any

from bot.chat.messages import Card, Part
from bot.chat.messenger import Outcome
from bot.engine.features import Due
from bot.engine.work import Work
from handlers.files import cards, fetching, keeping, last_way, mailing, passwords, rules
from handlers.files.commands import give_up
from handlers.files.feature import feature
from handlers.files.sealing import Note, Sealed
from handlers.files.secret import messages_of
from handlers.files.telling import entered, say_at_origin, tell_or_say
from handlers.files.tokens import has_address
from storage import files, mailboxes, one_time, people
from storage.columns import Secrets
from storage.files import FileRecipient, FileState, Receipt, SealedFile
from storage.people import MAIL

Copies = dict[int, tuple[Sealed, str]]
"""Own copies by person, each with its record in the vault."""


def publish(file_id: int, sealed: Sealed, record: str | None, copies: Copies, work: Work) -> bool:
    """False when what was sealed is not needed."""
    file = being_sealed(file_id, work)
    if file is None:
        return False
    if not people.rooms(work.session, file.group_id):
        give_up(file, work, cards.NO_ROOM)
        return False
    file.upload, file.name, file.sealed_at = None, sealed.name, work.now
    file.further = json.dumps([{"message": each} for each in messages_of(file)[1:]]) if file.further else None
    file.format, file.note = sealed.format, sealed.note
    if sealed.note is Note.ALREADY_PROTECTED and not (file.origin_private or file.by_mail):
        file.state = FileState.PASSED
        work.record("file-protected-already", f"file:{file_id}")
        work.update(cards.left_as_it_is(work.words, file))
        return False
    file.state, file.record, file.own_copies = FileState.SEALED, record, bool(copies)
    file.number = files.next_number(work.session, file.group_id)
    if sealed.password and not copies:
        file.password = work.need(Secrets).hide(sealed.password, passwords.place_of(file))
    facts = {"number": file.number, "format": file.format, "note": file.note, "by": file.sender_id}
    work.record("file-sealed", f"file:{file_id}", **facts, copies=len(copies))
    _entitle(file, copies, work)
    _post(file, work)
    keeping.plan(file, work)
    _hand_out(file, work)
    return True


def being_sealed(file_id: int, work: Work) -> SealedFile | None:
    """None when another has finished it meanwhile."""
    file = files.locked(work.session, file_id)
    return file if file is not None and file.state is FileState.SEALING else None


def _entitle(file: SealedFile, copies: Copies, work: Work) -> None:
    """The members of this moment; with own copies, those for whom one was made."""
    has_password = file.password is not None or bool(copies)
    if not has_password and not file.by_mail:
        return
    for member, _ in people.members(work.session, file.group_id):
        receipt = Receipt.WAITING if has_password else Receipt.TOLD
        recipient = FileRecipient(file_id=file.id or 0, person_id=member.person_id, receipt=receipt)
        if copies and member.person_id not in copies:
            continue
        if copies:
            sealed, recipient.record = copies[member.person_id]
            hidden = work.need(Secrets).hide(sealed.password, passwords.place_of(file, member.person_id))
            recipient.password = hidden
        files.entitle(work.session, recipient)
    work.session.flush()


def _post(file: SealedFile, work: Work) -> None:
    """With own copies the report of the last one speaks for all."""
    if file.by_mail:
        mailing.send_all(file, work)
        return
    sender, report = work.person(file.sender_id).name, f"files-posted:{file.id}"
    if not file.own_copies:
        shown = cards.sealed(work.words, file, sender)
        work.post(shown, key=f"sealed:{file.id}", report=report, without_file=_by_page(shown, file, work))
        return
    everybody = files.recipients(work.session, file.id or 0)
    for number, (recipient, person) in enumerate(everybody, 1):
        card = cards.own_copy(work.words, file, sender, person, recipient.record or "")
        last = report if number == len(everybody) else None
        by_page = _by_page(card, file, work)
        work.post(card, key=f"sealed:{file.id}:{person.id}", report=last, without_file=by_page)


def _by_page(card: Card, file: SealedFile, work: Work) -> Card:
    """Where the messenger does not carry the file: its name, and the way to a page on which it is fetched."""
    named = Part(f"📎 {rules.short(file.name)}\n")
    return replace(card, parts=(named, *card.parts), buttons=((fetching.button(work, file),), *card.buttons), file=None)


def _hand_out(file: SealedFile, work: Work) -> None:
    has_password = file.password is not None or file.own_copies
    everybody = files.recipients(work.session, file.id or 0) if has_password else []
    for recipient, _ in everybody:
        passwords.send(file, recipient, work)
    if everybody:
        work.session.flush()
        work.update(cards.handing_out(work.words, file, members=len(everybody)))
        work.later("files-known", f"files-known:{file.id}", work.now + rules.KNOWN_BY, file=file.id)
    _tell_when_known(file, work)


@feature.due("files-password")
def password_ended(due: Due, work: Work) -> None:
    """One member's private message has arrived, or never will."""
    file_id, person_id = (int(each) for each in due.facts["argument"].split(":"))
    file = entered(file_id, work)
    recipient = files.recipient(work.session, file_id, person_id)
    if file is None or recipient is None:
        return
    if not _goes_another_way(file, recipient, due, work):
        recipient.receipt = Receipt.TOLD if due.facts["arrived"] else Receipt.UNREACHED
    if recipient.receipt is Receipt.TOLD:
        one_time.close(work.session, file_id, work.now, person_id=person_id)  # nobody needs their page any more
    work.session.flush()
    _tell_when_known(file, work)


def _goes_another_way(file: SealedFile, recipient: FileRecipient, due: Due, work: Work) -> bool:
    """Their address takes nothing any more, or the mail server not this: the group's next channel. Each messenger fails
    once for a file, so that this ends."""
    gone, messenger = due.facts["outcome"] == Outcome.GONE, due.facts["messenger"]
    if messenger == MAIL and gone:
        mailboxes.gone(work.session, due.facts["chat"])
    failed = not due.facts["arrived"] and (gone or messenger == MAIL)
    return (
        failed
        and file.state is FileState.SEALED
        and passwords.send(file, recipient, work, again=f"not-{messenger}", but=messenger)
    )


@feature.due("files-known")
def known_by_now(due: Due, work: Work) -> None:
    """Some messages are still on their way: the sender hears of them now rather than tomorrow."""
    file = entered(int(due.facts["file"]), work)
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
    late = [person.name for recipient, person in everybody if recipient.receipt is Receipt.WAITING]
    without = [person for recipient, person in everybody if recipient.receipt is Receipt.UNREACHED]
    missing = late + [person.name for person in last_way.offer(file, without, work)]
    if not missing:
        return
    card = cards.unreached(work.words, file, missing, private=True, one_time=has_address(work))
    if not work.tell(file.sender_id, card):
        say_at_origin(file, cards.unreached(work.words, file, missing, private=False), work)


# what became of the messages


@feature.due("files-posted")
def posted(due: Due, work: Work) -> None:
    """The sealed file stands in a room (then the plain original there is not needed any more), or never will."""
    file = entered(int(due.facts["argument"]), work)
    if file is None:
        return
    if not due.facts["arrived"]:
        tell_or_say(file, file.sender_id, cards.not_posted(work.words, file), work)
    elif not file.origin_private and _is_at_origin(file, due.facts):
        for number, message in enumerate(messages_of(file)):
            report = None if number else f"files-removed:{file.id}"  # what it says of one it says of all
            work.delete_message(file.origin_messenger, file.origin_chat, message, report=report)


def _is_at_origin(file: SealedFile, facts: Any) -> bool:
    return (facts["messenger"], facts["chat"]) == (file.origin_messenger, file.origin_chat)


@feature.due("files-removed")
def removed(due: Due, work: Work) -> None:
    """What the bot may not delete its owner is asked to."""
    file = entered(int(due.facts["argument"]), work)
    if file is None:
        return
    gone, secret = bool(due.facts["arrived"]), file.state is FileState.REFUSED
    work.record("original-removed" if gone else "original-left", f"file:{file.id}")
    if not gone:
        owner = work.person(file.owner_id).name
        in_private, in_room = (
            cards.please_remove(work.words, file, owner, secret=secret, private=private) for private in (True, False)
        )
        if not work.tell(file.owner_id, in_private):
            say_at_origin(file, in_room, work)
