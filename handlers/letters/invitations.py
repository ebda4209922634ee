"""A meeting as an iCalendar file (RFC 5545), for the calendars on people's phones."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

LASTS = timedelta(hours=2)  # letters say when a meeting begins, not when it ends
_LINE = 75  # octets


def calendar_file(
    *, uid: str, start: datetime, summary: str, place: str | None, link: str | None, made_at: datetime
) -> bytes:
    """One event with alarms a day and an hour before. Moments in UTC, so that no zone has to be described."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Giao Ban//VI", "CALSCALE:GREGORIAN", "BEGIN:VEVENT"]
    lines += [f"UID:{uid}", f"DTSTAMP:{_moment(made_at)}"]
    lines += [f"DTSTART:{_moment(start)}", f"DTEND:{_moment(start + LASTS)}", f"SUMMARY:{_text(summary)}"]
    lines += [f"LOCATION:{_text(place)}"] if place else []
    lines += [f"DESCRIPTION:{_text(link)}"] if link else []
    for before in ("-P1D", "-PT1H"):
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(summary)}", f"TRIGGER:{before}", "END:VALARM"]
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line)).encode()


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(said: str) -> str:
    flat = "".join(each for each in said if each >= " " or each == "\n")
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, no letter cut in two; what goes on begins with a space."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
