"""What people say and press to have a file sealed, to see a password again, and to look through the group's files."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session

from bot.chat import messages
from bot.chat.events import FileRef, Pressed, Said
from bot.engine import context
from bot.engine.features import Answer, Command, Feature, Press, Where
from bot.engine.work import Refusal, Work
from handlers.files import cards, rules
from handlers.files.sealing import Reason
from storage import files, people
from storage.columns import Secrets
from storage.files import FileState, SealedFile
from storage.people import Who

feature = Feature("files")


def group_of(session: Session, argument: str) -> int | None:
    """The group of the file whose id begins a button's argument."""
    first = argument.split(":")[0]
    file = files.get(session, int(first)) if first.isdigit() else None
    return file.group_id if file else None


# sealing


@dataclass(frozen=True, slots=True)
class Wish:
    """The upload to be sealed, the message it stands in, and who had posted that (a person's id)."""

    file: FileRef
    message: str
    owner: int | None

    @staticmethod
    def kept(facts: Any) -> "Wish":
        return Wish(FileRef(**facts["file"]), facts["message"], facts["owner"])


@feature.command("seal", "niem", groupless=True)
def seal(order: Command, work: Work) -> None:
    """/niem as a file's caption, or as a reply to a file; in private the group is chosen each time."""
    wish = _wish(order, work)
    if not work.chat.private:
        if work.group is None:
            raise Refusal("refuse-no-group-here")
        _begin(wish, work)
        return
    mine = [group for _, group in context.own_groups(work)]
    if not mine:
        raise Refusal("refuse-no-group")
    if len(mine) > 1:
        options = [(group.name, str(group.id)) for group in mine]
        work.ask("seal-group", cards.which_group(work.words, wish.file.name), options=options, **asdict(wish))
        return
    context.enter(work, mine[0].id)
    _begin(wish, work)


@feature.answer("seal-group")
def seal_for_group(answer: Answer, work: Work) -> None:
    """The group was chosen; being its member is asked again."""
    if answer.chosen is None:
        raise Refusal("refuse-not-an-option")
    context.enter(work, int(answer.chosen))
    _begin(Wish.kept(answer.facts), work)


def _wish(order: Command, work: Work) -> Wish:
    if order.file is not None:
        return Wish(order.file, order.message_id, work.person_id)
    reply = order.reply
    if reply is None or reply.file is None:
        raise Refusal("seal-file-missing")
    poster = people.account(work.session, work.chat.messenger, reply.sender.id) if reply.sender else None
    return Wish(reply.file, reply.message_id, poster.person_id if poster else None)


def _begin(wish: Wish, work: Work) -> None:
    sender = work.actor.person_id
    if rules.is_too_big(wish.file.size):
        raise Refusal("seal-refused-too-big")
    if not people.rooms(work.session, work.group_id):
        raise Refusal("seal-refused-no-room")
    _refuse_taken(wish, work)
    file = files.add(
        work.session,
        SealedFile(
            group_id=work.group_id,
            name=wish.file.name,
            upload=json.dumps(asdict(wish.file), ensure_ascii=False),
            sender_id=sender,
            owner_id=wish.owner or sender,
            origin_messenger=work.chat.messenger,
            origin_chat=work.chat.id,
            origin_thread=work.room.thread if work.room else None,
            origin_message=wish.message,
            origin_private=work.chat.private,
            asked_at=work.now,
        ),
    )
    work.record("seal-asked", f"file:{file.id}", private=work.chat.private)
    work.show(cards.sealing(work.words, file, work.here))
    _ask_for_sealing(file, work, confirmed=False)
    if isinstance(work.event, Said) and work.event.album:  # of several files sent together only one has the caption
        work.say("seal-album")


def _refuse_taken(wish: Wish, work: Work) -> None:
    known = files.of_message(work.session, work.group_id, work.chat.messenger, work.chat.id, wish.message)
    if known is not None and known.number is not None:
        raise Refusal("seal-done-already", number=known.number)
    if known is not None:
        raise Refusal("seal-taken-already")


def _ask_for_sealing(file: SealedFile, work: Work, *, confirmed: bool) -> None:
    step = "confirmed" if confirmed else "first"
    upload = json.loads(file.upload or "{}")
    work.soon("files-seal", f"files-seal:{file.id}:{step}", file=file.id, upload=upload, confirmed=confirmed)


@feature.press("files-clean", group_of=group_of)
def no_mark(press: Press, work: Work) -> None:
    """The button Không có dấu mật: the sender's word, kept in the audit."""
    file = _asked(press, work)
    file.state = FileState.SEALING
    work.cancel(f"files-unanswered:{file.id}")
    work.record("seal-no-mark-confirmed", f"file:{file.id}")
    work.toast("sealing-no-mark-noted")
    work.update(cards.sealing(work.words, file, work.here))
    _ask_for_sealing(file, work, confirmed=True)


