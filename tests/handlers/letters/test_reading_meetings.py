"""Which meetings a letter calls to, and what it only asks for."""

from datetime import date, datetime

import pytest

from handlers.letters.reading.meeting import Meeting, read_meeting
from handlers.letters.reading.requests import asks_without_a_day
from tests.handlers.letters.test_deadlines import CALENDAR, ZONE

NOW = datetime(2026, 11, 20, tzinfo=ZONE)


def meeting(text: str) -> Meeting | None:
    return read_meeting(text, NOW, CALENDAR)


@pytest.mark.parametrize(
    ("text", "start", "end", "place"),
    [
        (
            "GIẤY MỜI\nThời gian: Từ 14 giờ 00 đến 16 giờ 30, ngày 27/11/2026 (thứ Sáu).\n"
            "Địa điểm: Phòng họp A, trụ sở UBND tỉnh\n(số 12 Trần Phú).\nThành phần: như trên",
            "2026-11-27 14:00",
            "16:30",
            "Phòng họp A, trụ sở UBND tỉnh (số 12 Trần Phú)",
        ),
        (
            "Trân trọng kính mời đồng chí đến dự hội nghị vào lúc 14 giờ 00 phút ngày 26 tháng 11 năm 2026 "
            "tại Hội trường UBND xã Bình Minh.",
            "2026-11-26 14:00",
            None,
            "Hội trường UBND xã Bình Minh",
        ),
        (
            "Mời đại diện lãnh đạo các sở dự họp vào 7h30, thứ Hai ngày 30/11/2026, tại phòng họp số 1.",
            "2026-11-30 07:30",
            None,
            "phòng họp số 1",
        ),
        (
            "kính mời dự Hội nghị.\nThời gian: 01 ngày, bắt đầu từ 08h00 ngày 02/12/2026.\nĐịa điểm: Nhà văn hóa.",
            "2026-12-02 08:00",
            None,
            "Nhà văn hóa",
        ),
        (
            "kính mời.\nThời gian, địa điểm: 8h00 ngày 02/12/2026, tại Hội trường huyện ủy.",
            "2026-12-02 08:00",
            None,
            "Hội trường huyện ủy",
        ),
        (
            "kính mời.\nThời gian: ½ ngày (sáng 02/12/2026), khai mạc lúc 07 giờ 30 phút.\nĐịa điểm: Hội trường",
            "2026-12-02 07:30",
            None,
            "Hội trường",
        ),
    ],
)
def test_a_meeting_has_a_start_and_a_place(text: str, start: str, end: str | None, place: str) -> None:
    found = meeting(text)
    assert found
    assert (f"{found.start:%Y-%m-%d %H:%M}", found.place) == (start, place)
    assert (f"{found.end:%H:%M}" if found.end else None) == end


def test_an_online_meeting_has_a_link() -> None:
    found = meeting(
        "kính mời dự họp trực tuyến.\n1. Thời gian: 8h30 ngày 25/11/2026.\n2. Qua https://meet.google.com/abc-defg-hij."
    )
    assert found
    assert found.link == "https://meet.google.com/abc-defg-hij"


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo gửi trước để kịp phục vụ cuộc họp lúc 08 giờ 00 ngày 21/11/2026.",
        "Cuối tháng 12, họp hội đồng trường (ngày, giờ thông báo sau).",
        "Ngày 18/11/2026, Phó Chủ tịch UBND tỉnh chủ trì họp nghe báo cáo.",
        "kính mời các đồng chí dự lễ; thời gian sẽ thông báo sau.",
    ],
)
def test_meetings_of_others_and_without_a_day_are_none(text: str) -> None:
    assert meeting(text) is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Đề nghị các đơn vị triển khai, báo cáo kết quả thực hiện gửi về Sở Y tế.", True),
        ("Trong quá trình thực hiện nếu có vướng mắc, kịp thời báo cáo UBND tỉnh.", True),
        ("Sử dụng hệ thống báo cáo nhiệm vụ UBND tỉnh giao.", False),
        ("Tăng cường trao đổi thông tin, báo cáo số liệu qua mạng.", False),
    ],
)
def test_a_request_without_a_day_is_seen(text: str, asks: bool) -> None:
    assert asks_without_a_day(text, "Công văn", []) is asks


def test_a_letter_with_a_deadline_or_a_report_asks_for_nothing_undated() -> None:
    text = "Nếu có vướng mắc, kịp thời báo cáo UBND tỉnh."
    assert not asks_without_a_day(text, "Công văn", [date(2026, 12, 1)])
    assert not asks_without_a_day(text, "Báo cáo", [])
