"""One's phone number, for paid notices to those whom their messenger lets nothing else reach."""

import re

from bot.engine import context
from bot.engine.abilities import Abilities
from bot.engine.commands import fold
from bot.engine.features import Command, Where
from bot.engine.work import Refusal, Work
from handlers.people import cards, naming
from handlers.people.feature import feature
from handlers.people.redeeming import account_of
from handlers.people.rules import read_phone
from storage import phones
from storage.columns import Secrets
from storage.people import Who

_FORGET = frozenset({"xoa", "bo", "off", "none", "remove", "delete"})
_NUMBER = re.compile(r"\+?\d[\d .-]{7,16}$")


@feature.command("phone", "sodienthoai", who=Who.ANYONE, where=Where.PRIVATE, groupless=True)
def phone(order: Command, work: Work) -> None:
    """/phone 0901234567; /phone Trần Văn An 0901234567 by who leads; /phone xoa; alone: which one is known."""
    said = order.text.strip()
    context.refuse_a_new_account(work)
    own = account_of(work).person_id
    if not said:
        _show(own, work)
    elif fold(said) in _FORGET:
        _forget(own, work)
    else:
        _keep(order, said, own, work)


def _show(person_id: int, work: Work) -> None:
    known = phones.of(work.session, work.need(Secrets), person_id)
    if known is None:
        work.say("phone-none")
    else:
        work.say("phone-now", number=masked(known))


def _forget(person_id: int, work: Work) -> None:
    if not phones.forget(work.session, person_id):
        raise Refusal("phone-none")
    work.record("phone-forgotten", f"person:{person_id}")
    work.say("phone-forgotten")


def _keep(order: Command, said: str, own: int, work: Work) -> None:
    if not work.need(Abilities).notifies_by_phone:
        raise Refusal("phone-not-used")
    written = _NUMBER.search(said)
    number = read_phone(written[0]) if written else None
    if written is None or number is None:
        raise Refusal("phone-unfit")
    name = said[: written.start()].strip()
    if name:
        _keep_for_another(order, name, number, work)
        return
    if not context.own_groups(work):
        raise Refusal("refuse-no-group")
    phones.keep(work.session, work.need(Secrets), own, number)
    work.record("phone-given", f"person:{own}")
    work.say("phone-done", number=masked(number))


def _keep_for_another(order: Command, name: str, number: str, work: Work) -> None:
    context.choose_group(work)
    context.allow(work, Who.LEADER | Who.DEPUTY)
    person = naming.one_person(work, name, order.mentions)
    phones.keep(work.session, work.need(Secrets), person.id or 0, number)
    work.record("phone-given", f"person:{person.id}")
    work.say("phone-done-for", name=cards.tidy(person.name), number=masked(number))
    by = cards.tidy(work.person(work.actor.person_id).name)
    work.tell(person.id or 0, cards.note(work.words, "phone-told", by=by, number=masked(number)))


def masked(number: str) -> str:
    """Known again without being told: `…567`."""
    return f"…{number[-3:]}"
