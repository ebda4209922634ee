"""People, their accounts on messengers, the work groups they answer in, and the rooms of a group."""

from collections.abc import Sequence
from datetime import datetime
from enum import Flag, StrEnum, auto

from sqlalchemy import Index, UniqueConstraint, bindparam, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.base import Instant, code, run

MAIL = "mail"
"""The messenger that sends official mail: for files and passwords only, so that tasks do not fill mailboxes."""


class Role(StrEnum):
    LEADER = "leader"  # trưởng nhóm
    DEPUTY = "deputy"  # phó nhóm
    CLERK = "clerk"  # văn thư: registers letters, gives out no tasks
    MEMBER = "member"  # thành viên


class Who(Flag):
    """Whom a command is for."""

    OUTSIDER = auto()
    MEMBER = auto()
    CLERK = auto()
    DEPUTY = auto()
    LEADER = auto()
    STAFF = MEMBER | CLERK | DEPUTY | LEADER
    ANYONE = STAFF | OUTSIDER


class Person(SQLModel, table=True):
    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    """As the messenger shows it, or as registered."""
    merged_into: int | None = None
    """Turned out to be this person: the row keeps no name, only its number, which the audit knows."""


class Account(SQLModel, table=True):
    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("messenger", "ref"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    messenger: str
    ref: str
    """The account's id on its messenger."""
    username: str | None = Field(default=None, index=True)
    reachable: bool = False
    """The bot may write to its private chat."""
    chosen_group: int | None = Field(default=None, foreign_key="work_group.id")
    """In private, the group that commands are about."""
    heard_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the person last wrote from here, to the minute: messages go where they were heard last."""
    preferred: bool = False
    """Chosen by the person: messages go here as long as they arrive."""


class WorkGroup(SQLModel, table=True):
    __tablename__ = "work_group"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    language: str
    created_at: datetime = Field(sa_type=Instant)
    task_count: int = 0
    """The last task number given out."""
    office: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The names of the office it belongs to, one a line: as it is called, in short, as it was called before."""


class RoomState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # the bot was removed, or the group is gone


class Room(SQLModel, table=True):
    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("messenger", "chat"),)

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id", index=True)
    messenger: str
    chat: str
    thread: str | None = None
    title: str = ""
    state: RoomState = Field(default=RoomState.OPEN, sa_type=code(RoomState))


class Member(SQLModel, table=True):
    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("group_id", "person_id"), Index("ix_member_person", "person_id"))

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id")
    person_id: int = Field(foreign_key="person.id")
    role: Role = Field(default=Role.MEMBER, sa_type=code(Role))
    joined_at: datetime = Field(sa_type=Instant)
    left_at: datetime | None = Field(default=None, sa_type=Instant)

    @property
    def who(self) -> Who:
        return Who[self.role.name]


class Seen(SQLModel, table=True):
    """An account that was seen in a room: so that those who have not joined can be named."""

    __tablename__ = "seen"

    room_id: int = Field(foreign_key="room.id", primary_key=True)
    account_id: int = Field(foreign_key="account.id", primary_key=True)
    present: bool = True


# built once: what every event passes through; building costs more than running

_PRESENT = (col(Member.group_id) == bindparam("group"), col(Member.left_at).is_(None))
_PERSONS = select(Person).where(col(Person.id).in_(bindparam("people", expanding=True)))
_ACCOUNT = select(Account).where(col(Account.messenger) == bindparam("messenger"), col(Account.ref) == bindparam("ref"))
_ACCOUNTS_OF = select(Account).where(col(Account.person_id) == bindparam("person")).order_by(col(Account.id))
_ACCOUNTS_OF_MEMBERS = (
    select(Account)
    .join(Member, col(Member.person_id) == col(Account.person_id))
    .where(*_PRESENT, col(Account.messenger) != MAIL)
)
_ROOM_OF_CHAT = select(Room).where(col(Room.messenger) == bindparam("messenger"), col(Room.chat) == bindparam("chat"))
_ROOMS = (
    select(Room)
    .where(col(Room.group_id) == bindparam("group"), col(Room.state) == RoomState.OPEN)
    .order_by(col(Room.id))
)
_MEMBER_OF = select(Member).where(*_PRESENT, col(Member.person_id) == bindparam("person"))
_MEMBERS = select(Member, Person).join(Person, col(Person.id) == col(Member.person_id)).where(*_PRESENT)
_GROUPS = WorkGroup.__table__  # type: ignore[attr-defined]
_NEXT_NUMBER = (
    update(_GROUPS)
    .where(_GROUPS.c.id == bindparam("group"))
    .values(task_count=_GROUPS.c.task_count + 1)
    .returning(_GROUPS.c.task_count)
)


# people and their accounts


def account(session: Session, messenger: str, ref: str) -> Account | None:
    return session.exec(_ACCOUNT, params={"messenger": messenger, "ref": ref}).first()


def account_of_id(session: Session, account_id: int) -> Account | None:
    return session.get(Account, account_id)


