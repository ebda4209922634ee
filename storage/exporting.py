"""Everything the tables hold about a person, for that person: rows that name them, and what they did."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Table, or_, select
from sqlmodel import Session, col

from storage import people
from storage.audit import AuditEntry
from storage.base import metadata
from storage.people import Person
from storage.questions import Question

WITHHELD = ("password", "hash", "digest", "hidden", "card", "record", "grant")
"""Parts of the names of columns that open something: they are keys, not knowledge about a person."""


def everything(session: Session, person: Person) -> dict[str, Any]:
    """JSON values by table."""
    number = person.id or 0
    accounts = {each.id or 0: each for each in people.accounts_of(session, number)}
    told: dict[str, Any] = {"person": {"id": number, "name": person.name}}
    for table in metadata.sorted_tables:
        rows = list(_rows(session, table, number, list(accounts)))
        if rows:
            told[table.name] = rows
    asked = [each for account in accounts.values() for each in _asked(session, account.messenger, account.ref)]
    told["question"] = [{"kind": each.kind, "facts": each.values, "asked_at": _plain(each.asked_at)} for each in asked]
    told["audit"] = list(_acts(session, number))
    return told


def _rows(session: Session, table: Table, person: int, accounts: list[int]) -> Iterator[dict[str, Any]]:
    theirs = [each == person for each in table.columns if _points_to(each, "person.id")]
    theirs += [each.in_(accounts) for each in table.columns if _points_to(each, "account.id")]
    shown = [each for each in table.columns if not any(part in each.name for part in WITHHELD)]
    if theirs and table.name != "person":
        for row in session.execute(select(*shown).where(or_(*theirs))).mappings():
            yield {name: _plain(value) for name, value in row.items()}


def _points_to(column: Column[Any], target: str) -> bool:
    return any(key.target_fullname == target for key in column.foreign_keys)


def _asked(session: Session, messenger: str, ref: str) -> list[Question]:
    found = select(Question).where(col(Question.messenger) == messenger, col(Question.account) == ref)
    return list(session.execute(found).scalars())


def _acts(session: Session, person: int) -> Iterator[dict[str, Any]]:
    found = select(AuditEntry).where(
        or_(col(AuditEntry.actor) == person, col(AuditEntry.subject) == f"person:{person}")
    )
    for each in session.execute(found.order_by(col(AuditEntry.id))).scalars():
        told = {"at": _plain(each.at), "action": each.action, "subject": each.subject, "facts": each.values}
        yield {**told, "by_themselves": each.actor == person}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
