"""A one-time link to a password, for a person the bot cannot write to: its maker hands it on by another way."""

from bot.engine.features import Command, Where
from bot.engine.work import Refusal, Work
from handlers.files import cards, pages, passwords, rules, tokens
from handlers.files.feature import feature
from handlers.people import naming
from storage import files
from storage.files import SealedFile
from storage.people import Person, Who


@feature.command("onetime", "motlan", where=Where.PRIVATE)
def one_time(order: Command, work: Work) -> None:
    """/motlan 7 Chi: in private, by who sent the file, the leader or a deputy."""
    said, _, name = order.text.strip().partition(" ")
    number = rules.read_number(said)
    if number is None or not name.strip():
        raise Refusal("link-which")
    found = files.numbered(work.session, number, [work.group_id])
    if not found:
        raise Refusal("password-none", number=number)
    file = found[0][0]
    _refuse_others(file, work)
    _show(file, naming.one_person(work, name, order.mentions), work)


def _refuse_others(file: SealedFile, work: Work) -> None:
    passwords.refuse_ended(file)
    number = file.number or 0
    if file.sender_id != work.person_id and not work.actor.who & (Who.LEADER | Who.DEPUTY):
        raise Refusal("link-not-yours", number=number)
    if file.password is None and not file.own_copies:
        raise Refusal("password-senders-own", number=number, sender=work.person(file.sender_id).name)


def _show(file: SealedFile, person: Person, work: Work) -> None:
    if not tokens.has_address(work):
        raise Refusal("link-no-address")
    if passwords.entitled_recipient(file, person.id, work) is None:
        raise Refusal("link-not-entitled", number=file.number or 0, name=person.name)
    url = tokens.address(pages.PATH.strip("/"), pages.make(file, person.id or 0, work), work)
    work.show(cards.one_time_link(work.words, file, person, url or ""))
