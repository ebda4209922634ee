"""`giaoban when`: how a phrase is understood, said on the command line."""

import json
from typing import Any

import pytest

from bot.cli import run

NOW = "2026-11-20T10:00"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIAOBAN_DATA_DIR", str(tmp_path / "data"))


def when(capsys: pytest.CaptureFixture[str], phrase: str, now: str = NOW) -> Any:
    assert run(["when", phrase, "--now", now, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    return json.loads(out)


def test_one_reading_is_the_due_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert when(capsys, "chiều mai") == {
        "due": "2026-11-21T17:00:00+07:00",
        "rule": "on",
        "ask": [],
        "span": "chiều mai",
    }


def test_several_readings_are_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert when(capsys, "thứ 6") == {
        "due": None,
        "rule": "on",
        "ask": ["2026-11-20T17:00:00+07:00", "2026-11-27T17:00:00+07:00"],
        "span": "thứ 6",
    }


@pytest.mark.parametrize(
    ("phrase", "due", "rule", "span"),
    [
        ("Nộp báo cáo trước 16h ngày 25/11 nhé", "2026-11-25T16:00:00+07:00", "before", "trước 16h ngày 25/11"),
        ("chậm nhất là ngày 30/11/2026", "2026-11-30T17:00:00+07:00", "by", "chậm nhất là ngày 30/11/2026"),
        ("trước Tết", None, "fuzzy", "trước Tết"),
        ("định kỳ hàng tháng", None, "periodic", "định kỳ hàng tháng"),
        ("mùng 6", "2026-12-14T17:00:00+07:00", "on", "mùng 6"),
        ("3 ngày làm việc kể từ ngày nhận", "2026-11-26T17:00:00+07:00", "by", "3 ngày làm việc kể từ ngày nhận"),
    ],
)
def test_rule_and_span_are_told(
    capsys: pytest.CaptureFixture[str], phrase: str, due: str | None, rule: str, span: str
) -> None:
    told = when(capsys, phrase)
    assert (told["due"], told["rule"], told["span"]) == (due, rule, span)


def test_what_comes_again_has_its_next_time_and_its_rule(capsys: pytest.CaptureFixture[str]) -> None:
    told = when(capsys, "hạn 16h thứ 6 hằng tuần")
    assert told["due"] == "2026-11-20T16:00:00+07:00"
    assert told["recurring"] == "FREQ=WEEKLY;BYDAY=FR"


def test_a_range_tells_when_it_begins(capsys: pytest.CaptureFixture[str]) -> None:
    told = when(capsys, "từ 23/11 đến hết ngày 27/11")
    assert told["due"] == "2026-11-27T17:00:00+07:00"
    assert told["begins"].startswith("2026-11-23T")


def test_a_day_that_is_gone_or_does_not_exist_is_told_as_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    gone = when(capsys, "30/4/2020")
    assert (gone["due"], gone["ask"], gone["problem"]) == ("2020-04-30T17:00:00+07:00", [], "past")
    never = when(capsys, "31/2")
    assert (never["due"], never["ask"], never["problem"]) == (None, [], "impossible")
    other = when(capsys, "thứ Hai 25/11/2026")
    assert (other["due"], other["problem"]) == (None, "weekday-differs")
    assert other["ask"] == ["2026-11-25T17:00:00+07:00", "2026-11-23T17:00:00+07:00"]


def test_words_without_a_time_have_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert when(capsys, "báo cáo kết quả") == {"due": None, "rule": "fuzzy", "ask": [], "span": ""}


def test_a_moment_with_its_own_zone_is_put_into_the_offices(capsys: pytest.CaptureFixture[str]) -> None:
    assert when(capsys, "hôm nay", "2026-11-20T18:00+00:00")["due"] == "2026-11-21T17:00:00+07:00"


def test_without_json_a_person_reads_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["when", "chiều mai", "--now", NOW]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "due: 2026-11-21T17:00:00+07:00"


def test_a_wrong_moment_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(["when", "mai", "--now", "yesterday"])
    assert "--now" in capsys.readouterr().err
