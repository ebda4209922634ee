"""What an operator sees of the program: numbers on /metrics, and one id in the logs from intake to delivery."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError

from bot.chat.messenger import DeliveryFailed, Outcome
from bot.demo.samples import docx
from config.logging import JsonLines
from tests.stage import Actor, Office, Room


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """Everything that is logged."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
async def lan(office: Office) -> Actor:
    office.anything_goes()
    return office.person("Lan", "lan", started=True)


@pytest.fixture
async def room(office: Office, lan: Actor) -> Room:
    made = office.room("Nhóm", admins=[lan])
    await lan.says("/setup Tổ một", made)
    return made


async def numbers(office: Office) -> dict[tuple[str, tuple[str, ...]], float]:
    """By name and the values of the labels, these in the order of their names."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{office.app.web.port}/metrics") as answer,
    ):
        said = await answer.text()
    return {
        (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(said)
        for sample in family.samples
    }


def told(lines: StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


async def test_events_are_counted_by_kind_and_end(office: Office, lan: Actor, room: Room) -> None:
    await lan.says("/giao @lan Báo cáo số liệu, hạn 16h 27/11", room)
    await lan.says("/khongco", room)
    await lan.presses("Nhận việc")
    seen = await numbers(office)
    assert seen["giaoban_events_handled_total", ("handled", "said", "paper")] == 2
    assert seen["giaoban_events_handled_total", ("refused", "said", "paper")] == 1
    assert seen["giaoban_events_handled_total", ("handled", "pressed", "paper")] == 1
    assert seen["giaoban_refusals_total", ("refuse-unknown-command",)] == 1
    assert seen["giaoban_event_seconds_count", ("said",)] == 3


async def test_an_event_that_fails_is_counted_and_stays_parked(
    office: Office, lan: Actor, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(office.app.engine.router, "handle", broken)
    await lan.says("/viec", room)
    seen = await numbers(office)
    assert seen["giaoban_events_handled_total", ("failed", "said", "paper")] == 1
    assert seen["giaoban_inbox_parked", ()] == 1


async def test_the_messengers_answers_are_counted_by_what_they_say(office: Office, lan: Actor, room: Room) -> None:
    office.paper.failures = [DeliveryFailed(Outcome.SLOW_DOWN, "429", after=0.01)]
    await lan.says("/viec", room)
    seen = await numbers(office)
    assert seen["giaoban_messenger_answers_total", ("paper", "slow_down")] == 1
    assert seen["giaoban_messenger_answers_total", ("paper", "arrived")] >= 1
    assert seen["giaoban_messages_sent_total", ("paper", "reply")] >= 1


async def test_what_waits_is_told_by_messenger_and_urgency_with_its_age(office: Office, lan: Actor, room: Room) -> None:
    office.paper.failures = [DeliveryFailed(Outcome.TRY_AGAIN, "503")] * 50
    await lan.says("/viec", room)
    office.app.clock.turn(office.now.replace(minute=office.now.minute + 2))
    seen = await numbers(office)
    assert seen["giaoban_outbox_depth", ("paper", "reply")] == 1
    assert seen["giaoban_outbox_oldest_seconds", ("paper", "reply")] == 120
    assert seen["giaoban_outbox_depth", ("paper", "bulk")] == 0
    assert seen["giaoban_outbox_waiting", ()] == 1


async def test_how_late_reminders_are_is_told(office: Office, lan: Actor, room: Room) -> None:
    await lan.says("/giao @lan Báo cáo số liệu, hạn 16h 27/11", room)
    await office.down_until("2026-11-27 15:00")
    seen = await numbers(office)
    late = {key: value for key, value in seen.items() if key[0] == "giaoban_due_late_seconds_sum"}
    assert max(late.values()) > 3600, late


async def test_jobs_are_counted_and_timed(office: Office, lan: Actor, room: Room) -> None:
    await lan.says("/niem", room, file=("Danh sách.docx", docx(["Danh sách"])))
    seen = await numbers(office)
    done = [labels for name, labels in seen if name == "giaoban_jobs_total"]
    assert {ended for ended, _ in done} == {"done"}
    assert all(seen["giaoban_job_seconds_count", (kind,)] >= 1 for _, kind in done)


async def test_one_id_follows_an_event_from_intake_to_delivery(
    office: Office, lan: Actor, room: Room, lines: StringIO
) -> None:
    await lan.says("/giao @lan Báo cáo số liệu, hạn 16h 27/11", room)
    events = [each for each in told(lines) if each["what"] == "event"]
    assert len(events) == 1
    assert events[0]["trace"].startswith("in-")
    arrived = [each for each in told(lines) if each["what"] == "a message arrived"]
    assert arrived
    assert {each["trace"] for each in arrived} == {events[0]["trace"]}


async def test_the_id_goes_through_a_slow_job_as_well(office: Office, lan: Actor, room: Room, lines: StringIO) -> None:
    await lan.says("/niem", room, file=("Danh sách.docx", docx(["Danh sách"])))
    asked = next(each["trace"] for each in told(lines) if each["what"] == "event")
    jobs = [each for each in told(lines) if each["what"] == "job"]
    assert jobs
    assert {each["trace"] for each in jobs} == {asked}
    arrived = [each["trace"] for each in told(lines) if each["what"] == "a message arrived"]
    assert arrived.count(asked) >= 2


async def test_what_a_handler_logs_bears_the_id(
    office: Office, lan: Actor, room: Room, lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        logging.getLogger("handlers").warning("from within")
        raise ValueError("Trần Văn Bình 0912" + "345678")

    monkeypatch.setattr(office.app.engine.router, "handle", broken)
    await lan.says("/viec", room)
    within, failed = (
        next(each for each in told(lines) if each["what"] == what)
        for what in ("from within", "an event could not be handled")
    )
    assert within["trace"] == failed["trace"]
    assert "ValueError" in failed["failure"]
    assert "0912345678" not in lines.getvalue()


async def test_while_the_database_is_away_what_is_known_without_it_is_told_and_nothing_old(
    office: Office, lan: Actor, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await numbers(office)
    assert before["giaoban_database_ready", ()] == 1
    with monkeypatch.context() as away:

        def silent(_session: object) -> None:
            raise OperationalError("", {}, Exception("no answer"))

        away.setattr("storage.backlog.unhandled", silent)
        seen = await numbers(office)
    assert seen["giaoban_database_ready", ()] == 0
    assert seen["giaoban_events_handled_total", ("handled", "said", "paper")] >= 1
    assert ("giaoban_messenger_ready", ("paper",)) in seen
    assert not {name for name, _ in seen if name.startswith(("giaoban_inbox", "giaoban_outbox", "giaoban_leases"))}
    after = await numbers(office)
    assert after.keys() == before.keys()
    assert after["giaoban_database_ready", ()] == 1
