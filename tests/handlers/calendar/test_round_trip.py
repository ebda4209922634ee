"""A date written in any form is read back; no text whatever makes reading fail, lie about its span, or take long."""

from datetime import date, datetime, time
from time import process_time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handlers.calendar import Problem, find_deadlines, fold, nfc, read_deadline, say_weekday, split_deadline
from tests.handlers.calendar.table import CALENDAR, FRIDAY, ZONE, cases

DATES = (
    "{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}",
    "ngày {d}/{m}/{y}", "ngày {d} tháng {m} năm {y}", "ngày {d:02} tháng {m:02} năm {y}", "{d} tháng {m} năm {y}",
    "{d} tháng {m}/{y}", "ngay {d} thang {m} nam {y}", "{weekday} {d}/{m}/{y}", "{weekday}, ngày {d}/{m}/{y}",
    "ngày {d}/{m}/{y} ({weekday})",
)  # fmt: skip
HOURS = (
    "{h:02}:{min:02}", "{h}h{min:02}", "{h:02}h{min:02}", "{h}g{min:02}", "{h} giờ {min:02}", "{h}h{min:02}p",
    "{h:02} giờ {min:02} phút", "lúc {h}h{min:02}", "vào lúc {h:02} giờ {min:02} phút",
)  # fmt: skip
LEADING = ("", "hạn ", "hạn: ", "trước ", "chậm nhất ", "chậm nhất là ", "hạn chót ", "xong trước ", "deadline ")
ANY_DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))
OFFICE_CLOCK = st.times(time(7), time(23, 58)).map(lambda clock: clock.replace(second=0, microsecond=0))
A_MOMENT = st.builds(datetime.combine, st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.times(), st.just(ZONE))


def written(day: date, form: str) -> str:
    return form.format(d=day.day, m=day.month, y=day.year, weekday=say_weekday(day))


@given(ANY_DAY, st.sampled_from(DATES), st.sampled_from(LEADING), st.booleans(), A_MOMENT)
def test_a_date_in_any_form_is_read_back(day: date, form: str, leading: str, bare: bool, now: datetime) -> None:
    text = leading + written(day, form)
    found = read_deadline(fold(text) if bare else text, now, CALENDAR)
    assert found is not None
    assert found.due == datetime.combine(day, time(17), ZONE)
    assert found.problem in (None, Problem.PAST)
    assert found.said == (fold(text) if bare else text)
    assert found.prefixed == bool(leading)


@given(ANY_DAY, OFFICE_CLOCK, st.sampled_from(DATES), st.sampled_from(HOURS), st.sampled_from(LEADING), st.booleans())
def test_an_hour_stands_before_the_date_or_after_it(
    day: date, clock: time, form: str, hour: str, leading: str, after: bool
) -> None:
    said, of = written(day, form), hour.format(h=clock.hour, min=clock.minute)
    text = leading + (f"{said}, {of}" if after else f"{of} {said}")
    found = read_deadline(text, FRIDAY, CALENDAR)
    assert found is not None
    assert found.due == datetime.combine(day, clock, ZONE)
    assert found.has_hour


@given(
    st.dates(date(2026, 11, 20), date(2027, 10, 19)),
    st.sampled_from(("{d}/{m}", "{d}-{m}", "{d}.{m}", "{d} tháng {m}")),
)
def test_a_day_and_month_is_the_next_that_comes(day: date, form: str) -> None:
    assume(written(day, form) != "24/7")  # round the clock
    found = read_deadline(written(day, form), FRIDAY, CALENDAR)
    assert found is not None
    assert found.due is not None
    assert found.due.date() == day


# a slash behind a date makes it the beginning of a letter's number, and what bears % is a share
NOT_A_WORD = st.characters(exclude_categories=("N", "L", "M", "Cs", "Pc"), exclude_characters="/%")


@given(ANY_DAY, st.text(NOT_A_WORD, max_size=5))
def test_a_title_is_kept_word_for_word(day: date, between: str) -> None:
    title, found = split_deadline(f"Rà soát hồ sơ, hạn {written(day, 'ngày {d}/{m}/{y}')}{between}", FRIDAY, CALENDAR)
    assert title.startswith("Rà soát hồ sơ")
    assert found is not None
    assert found.due == datetime.combine(day, time(17), ZONE)


WORDS = st.sampled_from(
    sorted({word for case in cases() for word in case.phrase.split()} | set("0123456789/-.:,;@() \n"))
)
OFFICE_TALK = st.lists(WORDS, max_size=14).map(" ".join)


@given(st.one_of(st.text(max_size=80), OFFICE_TALK), A_MOMENT)
@settings(max_examples=400)
def test_reading_never_fails_and_spans_lie_in_the_text(text: str, now: datetime) -> None:
    whole, reached = nfc(text), 0
    for found in find_deadlines(text, now, CALENDAR):
        assert reached <= found.start < found.end <= len(whole)
        assert found.said == whole[found.start : found.end]
        assert found.due is None or found.due.tzinfo is ZONE
        assert not (found.due and found.ask)
        reached = found.end
    best = read_deadline(text, now, CALENDAR)
    assert best is None or best.said == whole[best.start : best.end]
    title, _ = split_deadline(text, now, CALENDAR)
    assert len(title) <= len(whole)


@given(OFFICE_TALK, A_MOMENT)
def test_what_is_not_past_lies_ahead(text: str, now: datetime) -> None:
    for found in find_deadlines(text, now, CALENDAR):
        if found.problem is None:
            assert all(each >= now for each in (found.due, *found.ask) if each)


HOSTILE = (
    "là ", "vào lúc ", "ngày ", "trước ", "hạn ", "1/", "1-", "1.", "9", "9h", " ", "\n", "(", "- ", "25/11 ", "mười ",
    "hai mươi ", "thứ ", "trong vòng ", "trong 5 ", "tháng ", "từ 1 đến ", "định kỳ ", "05 (năm ", "mai ", "@", "Mai. ",
    "sang ", "mốt ", "\u0301", "đ", "1 - 2 - ", "5 ngày làm việc kể từ ngày nhận ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_is_read_in_proportion_to_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text, begun = (piece * length)[:length], process_time()
        find_deadlines(text, FRIDAY, CALENDAR)
        return process_time() - begun

    short = min(seconds(4_000) for _ in range(2))
    assert seconds(40_000) < 40 * short + 0.5
