"""What people say and press about duty: the roster, entering shifts, units that report, and their answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from bot.chat.events import Mention
from bot.chat.messages import Card, plain
from bot.engine.features import Answer, CardReply, Command, Feature, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar, fold, nfc
from handlers.duty import cards, reading, rules, shifts
from handlers.duty.reading import Wish
from handlers.duty.shifts import Entered, Entry
from handlers.people import naming
from storage import duty, people
from storage.duty import DutyUnit, Shift
from storage.people import Person, Role, Who

feature = Feature("duty")

_REMOVE = re.compile(r"^(?:bo|xoa|huy|go|remove|delete)(?!\w)[\s:]*")
_NOBODY = frozenset({"khong", "bo", "xoa", "huy", "none", "-"})


# /duty


@feature.command("duty", "truc")
def see_or_enter(order: Command, work: Work) -> None:
    """/duty · /duty 25/11 sáng @binh, chiều @chi · /duty Văn phòng: 25/11 @chi · /duty bỏ 25/11 sáng"""
    text = nfc(order.text).strip()
    if not text:
        days = [work.today + timedelta(days=n) for n in range(rules.DAYS_SHOWN)]
        return work.show(cards.coming(work.words, shifts.rosters(work, days), shifts.hours(work)))
    removing = _REMOVE.match(fold(text))
    unit, rest = _unit_named(work, text[removing.end() :] if removing else text)
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
    names = [name for each in naming.roster(work) for name in each.names]
    names += [mention.said for mention in mentions]
    wishes = reading.read(text, names, shifts.midnight(work, work.today), work.need(WorkingCalendar))
    if not wishes:
        raise Refusal("duty-not-understood")
    return wishes


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


def persons(work: Work, words: str, mentions: Sequence[Mention]) -> list[Person]:
    """Who `words` name: members, or the writer (`em`, `tôi`). Names may be written small."""
    myself = [work.person(work.actor.person_id)] if reading.is_self(words) else []
    if myself and not reading.may_be_a_name(words):
        return myself
    found, rest = naming.leading_people(work, words, mentions)
    if rest:
        found, rest = naming.leading_people(work, _capitals(words), mentions)
    if myself and (rest or not found):
        return myself
    if rest or not found:
        raise Refusal("person-unknown", name=(rest or words)[:60])
    return found


def _capitals(words: str) -> str:
    return " ".join(word if word.startswith("@") else word.capitalize() for word in words.split())


def _unit_named(work: Work, text: str) -> tuple[DutyUnit | None, str]:
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
    _show_days(work, done.days, work.words("duty-entered"), after=_remarks(work, done))


def _remarks(work: Work, done: Entered) -> list[str]:
    said = []
    if done.displaced:
        said.append(work.words("duty-displaced", names=", ".join(each.name for each in done.displaced)))
    if done.unreachable:
        said.append(work.words("duty-unreachable", names=", ".join(each.name for each in done.unreachable)))
    return said


# /dutyunits


@feature.command("dutyunits", "donvitruc")
def set_units(order: Command, work: Work) -> None:
    """/dutyunits Phòng Kinh tế @binh; Văn phòng @chi · /dutyunits không"""
    text = nfc(order.text).strip()
    if not text:
        return _show_units(work)
    if work.actor.role not in (Role.LEADER, Role.DEPUTY):
        raise Refusal("duty-units-by-leader")
    items = [] if fold(text) in _NOBODY else [each.strip() for each in re.split(r"[;\n]", text) if each.strip(" -•,")]
    wanted = [_unit_and_person(work, item.strip(" -•,"), order.mentions) for item in items]
    if len({fold(name) for name, _ in wanted}) < len(wanted):
        raise Refusal("duty-units-twice")
    _replace_units(work, wanted)
    return _show_units(work)


def _show_units(work: Work) -> None:
    known = duty.units(work.session, work.group_id)
    if not known:
        return work.say("duty-units-none")
    unreachable = [
        work.person(unit.person_id).name
        for unit in known
        if people.reachable_account(work.session, unit.person_id) is None
    ]
    named = [(unit.name, work.person(unit.person_id).name) for unit in known]
    return work.show(cards.units(work.words, named, list(dict.fromkeys(unreachable))))


def _unit_and_person(work: Work, item: str, mentions: Sequence[Mention]) -> tuple[str, Person]:
    """`Phòng Kinh tế @binh`, `Văn phòng: Chi`, or only a person, who then is a unit of their own."""
    starts = sorted({0, *(found.end() for found in re.finditer(r"[\s:]+", item))})
    marked = [place for place in starts if item[place : place + 1] == "@" or _mentioned(item[place:], mentions)]
    for place in marked[:1] or starts:
        if not marked:
            found, rest = naming.leading_people(work, item[place:], ())
            if len(found) != 1 or rest:
                continue
            person = found[0]
        else:
            person = naming.one_person(work, item[place:], mentions)
        return item[:place].strip(" :-–,")[:60] or person.name, person
    raise Refusal("duty-unit-without-person", unit=item[:60])


def _mentioned(text: str, mentions: Sequence[Mention]) -> bool:
    return any(text.startswith(nfc(mention.said)) for mention in mentions)


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


# answers to "who is on duty?"


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit and the days it was asked about for which it has still named nobody."""

    unit: DutyUnit
    span: str
    days: tuple[date, ...]


