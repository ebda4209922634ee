"""Phone numbers that people, or who leads them, have given: encrypted, for notices where nothing else arrives."""

from sqlmodel import Field, Session, SQLModel, col, select

from storage import people
from storage.columns import SecretBroken, Secrets


class Phone(SQLModel, table=True):
    __tablename__ = "phone"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True)
    hidden: str
    """`84…`, hidden by storage.columns.Secrets at the place `phone:<id>`."""


def of(session: Session, secrets: Secrets, person_id: int) -> str | None:
    """None as well when the key it was hidden with is lost."""
    found = _row(session, person_id)
    try:
        return secrets.show(found.hidden, _place(found)) if found is not None else None
    except SecretBroken:
        return None


def of_account(session: Session, secrets: Secrets, messenger: str, ref: str) -> str | None:
    account = people.account(session, messenger, ref)
    return of(session, secrets, account.person_id) if account is not None else None


def keep(session: Session, secrets: Secrets, person_id: int, number: str) -> None:
    found = _row(session, person_id) or Phone(person_id=person_id, hidden="")
    session.add(found)
    session.flush()
    found.hidden = secrets.hide(number, _place(found))
    session.flush()


def forget(session: Session, person_id: int) -> bool:
    """Whether there was one to forget."""
    found = _row(session, person_id)
    if found is not None:
        session.delete(found)
        session.flush()
    return found is not None


def _row(session: Session, person_id: int) -> Phone | None:
    return session.exec(select(Phone).where(col(Phone.person_id) == person_id)).first()


def _place(row: Phone) -> str:
    return f"phone:{row.id}"
