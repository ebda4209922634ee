"""Files posted in the room without a password: left alone, remarked on in one quiet line, or sealed at once."""

from collections.abc import Callable
from dataclasses import asdict

from bot.chat.events import FileRef, Noticed
from bot.chat.messenger import DeliveryFailed
from bot.engine.features import Desk, Due, Finish, Press
from bot.engine.work import Refusal, Work
from handlers.files import cards, commands, mailing, rules
from handlers.files.commands import Wish
from handlers.files.feature import feature, group_of
from handlers.files.sealing import Inspection, Reason, Refused
from handlers.files.sealing.apart import inspect
from storage import files, posts
from storage.files import FileState, PlainFiles, SealedFile


@feature.on(Noticed)
def posted(event: Noticed, work: Work) -> None:
    """By a member; a messenger that does not say which file was posted leaves the event without one."""
    if event.file is not None and event.album is None and (work.member is not None or work.waits):
        treat(Wish(event.file, event.message_id, work.person_id), work)


def treat(wish: Wish, work: Work) -> None:
    """As the group has it; an album (handlers.files.albums) as one, without what is no document in it."""
    wanted = files.policy(work.session, work.group_id)
    worth = _worth_sealing(wish, pictures=wanted.pictures)
    if worth is None or wanted.plain is PlainFiles.OFF:
        return
    file = commands.note(worth, work, by_mail=mailing.is_wanted(work))
    if wanted.plain is PlainFiles.REPLACE:
        work.show(cards.sealing(work.words, file, work.here))
        commands.ask_for_sealing(file, work, confirmed=False)
        return
    file.state = FileState.PLAIN
    uploads = [asdict(worth.file), *commands.further_files(file)]
    work.soon("files-look", f"files-look:{file.id}", file=file.id, uploads=uploads)


def _worth_sealing(wish: Wish, *, pictures: bool) -> Wish | None:
    posted = ({"file": asdict(wish.file), "message": wish.message}, *wish.further)
    worth = [each for each in posted if rules.is_worth_sealing(FileRef(**each["file"]), pictures=pictures)]
    if not worth:
        return None
    return Wish(FileRef(**worth[0]["file"]), worth[0]["message"], wish.owner, tuple(worth[1:]))


@feature.job("files-look")
def look(due: Due, desk: Desk) -> Finish:
    """What is protected already, or could not be sealed, is not remarked on."""
    seen = [each for upload in due.facts["uploads"] if (each := _seen(FileRef(**upload), desk)) is not None]
    if any(each.secrecy for each in seen):
        return _of_plain(due, lambda file, work: commands.give_up(file, work, Reason.SECRET))
    return _of_plain(due, _forget if all(each.protected for each in seen) else _remark)


def _seen(upload: FileRef, desk: Desk) -> Inspection | None:
    try:
        return inspect(desk.fetch(upload), upload.name)
    except (Refused, DeliveryFailed, TimeoutError):
        return None


def _of_plain(due: Due, step: Callable[[SealedFile, Work], None]) -> Finish:
    def finish(work: Work) -> None:
        file = files.locked(work.session, int(due.facts["file"]))
        if file is not None and file.state is FileState.PLAIN:
            step(file, work)

    return finish


def _remark(file: SealedFile, work: Work) -> None:
    card = cards.plain(work.words, file)
    work.send(file.origin_messenger, file.origin_chat, card, private=False, thread=file.origin_thread)
    work.later("files-plain", f"files-plain:{file.id}", work.now + rules.OFFER_HELP_FOR, file=file.id)


def _forget(file: SealedFile, work: Work) -> None:
    """The row stays without what it held: old buttons bear its number."""
    file.state, file.name, file.upload, file.further = FileState.REFUSED, "", None, None
    file.origin_message = ""


@feature.press("files-help", group_of=group_of)
def help_seal(press: Press, work: Work) -> None:
    """The button Niêm giúp, for who posted the file."""
    file = files.locked(work.session, press.number)
    if file is None or file.state is not FileState.PLAIN:
        raise Refusal("refuse-old-button")
    if file.sender_id != work.person_id:
        raise Refusal("refuse-not-your-question")
    commands.refuse_taken(file.origin_messenger, file.origin_chat, file.origin_message, work)
    file.state = FileState.SEALING
    work.cancel(f"files-plain:{file.id}")
    work.record("seal-asked", f"file:{file.id}", private=False)
    work.update(cards.sealing(work.words, file, work.here))
    commands.ask_for_sealing(file, work, confirmed=False)


@feature.due("files-plain")
def offered_long_enough(due: Due, work: Work) -> None:
    """The quiet line goes, and the reference to the upload with it."""
    file = files.locked(work.session, int(due.facts["file"]))
    if file is None or file.state is not FileState.PLAIN:
        return
    message = posts.message_showing(work.session, file.origin_messenger, file.origin_chat, f"sealing:{file.id}")
    if message is not None:
        work.delete_message(file.origin_messenger, file.origin_chat, message)
    _forget(file, work)
