"""What people say and press to have a file sealed."""

import json
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from bot.chat.events import FileRef, Said
from bot.engine import context
from bot.engine.features import Answer, Command, Press
from bot.engine.work import Refusal, Work
from handlers.files import cards, mailing, policy, rules, secret
from handlers.files.feature import feature, group_of
from handlers.files.sealing import Reason
from storage import files, people
from storage.files import FileState, SealedFile, Way


@dataclass(frozen=True, slots=True)
class Wish:
    """The upload to be sealed, the message it stands in, and who had posted that (a person's id); the others of its
    album as SealedFile.further has them."""

    file: FileRef
    message: str
    owner: int | None
    further: tuple[dict[str, Any], ...] = ()

    @property
    def sizes(self) -> list[int]:
        return [self.file.size, *(each["file"]["size"] for each in self.further)]

    @staticmethod
    def kept(facts: Any) -> "Wish":
        return Wish(FileRef(**facts["file"]), facts["message"], facts["owner"], tuple(facts.get("further", ())))


@feature.command("seal", "niem", groupless=True)
def seal(order: Command, work: Work) -> None:
    """/niem as a file's caption, or as a reply to a file; in private the group is chosen each time."""
    if policy.is_about_policy(order):
        policy.change(order, work)
    elif not (order.file is not None and isinstance(work.event, Said) and work.event.album):
        seal_wish(_wish(order, work), work)  # an album is waited for: handlers.files.albums


def seal_wish(wish: Wish, work: Work) -> None:
    """In a room for its group; in private the group is asked for where there are several."""
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
        work.ask("seal-group", cards.which_group(work.words, _name_of(wish, work)), options=options, **asdict(wish))
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


def _begin(wish: Wish, work: Work, way: Way | None = None) -> None:
    if any(map(rules.is_too_big, wish.sizes)):
        raise Refusal("seal-refused-too-big")
    if not people.rooms(work.session, work.group_id):
        raise Refusal("seal-refused-no-room")
    refuse_taken(work.chat.messenger, work.chat.id, wish.message, work)
    way = way or files.policy(work.session, work.group_id).way
    if way is Way.ASK:
        _ask_for_way(wish, work)
        return
    if way is Way.MAIL:
        mailing.refuse_impossible(work)
    else:
        _refuse_too_many_copies(work)
    file = note(wish, work, by_mail=way is Way.MAIL)
    work.record("seal-asked", f"file:{file.id}", private=work.chat.private)
    work.show(cards.sealing(work.words, file, work.here))
    ask_for_sealing(file, work, confirmed=False)


def _ask_for_way(wish: Wish, work: Work) -> None:
    options = [(work.words(f"seal-way-{way}"), str(way)) for way in (Way.MAIL, Way.CHAT)]
    card = cards.which_way(work.words, _name_of(wish, work))
    work.ask("seal-way", card, options=options, group=work.group_id, **asdict(wish))


@feature.answer("seal-way")
def seal_this_way(answer: Answer, work: Work) -> None:
    """How this file is to go was chosen."""
    if answer.chosen is None:
        raise Refusal("refuse-not-an-option")
    context.enter(work, int(answer.facts["group"]))
    _begin(Wish.kept(answer.facts), work, Way(answer.chosen))


def note(wish: Wish, work: Work, *, by_mail: bool = False) -> SealedFile:
    """The row that stands for the upload from now on."""
    sender = work.actor.person_id
    return files.add(
        work.session,
        SealedFile(
            group_id=work.group_id,
            name=_name_of(wish, work),
            upload=json.dumps(asdict(wish.file), ensure_ascii=False),
            further=json.dumps(wish.further, ensure_ascii=False) if wish.further else None,
            sender_id=sender,
            owner_id=wish.owner or sender,
            origin_messenger=work.chat.messenger,
            origin_chat=work.chat.id,
            origin_thread=work.room.thread if work.room else None,
            origin_message=wish.message,
            origin_private=work.chat.private,
            by_mail=by_mail,
            asked_at=work.now,
        ),
    )


def _name_of(wish: Wish, work: Work) -> str:
    """Several files are one archive, called after the first of them."""
    if not wish.further:
        return wish.file.name
    return work.words("album-name", name=PurePath(wish.file.name).stem, more=len(wish.further))


def refuse_taken(messenger: str, chat: str, message: str, work: Work) -> None:
    known = files.of_message(work.session, work.group_id, messenger, chat, message)
    if known is not None and known.number is not None:
        raise Refusal("seal-done-already", number=known.number)
    if known is not None:
        raise Refusal("seal-taken-already")


def _refuse_too_many_copies(work: Work) -> None:
    count = len(people.members(work.session, work.group_id))
    if count > rules.MOST_COPIES and files.policy(work.session, work.group_id).own_copies:
        raise Refusal("seal-too-many-copies", most=rules.MOST_COPIES)


def ask_for_sealing(file: SealedFile, work: Work, *, confirmed: bool) -> None:
    """The job, with what the group wants as of now."""
    step = "confirmed" if confirmed else "first"
    wanted = files.policy(work.session, file.group_id)
    work.soon(
        "files-seal",
        f"files-seal:{file.id}:{step}",
        file=file.id,
        upload=json.loads(file.upload or "{}"),
        further=further_files(file),
        name=file.name,
        confirmed=confirmed,
        macros=wanted.macros,
        copies=[member.person_id for member, _ in people.members(work.session, file.group_id)]
        if wanted.own_copies
        else [],
    )
    work.later("files-sweep", "files-sweep", work.now + rules.SWEEP_AFTER)


def further_files(file: SealedFile) -> list[dict[str, Any]]:
    """The others of its album, while they may still be needed."""
    return [each["file"] for each in json.loads(file.further or "[]") if "file" in each]


@feature.press("files-clean", group_of=group_of)
def no_mark(press: Press, work: Work) -> None:
    """The button Không có dấu mật: the sender's word, kept in the audit."""
    file = _asked(press, work)
    file.state = FileState.SEALING
    work.cancel(f"files-unanswered:{file.id}")
    work.record("seal-no-mark-confirmed", f"file:{file.id}")
    work.toast("sealing-no-mark-noted")
    work.update(cards.sealing(work.words, file, work.here))
    ask_for_sealing(file, work, confirmed=True)


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


def give_up(file: SealedFile, work: Work, reason: str, which: str = "") -> None:
    """The file is not sealed: nothing of it is kept. `which` of several it was."""
    if reason == Reason.SECRET:
        secret.give_up(file, work)
        return
    file.state, file.name, file.upload, file.further = FileState.REFUSED, "", None, None
    work.record("seal-refused", f"file:{file.id}", reason=str(reason))
    work.update(cards.not_sealed(work.words, file, reason, which))
