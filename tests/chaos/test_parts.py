"""Every torment in its short form, and that the report says what was found."""

import json
from pathlib import Path

import pytest

from tests import postgres
from tests.chaos import backups, doors, kills, outages, report, weathers
from tests.chaos.__main__ import PARTS, SEED, main
from tests.chaos.report import Found

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize("webhook", [False, True])
async def test_one_of_two_replicas_killed_again_and_again_changes_nothing(
    tmp_path: Path, postgres_server: postgres.Server, webhook: bool
) -> None:
    found = await kills.on_postgresql(tmp_path, postgres_server.url(), times=2, seed=SEED, webhook=webhook)
    assert found.figures["commands given"] >= 2


async def test_in_bad_weather_everything_arrives_and_nothing_is_done_twice(tmp_path: Path) -> None:
    found = await weathers.run(tmp_path / "office", times=6, seed=SEED)
    assert found.figures["updates told again"] > 0


async def test_a_database_out_of_reach_is_only_a_pause(tmp_path: Path, postgres_server: postgres.Server) -> None:
    found = await outages.run(tmp_path, postgres_server, seconds=3, seed=SEED, causes=["unreachable"])
    assert not found.wrong


async def test_a_backup_under_load_holds_what_was_accepted_and_works_elsewhere(tmp_path: Path) -> None:
    found = await backups.run(tmp_path, times=1, seed=SEED)
    assert found.figures["commands"] > 0


async def test_who_knocks_wrongly_is_refused(tmp_path: Path) -> None:
    """What a refusal costs is judged in the long form: the machine is busy here."""
    found = await doors.run(tmp_path / "office", times=5, seed=SEED)
    assert {each.name for each in doors.knocks()} <= set(found.figures)


def test_the_report_keeps_a_line_for_each_part_and_says_what_failed(tmp_path: Path) -> None:
    report.keep(tmp_path, "kills", Found("killed", "3 kills", figures={"commands": 7}), seed=1, minutes=0.2)
    report.keep(tmp_path, "doors", Found("knocked", "2 of each", wrong="a | b\nc", shorter=True), seed=2, minutes=1)
    page, kept = (tmp_path / "chaos.md").read_text(), json.loads((tmp_path / "chaos.json").read_text())
    assert "| kills | killed | 3 kills | 1 | held | commands: 7 |" in page
    assert "| doors | knocked | 2 of each (shorter) | 2 | **failed**: a / b c |  | 1 |" in page
    assert list(kept) == ["kills", "doors"]
    report.keep(tmp_path, "kills", Found("killed", "4 kills"), seed=1, minutes=0.2)
    assert "3 kills" not in (tmp_path / "chaos.md").read_text()


def test_a_part_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["hail"])
    assert ended.value.code == 2
    assert "no such part: hail" in capsys.readouterr().err
    assert "kills" in PARTS
