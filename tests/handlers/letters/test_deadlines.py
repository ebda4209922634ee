"""What is a deadline in a letter, and what only looks like one."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import config
from handlers.calendar import OfficeHours, WorkingCalendar, load_overrides
from handlers.letters.deadlines import Kind, LetterDeadline, LetterRule, letter_deadlines, of_kind

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ISSUED = date(2026, 11, 10)
TABLE = (Path(config.__file__).parent / "holidays.toml").read_text(encoding="utf-8")
CALENDAR = WorkingCalendar.vietnam(load_overrides(TABLE), hours=OfficeHours.parse("07:30-11:30,13:30-17:00"))


def found(text: str, issued: date | None = ISSUED, arrived: date | None = None) -> list[LetterDeadline]:
    return letter_deadlines(text, issued, CALENDAR, ZONE, arrived=arrived)


def dues(text: str, issued: date | None = ISSUED, arrived: date | None = None) -> list[str]:
    """Due moments of deadlines that come once, as `2026-11-25` or `2026-11-25T16:00` where an hour was said."""
    once = [each for each in of_kind(found(text, issued, arrived), Kind.DEADLINE) if each.due and not each.repeats]
    return [f"{e.due:%Y-%m-%dT%H:%M}" if e.has_hour and e.due else f"{e.due:%Y-%m-%d}" for e in once]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Báo cáo gửi về Sở Tài chính chậm nhất là ngày 05/12/2026 để tổng hợp.", "2026-12-05"),
        ("Thời hạn hoàn thành: 30/11/2026.", "2026-11-30"),
        ("Đề nghị các đơn vị đăng ký tham gia đến hết ngày 30/11/2026.", "2026-11-30"),
        ("Các đơn vị hoàn thành việc rà soát trước 16 giờ 30 ngày 27/11/2026.", "2026-11-27T16:30"),
        ("Gia hạn nộp báo cáo đến hết ngày 15/12/2026 (thay cho ngày 30/11/2026).", "2026-12-15"),
        ("Giao Sở Y tế trình UBND tỉnh trong tháng 12/2026.", "2026-12-31"),
        ("Hoàn thành chậm nhất trong quý I/2027.", "2027-03-31"),
        ("Phấn đấu hoàn thành 100% kế hoạch trong năm 2026.", "2026-12-31"),
        ("Báo cáo gửi ngay trong ngày 20/11/2026.", "2026-11-20"),
        ("Đề nghị gửi góp ý trước ngày 25/11.", "2026-11-25"),
        ("Đề nghị gửi góp ý trước ngày 25/01.", "2027-01-25"),
        ("Hạn chót nộp hồ sơ: 17h00 ngày 30/11/2026.", "2026-11-30T17:00"),
        ("Hạn gửi báo cáo: ngày 28/11/2026", "2026-11-28"),
        ("Việc nộp báo cáo thực hiện không muộn hơn ngày 28/11/2026.", "2026-11-28"),
        ("Đề nghị hoàn thành trước tháng 12/2026.", "2026-11-30"),
        ("Yêu cầu gửi báo cáo trước 24 giờ ngày 05/01/2027.", "2027-01-05T23:59"),
        ("Bao cao gui ve Phong truoc ngay 25/11/2026", "2026-11-25"),
        ("Báo cáo UBND tỉnh trước ngày **25 tháng 11\nnăm 2026**.", "2026-11-25"),
        ("Nộp trước 17h thứ Năm (20/11/2026).", "2026-11-20T17:00"),  # a Friday: the date counts
        ("Báo cáo trong vòng 10 ngày kể từ ngày ban hành.", "2026-11-20"),
    ],
)
def test_what_is_demanded_by_a_day_is_a_deadline(text: str, due: str) -> None:
    assert dues(text) == [due]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Công văn số 123/UBND-VX ngày 30/11/2026 của UBND tỉnh về việc báo cáo;",
        "Nghị định này có hiệu lực thi hành từ ngày 01/01/2027.",
        "Quyết định này có hiệu lực đến hết ngày 31/12/2027.",
        "Số liệu tính đến hết ngày 31/12/2026.",
        "Các công trình được phê duyệt trước ngày 31/12/2026 được áp dụng quy định cũ.",
        "Hồ sơ tiếp nhận trước ngày 01/01/2027 thì giải quyết theo quy định cũ.",
        "Người sinh trước ngày 01/01/2027 được hưởng.",
        "Công văn số 5102/UBND-TH yêu cầu các đơn vị báo cáo trước ngày 20/10/2026 nhưng chưa có kết quả.",
        "Hội nghị tổ chức trong ngày 27/11/2026 tại Hội trường.",
        "Kết quả thực hiện trong năm 2026 đạt nhiều tiến bộ.",
        "Chịu trách nhiệm trước Chủ tịch UBND tỉnh trong thời gian tới.",
        "Giai đoạn 2021 - 2025 và định hướng đến năm 2030.",
        "Giữ nguyên mức phí đến hết ngày 31/12/2026.",
        "Thời gian ký: 20/11/2026 08:56",
        "Nộp trước ngày 31/02/2027.",
    ],
)
def test_what_only_names_a_day_is_none(text: str) -> None:
    assert of_kind(found(text), Kind.DEADLINE) == []


def test_a_window_and_a_meeting_are_events() -> None:
    (window,) = found("Treo cờ Tổ quốc từ ngày 10/12/2026 đến hết ngày 14/12/2026.")
    assert (window.kind, window.rule) == (Kind.EVENT_WINDOW, LetterRule.WINDOW)
    (meeting,) = found("Thời gian: 08 giờ 00 phút, ngày 25/11/2026 (thứ Tư).")
    assert (meeting.kind, f"{meeting.due:%H:%M %d/%m}") == (Kind.EVENT, "08:00 25/11")
    assert meeting.said.endswith("(thứ Tư)")


def test_what_comes_again_keeps_its_rule() -> None:
    (monthly,) = found("Gửi báo cáo về UBND tỉnh trước ngày 15 hằng tháng.")
    assert (monthly.rule, monthly.repeats) == (LetterRule.PERIODIC, "FREQ=MONTHLY;BYMONTHDAY=15")
    (undated,) = found("Định kỳ 6 tháng, hằng năm hoặc đột xuất báo cáo UBND tỉnh.")
    assert (undated.rule, undated.due) == (LetterRule.PERIODIC, None)


def test_a_span_after_receipt_counts_from_the_arrival() -> None:
    text = "Trả lời bằng văn bản trong thời hạn 05 ngày làm việc kể từ ngày nhận được Công văn này."
    assert dues(text) == []
    assert dues(text, arrived=date(2026, 11, 12)) == ["2026-11-19"]
    (relative,) = found("Góp ý gửi UBND phường trong vòng 10 ngày kể từ ngày kết thúc niêm yết.")
    assert (relative.rule, relative.due) == (LetterRule.RELATIVE, None)


def test_several_deadlines_keep_their_order_words_and_sentences() -> None:
    first, second = found("Sở Y tế báo cáo trước ngày 25/11/2026. Sở Nội vụ tổng hợp, trình chậm nhất 30/11/2026./.")
    assert (first.said, first.about) == ("trước ngày 25/11/2026", "Sở Y tế báo cáo")
    assert (second.said, second.about, second.rule) == (
        "chậm nhất 30/11/2026",
        "Sở Nội vụ tổng hợp, trình",
        LetterRule.BY,
    )


def test_a_weekly_report_is_next_due_on_or_after_its_arrival() -> None:
    (weekly,) = found("Báo cáo gửi về Sở Tài chính trước 15 giờ 00 thứ Sáu hằng tuần.", arrived=date(2026, 11, 16))
    assert f"{weekly.due:%Y-%m-%dT%H:%M}" == "2026-11-20T15:00"


OLD_AND_NEW = (
    "V/v gia hạn thời gian gửi báo cáo\nNgày 02/11/2026, Ủy ban nhân dân xã có Công văn số 412/UBND-VHXH, trong đó "
    "yêu cầu gửi kết quả trước ngày 02/12/2026.\nỦy ban nhân dân xã gia hạn thời gian gửi kết quả đến hết ngày "
    "09/12/2026 (thay cho ngày 02/12/2026)./."
)


def test_an_extension_does_not_demand_what_it_puts_off() -> None:
    assert dues(OLD_AND_NEW) == ["2026-12-09"]
    one = "Tại Công văn số 412/UBND-VHXH, xã yêu cầu gửi kết quả trước ngày 02/12/2026, nay gia hạn đến hết 09/12/2026."
    assert dues(one) == ["2026-12-09"]
    assert dues("Công văn số 412/UBND yêu cầu gửi kết quả trước ngày 02/12/2026.") == ["2026-12-02"]


def test_the_head_of_a_letter_is_no_part_of_its_first_sentence() -> None:
    (deadline,) = found(
        "Đồng Hới, ngày 10 tháng 11 năm 2026\nKính gửi: Trạm Y tế các xã\nĐề nghị lập danh sách trẻ em, gửi về Sở Y "
        "tế trước ngày 28/11/2026./."
    )
    assert deadline.about == "Đề nghị lập danh sách trẻ em, gửi về Sở Y tế"
    (announced,) = found("THÔNG BÁO\nVề việc nộp báo cáo\nCác phòng nộp báo cáo trước 11 giờ ngày 27/11/2026.")
    assert (announced.about, announced.who.lead) == ("Các phòng nộp báo cáo", ("Các phòng",))


def test_who_is_on_watch_is_named_without_the_watch() -> None:
    (daily,) = found("Sở Nông nghiệp và Môi trường trực ban 24/24 giờ, báo cáo nhanh trước 16 giờ hằng ngày.")
    assert daily.who.lead == ("Sở Nông nghiệp và Môi trường",)


def test_without_an_issue_date_only_whole_dates_are_believed() -> None:
    assert dues("Báo cáo trước ngày 25/11/2026.", issued=None) == ["2026-11-25"]
    assert dues("Báo cáo trước ngày 25/11.", issued=None) == []
    assert dues("Báo cáo trước ngày 25/11.", issued=None, arrived=date(2026, 11, 12)) == ["2026-11-25"]
