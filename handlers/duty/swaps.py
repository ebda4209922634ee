"""Changing shifts: one offers theirs to a colleague, who accepts or declines with a press."""

import re
from collections.abc import Sequence

from sqlmodel import Session

from bot.chat.messages import plain
from bot.engine.features import Answer, CardReply, Command, Due, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import fold
from handlers.duty import cards, shifts
from handlers.duty.commands import persons, read
from handlers.duty.feature import feature
from handlers.duty.reading import Wish
from handlers.duty.rules import Slot
from storage import duty, people
from storage.duty import Shift, Swap, SwapState
from storage.people import Person, Who

MOST_OPTIONS = 8
_YES = re.compile(r"(?<!\w)(?:dong y|nhan|ok|vang|duoc|u|yes)(?!\w)")
_NO = re.compile(r"(?<!\w)(?:khong|ko|k|ban|chua|tu choi|no|not)(?!\w)")


@feature.command("swap", "doitruc")
def swap(order: Command, work: Work) -> None:
    """/swap sáng 25/11 @chi"""
    if not order.text.strip():
        raise Refusal("duty-swap-how")
    wishes = read(work, order.text, order.mentions)
    meant = [each for wish in wishes for words in wish.who for each in persons(work, words, order.mentions)]
    if len(meant) != 1:
        raise Refusal("duty-swap-how")
    mine = _meant(work, wishes)
    if not mine:
        raise Refusal("duty-swap-no-shift")
    if len(mine) == 1:
        return offer(work, mine[0], meant[0])
    options = [
        (cards.as_label(cards.when(work.words, shifts.as_duty(work, each), shifts.hours(work))), str(each.id))
        for each in mine[:MOST_OPTIONS]
    ]
    text = work.words("duty-swap-which", name=meant[0].name)
    return work.ask("duty-swap-which", plain(text), options=options, to=meant[0].id)


@feature.answer("duty-swap-which", who=Who.STAFF)
def which(answer: Answer, work: Work) -> None:
    """The shift to be offered was chosen."""
    shift = duty.shift(work.session, int(answer.chosen)) if answer.chosen else None
    if shift is None:
        raise Refusal("refuse-not-an-option")
    offer(work, shift, work.person(answer.facts["to"]))


def _meant(work: Work, wishes: Sequence[Wish]) -> list[Shift]:
    """The actor's coming shifts on the days and at the hours said; all of them where nothing is said."""
    days = {day for wish in wishes for day in wish.days}
    slots = {slot for wish in wishes for slot in wish.slots}
    coming = duty.coming_of(work.session, work.group_id, work.actor.person_id, work.now)
    found = [each for each in coming if not days or each.start_at.astimezone(work.zone).date() in days]
    if not slots:
        return found
    return [each for each in found if any(_overlaps(work, each, slot) for slot in slots)]


def _overlaps(work: Work, shift: Shift, slot: Slot) -> bool:
    start, end = slot.on(shift.start_at.astimezone(work.zone).date(), work.zone)
    return shift.start_at < end and start < shift.end_at


def offer(work: Work, shift: Shift, to: Person) -> None:
    """Asks the colleague; an earlier offer of the shift is withdrawn."""
    if to.id == work.person_id:
        raise Refusal("duty-swap-self")
    _still_free(work, shift, work.actor.person_id, to.id or 0)
    for earlier in duty.open_swaps(work.session, shift.id or 0):
        _end(work, earlier, SwapState.WITHDRAWN, "duty-swap-withdrawn")
    swap = Swap(
        group_id=work.group_id,
        shift_id=shift.id or 0,
        offered_by=work.actor.person_id,
        offered_to=to.id or 0,
        offered_at=work.now,
    )
    work.session.add(swap)
    work.session.flush()
    work.record("duty-swap-offered", f"shift:{shift.id}", swap=swap.id, to=to.id)
    said = shifts.as_duty(work, shift)
    card = cards.offer(
        work.words, swap.id or 0, said, shifts.hours(work), by=work.person(work.actor.person_id).name, to=to.name
    )
    if work.tell(to.id or 0, card, report=f"duty-swap-told:{swap.id}"):
        work.say("duty-swap-sent", to=to.name, when=cards.when(work.words, said, shifts.hours(work)))
    else:
        work.post(card)
        if work.chat.private:
            work.say("duty-swap-sent-in-room", to=to.name)


def _still_free(work: Work, shift: Shift, owner: int, to: int) -> None:
    """Refuses a shift that has begun or changed hands, and a colleague who is on duty then."""
    if shift.removed_at is not None or shift.person_id != owner or shift.start_at <= work.now:
        raise Refusal("duty-swap-gone")
    there = duty.overlapping(work.session, work.group_id, shift.start_at, shift.end_at)
    if any(each.person_id == to for each in there):
        raise Refusal("duty-swap-clash", name=work.person(to).name)


