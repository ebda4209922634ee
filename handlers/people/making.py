"""What is asked of the messenger when a group chat is made: the room itself, then invitations, batch by batch."""

from collections.abc import Callable
from typing import Any

from bot.chat.founding import Founded, FoundingRefused, Hurdle
from bot.chat.messages import plain
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine.features import Answer, Desk, Due
from bot.engine.work import Refusal, Work
from handlers.people import founding_rules as rules
from handlers.people import gathering
from handlers.people.feature import feature
from handlers.people.founding import LATER, PATIENCE
from handlers.people.founding_cards import PAGE
from handlers.people.setting_up import join_card
from storage import founding, people, reaching
from storage.founding import FoundedRoom, FoundingState, InvitationState
from storage.people import Room, RoomState


@feature.job("people-found-make")
def make(row: Due, desk: Desk) -> Callable[[Work], None]:
    """Asked again after a lost answer, the messenger finds the room by its place: none is made twice."""
    facts = row.facts
    try:
        made = desk.founder(
            facts["messenger"], lambda rooms: rooms.found(facts["name"], facts["place"], facts["people"])
        )
    except FoundingRefused as refused:
        hurdle = refused.hurdle
        return lambda work: _refused(work, facts["founded"], hurdle)
    except DeliveryFailed as failure:
        if failure.outcome in LATER and row.late < PATIENCE:
            raise
        return lambda work: _give_up(work, _founded(work, facts["founded"]), "found-failed")
    return lambda work: _made(work, _founded(work, facts["founded"]), made)


def _founded(work: Work, founded_id: int) -> FoundedRoom:
    return work.session.get_one(FoundedRoom, founded_id)


def _refused(work: Work, founded_id: int, hurdle: Hurdle) -> None:
    founded = _founded(work, founded_id)
    if hurdle is Hurdle.NO_SPONSOR:
        _ask_sponsor(work, founded)
    else:
        _give_up(work, founded, f"found-{hurdle}")


def _give_up(work: Work, founded: FoundedRoom, text_id: str) -> None:
    """This room and those that were to follow; rooms that stand go on."""
    tell_founder(work, founded, text_id, name=founded.name)
    for each in founding.rooms_of(work.session, founded.group_id, founded.messenger):
        if each.state is FoundingState.PLANNED:
            founding.end(work.session, each)
    gathering.next_step(work, founded.messenger)


def tell_founder(work: Work, founded: FoundedRoom, text_id: str, **facts: Any) -> None:
    work.send(founded.messenger, founded.leader, plain(work.words(text_id, **facts)), private=True)


def _made(work: Work, founded: FoundedRoom, made: Founded) -> None:
    room = people.room_of_chat(work.session, founded.messenger, made.chat)
    if room is None:
        room = Room(group_id=founded.group_id, messenger=founded.messenger, chat=made.chat)
        work.session.add(room)
    room.title, room.state = founded.name, RoomState.OPEN
    work.session.flush()
    founded.room_id, founded.link, founded.state = room.id, made.link, FoundingState.STANDING
    work.session.flush()
    work.record("room-founded", f"group:{founded.group_id}", messenger=founded.messenger, name=founded.name)
    work.send(room.messenger, room.chat, join_card(work), private=False)
    gathering.next_step(work, founded.messenger)


# an administrator of the bot's account has to be in


def _ask_sponsor(work: Work, founded: FoundedRoom) -> None:
    asking = people.account(work.session, founded.messenger, founded.leader)
    rooms = founding.rooms_of(work.session, founded.group_id, founded.messenger)
    rows = founding.invited(work.session, [each.id for each in rooms])
    known = [(account.ref, person.name) for _, account, person in rows if account.ref != founded.sponsor]
    options = [(name, ref) for ref, name in known[:PAGE]]
    card = plain(work.words("found-no-sponsor"))
    work.ask("people-found-sponsor", card, options=options, of=asking, founded=founded.id, known=known)


@feature.answer("people-found-sponsor", stops=True)
def sponsor_named(answer: Answer, work: Work) -> None:
    """Anybody the leader has chosen; what the messenger then says decides."""
    founded = _founded(work, answer.facts["founded"])
    ref = answer.chosen or _named(answer)
    if ref is None and rules.said(answer.text) == "stop":
        _give_up(work, founded, "found-stopped")
        return
    if ref is None:
        raise Refusal("found-name-unknown", name=answer.text[:60])
    for each in founding.rooms_of(work.session, founded.group_id, founded.messenger):
        if each.state is FoundingState.PLANNED:
            each.sponsor = ref
    work.session.flush()
    gathering.next_step(work, founded.messenger)


def _named(answer: Answer) -> str | None:
    known = answer.facts["known"]
    found = rules.named([name for _, name in known], answer.text)
    return str(known[found[0]][0]) if len(found) == 1 else None


# invitations


@feature.job("people-found-invite")
def invite(row: Due, desk: Desk) -> Callable[[Work], None]:
    facts = row.facts
    try:
        failed = desk.founder(facts["messenger"], lambda rooms: rooms.invite(facts["chat"], facts["people"]))
    except DeliveryFailed as failure:
        if failure.outcome in LATER and row.late < PATIENCE:
            raise
        gone = failure.outcome is Outcome.GONE
        return lambda work: _not_invited(work, facts, gone=gone)
    return lambda work: _invited(work, facts, failed)


def _invited(work: Work, facts: Any, failed: frozenset[str]) -> None:
    asked = set(facts["people"])
    for invitation, account, _ in founding.invited(work.session, [facts["founded"]], InvitationState.WAITING):
        if account.ref in asked:
            state = InvitationState.REFUSED if account.ref in failed else InvitationState.INVITED
            founding.mark(invitation, state, work.now)
    work.session.flush()
    gathering.next_step(work, facts["messenger"])


def _not_invited(work: Work, facts: Any, *, gone: bool) -> None:
    if gone:
        over(work, _founded(work, facts["founded"]))
    else:
        _invited(work, facts, frozenset(facts["people"]))


def over(work: Work, founded: FoundedRoom) -> None:
    """The room takes nothing any more: closed, and told in a moment, as when the messenger tells of it."""
    room = work.session.get(Room, founded.room_id)
    if room is not None and room.state is RoomState.OPEN:
        room.state = RoomState.CLOSED
        work.soon(reaching.ROOM_GONE, f"{reaching.ROOM_GONE}:{room.id}", room=room.id)
    founding.end(work.session, founded)
