"""A file with a secrecy mark: nothing of it is kept, its messages are removed where the bot may, and only who sent it
is told why; the room hears a line that names neither file nor reason."""

import json
from dataclasses import replace

from bot.chat.events import Reached
from bot.engine import context
from bot.engine.features import Due
from bot.engine.work import Work
from handlers.files import cards, rules
from handlers.files.feature import feature
from handlers.files.sealing import Reason
from handlers.files.telling import entered, say_at_origin
from storage import due as due_rows
from storage import files, outbox
from storage.files import FileState, SealedFile


def give_up(file: SealedFile, work: Work) -> None:
    """Whoever asked for it to be sealed; who posted it is asked to remove it where the bot may not."""
    messages = messages_of(file)
    file.state, file.name, file.upload, file.further = FileState.REFUSED, "", None, None
    work.record("seal-refused", f"file:{file.id}", reason=str(Reason.SECRET))
    shown = cards.not_sealed(work.words, file, Reason.SECRET)
    if file.origin_private:
        work.update(shown)
    elif work.tell(file.sender_id, replace(shown, key=None), report=f"files-secret-told:{file.id}"):
        work.update(cards.told_in_private(work.words, file))
    else:
        _wait_for_sender(file, work)
    for number, message in enumerate(messages):
        report = None if number else f"files-removed:{file.id}"  # what it says of one it says of all
        work.delete_message(file.origin_messenger, file.origin_chat, message, report=report)


def messages_of(file: SealedFile) -> list[str]:
    """Every message its originals stand in; the first is the one that sealing was asked for with."""
    return [file.origin_message, *(each["message"] for each in json.loads(file.further or "[]"))]


def _wait_for_sender(file: SealedFile, work: Work) -> None:
    _say_in_room(file, work)
    key = f"files-untold:{file.sender_id}:{file.id}"
    work.later("files-untold", key, work.now + rules.REASON_WAITS, file=file.id)


def _say_in_room(file: SealedFile, work: Work) -> None:
    """Instead of the card that stands there; of a plain file nothing has been said yet."""
    card = cards.ask_in_private(work.words, file, work.person(file.sender_id).name)
    if card.key is not None and outbox.standing(work.session, card.key):
        work.update(card)
    else:
        say_at_origin(file, card, work)


@feature.due("files-secret-told")
def told(due: Due, work: Work) -> None:
    """The private message has arrived, or never will."""
    file = entered(int(due.facts["argument"]), work)
    if file is not None and not due.facts["arrived"]:
        _wait_for_sender(file, work)


@feature.on(Reached)
def tell_the_reason(event: Reached, work: Work) -> None:
    """A private chat was opened: the reason comes by itself."""
    if not event.open or work.person_id is None:
        return
    for row in due_rows.planned(work.session, f"files-untold:{work.person_id}:"):
        file = files.get(work.session, int(row.values["file"]))
        work.cancel(row.key)
        if file is not None:
            context.enter(work, file.group_id)
            work.tell(work.person_id, replace(cards.not_sealed(work.words, file, Reason.SECRET), key=None))
    context.enter(work, None)


@feature.due("files-untold")
def nobody_asked(due: Due, work: Work) -> None:
    """Its sender never came; the audit has it."""