def meet(session: Session, messenger: str, ref: str, name: str, username: str | None) -> Account:
    """The account, made with its person when it is new, kept up to date with how it is called now."""
    known = account(session, messenger, ref)
    if known is None:
        person = Person(name=name)
        session.add(person)
        session.flush()
        known = Account(person_id=person.id or 0, messenger=messenger, ref=ref)
    called = username.lower() if username else None
    if known.id is None or known.username != called:
        known.username = called
        session.add(known)
        session.flush()
    return known


def person(session: Session, person_id: int) -> Person:
    """Whoever this turned out to be."""
    found = session.get_one(Person, person_id)
    return found if found.merged_into is None else session.get_one(Person, found.merged_into)


def persons(session: Session, person_ids: Sequence[int]) -> Sequence[Person]:
    """In the order of their ids in `person_ids`."""
    found = {each.id: each for each in session.exec(_PERSONS, params={"people": person_ids})} if person_ids else {}
    return [found[each] for each in person_ids]


def rename(session: Session, person_id: int, name: str) -> None:
    session.execute(update(Person).where(col(Person.id) == person_id).values(name=name))


def accounts_of(session: Session, person_id: int) -> Sequence[Account]:
    return session.exec(_ACCOUNTS_OF, params={"person": person_id}).all()


def accounts_of_members(session: Session, group_id: int) -> Sequence[Account]:
    """Every account of the present members of a group by which they chat."""
    return session.exec(_ACCOUNTS_OF_MEMBERS, params={"group": group_id}).all()


# groups and rooms


def group(session: Session, group_id: int) -> WorkGroup:
    return session.get_one(WorkGroup, group_id)


def groups(session: Session) -> Sequence[WorkGroup]:
    return session.exec(select(WorkGroup).order_by(col(WorkGroup.id))).all()


def group_ids(session: Session) -> Sequence[int]:
    return session.execute(select(_GROUPS.c.id).order_by(_GROUPS.c.id)).scalars().all()


def room_of_chat(session: Session, messenger: str, chat: str) -> Room | None:
    return session.exec(_ROOM_OF_CHAT, params={"messenger": messenger, "chat": chat}).first()


def rooms(session: Session, group_id: int) -> Sequence[Room]:
    """The open rooms of a group."""
    return session.exec(_ROOMS, params={"group": group_id}).all()


def next_task_number(session: Session, group_id: int) -> int:
    return int(run(session, _NEXT_NUMBER, {"group": group_id}).scalar_one())


# members


def member_of(session: Session, group_id: int, person_id: int) -> Member | None:
    """The person's present membership."""
    return session.exec(_MEMBER_OF, params={"group": group_id, "person": person_id}).first()


def member(session: Session, member_id: int) -> Member:
    return session.get_one(Member, member_id)


def members(session: Session, group_id: int) -> Sequence[tuple[Member, Person]]:
    """Present members with their persons: leader, deputies, clerks, then members, by name."""
    rows = session.exec(_MEMBERS, params={"group": group_id}).all()
    order = list(Role)
    return sorted(((m, p) for m, p in rows), key=lambda row: (order.index(row[0].role), row[1].name))


def memberships(session: Session, person_id: int) -> Sequence[tuple[Member, WorkGroup]]:
    found = select(Member, WorkGroup).join(WorkGroup, col(WorkGroup.id) == col(Member.group_id))
    rows = session.exec(found.where(col(Member.person_id) == person_id, col(Member.left_at).is_(None))).all()
    return sorted(((m, g) for m, g in rows), key=lambda row: row[1].id or 0)


def enrol(session: Session, group_id: int, person_id: int, role: Role, at: datetime) -> Member:
    """Makes the person a member; one who had left comes back."""
    found = select(Member).where(col(Member.group_id) == group_id, col(Member.person_id) == person_id)
    known = session.exec(found).first()
    if known is None:
        known = Member(group_id=group_id, person_id=person_id, role=role, joined_at=at)
    elif known.left_at is not None:
        known.left_at, known.joined_at, known.role = None, at, role
    session.add(known)
    session.flush()
    return known


def with_role(session: Session, group_id: int, *roles: Role) -> Sequence[Member]:
    found = select(Member).where(col(Member.group_id) == group_id, col(Member.left_at).is_(None))
    return session.exec(found.where(col(Member.role).in_(roles)).order_by(col(Member.id))).all()


# who was seen


def notice(session: Session, room_id: int, account_id: int, *, present: bool = True) -> None:
    known = session.get(Seen, (room_id, account_id)) or Seen(room_id=room_id, account_id=account_id)
    known.present = present
    session.add(known)


def seen_not_joined(session: Session, group_id: int) -> Sequence[Person]:
    """People seen in the group's rooms who are not members."""
    found = (
        select(Person)
        .join(Account, col(Account.person_id) == col(Person.id))
        .join(Seen, col(Seen.account_id) == col(Account.id))
        .join(Room, col(Room.id) == col(Seen.room_id))
        .where(col(Room.group_id) == group_id, col(Seen.present))
        .where(
            col(Person.id).not_in(
                select(Member.person_id).where(col(Member.group_id) == group_id, col(Member.left_at).is_(None))
            )
        )
        .distinct()
        .order_by(col(Person.name))
    )
    return session.exec(found).all()