@feature.press("files-marked", group_of=group_of)
def marked(press: Press, work: Work) -> None:
    """The button Có, hoặc chưa chắc."""
    file = _asked(press, work)
    work.cancel(f"files-unanswered:{file.id}")
    give_up(file, work, Reason.SECRET)


def _asked(press: Press, work: Work) -> SealedFile:
    file = files.locked(work.session, press.number)
    if file is None or file.state is not FileState.ASKED:
        raise Refusal("refuse-old-button")
    if file.sender_id != work.person_id:
        raise Refusal("refuse-not-your-question")
    return file


def give_up(file: SealedFile, work: Work, reason: str) -> None:
    """The file is not sealed: nothing of it is kept, and one that is secret is removed where the bot may."""
    file.state, file.name, file.upload = FileState.REFUSED, "", None
    work.record("seal-refused", f"file:{file.id}", reason=str(reason))
    work.update(cards.not_sealed(work.words, file, reason))
    if reason == Reason.SECRET:
        work.delete_message(
            file.origin_messenger, file.origin_chat, file.origin_message, report=f"files-removed:{file.id}"
        )


# passwords


@feature.command("password", "matkhau", where=Where.PRIVATE, groupless=True)
def password(order: Command, work: Work) -> None:
    """/matkhau 7"""
    number = rules.read_number(order.text)
    if number is None:
        raise Refusal("password-which")
    mine = [group.id or 0 for _, group in context.own_groups(work)]
    found = files.numbered(work.session, number, mine)
    if not found:
        raise Refusal("password-none", number=number)
    entitled = [(file, group) for file, group in found if _is_entitled(file, work)]
    if len(entitled) > 1:
        options = [(group.name, str(file.id)) for file, group in entitled]
        work.ask("password-group", cards.which_file(work.words, number), options=options)
        return
    file, _ = (entitled or found)[0]
    work.show(_password_card(file, work))


@feature.answer("password-group")
def password_of_group(answer: Answer, work: Work) -> None:
    file = files.get(work.session, int(answer.chosen)) if answer.chosen else None
    if file is None:
        raise Refusal("refuse-not-an-option")
    work.show(_password_card(file, work))


@feature.press("files-password", who=Who.STAFF, group_of=group_of)
def show_password(press: Press, work: Work) -> None:
    """The button Xem mật khẩu under the file in the room: the password goes to the private chat, never here."""
    file = files.get(work.session, press.number)
    if file is None or work.person_id is None:
        raise Refusal("refuse-old-button")
    if not work.tell(work.person_id, _password_card(file, work)):
        raise Refusal("password-open-private", number=file.number or 0)
    if isinstance(work.event, Pressed):
        work.toast("password-sent")
    else:
        work.say("password-sent", reply=True)


def _is_entitled(file: SealedFile, work: Work) -> bool:
    """A member when it was sent, and a member still."""
    person = work.person_id or 0
    was = files.recipient(work.session, file.id or 0, person)
    return was is not None and people.member_of(work.session, file.group_id, person) is not None


def _password_card(file: SealedFile, work: Work) -> messages.Card:
    """Every showing is in the audit."""
    context.enter(work, file.group_id)
    sender = work.person(file.sender_id).name
    if work.member is None:
        raise Refusal("refuse-not-a-member")
    if file.password is None:
        raise Refusal("password-senders-own", number=file.number or 0, sender=sender)
    if not _is_entitled(file, work):
        raise Refusal("password-not-yours", number=file.number or 0, sender=sender)
    work.record("password-shown", f"file:{file.id}")
    shown = work.need(Secrets).show(file.password, f"file:{file.id}")
    return cards.password(work.words, file, work.here, shown)


# the list


@feature.command("files", "tep")
def listing(order: Command, work: Work) -> None:
    """/tep"""
    work.show(_page(work, 0))


def _group_named(session: Session, argument: str) -> int | None:
    first = argument.split(":")[0]
    group = session.get(people.WorkGroup, int(first)) if first.isdigit() else None
    return group.id if group else None


@feature.press("files-page", group_of=_group_named)
def turn_page(press: Press, work: Work) -> None:
    """The buttons Mới hơn and Cũ hơn."""
    asked = press.argument.partition(":")[2]
    work.redraw(_page(work, int(asked) if asked.isdigit() else 0))


def _page(work: Work, asked: int) -> messages.Card:
    total = files.count(work.session, work.group_id)
    page = rules.page(asked, total)
    listed = [
        cards.Listed(file.number or 0, file.name, sender.name, (file.sealed_at or file.asked_at).astimezone(work.zone))
        for file, sender in files.latest(work.session, work.group_id, page.offset, rules.PAGE)
    ]
    return cards.listing(work.words, work.here, listed, page, total)
