"""Rooms the program makes itself: the paid place each stands on, whom it is for, and who has come."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint, bindparam, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.base import Instant, code
from storage.people import Account, Member, Person


class FoundingState(StrEnum):
    PLANNED = "planned"  # its place is kept for it, the messenger has been asked or will be
    STANDING = "standing"
    OVER = "over"  # never made, dissolved, or its place has lapsed


class FoundedRoom(SQLModel, table=True):
    __tablename__ = "founded_room"
    __table_args__ = (UniqueConstraint("messenger", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id", index=True)
    messenger: str
    name: str
    place: str | None = None
    """None once it is over: the place may serve another."""
    seats: int
    leader: str
    """The account that asked for it."""
    sponsor: str
    """The account of an administrator of the bot's account, who has to be in from the beginning."""
    state: FoundingState = Field(default=FoundingState.PLANNED, sa_type=code(FoundingState))
    room_id: int | None = Field(default=None, foreign_key="room.id", index=True)
    link: str = ""
    made_at: datetime = Field(sa_type=Instant)


class InvitationState(StrEnum):
    WAITING = "waiting"  # chosen, to be invited
    INVITED = "invited"
    JOINED = "joined"
    REFUSED = "refused"  # the messenger would not invite them
    LEFT = "left"


class Invitation(SQLModel, table=True):
    __tablename__ = "invitation"

    founded_id: int = Field(foreign_key="founded_room.id", primary_key=True)
    account_id: int = Field(foreign_key="account.id", primary_key=True)
    state: InvitationState = Field(default=InvitationState.WAITING, sa_type=code(InvitationState))
    changed_at: datetime = Field(sa_type=Instant)
    reminded_at: datetime | None = Field(default=None, sa_type=Instant)


# built once: every message of a room passes through them

_STANDING_OF = select(FoundedRoom).where(
    col(FoundedRoom.group_id) == bindparam("group"), col(FoundedRoom.state) == FoundingState.STANDING
)
_OF_ROOM = select(FoundedRoom).where(col(FoundedRoom.room_id) == bindparam("room"))
_INVITATION = (
    select(Invitation)
    .join(FoundedRoom, col(FoundedRoom.id) == col(Invitation.founded_id))
    .where(col(FoundedRoom.room_id) == bindparam("room"), col(Invitation.account_id) == bindparam("account"))
)


def rooms_of(session: Session, group_id: int, messenger: str) -> Sequence[FoundedRoom]:
    """Those planned and standing, in the order in which they were wanted."""
    found = select(FoundedRoom).where(col(FoundedRoom.group_id) == group_id, col(FoundedRoom.messenger) == messenger)
    return session.exec(found.where(col(FoundedRoom.state) != FoundingState.OVER).order_by(col(FoundedRoom.id))).all()


def lapsed_of(session: Session, group_id: int, messenger: str) -> Sequence[FoundedRoom]:
    """Those that were made and ended: a place that is paid for again gives its room back."""
    found = select(FoundedRoom).where(col(FoundedRoom.group_id) == group_id, col(FoundedRoom.messenger) == messenger)
    ended = found.where(col(FoundedRoom.state) == FoundingState.OVER, col(FoundedRoom.room_id).is_not(None))
    return session.exec(ended.order_by(col(FoundedRoom.id))).all()


def standing_of(session: Session, group_id: int) -> Sequence[FoundedRoom]:
    return session.exec(_STANDING_OF, params={"group": group_id}).all()


def of_room(session: Session, room_id: int) -> FoundedRoom | None:
    return session.exec(_OF_ROOM, params={"room": room_id}).first()


def is_under_way(session: Session, messenger: str) -> bool:
    found = select(FoundedRoom.id).where(col(FoundedRoom.messenger) == messenger)
    return session.exec(found.where(col(FoundedRoom.state) == FoundingState.PLANNED)).first() is not None


def taken_places(session: Session, messenger: str) -> set[str]:
    found = select(FoundedRoom.place).where(col(FoundedRoom.messenger) == messenger)
    return {each for each in session.exec(found) if each}


def last_sponsor(session: Session, messenger: str) -> str | None:
    """Who was good enough for the messenger before."""
    found = select(FoundedRoom.sponsor).where(col(FoundedRoom.messenger) == messenger)
    return session.exec(found.where(col(FoundedRoom.room_id).is_not(None)).order_by(col(FoundedRoom.id).desc())).first()


def end(session: Session, founded: FoundedRoom) -> None:
    founded.state, founded.place = FoundingState.OVER, None
    session.flush()


# who is wanted there


def invitation(session: Session, room_id: int, account_id: int) -> Invitation | None:
    return session.exec(_INVITATION, params={"room": room_id, "account": account_id}).first()


def invite(session: Session, founded: FoundedRoom, account_id: int, at: datetime) -> None:
    """Wanted from now on; who left or was refused is tried again."""
    known = session.get(Invitation, (founded.id, account_id))
    if known is None:
        known = Invitation(founded_id=founded.id or 0, account_id=account_id, changed_at=at)
    known.state, known.changed_at, known.reminded_at = InvitationState.WAITING, at, None
    session.add(known)


def mark(invitation: Invitation, state: InvitationState, at: datetime) -> None:
    invitation.state, invitation.changed_at = state, at


def invited(
    session: Session, founded_ids: Sequence[int | None], *states: InvitationState
) -> Sequence[tuple[Invitation, Account, Person]]:
    """Of these rooms, in one of these states (all, when none is named), by name."""
    found = (
        select(Invitation, Account, Person)
        .join(Account, col(Account.id) == col(Invitation.account_id))
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(col(Invitation.founded_id).in_(founded_ids))
        .order_by(col(Person.name), col(Account.id))
    )
    if states:
        found = found.where(col(Invitation.state).in_(states))
    return session.exec(found).all()


def seats_taken(session: Session, founded: FoundedRoom) -> int:
    """By everybody invited who is in or may still come."""
    gone = (InvitationState.REFUSED, InvitationState.LEFT)
    found = select(func.count()).where(col(Invitation.founded_id) == founded.id, col(Invitation.state).not_in(gone))
    return int(session.exec(found).one())


def acquaintances(
    session: Session, messenger: str, group_id: int | None, heard_since: datetime, limit: int
) -> Sequence[tuple[Account, str]]:
    """Accounts with names that could be invited: the group's members first, then who was heard lately, by name."""
    of_group = select(Member.person_id).where(col(Member.group_id) == group_id, col(Member.left_at).is_(None))
    is_member = col(Account.person_id).in_(of_group)
    found = (
        select(Account, Person)
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(col(Account.messenger) == messenger, is_member | (col(Account.heard_at) >= heard_since))
        .order_by(is_member.desc(), col(Person.name), col(Account.id))
        .limit(limit)
    )
    return [(account, person.name) for account, person in session.exec(found).all()]
