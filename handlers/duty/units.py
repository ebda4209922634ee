"""The units that must report who is on duty, and who answers for each."""

import re
import unicodedata
from collections.abc import Sequence

from bot.chat.events import Mention
from bot.engine.features import Command
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, nfc
from handlers.duty import cards, shifts
from handlers.duty.feature import feature
from handlers.people import naming
from storage import duty
from storage.duty import DutyUnit
from storage.people import Person, Role
from storage.roster import Colleague

MOST = 100
"""Units: more are none of one office."""

_NAMED_WITHIN = 80
"""Letters from the end of an item in which its person stands: a name and its title."""

_NOBODY = frozenset({"khong", "bo", "xoa", "huy", "none", "-"})


@feature.command("dutyunits", "donvitruc")
def set_units(order: Command, work: Work) -> None:
    """/dutyunits Phòng Kinh tế @binh; Văn phòng @chi · /dutyunits không"""
    text = nfc(order.text).strip()
    if not text:
        return _show_units(work)
    if work.actor.role not in (Role.LEADER, Role.DEPUTY):
        raise Refusal("duty-units-by-leader")
    items = [] if fold(text) in _NOBODY else [each.strip() for each in re.split(r"[;\n]", text) if each.strip(" -•,")]
    if len(items) > MOST:
        raise Refusal("duty-units-too-many", most=MOST)
    known = naming.colleagues(work)
    wanted = [_unit_and_person(work, item.strip(" -•,"), order.mentions, known) for item in items]
    if len({fold(name) for name, _ in wanted}) < len(wanted):
        raise Refusal("duty-units-twice")
    _replace_units(work, wanted)
    return _show_units(work)


def _show_units(work: Work) -> None:
    known = duty.units(work.session, work.group_id)
    if not known:
        return work.say("duty-units-none")
    unreachable = [work.person(unit.person_id).name for unit in known if work.address_of(unit.person_id) is None]
    named = [(unit.name, work.person(unit.person_id).name) for unit in known]
    return work.show(cards.units(work.words, named, list(dict.fromkeys(unreachable))))


def _unit_and_person(
    work: Work, item: str, mentions: Sequence[Mention], known: Sequence[Colleague]
) -> tuple[str, Person]:
    """`Phòng Kinh tế @binh`, `Văn phòng: Chi`, or only a person, who then is a unit of their own."""
    starts = sorted({0, *(found.end() for found in re.finditer(r"[\s:]+", item))})
    said = tuple(nfc(mention.said) for mention in mentions if mention.said)
    marked = [place for place in starts if item.startswith(("@", *said), place)]
    for place in marked[:1] or [each for each in starts if each >= len(item) - _NAMED_WITHIN]:
        if not marked:
            found, rest = naming.leading_people(work, item[place:], (), known)
            if len(found) != 1 or rest:
                continue
            person = found[0]
        else:
            person = naming.one_person(work, item[place:], mentions)
        return _clean(item[:place]).strip(" :-–,")[:60] or person.name, person
    raise Refusal("duty-unit-without-person", unit=item[:60])


def _clean(name: str) -> str:
    """Without characters that cannot be seen, such as those that turn the direction of what follows."""
    return "".join(letter for letter in name if unicodedata.category(letter) not in ("Cc", "Cf"))


def _replace_units(work: Work, wanted: Sequence[tuple[str, Person]]) -> None:
    """The list said is the whole list: others report no more; their shifts stay."""
    known = {fold(unit.name): unit for unit in duty.units(work.session, work.group_id)}
    for place, (name, person) in enumerate(wanted):
        unit = known.pop(fold(name), None) or DutyUnit(group_id=work.group_id, name=name, person_id=0)
        if unit.person_id != person.id and unit.id is not None:
            shifts.close_questions(work, unit)
        unit.name, unit.person_id, unit.place = name, person.id or 0, place
        work.session.add(unit)
    for unit in known.values():
        unit.removed_at = work.now
        shifts.close_questions(work, unit)
    work.session.flush()
    work.record("duty-units-set", f"group:{work.group_id}", units={name: person.id for name, person in wanted})
