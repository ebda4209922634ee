"""The bench in its short form: it runs, counts right, and says whether goals are reached. No figure is judged here."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.bench import report
from tests.bench.children import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(660)]
PARTS = ("assign", "outgoing", "limit", "footprint", "morning", "long-run", "flat", "rest")


def bench(*arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--short", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    measured: dict[str, Any] = json.loads(bench("--json", *PARTS))
    return measured


def test_every_part_is_measured(found: dict[str, Any]) -> None:
    assert set(found) == {"machine", *PARTS}


def test_every_assignment_is_counted_durable_with_its_two_messages(found: dict[str, Any]) -> None:
    assign = found["assign"]
    assert assign["updates"] == 12
    assert assign["all_durable"] is True
    assert min(assign[name]["per_second"] for name in ("program", "echo", "echo_in_turn")) > 0


def test_every_outgoing_message_is_counted_and_recorded(found: dict[str, Any]) -> None:
    assert found["outgoing"]["messages"] == 30
    assert found["outgoing"]["all_recorded_as_sent"] is True


def test_at_the_limit_nothing_is_refused(found: dict[str, Any]) -> None:
    assert found["limit"]["messages"] == 6
    assert found["limit"]["refused"] == 0


def test_at_the_limit_nothing_is_refused_in_turned_time_either(found: dict[str, Any]) -> None:
    assert found["long-run"]["messages"] == found["morning"]["messages"]
    assert found["long-run"]["refused"] == 0


def test_event_transaction_and_delivery_stand_apart_or_it_is_said_why_not(found: dict[str, Any]) -> None:
    apart = found["assign"]["apart"]
    if "not_sampled" in apart:
        assert apart["not_sampled"].startswith("py-spy")
    else:
        assert min(apart["event_us"], apart["transaction_us"], apart["delivery_us"]) > 0


def test_every_person_has_a_digest_in_the_outbox_and_every_group_one(found: dict[str, Any]) -> None:
    assert found["morning"]["messages"] == 3 * (15 + 1)


def test_each_step_is_taken_on_both_databases(found: dict[str, Any]) -> None:
    assert found["flat"]["tasks"] == {"small": 1000, "large": 1500}
    assert len(found["flat"]["p95_ms"]) == 5
    assert all(min(each.values()) > 0 for each in found["flat"]["p95_ms"].values())


def test_the_start_is_timed_and_the_memory_weighed(found: dict[str, Any]) -> None:
    assert found["footprint"]["ready_seconds"] > 0
    assert found["footprint"]["memory_mb"] > 10


def test_the_table_has_a_line_for_each_goal_and_names_what_is_missed(found: dict[str, Any]) -> None:
    told = report.table(found)
    for what in (
        "/assign beside an echo bot",
        "processor time apart",
        "raw aiohttp",
        "enforced limit",
        "ready after",
        "memory",
    ):
        assert what in told
    slow = {"footprint": {**found["footprint"], "ready_seconds": 3.0, "memory_mb": 50.0}}
    assert report.missed(slow) == ["ready after the start"]
    assert "MISSED" in report.table(slow)


def test_a_part_that_does_not_exist_is_refused() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench", "speed"], cwd=ROOT, capture_output=True, text=True, timeout=110
    )
    assert ran.returncode == 2
    assert "no such part: speed" in ran.stderr
