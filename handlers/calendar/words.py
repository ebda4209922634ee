"""How moments are said to people: `16:00 thứ Sáu, 27/11/2026`."""

from datetime import date, datetime

_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def say_weekday(day: date, language: str = "vi") -> str:
    return (_EN if language == "en" else _VI)[day.weekday()]


def say_day(day: date, language: str = "vi") -> str:
    return f"{say_weekday(day, language)}, {day:%d/%m/%Y}"


def say_short_day(day: date, language: str = "vi") -> str:
    return f"{say_weekday(day, language)} {day:%d/%m}"


def say_moment(moment: datetime, language: str = "vi") -> str:
    """`moment` in the zone it is to be said in."""
    return f"{moment:%H:%M} {say_day(moment, language)}"


def say_short(moment: datetime, language: str = "vi") -> str:
    """For lists: `16:00 thứ Sáu 27/11`."""
    return f"{moment:%H:%M} {say_short_day(moment, language)}"
