"""Asking a unit who is on duty, and its answer: buttons or words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from bot.chat.events import Mention
from bot.chat.messages import Card, plain
from bot.engine.features import Answer, CardReply, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import nfc
from handlers.duty import cards, reading, shifts
from handlers.duty.commands import entries_of, names_known, read, remarks, unit_named
from handlers.duty.feature import feature
from handlers.duty.reading import Wish
from storage import duty, people
from storage.duty import DutyUnit
from storage.people import Role, Who


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
    asked = _asked_by(work, press.argument)
    _demand_answerer(work, asked)
    _report(work, asked, (Wish((), (), ("em",)),), (), private=False)


@feature.press("duty-other", group_of=_group_of_unit)
def press_other(press: Press, work: Work) -> None:
    _ask_for_name(work, _asked_by(work, press.argument))


def _asked_by(work: Work, argument: str) -> Asked:
    unit_id, _, span = argument.partition(":")
    try:
        return _asked(work, int(unit_id), span)
    except ValueError:  # no day: typed by hand
        raise Refusal("refuse-old-button") from None


def _demand_answerer(work: Work, asked: Asked) -> None:
    """Who answers for the unit, or a leader or deputy in their place."""
    if asked.unit.person_id != work.person_id and work.actor.role not in (Role.LEADER, Role.DEPUTY):
        raise Refusal("duty-unit-not-yours", unit=asked.unit.name)


def _ask_for_name(work: Work, asked: Asked) -> None:
    _demand_answerer(work, asked)
    text = work.words("duty-whom", days=cards.days_said(work.words, asked.days))
    work.ask("duty-other", plain(text), unit=asked.unit.id, days=asked.span)


def _report_in_words(work: Work, asked: Asked, text: str, mentions: Sequence[Mention], *, private: bool) -> None:
    if not text.strip() or reading.denies(text, names_known(work, mentions)):
        raise Refusal("duty-answer-unclear")
    unit, text = unit_named(work, nfc(text).strip())
    asked = replace(asked, unit=unit) if unit else asked
    _report(work, asked, read(work, text, mentions), mentions, private=private)


def _report(work: Work, asked: Asked, wishes: Sequence[Wish], mentions: Sequence[Mention], *, private: bool) -> None:
    """Enters what the unit answered; days it left out are asked about at once."""
    done = shifts.enter(work, entries_of(work, wishes, mentions, unit=asked.unit, asked=asked.days))
    days = [day for day in shifts.asked_days(asked.span) if day >= work.today]
    left = shifts.unnamed_days(work, asked.unit, days)
    confirmed = cards.of_days(
        work.words,
        [each.of_unit(asked.unit.name) for each in shifts.rosters(work, done.days)],
        shifts.hours(work),
        title=work.words("duty-entered"),
        after=remarks(work, done),
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
    person_id = _who_answers(work, unit)
    account = work.address_of(person_id)
    if account is None:
        name = work.person(person_id).name
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


def _who_answers(work: Work, unit: DutyUnit) -> int:
    """Who answers for the unit; once they have left the group, the leader."""
    if people.member_of(work.session, work.group_id, unit.person_id) is not None:
        return unit.person_id
    return next(iter(shifts.leaders(work)), unit.person_id)
