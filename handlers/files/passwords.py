"""How a password gets to a person who is entitled to it: asked for, pressed for, or as soon as they can be reached."""

from bot.chat import messages
from bot.chat.events import Pressed, Reached
from bot.engine import context
from bot.engine.features import Answer, Command, Press, Where
from bot.engine.work import Refusal, Work
from handlers.files import cards, mailing, rules
from handlers.files.feature import feature, group_of
from handlers.files.telling import may_have_page
from storage import files, people, reaching
from storage.columns import Secrets
from storage.files import Channel, FileRecipient, FileState, Receipt, SealedFile
from storage.people import Account, Who


@feature.command("password", "matkhau", where=Where.PRIVATE, groupless=True)
def password(order: Command, work: Work) -> None:
    """/matkhau 7"""
    number = rules.read_number(order.text)
    if number is None:
        raise Refusal("password-which")
    mine = [group.id or 0 for _, group in context.own_groups(work)]
    found = files.numbered(work.session, number, mine)
    if not found:
        context.refuse_a_new_account(work)
        raise Refusal("password-none", number=number)
    entitled = [(file, group) for file, group in found if entitled_recipient(file, work.person_id, work)]
    if len(entitled) > 1:
        options = [(group.name, str(file.id)) for file, group in entitled]
        work.ask("password-group", cards.which_file(work.words, number), options=options)
        return
    file, _ = (entitled or found)[0]
    work.show(_shown(file, work))


@feature.answer("password-group")
def password_of_group(answer: Answer, work: Work) -> None:
    file = files.get(work.session, int(answer.chosen)) if answer.chosen else None
    if file is None:
        raise Refusal("refuse-not-an-option")
    work.show(_shown(file, work))


@feature.press("files-password", who=Who.STAFF, group_of=group_of)
def show_password(press: Press, work: Work) -> None:
    """The button Xem mật khẩu under the file in the room: the password goes to the private chat, never here."""
    file = files.get(work.session, press.number)
    if file is None or work.person_id is None:
        raise Refusal("refuse-old-button")
    if not work.tell(work.person_id, _shown(file, work)):
        raise Refusal("password-open-private", number=file.number or 0)
    if isinstance(work.event, Pressed):
        work.toast("password-sent")
    else:
        work.say("password-sent", reply=True)


@feature.on(Reached)
def send_what_was_missed(event: Reached, work: Work) -> None:
    """A private chat was opened: the passwords that could not be sent before come by themselves."""
    if not event.open or work.person_id is None:
        return
    for file, recipient in files.missed(work.session, work.person_id):
        context.enter(work, file.group_id)
        send(file, recipient, work, again=event.key)
    work.session.flush()
    context.enter(work, None)


def send(file: SealedFile, recipient: FileRecipient, work: Work, *, again: str = "", but: str = "") -> bool:
    """The password to its recipient, in private; False when there is no way to them yet. `again` tells one try from
    another; `but` names the messenger on which the last one failed."""
    report = f"files-password:{file.id}:{recipient.person_id}"
    card = cards.password(work.words, file, work.here, secret_of(file, recipient, work))
    account = _way_to(recipient.person_id, file, work, but)
    recipient.receipt = Receipt.WAITING if account else Receipt.UNREACHED
    if account is None:
        return False
    key = f"{report}:sent{again and ':' + again}"
    private = account.messenger != people.MAIL
    return work.send(account.messenger, account.ref, card, private=private, key=key, report=report)


def _way_to(person_id: int, file: SealedFile, work: Work, but: str) -> Account | None:
    """The first of the group's channels by which they can be reached, but never the mailbox that has the file. None
    leaves a one-time page (handlers.files.last_way), also where the group wants it before the others."""
    chats = [each for each in reaching.addresses(work.session, person_id, file.group_id) if each.messenger != but]
    mailbox = None if file.by_mail or but == people.MAIL else mailing.address_of(person_id, work)
    ways: dict[Channel, list[Account]] = {
        Channel.CHAT: [each for each in chats if each.messenger == file.origin_messenger],
        Channel.OTHER: [each for each in chats if each.messenger != file.origin_messenger],
        Channel.MAIL: [mailbox] if mailbox else [],
    }
    for channel in files.channels(files.policy(work.session, file.group_id)):
        if channel is Channel.PAGE and may_have_page(file, work):
            return None
        if found := ways.get(channel):
            return found[0]
    return None


def entitled_recipient(file: SealedFile, person_id: int | None, work: Work) -> FileRecipient | None:
    """A member when it was sent, and a member still."""
    recipient = files.recipient(work.session, file.id or 0, person_id or 0)
    member = people.member_of(work.session, file.group_id, person_id or 0)
    return recipient if member is not None else None


def secret_of(file: SealedFile, recipient: FileRecipient, work: Work) -> str:
    """The password itself: of the person's own copy, or of the common one."""
    if recipient.password is not None:
        return work.need(Secrets).show(recipient.password, place_of(file, recipient.person_id))
    return work.need(Secrets).show(file.password or "", place_of(file))


def place_of(file: SealedFile, person_id: int | None = None) -> str:
    return files.place_of(file.id or 0, person_id)


def refuse_ended(file: SealedFile) -> None:
    if file.state is FileState.REVOKED:
        raise Refusal("password-revoked", number=file.number or 0)
    if file.state is FileState.EXPIRED:
        raise Refusal("password-expired", number=file.number or 0)


def _shown(file: SealedFile, work: Work) -> messages.Card:
    """Every showing is in the audit."""
    context.enter(work, file.group_id)
    sender = work.person(file.sender_id).name
    entitled = work.actor.person_id
    refuse_ended(file)
    if file.password is None and not file.own_copies:
        raise Refusal("password-senders-own", number=file.number or 0, sender=sender)
    recipient = entitled_recipient(file, entitled, work)
    if recipient is None:
        raise Refusal("password-not-yours", number=file.number or 0, sender=sender)
    recipient.fetched_at = work.now
    work.record("password-shown", f"file:{file.id}")
    return cards.password(work.words, file, work.here, secret_of(file, recipient, work))
