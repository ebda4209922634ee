"""Two persons turn out to be one: everything of the one becomes the other's."""

from sqlalchemy import Column, Table
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from storage.base import metadata
from storage.people import Member, Person, Role


def merge(session: Session, gone: int, kept: int) -> None:
    """Where both stand in the same place (members of one group, assigned to one task) the kept one's row stays, with
    the stronger of two roles."""
    _stronger_roles(session, gone, kept)
    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(key.target_fullname == "person.id" for key in column.foreign_keys):
                _move(session, table, column, gone, kept)
    session.flush()
    session.expire_all()
    for each in session.exec(select(Person).where((col(Person.id) == gone) | (col(Person.merged_into) == gone))).all():
        each.name, each.merged_into = "", kept
    session.flush()


def _stronger_roles(session: Session, gone: int, kept: int) -> None:
    order = list(Role)
    memberships = session.exec(select(Member).where(col(Member.person_id) == gone)).all()
    for each in memberships:
        same = select(Member).where(col(Member.person_id) == kept, col(Member.group_id) == each.group_id)
        other = session.exec(same).first()
        if other is not None and order.index(each.role) < order.index(other.role) and each.left_at is None:
            other.role, other.left_at = each.role, None
    session.flush()


def _move(session: Session, table: Table, column: Column[int], gone: int, kept: int) -> None:
    keys = list(table.primary_key.columns)
    for row in session.execute(table.select().where(column == gone)).all():
        this = [key == row._mapping[key] for key in keys]  # noqa: SLF001 - the public name of a row's mapping
        try:
            with session.begin_nested():
                session.execute(table.update().where(*this).values({column.name: kept}))
        except IntegrityError:
            session.execute(table.delete().where(*this))
