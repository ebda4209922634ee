"""From one day to another, in every form people write it; no text whatever makes reading fail, lie or take long."""

from datetime import date, datetime, time, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.calendar import Named, Wrong, find_stretches, nfc, say_weekday
from tests.handlers.calendar.table import CALENDAR, ZONE

FRIDAY = datetime(2026, 11, 20, tzinfo=ZONE)
LONGEST = 4096
A_MIDNIGHT = st.dates(date(2024, 1, 1), date(2060, 1, 1)).map(lambda day: datetime.combine(day, time.min, ZONE))


def understood(text: str, midnight: datetime = FRIDAY) -> str:
    """`24/11-28/11`, or why not, for each."""
    said = []
    for each in find_stretches(text, midnight, CALENDAR):
        days = f"{each.first.day}/{each.first.month}-{each.last.day}/{each.last.month}"
        said.append(each.wrong or (days if each.length > 1 else days.partition("-")[0]))
    return ", ".join(said)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("từ 24/11 đến 28/11", "24/11-28/11"),
        ("tu 24/11 den 28/11", "24/11-28/11"),
        ("từ ngày 24 tháng 11 đến hết ngày 28 tháng 11", "24/11-28/11"),
        ("từ 24 tháng 11 đến 28 tháng 11", "24/11-28/11"),
        ("24-28/11", "24/11-28/11"),
        ("24 - 28 tháng 11", "24/11-28/11"),
        ("24/11-28/11", "24/11-28/11"),
        ("24.11 – 28.11", "24/11-28/11"),
        ("30.11-4.12", "30/11-4/12"),
        ("30/11-4/12", "30/11-4/12"),
        ("30/11-4/12/2026", "30/11-4/12"),
        ("30/12/2026-5/1/2027", "30/12-5/1"),
        ("30/12-5/1", "30/12-5/1"),
        ("từ ngày 28 đến hết ngày 1/12", "28/11-1/12"),
        ("từ ngày 5 đến ngày 25", "5/12-25/12"),
        ("từ ngày 23 đến ngày 5/1", "23/12-5/1"),
        ("24-11-2026 - 28-11-2026", "24/11-28/11"),
        ("2026-11-24 đến 2026-11-26", "24/11-26/11"),
        ("thứ 2 đến thứ 6", "23/11-27/11"),
        ("tu thu hai den het thu sau", "23/11-27/11"),
        ("thu 2 toi thu 4 sang", "23/11-25/11"),
        ("T2-T6", "23/11-27/11"),
        ("T2-6 tuần sau", "23/11-27/11"),
        ("thứ 2-6", "23/11-27/11"),
        ("thứ hai tuần tới tới thứ tư tuần tới", "23/11-25/11"),
        ("thứ 7 đến thứ 3", "21/11-24/11"),
        ("thứ 7 tuần này đến thứ 2 tuần sau", "21/11-23/11"),
        ("mai đến thứ 4", "21/11-25/11"),
        ("từ 1/12 đến thứ 6", "1/12-4/12"),
        ("23/11 - thứ 2", "23/11"),
        ("tuần sau", "23/11-29/11"),
        ("tuần này", "20/11-22/11"),
        ("từ mai đến hết tuần sau", "21/11-29/11"),
        ("hôm nay", "20/11"),
        ("mai", "21/11"),
        ("đến hết ngày 27/11", "20/11-27/11"),
        ("đến cuối tháng", "20/11-30/11"),
        ("7,8,9/12", "7/12, 8/12, 9/12"),
        ("ngày 7, 8 và 9 tháng 12", "7/12, 8/12, 9/12"),
        ("28, 29, 3/12", "28/11, 29/11, 3/12"),
        ("7/12,8/12", "7/12, 8/12"),
        ("7-9, 11/12", "7/12-9/12, 11/12"),
        ("7,9-11/12", "7/12, 9/12-11/12"),
        ("Phòng 3, 9/12", "9/12"),
        ("thứ 4 và CN", "25/11, 22/11"),
        ("Mon to Fri", "23/11-27/11"),
        ("Monday–Friday next week", "23/11-27/11"),
        ("Mon-Thu", "23/11-26/11"),
        ("from 23/11 to 27/11", "23/11-27/11"),
        ("until next Wednesday", "20/11-25/11"),
        ("today", "20/11"),
        ("tomorrow", "21/11"),
        ("next week", "23/11-29/11"),
        ("món tủ, sụn", ""),
        ("tổ 27/11, mục 3.2", ""),
    ],
)
def test_stretches_are_read_as_people_write_them(text: str, days: str) -> None:
    assert understood(text) == days


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("31/2", Wrong.UNCLEAR),
        ("29/2-2/3", Wrong.UNCLEAR),
        ("thứ 6", Wrong.UNCLEAR),
        ("thứ 6 đến chủ nhật", Wrong.UNCLEAR),
        ("hôm nay đến thứ 6", Wrong.UNCLEAR),
        ("thứ 2 đến thứ 2", Wrong.UNCLEAR),
        ("cuối tuần", Wrong.UNCLEAR),
        ("tháng 12", Wrong.UNCLEAR),
        ("hằng tuần", Wrong.UNCLEAR),
        ("trước 27/11", Wrong.UNCLEAR),
        ("trong 3 ngày", Wrong.UNCLEAR),
        ("từ 25/11 đến 23/11", Wrong.BACKWARDS),
        ("thứ 4 đến thứ 2 tuần sau", Wrong.BACKWARDS),
        ("19/11", Wrong.PAST),
        ("đến 19/11", Wrong.PAST),
        ("từ 1/10 đến 27/11", Wrong.PAST),
        ("thứ 3 đến thứ 5 tuần này", Wrong.PAST),
        ("thứ 2 8h 23/11", Wrong.HOUR),
    ],
)
def test_what_is_no_stretch_ahead_says_why(text: str, wrong: Wrong) -> None:
    assert [each.wrong for each in find_stretches(text, FRIDAY, CALENDAR)] == [wrong]


