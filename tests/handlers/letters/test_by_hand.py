"""A letter written down in one line, and single values corrected."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.calendar import OfficeHours, WorkingCalendar
from handlers.letters import rules
from handlers.letters.rules import Field

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 11, 20)
CALENDAR = WorkingCalendar.vietnam({}, hours=OfficeHours.parse("07:30-11:30,13:30-17:00"))


@pytest.mark.parametrize(
    ("line", "number", "issued", "issuer", "subject"),
    [
        ("Số: 12/UBND-VX ngày 5/11/2026 V/v báo cáo", "12/UBND-VX", date(2026, 11, 5), None, "báo cáo"),
        ("so 12/UBND-VX ngay 5/11 cua UBND tinh ve viec bao cao, han 25/11", "12/UBND-VX", date(2026, 11, 5),
         "UBND tinh", "bao cao"),
        ("1450-CV/VPTU ngày 16 tháng 11 năm 2026 của Tỉnh ủy V/v tổng kết", "1450-CV/VPTU", date(2026, 11, 16),
         "Tỉnh ủy", "tổng kết"),
        ("66.9/2025/NQ-CP ngày 8.12.2025", "66.9/2025/NQ-CP", date(2025, 12, 8), None, None),
        ("12/UBND-VX, 05/12 V/v x", "12/UBND-VX", date(2025, 12, 5), None, "x"),
        ("Số 05/STTTT-CNTT ngày 31/2/2026 trích yếu: họp", "05/STTTT-CNTT", None, None, "họp"),
        ("12/QĐ-SYT ngày 3-11-26", "12/QĐ-SYT", date(2026, 11, 3), None, None),
        ("V/v mời họp giao ban", None, None, None, "mời họp giao ban"),
        ("xin chào", None, None, None, None),
    ],
)  # fmt: skip
def test_a_line_says_number_day_issuer_and_subject(
    line: str, number: str | None, issued: date | None, issuer: str | None, subject: str | None
) -> None:
    fields = rules.read_line(line, TODAY, CALENDAR, ZONE)
    assert [fields.get(name) for name in ("number_symbol", "issue_date", "issuer", "subject")] == [
        number,
        issued,
        issuer,
        subject,
    ]


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        (Field.NUMBER, "số: 7 / UBND - VX", "7/UBND-VX"),
        (Field.NUMBER, "không số", None),
        (Field.DATE, "5 tháng 11", date(2026, 11, 5)),
        (Field.DATE, "không", None),
        (Field.TYPE, "cong dien", "Công điện"),
        (Field.URGENCY, "HỎA TỐC", "Hỏa tốc"),
        (Field.SUBJECT, "x" * 900, "x" * 500),
        (Field.DEADLINE, "khong", "[]"),
    ],
)
def test_a_value_is_understood_as_its_field(field: Field, said: str, value: Any) -> None:
    assert rules.corrected(field, said, datetime.combine(TODAY, time(10), ZONE), CALENDAR) == {field.value: value}


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (Field.NUMBER, "chưa biết"),
        (Field.DATE, "31/2/2026"),
        (Field.DEADLINE, "sớm"),
        (Field.URGENCY, "vừa vừa"),
        (Field.SUBJECT, "  "),
    ],
)
def test_what_does_not_fit_is_asked_again(field: Field, said: str) -> None:
    with pytest.raises(rules.NotUnderstood):
        rules.corrected(field, said, datetime.combine(TODAY, time(10), ZONE), CALENDAR)
