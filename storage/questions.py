"""Questions that wait for a person's answer, the same on every messenger."""

import json
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, delete, func, select

from storage.base import Instant


class Question(SQLModel, table=True):
    __tablename__ = "question"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    """Names the answer handler (`tasks.deadline`)."""
    messenger: str
    chat: str
    account: str = Field(index=True)
    """Who is asked (the account's id on the messenger)."""
    group_id: int | None = None
    facts: str = "{}"
    options: str = "[]"
    """JSON list of the values behind the numbered options."""
    asked_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)

    @property
    def values(self) -> dict[str, Any]:
        return dict(json.loads(self.facts))

    @property
    def choices(self) -> list[str]:
        return list(json.loads(self.options))


def add(session: Session, question: Question) -> Question:
    session.add(question)
    session.flush()
    return question


def get(session: Session, question_id: int) -> Question | None:
    return session.get(Question, question_id)


def pending(session: Session, messenger: str, chat: str, account: str, now: datetime) -> Question | None:
    """The latest open question to this account in this chat."""
    found = (
        select(Question)
        .where(col(Question.messenger) == messenger, col(Question.chat) == chat, col(Question.account) == account)
        .where(col(Question.expires_at) > now)
        .order_by(col(Question.id).desc())
        .limit(1)
    )
    return session.exec(found).first()


def move(session: Session, question: Question, messenger: str, account: str) -> None:
    """The person is asked in another private chat of theirs."""
    question.messenger, question.chat, question.account = messenger, account, account
    session.flush()


def close(session: Session, question: Question) -> dict[str, Any]:
    """Its facts. The row stays a while without what it held: old buttons bear its number, and SQLite would give that of
    a deleted row to another."""
    facts = question.values
    question.expires_at, question.facts, question.options = question.asked_at, "{}", "[]"
    session.flush()
    return facts


def forget_before(session: Session, moment: datetime) -> None:
    """Questions whose time ended before `moment`; the latest keeps its number."""
    old = delete(Question).where(col(Question.expires_at) < moment)
    session.execute(old.where(col(Question.id) < select(func.max(Question.id)).scalar_subquery()))
