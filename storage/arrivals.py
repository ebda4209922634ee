"""The register's running numbers: one series a year and group (NĐ 30/2020, phụ lục VI)."""

from sqlmodel import Field, Session, SQLModel

from storage.base import insert


class RegisterYear(SQLModel, table=True):
    """The last number given out."""

    __tablename__ = "register_year"

    group_id: int = Field(foreign_key="work_group.id", primary_key=True)
    year: int = Field(primary_key=True)
    count: int


_COUNT = RegisterYear.__table__  # type: ignore[attr-defined]


def next_number(session: Session, group_id: int, year: int) -> int:
    """The next number of the year; two who ask at once get two numbers."""
    first = insert(session, _COUNT).values(group_id=group_id, year=year, count=1)
    counted = first.on_conflict_do_update(index_elements=["group_id", "year"], set_={"count": _COUNT.c.count + 1})
    return int(session.execute(counted.returning(_COUNT.c.count)).scalar_one())