@pytest.mark.parametrize(
    ("text", "named", "said"),
    [
        ("Bình từ ngày 23/11", Named.FIRST, "từ ngày 23/11"),
        ("Bình cho đến hết 27/11 nhé", Named.LAST, "cho đến hết 27/11"),
        ("thứ tư ngày 25/11", Named.WHOLE, "thứ tư ngày 25/11"),
        ("tôi 25/11", Named.WHOLE, "25/11"),
        ("tới 25/11", Named.LAST, "tới 25/11"),
    ],
)
def test_an_end_that_is_not_named_is_told(text: str, named: Named, said: str) -> None:
    (found,) = find_stretches(text, FRIDAY, CALENDAR)
    assert (found.named, found.said) == (named, said)


FORMS = (
    "từ {a.day}/{a.month} đến {b.day}/{b.month}", "tu {a.day}/{a.month} den het {b.day}/{b.month}",
    "{a.day}/{a.month}-{b.day}/{b.month}", "{a.day}.{a.month} - {b.day}.{b.month}",
    "{a.day}-{b.day}/{b.month}", "{a.day} đến {b.day}/{b.month}/{b.year}", "{a.day} – {b.day} tháng {b.month}",
    "{a.day}/{a.month}/{a.year}-{b.day}/{b.month}/{b.year}", "từ {a.day}/{a.month} to {b.day}/{b.month}",
    "ngày {a.day} tháng {a.month} đến ngày {b.day} tháng {b.month}", "{a.day},{b.day}/{b.month}",
)  # fmt: skip


@given(A_MIDNIGHT, st.integers(0, 200), st.integers(1, 27), st.sampled_from(FORMS))
def test_two_days_in_any_form_are_read_back(midnight: datetime, ahead: int, length: int, form: str) -> None:
    first = midnight.date() + timedelta(days=ahead)
    last = first + timedelta(days=length)
    found = find_stretches(form.format(a=first, b=last), midnight, CALENDAR)
    assert (found[0].first, found[-1].last) == (first, last)
    assert [each.wrong for each in found] == [None] * len(found)
    assert len(found) == 1 + ("," in form)


