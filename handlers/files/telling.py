"""To whom what is said of a file: to one person in private, else where sealing was asked for."""

from bot.chat.messages import Card
from bot.engine import context
from bot.engine.work import Work
from handlers.files import tokens
from storage import files, people
from storage.files import SealedFile
from storage.people import Person, Role


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


def may_have_page(file: SealedFile, work: Work) -> bool:
    """People's browsers can reach us, there is a room for the address, and somebody who passes the codes on."""
    rooms = people.rooms(work.session, file.group_id)
    return tokens.has_address(work) and bool(rooms) and who_passes_codes(file, work) is not None


def who_passes_codes(file: SealedFile, work: Work) -> Person | None:
    """Who can be told in private: who sent the file, else the leader or a deputy."""
    members = people.members(work.session, file.group_id)
    ranked = sorted(members, key=lambda each: (each[1].id != file.sender_id, each[0].role is not Role.LEADER))
    trusted = [one for member, one in ranked if one.id == file.sender_id or member.role in (Role.LEADER, Role.DEPUTY)]
    return next((each for each in trusted if work.address_of(each.id or 0)), None)
