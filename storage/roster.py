"""A work group's members by every name and account of theirs, read at once: whom somebody may mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select
from sqlmodel import Session

from storage.base import run
from storage.people import MAIL, Account, Member, Person, Role


@dataclass(frozen=True, slots=True)
class Called:
    """An account, as it can be mentioned."""

    ref: str
    username: str | None


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str
    role: Role
    accounts: list[Called] = field(default_factory=list, compare=False)


_MEMBER = Member.__table__  # type: ignore[attr-defined]
_PERSON = Person.__table__  # type: ignore[attr-defined]
_ACCOUNT = Account.__table__  # type: ignore[attr-defined]
_CHATS = (_ACCOUNT.c.person_id == _PERSON.c.id) & (_ACCOUNT.c.messenger != MAIL)
_ROSTER = (
    select(_PERSON.c.id, _PERSON.c.name, _MEMBER.c.role, _ACCOUNT.c.ref, _ACCOUNT.c.username)
    .select_from(_MEMBER.join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id).outerjoin(_ACCOUNT, _CHATS))
    .where(_MEMBER.c.group_id == bindparam("group"), _MEMBER.c.left_at.is_(None))
    .order_by(_ACCOUNT.c.id)
)


def of_group(session: Session, group_id: int) -> Sequence[Colleague]:
    """Present members: leader, deputies, clerks, then members, by name."""
    found: dict[int, Colleague] = {}
    for person_id, name, role, ref, username in run(session, _ROSTER, {"group": group_id}):
        known = found.setdefault(person_id, Colleague(person_id, name, role))
        if ref is not None:
            known.accounts.append(Called(ref, username))
    order = list(Role)
    return sorted(found.values(), key=lambda each: (order.index(each.role), each.name))
