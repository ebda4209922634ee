"""Where people and chats can be reached, as their messages and the messengers tell."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col

from storage import due, people
from storage.people import Account, Room, RoomState

HEARD_WITHIN = timedelta(minutes=1)
SURELY = timedelta(seconds=3)  # a messenger tells of one act in several events; then they are all here
ROOM_GONE = "people-bot-removed"
"""Kind of the due row by which the leader is told that nothing reaches a room any more."""


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
