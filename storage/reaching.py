"""Where people and chats can be reached, as their messages and the messengers tell."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from storage import due, people
from storage.confirming import NewAccount
from storage.people import MAIL, Account, Member, Role, Room, RoomState

HEARD_WITHIN = timedelta(minutes=1)
SURELY = timedelta(seconds=3)  # a messenger tells of one act in several events; then they are all here
ROOM_GONE = "people-bot-removed"
"""Kind of the due row by which the leader is told that nothing reaches a room any more."""

# built once: each private message passes through one of them

_WAITS = (
    select(NewAccount)
    .join(Member, col(Member.group_id) == col(NewAccount.group_id))
    .where(col(NewAccount.account_id) == col(Account.id), col(Member.person_id) == col(Account.person_id))
    .where(col(Member.left_at).is_(None), col(Member.role) != Role.MEMBER)
)
_OPEN = select(Account).where(
    col(Account.person_id).in_(bindparam("people", expanding=True)),
    col(Account.reachable),
    col(Account.messenger) != MAIL,
)
_KNOWN_EVERYWHERE = _OPEN.where(~_WAITS.exists())
_KNOWN_HERE = _OPEN.where(~_WAITS.where(col(NewAccount.group_id) == bindparam("group")).exists())


def addresses(session: Session, person_id: int, group_id: int | None = None) -> Sequence[Account]:
    """The chats in which they are written to of this group's matters: the one the person chose, then where they were
    heard last. An account that waits for confirmation there (without a group: anywhere) is told nothing."""
    return _known(session, [person_id], group_id)


def _known(session: Session, person_ids: Sequence[int], group_id: int | None) -> Sequence[Account]:
    if group_id is None:
        known = session.exec(_KNOWN_EVERYWHERE, params={"people": person_ids}).all()
    else:
        known = session.exec(_KNOWN_HERE, params={"people": person_ids, "group": group_id}).all()
    return sorted(known, key=lambda each: (not each.preferred, -_seconds(each.heard_at), each.id or 0))


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment is not None else 0.0


def nearest(session: Session, person_ids: Sequence[int], group_id: int | None = None) -> Mapping[int, Account]:
    """Of each of these people the first address; who has none is not there."""
    return {each.person_id: each for each in reversed(_known(session, person_ids, group_id))}


def heard(account: Account, at: datetime) -> None:
    """A sign of life; minutes suffice, and spare a write for each of many messages."""
    if account.heard_at is None or at - account.heard_at >= HEARD_WITHIN:
        account.heard_at = at


def prefer(session: Session, account: Account) -> None:
    """From now on the person's messages go to this account."""
    for each in people.accounts_of(session, account.person_id):
        each.preferred = each.id == account.id
    session.flush()


def set_reachable(session: Session, messenger: str, ref: str, reachable: bool) -> None:
    session.execute(
        update(Account).where(col(Account.messenger) == messenger, col(Account.ref) == ref).values(reachable=reachable)
    )


def move_room(session: Session, messenger: str, old: str, new: str) -> None:
    """A group has a new id (it became a supergroup). Harmless when told twice."""
    if people.room_of_chat(session, messenger, new) is None:
        session.execute(update(Room).where(col(Room.messenger) == messenger, col(Room.chat) == old).values(chat=new))


def address_gone(session: Session, messenger: str, chat: str, *, private: bool, now: datetime) -> None:
    """Nothing can be delivered there any more, until we hear from it again. Of a room the leader is told."""
    if private:
        set_reachable(session, messenger, chat, reachable=False)
        return
    room = people.room_of_chat(session, messenger, chat)
    if room is not None and room.state is RoomState.OPEN:
        room.state = RoomState.CLOSED
        facts = {"room": room.id, "group": room.group_id}
        due.plan(session, ROOM_GONE, f"{ROOM_GONE}:{room.id}", now + SURELY, facts)
