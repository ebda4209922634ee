"""Letters of a work group: what was read or written down of them, and the register's running numbers of each year."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, bindparam
from sqlmodel import Field, Session, SQLModel, col, delete, func, select
from sqlmodel.sql.expression import SelectOfScalar

from storage import due, letters_search
from storage.base import Instant, code
from storage.letter_files import LetterFile

FOLLOW = "letters-follow"
"""The due kind that looks at a letter again after one of its tasks has moved."""


class LetterState(StrEnum):
    DRAFT = "draft"  # was read, waits for somebody to confirm it
    REGISTERED = "registered"  # stands in the register under its arrival number; no leader has looked yet
    NOTED = "noted"  # a leader has written on it (bút phê), or has seen it
    IN_HAND = "in-hand"  # a task opened for it runs
    DONE = "done"  # every task opened for it is done
    ANSWERED = "answered"  # a reply went out under a number of its own
    FILED = "filed"  # nothing more is to be done (lưu hồ sơ)
    DROPPED = "dropped"  # a draft nobody wanted: the row keeps nothing but its number


OVER = (LetterState.DONE, LetterState.ANSWERED, LetterState.FILED)


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
    doubtful: str = "[]"
    """JSON list of the columns that were read but have to be compared with the paper."""
    subject: str | None = None
    recipients: str | None = None
    """One a line."""
    signer: str | None = None
    urgency: str | None = None
    """In the letter's own words."""
    pages: int | None = None
    deadlines: str = "[]"
    """JSON list of what handlers.letters keeps of each deadline."""
    request: str | None = None
    """What it asks for without saying by when."""
    cites: str = "[]"
    """JSON list of the numbers and symbols it refers to."""
    extends: bool = False
    """It puts off a deadline that a letter it cites had set."""
    meeting: str | None = None
    """JSON of what handlers.letters keeps of the meeting it calls."""
    note: str | None = None
    """What the leader wrote on it (bút phê), as it was said."""
    noted_at: datetime | None = Field(default=None, sa_type=Instant)
    noted_by: int | None = Field(default=None, foreign_key="person.id")
    reply_symbol: str | None = None
    """Number and symbol of the letter that answers it."""
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    words: str = ""
    """What it is searched by, folded; see storage.letters_search."""
    file: str | None = None
    """JSON of the file's place with its messenger, until it lies in the vault."""
    file_name: str | None = None
    file_mime: str | None = None
    record: str | None = None
    """The file in the vault; None until the letter is registered."""
    brought_by: int = Field(foreign_key="person.id")
    batch_id: int | None = Field(default=None, foreign_key="letter_batch.id", index=True)
    """It came together with many others."""
    head: str | None = None
    """A picture of its top in the vault, while it waits to be compared with what was read."""
    note_id: str | None = None
    """The id of the text that says what is to be compared."""

    @property
    def doubts(self) -> list[str]:
        return list(json.loads(self.doubtful or "[]"))

    @property
    def is_registered(self) -> bool:
        return self.state not in (LetterState.DRAFT, LetterState.DROPPED)

    @property
    def is_noted(self) -> bool:
        return self.is_registered and self.state is not LetterState.REGISTERED

    @property
    def is_over(self) -> bool:
        return self.state in OVER

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

    @property
    def cited(self) -> list[str]:
        return list(json.loads(self.cites))

    @property
    def called(self) -> dict[str, Any] | None:
        """The meeting it calls."""
        return dict(json.loads(self.meeting)) if self.meeting else None


def folded(words: str | None) -> str | None:
    """Letters and digits without marks: `05/SNV–TCBC` and `5/snv-tcbc` are one; None for nothing."""
    return "/".join(letters_search.runs(words or "")) or None


def write(letter: Letter, fields: Mapping[str, Any]) -> None:
    """Changes what stands in the letter, and what it is found by."""
    for name, value in fields.items():
        setattr(letter, name, value)
    letter.symbol_folded, letter.issuer_folded = folded(letter.number_symbol), folded(letter.issuer)
    letter.words = letters_search.words_of(
        letter.group_id, letter.number_symbol, letter.issuer, letter.doc_type, letter.subject
    )


