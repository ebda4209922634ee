"""What the clock brings: asking who is on duty, asking again, listing the missing, publishing the roster."""

from collections.abc import Iterator
from datetime import date, datetime, time

from bot.chat.messages import plain
from bot.engine.features import Due
from bot.engine.work import Work
from config.settings import Office
from handlers.calendar import WorkingCalendar
from handlers.duty import cards, rules, shifts
from handlers.duty.feature import feature
from handlers.duty.reporting import ask_unit
from storage import duty, people
from storage.duty import DutyUnit
from storage.outbox import Priority


@feature.daily("duty-collect", at="duty_collect")
def collect(due: Due, work: Work) -> None:
    """On working days, asks each unit who is on duty until the next working day."""
    calendar = work.need(WorkingCalendar)
    if _todays(work, work.need(Office).duty_collect) is None or not calendar.is_working(work.today):
        return
    if work.local.time() > rules.LATEST_FOR_ASKING or not duty.units(work.session, work.group_id):
        return
    days = rules.days_to_name(work.today, calendar)
    for unit, missing in _missing(work, days):
        ask_unit(work, unit, missing)
    if work.local.time() > rules.LATEST_FOR_ASKING_AGAIN:
        return
    span = shifts.span_of(days)
    work.later("duty-again", f"duty-again:{work.group_id}:{work.today}", work.now + rules.ASK_AGAIN, days=span)
    work.later("duty-missing", f"duty-missing:{work.group_id}:{work.today}", work.now + rules.LIST_MISSING, days=span)


@feature.due("duty-again")
def ask_again(due: Due, work: Work) -> None:
    """Once more, in the same way."""
    days = _still_ahead(work, due)
    for unit, missing in _missing(work, days):
        ask_unit(work, unit, missing, again=True)


@feature.due("duty-missing")
def list_missing(due: Due, work: Work) -> None:
    """Tells the leader who has named nobody, and who of the named has no open private chat."""
    days = _still_ahead(work, due)
    missing = [(unit.name, work.person(unit.person_id).name, found) for unit, found in _missing(work, days)]
    unreachable = [
        work.person(person_id).name
        for person_id in dict.fromkeys(each.person_id for each in shifts.starting(work, days))
        if work.address_of(person_id) is None
    ]
    if not missing and not unreachable:
        return
    card = cards.missing(work.words, missing, unreachable)
    if not [leader for leader in shifts.leaders(work) if work.tell(leader, card, priority=Priority.REMINDER)]:
        work.post(card, priority=Priority.REMINDER)


@feature.daily("duty-publish", at="duty_publish")
def publish(due: Due, work: Work) -> None:
    """The day's roster in the rooms; on days off only when somebody is on duty."""
    planned = _todays(work, work.need(Office).duty_publish)
    roster = shifts.roster(work, work.today)
    if planned is None or not roster.is_worth_publishing:
        return
    late = f"{planned:%H:%M}" if work.local - planned > rules.NOTICEABLY_LATE else None
    card = cards.published(work.words, work.group_id, roster, shifts.hours(work), late=late)
    work.post(card, key=card.key, priority=Priority.REMINDER)


@feature.due("duty-told")
def told(due: Due, work: Work) -> None:
    """A named person could not be reached after all: who named them hears it, else the leader."""
    shift = duty.shift(work.session, int(due.facts["argument"]))
    if due.facts["arrived"] or shift is None or shift.removed_at is not None:
        return
    work.group = people.group(work.session, shift.group_id)
    card = plain(work.words("duty-unreachable", names=work.person(shift.person_id).name))
    if shift.entered_by is None or not work.tell(shift.entered_by, card):
        for leader in shifts.leaders(work):
            work.tell(leader, card)


def _todays(work: Work, at: str) -> datetime | None:
    """Today's time for it; None when that is still to come, and this is a late one of an earlier day."""
    planned = datetime.combine(work.today, time.fromisoformat(at), work.zone)
    return planned if planned <= work.local else None


def _missing(work: Work, days: tuple[date, ...]) -> Iterator[tuple[DutyUnit, tuple[date, ...]]]:
    for unit in duty.units(work.session, work.group_id):
        found = shifts.unnamed_days(work, unit, days)
        if found:
            yield unit, found


def _still_ahead(work: Work, due: Due) -> tuple[date, ...]:
    """The days asked about; none when this row of an earlier day fell due during an interruption."""
    if due.planned_for.astimezone(work.zone).date() != work.today:
        return ()
    return shifts.asked_days(due.facts["days"])
