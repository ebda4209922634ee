"""What looks like a time and is none, and what stays a task's title."""

import pytest

from handlers.calendar import find_deadlines, split_deadline
from tests.handlers.calendar.table import CALENDAR, FRIDAY, said


@pytest.mark.parametrize(
    "text",
    [
        # numbers
        "Công văn 296/SNV-TCBC",
        "Quyết định 15/2021/QĐ-TTg",
        "số 25/11/QĐ-UBND",
        "12/UBND-VX",
        "điện thoại 0912.345.678",
        "điện thoại 0912-345-678",
        "0235 3852 739",
        "kinh phí 1.500.000 đồng",
        "3.2 tỷ",
        "tăng 5.3%",
        "địa chỉ 10.0.0.1",
        "máy chủ 192.168.1.10:8080",
        "mục 3.2",
        "điểm 9/10",
        "nhà số 12/5",
        "tỷ lệ 1:25",
        "1/2 số hộ",
        "đạt 3/4 chỉ tiêu",
        "15/20 xã",
        "in 2-3 bản",
        "trực 24/24",
        "trực 24/7",
        "phòng 302, lớp 10A, tổ 5",
        "giai đoạn 2021 - 2030",
        # ordinals
        "Đại hội lần thứ 5",
        "kỳ họp thứ 6",
        "người thứ ba",
        "nhiệm kỳ thứ hai",
        # amounts of time
        "40 giờ/tuần",
        "8 giờ làm việc",
        "nghỉ phép 5 ngày",
        "họp 2 tiếng đồng hồ",
        "thâm niên 5 năm",
        # responsible to somebody
        "chịu trách nhiệm trước Chủ tịch",
        "chịu trách nhiệm trước UBND tỉnh",
        # people
        "Giao chị Mai",
        "Giao @mai",
        "họp với anh Sáng",
        "đồng chí Năm",
        "anh Tư, chị Ba",
        "anh Tuấn",
        "đồng chí Chiều",
        # other words once the marks are read
        "hình chữ nhật",
        "tuân thủ quy chế",
        "quý cơ quan, quý vị",
        "chuyển sang phòng khác",
        "chuyen sang phong khac",
        "việc của tôi",
        "làm nốt việc kia",
        "cần một bản",
        "can mot ban",
        "mong anh giúp",
        "mua ram mới",
        "người Việt Nam",
        # gone by, and no time of work
        "hôm kia",
        "hôm qua",
        "tuần trước",
        "tháng trước",
        "năm ngoái",
        "ngày nay",
        "trước kia",
        "trước đây",
        "sau này",
        "",
        "   ",
        "./.",
    ],
)
def test_it_is_no_expression_of_time(text: str) -> None:
    assert [each.said for each in find_deadlines(text, FRIDAY, CALENDAR)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo tháng 12",
        "Báo cáo tháng 12/2026",
        "Báo cáo quý IV/2026",
        "Báo cáo năm 2026",
        "Lập kế hoạch tuần sau",
        "Chuẩn bị lịch tuần này",
        "Tổng hợp số liệu quý 4",
        "Sáng mai gặp anh An bàn việc",
        "Trả lời Công văn số 12/UBND ngày 5/11/2026 của UBND tỉnh",
        "Rà soát hồ sơ tiếp nhận ngày 20/11 của tổ một cửa",
    ],
)
def test_what_a_thing_is_about_stays_in_the_title(text: str) -> None:
    assert split_deadline(text, FRIDAY, CALENDAR) == (text, None)


@pytest.mark.parametrize(
    ("text", "title", "readings"),
    [
        ("Báo cáo số liệu, hạn thứ 2 16h", "Báo cáo số liệu", ["2026-11-23 16:00"]),
        ("Báo cáo số liệu hạn 16h thứ 2", "Báo cáo số liệu", ["2026-11-23 16:00"]),
        ("Báo cáo số liệu - trước 16h thứ 2", "Báo cáo số liệu", ["2026-11-23 16:00"]),
        ("Báo cáo số liệu – dl 25/11", "Báo cáo số liệu", ["2026-11-25 17:00"]),
        ("Báo cáo số liệu (trước ngày 25/11)", "Báo cáo số liệu", ["2026-11-25 17:00"]),
        ("Báo cáo số liệu chiều mai", "Báo cáo số liệu", ["2026-11-21 17:00"]),
        ("bao cao so lieu truoc 16h thu 2", "bao cao so lieu", ["2026-11-23 16:00"]),
        ("Báo cáo tháng 11, hạn 5/12", "Báo cáo tháng 11", ["2026-12-05 17:00"]),
        ("Báo cáo tháng 12 trong tháng 12", "Báo cáo tháng 12", ["2026-12-31 17:00"]),
        ("Trước 16h thứ 2 nộp báo cáo", "nộp báo cáo", ["2026-11-23 16:00"]),
        ("Hạn 25/11: nộp báo cáo", ": nộp báo cáo", ["2026-11-25 17:00"]),
        ("Nộp hồ sơ tuần sau", "Nộp hồ sơ", ["2026-11-27 17:00"]),
        (
            "Trả lời công văn ngày 5/11/2026 của UBND trước 25/11.",
            "Trả lời công văn ngày 5/11/2026 của UBND",
            ["2026-11-25 17:00"],
        ),
        ("Trực từ 23/11 đến 27/11", "Trực", ["2026-11-27 17:00"]),
        ("Làm việc với chị Mai mai", "Làm việc với chị Mai", ["2026-11-21 17:00"]),
        ("Giao anh Năm thứ năm nộp", "Giao anh Năm thứ năm nộp", []),
        ("Hoàn thành hồ sơ, khẩn trương", "Hoàn thành hồ sơ", []),
        ("hạn mai", "", ["2026-11-21 17:00"]),
    ],
)
def test_an_order_is_split_into_title_and_deadline(text: str, title: str, readings: list[str]) -> None:
    split, found = split_deadline(text, FRIDAY, CALENDAR)
    assert (split, list(said(found)) if found else []) == (title, readings)


def test_only_the_words_of_time_are_in_the_span() -> None:
    found = find_deadlines("Nộp báo cáo trước 16h ngày 25/11 nhé, mai họp", FRIDAY, CALENDAR)
    assert [each.said for each in found] == ["trước 16h ngày 25/11", "mai"]


def test_a_range_tells_both_of_its_ends() -> None:
    _, found = split_deadline("Tập huấn từ ngày 23/11 đến hết ngày 27/11", FRIDAY, CALENDAR)
    assert found is not None
    assert found.begins is not None
    assert (f"{found.begins:%d/%m}", said(found)) == ("23/11", ("2026-11-27 17:00",))