@given(A_MIDNIGHT, st.integers(0, 6), st.integers(1, 6), st.sampled_from(("{} đến {}", "từ {} tới hết {}", "{}-{}")))
def test_a_stretch_of_weekdays_is_the_next_one_and_less_than_a_week(
    midnight: datetime, since: int, length: int, form: str
) -> None:
    first = midnight.date() + timedelta(days=since)
    last = first + timedelta(days=length)
    text = form.format(say_weekday(first), say_weekday(last))
    (found,) = find_stretches(text, midnight, CALENDAR)
    if since == 0:
        assert found.wrong is Wrong.UNCLEAR
    else:
        assert (found.first, found.last, found.wrong) == (first, last, None)


PIECES = (
    "7,", "1-", "1/1-", "thứ 2", "T2-", "đến", "từ ngày", "mai", "tuần sau", "7,8,9/12", "mon", "to", "Friday",
    "24-28/11",
    "toi", "tối", "tới", "31/12/2199", "hằng tuần", "8h", "và", ",", "-", ".", "\n", "ngày 31", "31/2", "99/99", "@an",
    "next week", "cuối tháng", "chậm nhất", "trước", "Phòng 3", "\ue000", "𝟏/𝟏", "٣/٤", "0/0", "tết", "rằm", "30.11",
)  # fmt: skip
ANYTHING = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14).flatmap(
    lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)])
)


@given(ANYTHING, A_MIDNIGHT)
def test_whatever_is_written_the_spans_are_its_own_and_good_days_are_ahead(text: str, midnight: datetime) -> None:
    place = 0
    for found in find_stretches(text, midnight, CALENDAR):
        assert place <= found.start < found.end
        assert found.said == nfc(text)[found.start : found.end]
        if found.wrong is None:
            assert midnight.date() <= found.first <= found.last
        place = found.end


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.sampled_from(("", " ", ", ")))
def test_a_text_as_long_as_a_message_is_read_quickly(pieces: list[str], gap: str) -> None:
    text = (gap.join([*pieces, ""]) * LONGEST)[:LONGEST]
    began = process_time()
    find_stretches(text, FRIDAY, CALENDAR)
    assert process_time() - began < 0.5  # 0.1 on a quiet machine


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("thứ 2, 4, 6", "23/11, 25/11, 27/11"),
        ("thứ 2, 4 và 6 tuần sau", "23/11, 25/11, 27/11"),
        ("thu 2,4,6 Bình", "23/11, 25/11, 27/11"),
        ("T2,T4,T6", "23/11, 25/11, 27/11"),
        ("thứ hai, thứ tư và thứ sáu", "23/11, 25/11, 27/11"),
        ("thứ 7, CN", "21/11, 22/11"),
        ("thứ 7, thứ 2 tuần sau", "21/11, 23/11"),
        ("thứ 2, 3 người", "23/11"),
        ("thứ 6, 7", "unclear, 21/11"),
        ("T2, T4 tuần này", "past, past"),
        ("thứ 2 tuần sau, thứ 4 tuần sau nữa", "23/11, 2/12"),
    ],
)
def test_days_of_the_week_in_a_list(text: str, days: str) -> None:
    assert understood(text) == days


def test_a_week_said_last_is_that_of_every_day_in_the_list() -> None:
    assert understood("T5, T6 tuần sau", datetime(2026, 11, 17, tzinfo=ZONE)) == "26/11, 27/11"


@pytest.mark.parametrize("text", ["từ 24/7 đến 25/7", "24/7-25/7", "24/7 - 25/7", "24/7 đến hết ngày 25/7"])
def test_the_24th_of_july_begins_a_stretch(text: str) -> None:
    assert understood(text, datetime(2026, 7, 20, tzinfo=ZONE)) == "24/7-25/7"


@pytest.mark.parametrize("text", ["22/7-24/7", "22/7 - 24/7", "từ 22/7 đến 24/7", "22-24/7"])
def test_the_24th_of_july_ends_a_stretch(text: str) -> None:
    assert understood(text, datetime(2026, 7, 20, tzinfo=ZONE)) == "22/7-24/7"


def test_day_and_night_is_no_day() -> None:
    assert understood("trực 24/7", datetime(2026, 7, 20, tzinfo=ZONE)) == ""