def _group_of(session: Session, argument: str) -> int | None:
    swap = duty.swap(session, int(argument))
    return swap.group_id if swap else None


@feature.press("duty-accept", group_of=_group_of)
def accept(press: Press, work: Work) -> None:
    """The button Nhận ca trực."""
    _accept(work, *_addressed(work, press.number))


@feature.press("duty-decline", group_of=_group_of)
def decline(press: Press, work: Work) -> None:
    """The button Không nhận."""
    _decline(work, *_addressed(work, press.number))


@feature.reply("duty-swap", group_of=_group_of)
def reply(reply: CardReply, work: Work) -> None:
    """`đồng ý`, `em không nhận được ạ` in answer to an offer."""
    said = fold(reply.text)
    if reply.implied and not _is_about(work, int(reply.argument), said):
        raise Refusal("refuse-unclear")  # the offer is the latest message here, and something else is meant
    if _NO.search(said):
        _decline(work, *_addressed(work, int(reply.argument)))
    elif _YES.search(said):
        _accept(work, *_addressed(work, int(reply.argument)))
    else:
        raise Refusal("refuse-not-an-option")


_ABOUT = re.compile(r"(?<!\w)(?:truc|nhan|ca|doi|thay|giup)(?!\w)")
_SHORT = 3  # words: `em bận ạ`, `dạ được`


def _is_about(work: Work, number: int, said: str) -> bool:
    swap = duty.swap(work.session, number)
    waits = swap is not None and swap.state == SwapState.OFFERED
    answers = _NO.search(said) or _YES.search(said)
    return waits and bool(answers) and (len(said.split()) <= _SHORT or _ABOUT.search(said) is not None)


def _accept(work: Work, swap: Swap, shift: Shift) -> None:
    _still_free(work, shift, swap.offered_by, swap.offered_to)
    _end(work, swap, SwapState.ACCEPTED, "duty-swap-accepted")
    shift.person_id = swap.offered_to
    work.session.add(shift)
    work.record("duty-swap-accepted", f"shift:{shift.id}", swap=swap.id, before=swap.offered_by, now=swap.offered_to)
    _announce(work, swap, shift, "duty-swap-accepted", everybody=True)
    shifts.redraw_published(work, [shifts.as_duty(work, shift).day])


def _decline(work: Work, swap: Swap, shift: Shift) -> None:
    _end(work, swap, SwapState.DECLINED, "duty-swap-declined")
    work.record("duty-swap-declined", f"shift:{shift.id}", swap=swap.id)
    _announce(work, swap, shift, "duty-swap-declined", everybody=False)


def _addressed(work: Work, number: int) -> tuple[Swap, Shift]:
    """The offer and its shift, for the colleague to whom it was made."""
    swap = duty.swap(work.session, number)
    shift = duty.shift(work.session, swap.shift_id) if swap else None
    if swap is None or shift is None:
        raise Refusal("duty-swap-over")
    if swap.offered_to != work.person_id:
        raise Refusal("duty-swap-not-yours", name=work.person(swap.offered_to).name)
    if swap.state is not SwapState.OFFERED:
        raise Refusal("duty-swap-over")
    return swap, shift


def _end(work: Work, swap: Swap, state: SwapState, text_id: str) -> None:
    if not duty.close_swap(work.session, swap.id or 0, state):
        raise Refusal("duty-swap-over")
    shift = duty.shift(work.session, swap.shift_id)
    if shift is not None:
        by, to = work.person(swap.offered_by).name, work.person(swap.offered_to).name
        said = shifts.as_duty(work, shift)
        work.update(cards.swap_ended(work.words, swap.id or 0, text_id, said, shifts.hours(work), by=by, to=to))


def _announce(work: Work, swap: Swap, shift: Shift, text_id: str, *, everybody: bool) -> None:
    """To who offered; a swap that came about to the rooms as well, where people plan by the roster."""
    facts = {
        "by": work.person(swap.offered_by).name,
        "to": work.person(swap.offered_to).name,
        "when": cards.when(work.words, shifts.as_duty(work, shift), shifts.hours(work)),
    }
    card = plain(work.words(text_id, **facts))
    told = work.tell(swap.offered_by, card)
    if everybody or not told:
        work.post(card)


@feature.due("duty-swap-told")
def offer_ended(due: Due, work: Work) -> None:
    """The offer could not be delivered after all: who offered hears it."""
    swap = duty.swap(work.session, int(due.facts["argument"]))
    if due.facts["arrived"] or swap is None or swap.state is not SwapState.OFFERED:
        return
    work.group = people.group(work.session, swap.group_id)
    name = work.person(swap.offered_to).name
    work.tell(swap.offered_by, plain(work.words("duty-unreachable", names=name)))