def add(session: Session, letter: Letter) -> Letter:
    session.add(letter)
    session.flush()
    return letter


def get(session: Session, letter_id: int) -> Letter | None:
    found = session.get(Letter, letter_id)
    return None if found is None or found.state is LetterState.DROPPED else found


def drop(session: Session, letter: Letter) -> None:
    """Everything but the number goes: old buttons bear it, and SQLite would give that of a deleted row to another."""
    session.execute(delete(LetterFile).where(col(LetterFile.letter_id) == letter.id))
    empty = Letter(group_id=letter.group_id, arrived_at=letter.arrived_at, brought_by=letter.brought_by)
    for name in Letter.model_fields:
        if name != "id":
            setattr(letter, name, getattr(empty, name))
    letter.state = LetterState.DROPPED
    session.flush()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What of the register is wanted; arrivals in [since, until)."""

    terms: tuple[str, ...] = ()
    """Folded beginnings of words; all of them must be there."""
    since: datetime | None = None
    until: datetime | None = None
    year: int | None = None


def page(
    session: Session, group_id: int, search: Search, *, skip: int = 0, limit: int | None = None
) -> Sequence[Letter]:
    """What the register has of it, latest arrival first."""
    found = _found(session, group_id, search)
    found = found.order_by(col(Letter.year).desc(), col(Letter.arrival_number).desc()).offset(skip)
    return session.exec(found if limit is None else found.limit(limit)).all()


def count(session: Session, group_id: int, search: Search) -> int:
    found = _found(session, group_id, search).with_only_columns(func.count(), maintain_column_froms=True)
    return int(session.execute(found).scalar_one())


def _found(session: Session, group_id: int, search: Search) -> SelectOfScalar[Letter]:
    found = _registered(group_id)
    if search.year is not None:
        found = found.where(col(Letter.year) == search.year)
    if search.since is not None:
        found = found.where(col(Letter.arrived_at) >= search.since)
    if search.until is not None:
        found = found.where(col(Letter.arrived_at) < search.until)
    if search.terms:
        found = found.where(letters_search.holds(session, group_id, search.terms))
    return found


def drafts_of_batch(session: Session, batch_id: int) -> Sequence[Letter]:
    """Those of many that came together which nobody has confirmed yet, in the order in which they were read."""
    found = select(Letter).where(col(Letter.batch_id) == batch_id, col(Letter.state) == LetterState.DRAFT)
    return session.exec(found.order_by(col(Letter.id))).all()


def unfinished(session: Session, group_id: int) -> Sequence[Letter]:
    """What nobody has taken in hand or brought to an end yet, in the order of its arrival."""
    return session.exec(_UNFINISHED, params={"group": group_id}).all()


# built once: every group's morning passes through it; building costs more than running
_UNFINISHED = (
    select(Letter)
    .where(col(Letter.group_id) == bindparam("group"))
    .where(col(Letter.state).in_((LetterState.REGISTERED, LetterState.NOTED)))
    .order_by(col(Letter.year), col(Letter.arrival_number))
)


def _registered(group_id: int) -> SelectOfScalar[Letter]:
    return select(Letter).where(
        col(Letter.group_id) == group_id, col(Letter.state).not_in((LetterState.DRAFT, LetterState.DROPPED))
    )


def records(session: Session) -> Sequence[str]:
    """Every record of the vault that a letter's file lies in, or that was made of letters and is being sent."""
    own = session.exec(select(Letter.record).where(col(Letter.record).is_not(None))).all()
    further = session.exec(select(LetterFile.record).where(col(LetterFile.record).is_not(None))).all()
    heads = session.exec(select(Letter.head).where(col(Letter.head).is_not(None))).all()
    made = [each.values["record"] for each in due.planned(session, "letters-forget:")]
    return [each for each in (*own, *further, *heads, *made) if each]


def refers_to(session: Session, record: str) -> bool:
    """Whether a file that was handed in is still to be fetched from there for a letter."""
    for place in (col(Letter.file), col(LetterFile.file)):
        if session.exec(select(place).where(place.contains(record, autoescape=True)).limit(1)).first():
            return True
    return False


letters_search.attach(Letter.__table__)  # type: ignore[attr-defined]
