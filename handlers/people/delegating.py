"""A leader who is away hands their duties to somebody for a time: a deputy from one day to another."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.chat.messages import plain
from bot.engine.features import Command, Due
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar, nfc, say_short_day
from handlers.people import cards, confirming, naming, periods
from handlers.people.delegating_words import read, who_alone
from handlers.people.feature import feature
from handlers.people.periods import Period
from storage import due, people
from storage.people import Member, Person, Role, Who

BEGINS, ENDS = "people-delegation-begins", "people-delegation-ends"
LEADING = (Role.LEADER, Role.DEPUTY)

_OVER = "bỏ|bo|hủy|huỷ|kết thúc|ket thuc|end|stop"
_END_FIRST = re.compile(rf"(?:{_OVER}|thôi|thoi)\s+(?P<who>.+)", re.IGNORECASE)
_END_LAST = re.compile(rf"(?P<who>.+?)\s+(?:{_OVER})", re.IGNORECASE)  # `đến 27/11 thôi` is no end


@dataclass(frozen=True, slots=True)
class Delegation:
    """One planned or in force. `before`: the role the person had; None until it begins. `by`: who ordered what has not
    begun."""

    key: str
    member: Member
    first: date
    last: date
    before: Role | None
    by: int | None


@feature.command("delegate", "uyquyen", who=Who.LEADER, looks_alone=True)
def delegate(order: Command, work: Work) -> None:
    """/delegate @binh từ 23/11 đến hết 27/11"""
    text = nfc(order.text).strip()
    ended = _END_FIRST.fullmatch(text) or _END_LAST.fullmatch(text)
    if not text:
        _show(work)
    elif ended is not None:
        _end_now(work, who_alone(work, ended["who"], order.mentions))
    else:
        person, wanted, days = read(work, text, order.mentions)
        _plan(work, person, wanted or Role.DEPUTY, days)


def took(order: Command, work: Work) -> bool:
    """`/role @binh phó đến 27/11`: True when days were named, and it has been done."""
    midnight, calendar = _midnight(work, work.today), work.need(WorkingCalendar)
    if not periods.names_days(order.text, midnight, calendar):
        return False  # the usual order, not to be read twice
    person, wanted, days = read(work, nfc(order.text).strip(), order.mentions)
    if wanted is None or not periods.names_days(days, midnight, calendar):
        return False  # "Mai" is a name as well
    _plan(work, person, wanted, days)
    return True


# what a leader orders


def _plan(work: Work, person: Person, wanted: Role, days: str) -> None:
    period = periods.read_period(days, _midnight(work, work.today), work.need(WorkingCalendar))
    if wanted is not Role.DEPUTY:
        raise Refusal("delegate-deputy-only")
    if naming.mentioned_anywhere(work, period.after, ()):
        raise Refusal("delegate-usage")  # somebody else, who would be passed over in silence
    member = people.member_of(work.session, work.group_id, person.id or 0)
    if member is None:
        raise Refusal("person-not-joined", name=cards.tidy(person.name))
    known = _of(work, member)
    if member.role in LEADING:
        _move_the_end(work, member, known, period)
    elif period.first <= work.today:
        _begin(work, member, period.last, work.actor.person_id)
    else:
        _begin_later(work, member, period)


def _move_the_end(work: Work, member: Member, known: Delegation | None, period: Period) -> None:
    """Who stands in already may do so longer or shorter; any other deputy needs nothing."""
    name = cards.tidy(work.person(member.person_id).name)
    if known is None or known.before is None:
        raise Refusal("delegate-already", name=name, role=work.words(f"role-{member.role}"))
    if period.first > work.today:
        raise Refusal("delegate-in-force", name=name, last=_said(work, known.last))
    _plan_end(work, member, period.last, known.before)
    work.record("delegation-moved", f"person:{member.person_id}", until=period.last.isoformat())
    _announce(work, "delegate-moved", name=name, last=_said(work, period.last))
    _tell(work, member, "delegate-moved-yours", last=_said(work, period.last))


def _begin_later(work: Work, member: Member, period: Period) -> None:
    first, last = period.first.isoformat(), period.last.isoformat()
    facts = {"person": member.person_id, "by": work.actor.person_id, "first": first, "last": last}
    work.later(BEGINS, _key(work, member), _midnight(work, period.first), **facts)
    work.record("delegation-planned", f"person:{member.person_id}", since=first, until=last)
    first, last = _said(work, period.first), _said(work, period.last)
    work.say("delegate-planned", name=cards.tidy(work.person(member.person_id).name), first=first, last=last)
    _tell(work, member, "delegate-planned-yours", first=first, last=last)


def _end_now(work: Work, person: Person) -> None:
    member = people.member_of(work.session, work.group_id, person.id or 0)
    known = _of(work, member) if member is not None else None
    name = cards.tidy(person.name)
    if member is None or known is None or (known.before is not None and member.role is not Role.DEPUTY):
        raise Refusal("delegate-none", name=name)
    work.cancel(known.key)
    if known.before is not None:
        _give_back(work, member, known.before)
        return
    work.record("delegation-cancelled", f"person:{member.person_id}")
    work.say("delegate-cancelled", name=name)
    _tell(work, member, "delegate-cancelled-yours")


def _show(work: Work) -> None:
    """What is in force or to come, and how to order it."""
    lines = [work.words("delegate-heading")]
    for each in _all(work):
        said = {"name": cards.tidy(work.person(each.member.person_id).name), "last": _said(work, each.last)}
        if each.before is None:
            lines.append(work.words("delegate-line-planned", first=_said(work, each.first), **said))
        elif each.member.role is Role.DEPUTY:
            lines.append(work.words("delegate-line", **said))
    if len(lines) == 1:
        lines = [work.words("delegate-nobody")]
    work.reply(plain("\n".join([*lines, work.words("delegate-usage")])))


# what the clock brings


@feature.due(BEGINS)
def begins(row: Due, work: Work) -> None:
    """Nothing when the person leads by now or has left, or when all of it went by while the program was down; void when
    who ordered it no longer leads."""
    member, last = _member(work, row.facts["person"]), date.fromisoformat(row.facts["last"])
    if member is None or member.role in LEADING or work.today > last:
        return
    if _leads(work, row.facts["by"]):
        _begin(work, member, last, row.facts["by"])
    else:
        first = date.fromisoformat(row.facts["first"])
        _void(work, Delegation("", member, first, last, None, row.facts["by"]))


@feature.due(ENDS)
def ends(row: Due, work: Work) -> None:
    """Nothing when somebody has changed the role meanwhile."""
    member = _member(work, row.facts["person"])
    if member is not None and member.role is Role.DEPUTY:
        _give_back(work, member, Role(row.facts["before"]))


def _begin(work: Work, member: Member, last: date, by: int) -> None:
    before, member.role = member.role, Role.DEPUTY
    _plan_end(work, member, last, before)
    work.record("delegation-begun", f"person:{member.person_id}", before=before, until=last.isoformat(), by=by)
    said = {"last": _said(work, last), "by": cards.tidy(work.person(by).name)}
    _announce(work, "delegate-begun", name=cards.tidy(work.person(member.person_id).name), **said)
    _tell(work, member, "delegate-begun-yours", **said)
    confirming.ask_about(work, member.person_id, work.group_id)


def void_planned(work: Work) -> None:
    """Somebody else leads now: what the former leader planned does not begin."""
    for each in _all(work):
        if each.before is None and each.by is not None and not _leads(work, each.by):
            work.cancel(each.key)
            _void(work, each)


def _leads(work: Work, person_id: int) -> bool:
    member = _member(work, person_id)
    return member is not None and member.role is Role.LEADER


def _void(work: Work, known: Delegation) -> None:
    """Both hear of it: who was to stand in, and who ordered it."""
    by, to = work.person(known.by or 0).id or 0, work.person(known.member.person_id)
    work.record("delegation-void", f"person:{to.id}", by=by)
    said = {"first": _said(work, known.first), "last": _said(work, known.last)}
    _tell(work, known.member, "delegate-void-yours", **said)
    card = cards.note(work.words, "delegate-void", group=work.here.name, name=cards.tidy(to.name), **said)
    work.tell(by, card if work.event is not None else replace(card, silent=True))


def _plan_end(work: Work, member: Member, last: date, before: Role) -> None:
    facts = {"person": member.person_id, "before": before, "first": work.today.isoformat(), "last": last.isoformat()}
    work.later(ENDS, _key(work, member), _midnight(work, last + timedelta(days=1)), **facts)


def _give_back(work: Work, member: Member, before: Role) -> None:
    member.role = before
    work.record("delegation-ended", f"person:{member.person_id}", role=before)
    said = work.words(f"role-{before}")
    _announce(work, "delegate-ended", name=cards.tidy(work.person(member.person_id).name), role=said)
    _tell(work, member, "delegate-ended-yours", role=said)


# what is planned


def is_for_a_time(work: Work, member: Member) -> bool:
    """The member is deputy until a day."""
    known = _of(work, member)
    return known is not None and known.before is not None and member.role is Role.DEPUTY


def forget(work: Work, member: Member) -> None:
    """The member's role is set anew, and no day takes it away; what has not begun stays planned."""
    known = _of(work, member)
    if known is not None and known.before is not None:
        work.cancel(known.key)


