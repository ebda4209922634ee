"""Who has to act for each deadline, and which are the office's own, whatever its name was before."""

from datetime import date

import pytest

from handlers.letters.deadlines import (
    Doubt,
    LetterDeadline,
    LetterRule,
    letter_deadlines,
    letter_doubts,
    of_office,
)
from handlers.letters.reading.offices import OfficeNames
from handlers.letters.reading.spans import Since, Unit
from tests.handlers.letters.test_deadlines import CALENDAR, ZONE

ISSUED, ARRIVED = date(2026, 11, 20), date(2026, 11, 23)


def found(text: str) -> list[LetterDeadline]:
    return letter_deadlines(text, ISSUED, CALENDAR, ZONE, arrived=ARRIVED)


def doubts(text: str) -> list[tuple[Doubt | None, str]]:
    return [(each.doubt, each.said) for each in letter_doubts(text, ISSUED, CALENDAR, ZONE)]


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        (
            "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng và UBND xã Hải Lăng tham mưu, "
            "hoàn thành trước ngày 15/12/2026.",
            ("Sở Tài chính",),
            ("Sở Xây dựng", "UBND xã Hải Lăng"),
        ),
        ("2. Phòng Nội vụ rà soát danh sách. Hoàn thành trước ngày 15/12/2026.", ("Phòng Nội vụ",), ()),
        ("Sở Khoa học và Công nghệ tổng hợp, trình trước ngày 15/12/2026.", ("Sở Khoa học và Công nghệ",), ()),
        ("- UBND các xã, phường: hoàn thành trước ngày 30/11/2026.", ("UBND các xã, phường",), ()),
        ("Đề nghị Thủ trưởng các cơ quan, đơn vị báo cáo trước ngày 28/11/2026.", (), ()),
        ("Kết quả gửi về Văn phòng Sở trước ngày 28/11/2026.", (), ()),
    ],
)
def test_who_leads_and_who_supports(text: str, lead: tuple[str, ...], support: tuple[str, ...]) -> None:
    (deadline,) = found(text)
    assert (deadline.who.lead, deadline.who.support) == (lead, support)


TWO = (
    "Báo cáo gửi về Sở Khoa học và Công nghệ trước ngày 25/11/2026 để tổng hợp, tham mưu UBND tỉnh báo cáo Bộ "
    "trước ngày 30/11/2026."
)
RECIPIENTS = ("Các sở, ban, ngành cấp tỉnh", "UBND các xã, phường, đặc khu")


@pytest.mark.parametrize(
    ("names", "days"),
    [
        (("Sở Nội vụ",), [25]),
        (("UBND xã Hải Lăng",), [25]),
        (("Sở Khoa học và Công nghệ",), [25, 30]),
        (("Sở Thông tin và Truyền thông",), [25, 30]),  # what it was until spring 2025
        (("Sở TT&TT",), [25, 30]),
        (("Công ty Điện lực",), [25, 30]),  # not named: nothing is hidden
    ],
)
def test_an_office_sees_its_own_share(names: tuple[str, ...], days: list[int]) -> None:
    ours = of_office(found(TWO), OfficeNames(*names), RECIPIENTS)
    if names == ("Sở Khoa học và Công nghệ",) or names[0].startswith("Sở T"):
        assert 30 in [each.due.day for each in ours if each.due]
    else:
        assert [each.due.day for each in ours if each.due] == days


@pytest.mark.parametrize(
    ("said", "name", "same"),
    [
        ("Sở LĐTBXH", "Sở Nội vụ", True),
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính tỉnh Quảng Trị", True),
        ("UBND tỉnh Long An", "Ủy ban nhân dân tỉnh Tây Ninh", True),
        ("các xã, phường", "UBND phường Đông Hà", True),
        ("các sở, ban, ngành", "Sở Y tế", True),
        ("các phòng chuyên môn", "Phòng Kinh tế", True),
        ("Giám đốc Sở Y tế", "Sở Y tế", True),
        ("các xã, phường", "Sở Y tế", False),
        ("Sở Y tế", "Sở Nội vụ", False),
        ("Sở Nội vụ", "Sở Nội", False),
    ],
)
def test_names_and_classes_of_offices(said: str, name: str, same: bool) -> None:
    assert OfficeNames(name).is_named_by(said) is same


def test_a_span_shows_how_it_was_counted() -> None:
    (deadline,) = found("Trả lời trong thời hạn 05 ngày làm việc kể từ ngày nhận được Công văn này.")
    working = deadline.working
    assert working
    assert (working.count, working.unit, working.since, working.start) == (5, Unit.WORKING_DAY, Since.ARRIVAL, ARRIVED)
    assert working.skipped == (date(2026, 11, 24), date(2026, 11, 28), date(2026, 11, 29))
    assert deadline.due
    assert (deadline.due.date(), deadline.rule) == (date(2026, 12, 1), LetterRule.RELATIVE)


def test_a_span_may_begin_where_another_ends() -> None:
    posting, answer = found(
        "Thời gian niêm yết: 30 ngày kể từ ngày ra Thông báo này.\n"
        "Góp ý gửi UBND phường trong vòng 10 ngày kể từ ngày kết thúc niêm yết."
    )
    assert posting.due
    assert answer.due
    assert (posting.due.date(), answer.due.date()) == (date(2026, 12, 20), date(2026, 12, 30))


def test_dates_that_cannot_be_right_are_asked_about() -> None:
    assert doubts("Nộp hồ sơ trước ngày 31/4/2027.") == [(Doubt.IMPOSSIBLE, "trước ngày 31/4/2027")]
    assert doubts("Yêu cầu UBND các xã báo cáo trước ngày 15/11/2026.") == [
        (Doubt.BEFORE_ISSUE, "trước ngày 15/11/2026")
    ]
    assert doubts("Gửi về Sở trước thứ Năm, ngày 27/11/2026.") == [
        (Doubt.WEEKDAY_DIFFERS, "trước thứ Năm, ngày 27/11/2026")
    ]


def test_an_old_deadline_that_was_missed_is_no_doubt() -> None:
    text = "UBND tỉnh có Công văn số 5102/UBND-TH yêu cầu các đơn vị báo cáo trước ngày 20/10/2026."
    assert doubts(text) == []


def test_a_wrong_weekday_keeps_the_date_and_says_so() -> None:
    (deadline,) = found("Gửi về Sở trước thứ Năm, ngày 27/11/2026.")
    assert deadline.due
    assert (deadline.due.date(), deadline.doubt) == (date(2026, 11, 27), Doubt.WEEKDAY_DIFFERS)
    assert len(deadline.ask) == 2


def test_a_window_has_its_first_day() -> None:
    (window,) = found("Treo cờ từ ngày 30/11 đến hết ngày 03/12/2026.")
    assert (window.begins, window.rule) == (date(2026, 11, 30), LetterRule.WINDOW)
