"""To whom what is said of a file: to one person in private, else where sealing was asked for."""

from bot.chat.messages import Card
from bot.engine import context
from bot.engine.work import Work
from storage import files
from storage.files import SealedFile


def entered(file_id: int, work: Work) -> SealedFile | None:
    """The file, with the work being about its group: reports of deliveries do not know it."""
    file = files.locked(work.session, file_id)
    if file is not None:
        context.enter(work, file.group_id)
    return file


def tell_or_say(file: SealedFile, person_id: int, card: Card, work: Work) -> None:
    if not work.tell(person_id, card):
        say_at_origin(file, card, work)


def say_at_origin(file: SealedFile, card: Card, work: Work) -> None:
    """In the chat in which sealing was asked for."""
    work.send(file.origin_messenger, file.origin_chat, card, private=file.origin_private, thread=file.origin_thread)
