"""How days and moments are said to people."""

from datetime import date, datetime

import pytest

from handlers.calendar import fold, nfc, say_day, say_moment, say_short, say_short_day, say_weekday
from tests.handlers.calendar.table import ZONE

MOMENT = datetime(2026, 11, 27, 16, 0, tzinfo=ZONE)


def test_a_moment_is_said_with_hour_weekday_and_date() -> None:
    assert say_moment(MOMENT) == "16:00 thứ Sáu, 27/11/2026"
    assert say_moment(MOMENT, "en") == "16:00 Friday, 27/11/2026"
    assert say_short(MOMENT) == "16:00 thứ Sáu 27/11"
    assert say_short(MOMENT, "en") == "16:00 Friday 27/11"


def test_a_day_is_said_with_its_weekday() -> None:
    assert say_day(date(2027, 1, 3)) == "Chủ nhật, 03/01/2027"
    assert say_day(date(2027, 1, 3), "en") == "Sunday, 03/01/2027"
    assert say_short_day(date(2026, 11, 23)) == "thứ Hai 23/11"


def test_the_week_begins_on_monday_which_is_the_second_day() -> None:
    week = [say_weekday(date(2026, 11, 23 + n)) for n in range(7)]
    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đến hạn thứ Sáu", "den han thu sau"), ("Ðà Nẵng", "da nang"), ("QUÝ Ⅳ", "quy ⅳ"), ("ß İ ﬁ 😀", "ß i ﬁ 😀")],
)
def test_folding_takes_marks_away(text: str, folded: str) -> None:
    assert len(fold(text)) == len(nfc(text))
    assert fold(text).replace("İ", "i") == folded
