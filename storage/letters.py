"""Letters of a work group: what was read or written down of them, and the register's running numbers of each year."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.base import Instant, code, insert


class LetterState(StrEnum):
    DRAFT = "draft"  # was read, waits for somebody to confirm it
    REGISTERED = "registered"  # stands in the register under its arrival number


class Letter(SQLModel, table=True):
    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("group_id", "year", "arrival_number"),
        Index("ix_letter_symbol", "group_id", "symbol_folded"),
    )

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id")
    state: LetterState = Field(default=LetterState.DRAFT, sa_type=code(LetterState))
    year: int | None = None
    arrival_number: int | None = None
    arrived_at: datetime = Field(sa_type=Instant)
    number_symbol: str | None = None
    symbol_folded: str | None = None
    issue_date: date | None = None
    issuer: str | None = None
    issuer_folded: str | None = None
    doc_type: str | None = None
    subject: str | None = None
    recipients: str | None = None
    """One a line."""
    signer: str | None = None
    urgency: str | None = None
    """In the letter's own words."""
    deadlines: str = "[]"
    """JSON list of what handlers.letters keeps of each deadline."""
    file: str | None = None
    """JSON of the file's place with its messenger, until it lies in the vault."""
    file_name: str | None = None
    file_mime: str | None = None
    record: str | None = None
    """The file in the vault; None until the letter is registered."""
    brought_by: int = Field(foreign_key="person.id")

    @property
    def is_registered(self) -> bool:
        return self.state is LetterState.REGISTERED

    @property
    def arrival(self) -> str:
        """`45/2026`"""
        return f"{self.arrival_number}/{self.year}"

    @property
    def title(self) -> str:
        """How it is named in a line: `Công văn 296/SNV-TCBC`."""
        return " ".join(part for part in (self.doc_type or "Công văn", self.number_symbol) if part)

    @property
    def file_place(self) -> dict[str, Any] | None:
        return dict(json.loads(self.file)) if self.file else None

    @property
    def demands(self) -> list[dict[str, Any]]:
        return list(json.loads(self.deadlines))


class RegisterYear(SQLModel, table=True):
    """The last arrival number given out: one series a year and group (NĐ 30/2020, phụ lục VI)."""

    __tablename__ = "register_year"

    group_id: int = Field(foreign_key="work_group.id", primary_key=True)
    year: int = Field(primary_key=True)
    count: int


_COUNT = RegisterYear.__table__  # type: ignore[attr-defined]


def folded(words: str | None) -> str | None:
    """Letters and digits without marks: `05/SNV–TCBC` and `5/snv-tcbc` are one; None for nothing."""
    bare = unicodedata.normalize("NFD", (words or "").lower().replace("đ", "d"))
    runs = re.findall(r"[a-z0-9]+", "".join(each for each in bare if not unicodedata.combining(each)))
    return "/".join(run.lstrip("0") or "0" for run in runs) or None


def write(letter: Letter, fields: Mapping[str, Any]) -> None:
    """Changes what stands in the letter, and what it is found by."""
    for name, value in fields.items():
        setattr(letter, name, value)
    letter.symbol_folded, letter.issuer_folded = folded(letter.number_symbol), folded(letter.issuer)


def add(session: Session, letter: Letter) -> Letter:
    session.add(letter)
    session.flush()
    return letter


def get(session: Session, letter_id: int) -> Letter | None:
    return session.get(Letter, letter_id)


def drop(session: Session, letter: Letter) -> None:
    session.delete(letter)
    session.flush()


def next_arrival(session: Session, group_id: int, year: int) -> int:
    """The next number of the year; two who ask at once get two numbers."""
    first = insert(session, _COUNT).values(group_id=group_id, year=year, count=1)
    counted = first.on_conflict_do_update(index_elements=["group_id", "year"], set_={"count": _COUNT.c.count + 1})
    return int(session.execute(counted.returning(_COUNT.c.count)).scalar_one())


def of_arrival(session: Session, group_id: int, number: int, year: int) -> Letter | None:
    found = select(Letter).where(col(Letter.group_id) == group_id, col(Letter.arrival_number) == number)
    return session.exec(found.where(col(Letter.year) == year)).first()


def of_symbol(session: Session, group_id: int, symbol: str) -> Letter | None:
    """The latest registered letter with this number and symbol, however it is written."""
    found = _registered(group_id).where(col(Letter.symbol_folded) == folded(symbol))
    return session.exec(found.order_by(col(Letter.id).desc())).first()


def twin(session: Session, letter: Letter) -> Letter | None:
    """A registered letter with the same number, symbol and issuer. Numbers begin anew every year: an issue date
    of another year tells two apart; an issuer that is not known tells nothing."""
    if letter.symbol_folded is None:
        return None
    same = _registered(letter.group_id).where(col(Letter.symbol_folded) == letter.symbol_folded)
    for each in session.exec(same.where(col(Letter.id) != letter.id).order_by(col(Letter.id))).all():
        years = {day.year for day in (each.issue_date, letter.issue_date) if day}
        if len(years) <= 1 and _may_be_one(each.issuer_folded, letter.issuer_folded):
            return each
    return None


def _may_be_one(issuer: str | None, other: str | None) -> bool:
    """`UBND tỉnh` and `Ủy ban nhân dân tỉnh Quảng Trị` may be the same; two that each say more than the other not."""
    one, two = (set((each or "").replace("uy/ban/nhan/dan", "ubnd").split("/")) - {""} for each in (issuer, other))
    return one <= two or two <= one


def page(session: Session, group_id: int, year: int, *, skip: int, limit: int) -> Sequence[Letter]:
    """The year's register, latest arrival first."""
    found = _registered(group_id).where(col(Letter.year) == year).order_by(col(Letter.arrival_number).desc())
    return session.exec(found.offset(skip).limit(limit)).all()


def count(session: Session, group_id: int, year: int) -> int:
    found = select(func.count()).select_from(Letter).where(col(Letter.group_id) == group_id, col(Letter.year) == year)
    return int(session.exec(found).one())


def _registered(group_id: int) -> SelectOfScalar[Letter]:
    return select(Letter).where(col(Letter.group_id) == group_id, col(Letter.state) == LetterState.REGISTERED)


def records(session: Session) -> Sequence[str]:
    """Every record of the vault that a letter's file lies in."""
    found = select(Letter.record).where(col(Letter.record).is_not(None))
    return [each for each in session.exec(found).all() if each]
