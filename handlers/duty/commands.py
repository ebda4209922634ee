"""What people say about duty: the roster, entering shifts and removing them."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.events import Mention
from bot.engine.features import Command
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar, fold, nfc
from handlers.duty import cards, reading, rules, shifts
from handlers.duty.days import week_named
from handlers.duty.feature import feature
from handlers.duty.reading import Wish
from handlers.duty.shifts import Entered, Entry
from handlers.people import naming
from storage import duty
from storage.duty import DutyUnit, Shift
from storage.people import Person, Role

_REMOVE = re.compile(r"^(?:bo|xoa|huy|go|remove|delete)(?!\w)[\s:]*")


@feature.command("duty", "truc", also=("lichtruc", "aitruc"), looks_alone=True)
def see_or_enter(order: Command, work: Work) -> None:
    """/duty · /duty 25/11 sáng @binh, chiều @chi · /duty Văn phòng: 25/11 @chi · /duty bỏ 25/11 sáng"""
    text = nfc(order.text).strip()
    if not text:
        days = [work.today + timedelta(days=n) for n in range(rules.DAYS_SHOWN)]
        return work.show(cards.coming(work.words, shifts.rosters(work, days), shifts.hours(work)))
    if week := week_named(text, work.today):
        return _show_days(work, week, work.words("duty-of-days"))
    removing = _REMOVE.match(fold(text))
    unit, rest = unit_named(work, text[removing.end() :] if removing else text)
    wishes = read(work, rest, order.mentions)
    if removing:
        return _remove(work, wishes, unit, order.mentions)
    if wishes and not any(wish.who or wish.slots for wish in wishes):
        days = sorted({day for wish in wishes for day in wish.days})
        return _show_days(work, days, work.words("duty-of-days"))
    done = shifts.enter(work, entries_of(work, wishes, order.mentions, unit=unit))
    _confirm(work, done)
    return None


def read(work: Work, text: str, mentions: Sequence[Mention]) -> tuple[Wish, ...]:
    wishes = reading.read(
        text, names_known(work, mentions), shifts.midnight(work, work.today), work.need(WorkingCalendar)
    )
    if not wishes:
        raise Refusal("duty-not-understood")
    return wishes


def names_known(work: Work, mentions: Sequence[Mention]) -> list[str]:
    known = [name for each in naming.colleagues(work) for name in naming.names_of(each)]
    return known + [mention.said for mention in mentions]


def entries_of(
    work: Work,
    wishes: Sequence[Wish],
    mentions: Sequence[Mention],
    *,
    unit: DutyUnit | None = None,
    asked: Sequence[date] = (),
) -> list[Entry]:
    """The shifts that are wished for. `asked`: the days meant where none is said."""
    whole = shifts.whole_day(work)
    found = []
    for wish in wishes:
        days = wish.days or tuple(asked)
        if not days:
            raise Refusal("duty-day-missing")
        if not wish.who:
            raise Refusal("duty-who-missing")
        for person in [each for words in wish.who for each in persons(work, words, mentions)]:
            theirs = unit or _unit_of(work, person)
            found += [
                Entry(day, slot, person.id or 0, theirs.id if theirs else None)
                for day in days
                for slot in wish.slots or (whole,)
            ]
    return found


def persons(work: Work, words: str, mentions: Sequence[Mention]) -> Sequence[Person]:
    """Who `words` name: members, or the writer (`em`, `tôi`). Names may be written small."""
    myself = [work.person(work.actor.person_id)] if reading.is_self(words) else []
    if myself and not reading.may_be_a_name(words):
        return myself
    found, rest = naming.leading_people(work, words, mentions)
    unknown = rest if found else words
    if rest:
        found, rest = naming.leading_people(work, _capitals(words), mentions)
    if myself and (rest or not found):
        return myself
    if rest or not found:
        raise Refusal("person-unknown", name=unknown[:60])
    return found


def _capitals(words: str) -> str:
    return " ".join(word if word.startswith("@") else word.capitalize() for word in words.split())


def unit_named(work: Work, text: str) -> tuple[DutyUnit | None, str]:
    """`Văn phòng: 25/11 @chi`: the unit and the rest; no unit where the text does not begin with one."""
    for unit in sorted(duty.units(work.session, work.group_id), key=lambda each: -len(each.name)):
        if fold(text).startswith(fold(unit.name)) and not text[len(unit.name) : len(unit.name) + 1].isalnum():
            return unit, text[len(unit.name) :].lstrip(" :-–,")
    return None, text


def _unit_of(work: Work, person: Person) -> DutyUnit | None:
    """The unit the person answers for, was last on duty for, or that of the member who enters the shift."""
    units = {unit.id: unit for unit in duty.units(work.session, work.group_id)}
    answers = next((unit for unit in units.values() if unit.person_id == person.id), None)
    if answers is not None:
        return answers
    last = duty.last_unit_of(work.session, work.group_id, person.id or 0)
    if last is not None:
        return units[last]
    if work.actor.role in (Role.LEADER, Role.DEPUTY):
        return None
    return next((unit for unit in units.values() if unit.person_id == work.person_id), None)


def _remove(work: Work, wishes: Sequence[Wish], unit: DutyUnit | None, mentions: Sequence[Mention]) -> None:
    """Removes what is meant; what is nobody's to remove is refused."""
    removed: list[Shift] = []
    for wish in wishes:
        if not wish.days:
            raise Refusal("duty-day-missing")
        people_meant = {each.id for words in wish.who for each in persons(work, words, mentions)}
        spans = [slot.on(day, work.zone) for day in wish.days for slot in wish.slots]
        meant = [
            each
            for each in shifts.starting(work, wish.days)
            if each.start_at.astimezone(work.zone).date() in wish.days
            and (not people_meant or each.person_id in people_meant)
            and (unit is None or each.unit_id == unit.id)
            and (not spans or any(each.start_at < end and start < each.end_at for start, end in spans))
        ]
        shifts.remove(work, meant, spans)
        removed += meant
    if not removed:
        raise Refusal("duty-nothing-there")
    days = sorted({day for wish in wishes for day in wish.days})
    _show_days(work, days, work.words("duty-removed", count=len(removed)))


def _show_days(work: Work, days: Sequence[date], title: str, after: Sequence[str] = ()) -> None:
    work.show(cards.of_days(work.words, shifts.rosters(work, days), shifts.hours(work), title=title, after=after))


def _confirm(work: Work, done: Entered) -> None:
    _show_days(work, done.days, work.words("duty-entered"), after=remarks(work, done))


def remarks(work: Work, done: Entered) -> list[str]:
    said = []
    if done.displaced:
        said.append(work.words("duty-displaced", names=", ".join(each.name for each in done.displaced)))
    if done.unreachable:
        said.append(work.words("duty-unreachable", names=", ".join(each.name for each in done.unreachable)))
    return said
