"""This program on the tables of an earlier or a later version: what it does, what it refuses, what the doctor says."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from bot.doctor import doctor
from bot.personal import export_person, forget_person
from bot.serving import NotReady
from config.settings import Settings
from storage import schema
from storage.database import open_engine
from storage.migrations import HEAD
from storage.moving import CannotMove, move
from tests.stage import FRIDAY

LATER = "9999"


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    settings.data_dir.mkdir()
    made = open_engine(settings.database)
    schema.bring_up_to_date(made)
    yield made
    made.dispose()


def becomes(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


async def said_by_the_doctor(settings: Settings) -> str:
    lines: list[str] = []
    await doctor(settings, lines.append, FRIDAY)
    return "\n".join(lines)


def test_the_tables_of_a_later_version_are_left_as_they_are(engine: Engine) -> None:
    assert schema.later_revision(engine) is None
    becomes(engine, LATER)
    schema.bring_up_to_date(engine)
    assert schema.later_revision(engine) == LATER


async def test_the_doctor_says_that_the_tables_are_a_later_versions_and_that_this_is_no_trouble(
    settings: Settings, engine: Engine
) -> None:
    assert "phiên bản mới hơn" not in await said_by_the_doctor(settings)
    becomes(engine, LATER)
    said = await said_by_the_doctor(settings)
    assert f"ok   Bảng dữ liệu ở bản {LATER} của một phiên bản mới hơn (chương trình này: {HEAD})" in said


async def test_the_doctor_says_that_the_tables_have_not_been_brought_up_yet(settings: Settings, engine: Engine) -> None:
    becomes(engine, "0001")
    said = await said_by_the_doctor(settings)
    assert f"KẸT  Bảng dữ liệu còn ở bản 0001, chương trình này cần bản {HEAD}" in said
    assert "không trả lời" not in said.split("Bảng dữ liệu")[1]


async def test_the_doctor_says_that_there_are_no_tables(settings: Settings, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    assert "Không có cơ sở dữ liệu ở" in await said_by_the_doctor(settings)


def test_what_takes_everything_along_is_left_to_the_version_that_knows_everything(
    settings: Settings, engine: Engine
) -> None:
    becomes(engine, LATER)
    with pytest.raises(NotReady, match=LATER):
        forget_person(settings, "#1", sure=True, say=lambda _line: None)
    with pytest.raises(NotReady, match=LATER):
        export_person(settings, "#1")
    engine.dispose()
    with pytest.raises(CannotMove, match=LATER):
        move(settings.database, f"sqlite:///{settings.data_dir}/new.sqlite")
    becomes(engine, HEAD)
    engine.dispose()
    move(settings.database, f"sqlite:///{settings.data_dir}/new.sqlite")
