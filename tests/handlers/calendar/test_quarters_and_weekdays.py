"""What comes again by quarters and on several weekdays, as offices write it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.calendar import WorkingCalendar, read_deadline
from handlers.calendar.days import OfficeHours

NOW = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
CALENDAR = WorkingCalendar.vietnam({}, hours=OfficeHours.parse("07:30-11:30,13:30-17:00"))
AFTER_QUARTERS = "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"


@pytest.mark.parametrize(
    ("said", "rule", "first"),
    [
        ("trước ngày 5 tháng sau hằng quý", AFTER_QUARTERS, date(2027, 1, 5)),
        ("hằng quý, trước ngày 5 của tháng sau", AFTER_QUARTERS, date(2027, 1, 5)),
        ("thứ 2, 4, 6 hằng tuần", "FREQ=WEEKLY;BYDAY=MO,WE,FR", date(2026, 11, 20)),
        ("16h thứ 3 và 5 hằng tuần", "FREQ=WEEKLY;BYDAY=TU,TH", date(2026, 11, 24)),
        ("thứ hai, tư, sáu hàng tuần", "FREQ=WEEKLY;BYDAY=MO,WE,FR", date(2026, 11, 20)),
    ],
)
def test_it_comes_again(said: str, rule: str, first: date) -> None:
    found = read_deadline(said, NOW, CALENDAR)
    assert found is not None
    assert found.due is not None
    assert (found.repeats, found.due.date()) == (rule, first)
