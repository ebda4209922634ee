"""Parts beside each other: each a process of its own, all run and reported, none stopped by another that fails."""

import json
from pathlib import Path

import pytest

from tests.chaos import report
from tests.chaos.__main__ import ALONE, LONG, PARTS, main
from tests.chaos.report import Found

PROGRAM = """#!/bin/sh
echo "begins $3" >> "{log}"
case "$3" in
    clock) other=disk ;;
    disk) other=clock ;;
    *) other="$3" ;;
esac
until grep -q "begins $other" "{log}"; do sleep 0.05; done
echo "ends $3" >> "{log}"
[ "$3" != fuzz ] || exit 7
"""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the parts, which do nothing here, say of their beginning and end; the fuzz dies without a report. The clock
    and the disk wait for each other, so that two run beside each other however busy the machine is."""
    log, program = tmp_path / "log", tmp_path / "program"
    program.write_text(PROGRAM.format(log=log))
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    return log


def test_one_part_that_dies_stops_no_other_and_is_said(
    tmp_path: Path, log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["fuzz", "clock", "disk", "--jobs", "2", "--into", str(tmp_path / "into")]) == 1
    assert {line.split()[1] for line in log.read_text().splitlines()} == {"fuzz", "clock", "disk"}
    assert capfd.readouterr().out == "failed: fuzz\n"
    assert json.loads((tmp_path / "into" / "chaos.json").read_text())["fuzz"]["wrong"] == "it ended with 7"


def test_what_measures_time_runs_first_and_alone_and_the_rest_as_many_at_once_as_wished(
    tmp_path: Path, log: Path
) -> None:
    main(["clock", "disk", "backup", *ALONE, "--jobs", "2", "--into", str(tmp_path)])
    lines = log.read_text().splitlines()
    assert lines[:4] == [f"{does} {name}" for name in ALONE for does in ("begins", "ends")]
    at_once, most = 0, 0
    for line in lines:
        at_once += 1 if line.startswith("begins") else -1
        most = max(most, at_once)
    assert most == 2


def test_all_parts_are_run_where_none_is_named(tmp_path: Path, log: Path) -> None:
    main(["--jobs", "4", "--into", str(tmp_path)])
    assert sorted(line for line in log.read_text().splitlines() if "begins" in line) == sorted(
        f"begins {name}" for name in PARTS
    )


def test_the_lines_stand_in_the_order_of_the_parts_whichever_ended_first(tmp_path: Path) -> None:
    for part in ("doors", "kills"):
        report.keep(tmp_path, part, Found(part, "1"), seed=1, minutes=0, order=list(PARTS))
    assert list(json.loads((tmp_path / "chaos.json").read_text())) == ["kills", "doors"]


def test_every_part_has_one_place() -> None:
    assert set(ALONE) | set(LONG) <= set(PARTS)
    assert not set(ALONE) & set(LONG)
