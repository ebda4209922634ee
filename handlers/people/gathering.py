"""From the leader's plan to rooms that fill: which rooms are made for whom, and how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.chat.messages import Card
from bot.engine import context
from bot.engine.work import Refusal, Work
from handlers.people import founding_cards as cards
from handlers.people import founding_rules as rules
from storage import due, founding, outbox, people
from storage.founding import FoundedRoom, FoundingState, InvitationState
from storage.people import Account, Role, WorkGroup

QUIET = timedelta(minutes=10)  # between two tellings of who has come
BATCH = 50  # people invited at a time
_MISSING = (InvitationState.WAITING, InvitationState.INVITED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A room that is to be made at `place`, or one that stands (`founded`) and gets more people."""

    name: str
    count: int
    seats: int
    place: str | None = None
    founded: int | None = None


def plan(
    work: Work, messenger: str, group: int | None, name: str, places: Sequence[Sequence[Any]], count: int
) -> list[Planned] | None:
    """Rooms that stand are filled first; None when there are not enough seats."""
    standing = _standing(work, messenger, group)
    planned, left = [], count
    for each in standing:
        more = min(left, _free_seats(work, each))
        if more:
            planned.append(Planned(name=each.name, count=more, seats=each.seats, founded=each.id))
        left -= more
    if not left and standing:
        return planned
    chosen = rules.choose([(place, seats) for place, seats in places], left)
    if not chosen:
        return None
    kept = 1 if len(chosen) == 1 else rules.SEATS_IN_EACH
    counts = rules.deal(left, [seats - kept for _, seats in chosen])
    names = rules.room_names(name, len(chosen), len(standing))
    for (place, seats), called, how_many in zip(chosen, names, counts, strict=True):
        planned.append(Planned(name=called, count=how_many, seats=seats, place=place))
    return planned


def seats_left(work: Work, messenger: str, group: int | None, places: Sequence[Sequence[Any]]) -> int:
    kept = 1 if len(places) == 1 else rules.SEATS_IN_EACH
    free = [_free_seats(work, each) for each in _standing(work, messenger, group)]
    return sum([*free, *(max(0, int(seats) - kept) for _, seats in places)])


def _standing(work: Work, messenger: str, group: int | None) -> list[FoundedRoom]:
    found = founding.rooms_of(work.session, group, messenger) if group is not None else ()
    return [each for each in found if each.state is FoundingState.STANDING]


def _free_seats(work: Work, founded: FoundedRoom) -> int:
    taken = founding.seats_taken(work.session, founded) + (1 if founded.sponsor == founded.leader else 2)
    return max(0, founded.seats - taken)


def found(
    work: Work,
    asking: Account,
    name: str,
    group: int | None,
    places: Sequence[Sequence[Any]],
    invited: Sequence[tuple[str, str]],
) -> None:
    """What the leader has agreed to: the rows that ask for it; the messenger is asked afterwards, room by room."""
    _enter(work, asking, name, group)
    planned = plan(work, asking.messenger, work.group_id, name, places, len(invited))
    taken = founding.taken_places(work.session, asking.messenger)
    if planned is None or any(each.place in taken for each in planned):
        raise Refusal("found-no-place")
    waiting = list(invited)
    for each in planned:
        founded = _row(work, asking, each)
        for ref, called in waiting[: each.count]:
            account = people.meet(work.session, asking.messenger, ref, called, None)
            account.reachable = True
            founding.invite(work.session, founded, account.id or 0, work.now)
        waiting = waiting[each.count :]
    work.session.flush()
    work.say("found-begun")
    next_step(work, asking.messenger)


def _enter(work: Work, asking: Account, name: str, group: int | None) -> None:
    """The work group, begun with its leader when it is new."""
    if group is not None:
        context.enter(work, group)
        if work.actor.role is not Role.LEADER:
            raise Refusal("setup-code-needed")
        return
    made = WorkGroup(name=name, language=work.words.language, created_at=work.now)
    work.session.add(made)
    work.session.flush()
    work.group = made
    work.member = people.enrol(work.session, work.group_id, asking.person_id, Role.LEADER, work.now)
    asking.chosen_group = made.id
    work.cancel(f"people-found-permit:{asking.id}")
    work.record("group-set-up", f"group:{made.id}", name=name)