def _asked(work: Work, unit_id: int, span: str) -> Asked:
    unit = duty.unit(work.session, unit_id)
    if unit is None or unit.removed_at is not None:
        raise Refusal("duty-unit-gone")
    days = [day for day in shifts.asked_days(span) if day >= work.today]
    if not days:
        raise Refusal("duty-question-old")
    return Asked(unit, span, shifts.unnamed_days(work, unit, days) or tuple(days))


def _group_of_unit(session: Session, argument: str) -> int | None:
    unit = duty.unit(session, int(argument.partition(":")[0]))
    return unit.group_id if unit else None


@feature.answer("duty-who", who=Who.STAFF)
def answer_who(answer: Answer, work: Work) -> None:
    """The buttons Tôi trực, Cử người khác, or words."""
    asked = _asked(work, answer.facts["unit"], answer.facts["days"])
    if answer.chosen == "other":
        _ask_for_name(work, asked)
    elif answer.chosen == "me":
        _report(work, asked, (Wish((), (), ("em",)),), (), private=True)
    else:
        _report_in_words(work, asked, answer.text, answer.mentions, private=True)


@feature.answer("duty-other", who=Who.STAFF)
def answer_other(answer: Answer, work: Work) -> None:
    """Who else is on duty."""
    asked = _asked(work, answer.facts["unit"], answer.facts["days"])
    _report_in_words(work, asked, answer.text, answer.mentions, private=work.chat.private)


@feature.reply("duty-ask", group_of=_group_of_unit)
def reply_in_room(reply: CardReply, work: Work) -> None:
    asked = _asked_by(work, reply.argument)
    _report_in_words(work, asked, reply.text, reply.mentions, private=False)


@feature.press("duty-me", group_of=_group_of_unit)
def press_me(press: Press, work: Work) -> None:
    _report(work, _asked_by(work, press.argument), (Wish((), (), ("em",)),), (), private=False)


@feature.press("duty-other", group_of=_group_of_unit)
def press_other(press: Press, work: Work) -> None:
    _ask_for_name(work, _asked_by(work, press.argument))


def _asked_by(work: Work, argument: str) -> Asked:
    unit_id, _, span = argument.partition(":")
    return _asked(work, int(unit_id), span)


def _ask_for_name(work: Work, asked: Asked) -> None:
    if asked.unit.person_id != work.person_id and work.actor.role not in (Role.LEADER, Role.DEPUTY):
        raise Refusal("duty-unit-not-yours", unit=asked.unit.name)
    text = work.words("duty-whom", days=cards.days_said(work.words, asked.days))
    work.ask("duty-other", plain(text), unit=asked.unit.id, days=asked.span)


def _report_in_words(work: Work, asked: Asked, text: str, mentions: Sequence[Mention], *, private: bool) -> None:
    if not text.strip() or reading.denies(text):
        raise Refusal("duty-answer-unclear")
    _report(work, asked, read(work, text, mentions), mentions, private=private)


def _report(work: Work, asked: Asked, wishes: Sequence[Wish], mentions: Sequence[Mention], *, private: bool) -> None:
    """Enters what the unit answered; days it left out are asked about at once."""
    done = shifts.enter(work, entries_of(work, wishes, mentions, unit=asked.unit, asked=asked.days))
    days = [day for day in shifts.asked_days(asked.span) if day >= work.today]
    left = shifts.unnamed_days(work, asked.unit, days)
    confirmed = cards.of_days(
        work.words,
        shifts.rosters(work, done.days),
        shifts.hours(work),
        title=work.words("duty-entered"),
        after=_remarks(work, done),
    )
    if left and private:
        ask_unit(work, asked.unit, left, before=confirmed)
    else:
        work.show(confirmed)


def ask_unit(
    work: Work, unit: DutyUnit, days: Sequence[date], *, again: bool = False, before: Card | None = None
) -> None:
    """Asks who answers for the unit: in private, or in the rooms where no private chat is open."""
    shifts.close_questions(work, unit)
    span = shifts.span_of(days)
    account = people.reachable_account(work.session, unit.person_id)
    if account is None:
        name = work.person(unit.person_id).name
        return work.post(cards.question_in_room(work.words, unit, name, span, days, again=again))
    return work.ask(
        "duty-who",
        cards.question(work.words, unit, days, again=again, before=before.text if before else ""),
        options=[(work.words("duty-me"), "me"), (work.words("duty-other"), "other")],
        per_row=2,
        of=account,
        unit=unit.id,
        days=span,
    )
