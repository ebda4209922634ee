"""The adapter's stores on a real database: encrypted, replaced one at a time, and signs of life that never go back."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import zalo
from storage.base import metadata
from storage.columns import Secrets
from storage.database import Database

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
SECRETS = Secrets(bytes(32))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'zalo.sqlite'}")
    metadata.create_all(opened.engine)
    yield opened
    opened.close()


async def test_of_two_replacements_of_one_generation_only_one_counts(database: Database) -> None:
    store = zalo.SecretText(database, SECRETS, zalo.TOKENS)
    assert await store.read() is None
    assert sorted(await asyncio.gather(store.replace(0, "một"), store.replace(0, "hai"))) == [False, True]
    assert sorted(await asyncio.gather(*(store.replace(1, f"{number}") for number in range(5))))[-2:] == [False, True]
    kept = await store.read()
    assert kept is not None
    assert kept[0] == 2
    assert not await store.replace(7, "x")


async def test_what_lies_in_the_database_cannot_be_read_nor_moved(database: Database) -> None:
    await zalo.SecretText(database, SECRETS, zalo.TOKENS).replace(0, "refresh-secret")
    hidden = await database.run(lambda session: session.execute(text("SELECT hidden FROM zalo_secret")).scalar_one())
    assert "refresh" not in hidden
    with pytest.raises(Exception, match=zalo.LOGIN):
        SECRETS.show(hidden, zalo.LOGIN)


async def test_an_older_sign_of_life_does_not_overwrite_a_newer_one(database: Database) -> None:
    contacts = zalo.Contacts(database)
    await contacts.save({"1": (NOW, True, False), "2": (NOW, None, False)})
    await contacts.save({"1": (NOW - timedelta(days=1), None, True), "2": (NOW + timedelta(days=1), False, True)})
    assert await contacts.load() == {
        "1": (NOW, True, False),
        "2": (NOW + timedelta(days=1), False, True),
    }
    assert list(await contacts.load(frozenset({"2", "3"}))) == ["2"]
    await contacts.forget("1")
    assert list(await contacts.load()) == ["2"]


async def test_who_becomes_unreachable_soon_is_told_soonest_first(database: Database) -> None:
    week, soon = timedelta(days=7), timedelta(days=2)
    heard = {name: NOW - timedelta(days=days) for name, days in (("a", 5.5), ("b", 6.5), ("c", 4), ("d", 8))}
    await zalo.Contacts(database).save({name: (last, True, False) for name, last in heard.items()})
    await zalo.Contacts(database).save({"e": (NOW - timedelta(days=6), True, True)})
    found = await database.run(lambda session: zalo.closing(session, NOW, week, soon))
    assert [(person, end - NOW) for person, end in found] == [
        ("b", timedelta(days=0.5)),
        ("a", timedelta(days=1.5)),
    ]
