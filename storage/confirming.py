"""Accounts newly joined to a person of a work group: they give no orders until somebody who leads says so."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Field, Session, SQLModel, col, select

from storage import people
from storage.base import Instant
from storage.people import MAIL, Account, Member, Person, Role, WorkGroup

_ORDER = list(Role)


class NewAccount(SQLModel, table=True):
    """While this row is there the account is no more than a member's in this group."""

    __tablename__ = "new_account"

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    group_id: int = Field(foreign_key="work_group.id", primary_key=True)
    since: datetime = Field(sa_type=Instant)


_WAITS = select(NewAccount).where(
    col(NewAccount.account_id) == bindparam("account"), col(NewAccount.group_id) == bindparam("group")
)


_SEAT = (
    select(WorkGroup, Member, NewAccount.account_id)
    .outerjoin(
        Member,
        (col(Member.group_id) == col(WorkGroup.id))
        & (col(Member.person_id) == bindparam("person"))
        & col(Member.left_at).is_(None),
    )
    .outerjoin(
        NewAccount,
        (col(NewAccount.group_id) == col(WorkGroup.id)) & (col(NewAccount.account_id) == bindparam("account")),
    )
    .where(col(WorkGroup.id) == bindparam("group"))
)


def seat(session: Session, group_id: int, account: Account) -> tuple[WorkGroup, Member | None, bool]:
    """The group, the present membership of the account's person, and whether the account waits there."""
    found = session.exec(_SEAT, params={"group": group_id, "person": account.person_id, "account": account.id}).one()
    return found[0], found[1], found[2] is not None


def waits(session: Session, account_id: int, group_id: int) -> NewAccount | None:
    return session.exec(_WAITS, params={"account": account_id, "group": group_id}).first()


def waiting(session: Session, group_id: int) -> Sequence[Account]:
    """The group's accounts that wait, the oldest first; those of plain members are no question."""
    found = (
        select(Account)
        .join(NewAccount, col(NewAccount.account_id) == col(Account.id))
        .join(Member, col(Member.person_id) == col(Account.person_id))
        .where(col(NewAccount.group_id) == group_id, col(Member.group_id) == group_id)
        .where(col(Member.left_at).is_(None), col(Member.role) != Role.MEMBER)
        .order_by(col(NewAccount.since), col(Account.id))
    )
    return session.exec(found).all()


def groups_of(session: Session, account_id: int) -> Sequence[int]:
    """The groups in which the account waits."""
    found = select(NewAccount.group_id).where(col(NewAccount.account_id) == account_id)
    return session.exec(found.order_by(col(NewAccount.group_id))).all()


def powers(session: Session, person_id: int) -> dict[int, Role]:
    """What the person is in each group."""
    return {group.id or 0: member.role for member, group in people.memberships(session, person_id)}


def note_new(session: Session, accounts: Sequence[Account], before: dict[int, Role], now: datetime) -> list[int]:
    """The groups that these accounts have come into, or in which they have come to a stronger role than `before`: they
    wait there from now on, those of plain members until they are given a role."""
    found = set()
    for each in (one for one in accounts if one.messenger != MAIL):
        for group_id, role in powers(session, each.person_id).items():
            is_new = group_id not in before or _ORDER.index(role) < _ORDER.index(before[group_id])
            if is_new and waits(session, each.id or 0, group_id) is None:
                session.add(NewAccount(account_id=each.id or 0, group_id=group_id, since=now))
                found.add(group_id)
    session.flush()
    return sorted(found)


def known_accounts(session: Session, person_id: int, group_id: int) -> list[Account]:
    """The person's accounts that may give orders in this group."""
    own = [each for each in people.accounts_of(session, person_id) if each.messenger != MAIL]
    return [each for each in own if waits(session, each.id or 0, group_id) is None]


def confirm(session: Session, account_id: int, group_id: int) -> bool:
    """True when it had waited."""
    row = waits(session, account_id, group_id)
    if row is not None:
        session.delete(row)
        session.flush()
    return row is not None


def cut_off(session: Session, account: Account) -> None:
    """The account is nobody's but its own again: what it had brought along stays with the person it was joined to."""
    name = people.person(session, account.person_id).name
    stranger = Person(name=name)
    session.add(stranger)
    session.flush()
    for group_id in groups_of(session, account.id or 0):
        confirm(session, account.id or 0, group_id)
    account.person_id, account.chosen_group, account.preferred = stranger.id or 0, None, False
    session.flush()