def _all(work: Work) -> list[Delegation]:
    """Those of the group's present members, by time."""
    found = []
    for row in due.planned(work.session, f"delegation:{work.group_id}:"):
        facts = row.values
        member = _member(work, facts["person"])
        if member is not None:
            first, last = date.fromisoformat(facts["first"]), date.fromisoformat(facts["last"])
            before = Role(facts["before"]) if "before" in facts else None
            found.append(Delegation(row.key, member, first, last, before, facts.get("by")))
    return found


def _of(work: Work, member: Member) -> Delegation | None:
    return next((each for each in _all(work) if each.member.id == member.id), None)


def _member(work: Work, person_id: int) -> Member | None:
    """Whoever this person turned out to be, if a member still."""
    return people.member_of(work.session, work.group_id, work.person(person_id).id or 0)


def _key(work: Work, member: Member) -> str:
    """One at a time for each member: what begins takes the place of what was planned."""
    known = _of(work, member)
    return known.key if known is not None else f"delegation:{work.group_id}:{member.person_id}"


# saying it


def _announce(work: Work, text_id: str, **facts: object) -> None:
    """One line in the group's rooms, without a sound where the clock brings it at midnight; and to who ordered it."""
    card = cards.note(work.words, text_id, **facts)
    work.post(card if work.event is not None else replace(card, silent=True))
    if work.event is not None and work.chat.private:
        work.show(card)


def _tell(work: Work, member: Member, text_id: str, **facts: object) -> None:
    card = cards.note(work.words, text_id, group=work.here.name, **facts)
    work.tell(member.person_id, card if work.event is not None else replace(card, silent=True))


def _said(work: Work, day: date) -> str:
    return say_short_day(day, work.words.language)


def _midnight(work: Work, day: date) -> datetime:
    return datetime.combine(day, time.min, work.zone)