def _row(work: Work, asking: Account, planned: Planned) -> FoundedRoom:
    if planned.founded is not None:
        return work.session.get_one(FoundedRoom, planned.founded)
    made = FoundedRoom(
        group_id=work.group_id,
        messenger=asking.messenger,
        name=planned.name,
        place=planned.place,
        seats=planned.seats,
        leader=asking.ref,
        sponsor=founding.last_sponsor(work.session, asking.messenger) or asking.ref,
        made_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    return made


def next_step(work: Work, messenger: str) -> None:
    """One room after the other is made, then people are invited, then it is looked who has come."""
    rooms = founding.rooms_of(work.session, work.group_id, messenger)
    planned = next((each for each in rooms if each.state is FoundingState.PLANNED), None)
    if planned is not None:
        first = [*dict.fromkeys((planned.sponsor, planned.leader))]
        facts = {"founded": planned.id, "messenger": messenger, "name": planned.name, "place": planned.place}
        work.soon("people-found-make", f"people-found-make:{planned.id}", people=first, **facts)
        return
    for each in rooms:
        _invite_or_look(work, each)


def _invite_or_look(work: Work, founded: FoundedRoom) -> None:
    waiting = founding.invited(work.session, [founded.id], InvitationState.WAITING)
    facts = {"founded": founded.id, "messenger": founded.messenger, "chat": chat_of(work, founded)}
    if waiting:
        batch = [account.ref for _, account, _ in waiting[:BATCH]]
        work.soon("people-found-invite", f"people-found-invite:{founded.id}", people=batch, **facts)
    else:
        work.soon("people-found-attend", f"people-found-attend:{founded.id}", **facts)


def look_whether_back(work: Work, founded: FoundedRoom) -> None:
    """Of a room that has ended."""
    facts = {"founded": founded.id, "messenger": founded.messenger, "chat": chat_of(work, founded)}
    work.soon("people-found-attend", f"people-found-attend:{founded.id}", **facts)


def chat_of(work: Work, founded: FoundedRoom) -> str:
    return work.session.get_one(people.Room, founded.room_id).chat


# how far it has come


def progress(work: Work, messenger: str) -> Card:
    rooms = founding.rooms_of(work.session, work.group_id, messenger)
    rows = founding.invited(work.session, [each.id for each in rooms])
    missing = [person.name for invitation, _, person in rows if invitation.state in _MISSING]
    come = sum(invitation.state is InvitationState.JOINED for invitation, _, _ in rows)
    refused = [person.name for invitation, _, person in rows if invitation.state is InvitationState.REFUSED]
    links = [each.link for each in rooms if each.link]
    gathered = cards.Gathered(
        invited=come + len(missing), come=come, missing=missing, refused=refused, links=links if missing else ()
    )
    return cards.progress(work.words, work.group_id, work.here.name, gathered)


def show_progress(work: Work) -> None:
    """To the leader who asks; what the messenger knows better follows."""
    messenger = work.chat.messenger
    work.show(progress(work, messenger))
    for each in _standing(work, messenger, work.group_id):
        _invite_or_look(work, each)


def tell_progress(work: Work, founded: FoundedRoom) -> None:
    """To the leader, where it stands already or for the first time."""
    card = progress(work, founded.messenger)
    if outbox.standing(work.session, card.key or ""):
        work.update(card)
    else:
        work.send(founded.messenger, founded.leader, card, private=True)


def tell_progress_soon(work: Work, founded: FoundedRoom) -> None:
    """Who comes is told together; when all have come, at once."""
    rooms = founding.rooms_of(work.session, founded.group_id, founded.messenger)
    missing = founding.invited(work.session, [each.id for each in rooms], *_MISSING)
    key = f"people-found-progress:{founded.group_id}:{founded.messenger}"
    if not missing or due.get(work.session, key) is None:
        work.later("people-found-progress", key, work.now + QUIET if missing else work.now, founded=founded.id)
