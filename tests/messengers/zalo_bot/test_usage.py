"""What the bots use of their free tier, counted by several replicas: it adds up, and all of them know it."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import select

from bot.messengers.zalo_bot.keeping import Keeping
from bot.messengers.zalo_bot.usage import Meter, Nearly
from config.settings import Settings
from storage import schema
from storage.database import Database
from storage.zalo import UsageBook, ZaloUsage
from tests.stage import FRIDAY

BOT = "4001"


class Calendar:
    def __init__(self) -> None:
        self.day = date(2026, 11, 20)


@pytest.fixture
def book(settings: Settings) -> Iterator[UsageBook]:
    settings.data_dir.mkdir()
    database = Database(settings.database)
    schema.bring_up_to_date(database.engine)
    yield UsageBook(database, lambda: FRIDAY)
    database.close()


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


async def replica(book: UsageBook, calendar: Calendar) -> tuple[Keeping, Meter]:
    meter = Meter(BOT, lambda: calendar.day)
    keeping = Keeping(book, {BOT: meter})
    await keeping.restore()
    return keeping, meter


async def total(book: UsageBook) -> int:
    return sum(each[2] for each in await book.load())


async def test_what_each_replica_counted_adds_up_and_each_knows_it(book: UsageBook, calendar: Calendar) -> None:
    a, first = await replica(book, calendar)
    b, second = await replica(book, calendar)
    for number in range(3):
        first.message(f"person {number}")
    for _ in range(4):
        second.message("person 0")
    await a.save()
    await b.save()
    assert await total(book) == 7
    assert second.usage.messages == 7
    assert len(second.usage.people) == 3
    first.message()
    await a.save()
    assert first.usage.messages == await total(book) == 8


async def test_nothing_is_counted_twice_by_saving_again_or_starting_again(book: UsageBook, calendar: Calendar) -> None:
    a, first = await replica(book, calendar)
    first.message("lan")
    for _ in range(3):
        await a.save()
    again, meter = await replica(book, calendar)
    assert meter.usage.messages == 1
    await again.save()
    assert await total(book) == 1


async def test_what_is_counted_while_it_is_kept_is_kept_next(book: UsageBook, calendar: Calendar) -> None:
    a, first = await replica(book, calendar)
    first.message()
    told = first.unsaved
    first.message()
    [kept] = await book.save([told])
    first.note_kept(told, kept)
    assert first.usage.messages == 2
    await a.save()
    assert await total(book) == 2


async def test_a_new_month_begins_at_nothing_and_who_is_late_does_not_bring_the_old_one_back(
    book: UsageBook, calendar: Calendar
) -> None:
    a, first = await replica(book, calendar)
    b, second = await replica(book, calendar)
    first.message("lan")
    await a.save()
    second.message("binh")
    late = second.unsaved
    calendar.day = date(2026, 12, 1)
    first.message()
    await a.save()
    [kept] = await book.save([late])
    assert (await book.load())[0][1:3] == (date(2026, 12, 1), 1)
    assert kept[1:3] == (date(2026, 12, 1), 1)
    assert sorted((await book.load())[0][3]) == ["binh", "lan"]
    second.message()
    await b.save()
    assert await total(book) == second.usage.messages == 2


async def test_the_warning_counts_what_all_have_used(book: UsageBook, calendar: Calendar) -> None:
    a, first = await replica(book, calendar)
    b, second = await replica(book, calendar)
    for _ in range(1300):
        first.message()
    for _ in range(1200):
        second.message()
    await a.save()
    assert not first.usage.nearly
    await b.save()
    assert second.usage.nearly == {Nearly.MESSAGES}
    await b.save()
    warned = await book._database.run(lambda session: [each.warned for each in session.exec(select(ZaloUsage))])
    assert warned == ['["messages"]']
