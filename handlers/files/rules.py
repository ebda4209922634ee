"""What is decided about files: sizes, numbers as people write them, how long to try, who is told what."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.events import FileRef
from handlers.files.sealing import Inspection

LARGEST = 20 * 1024 * 1024  # bytes a bot may download from Telegram
KEEP_TRYING = timedelta(minutes=10)  # for a download that may still succeed
KNOWN_BY = timedelta(minutes=15)  # then the sender hears who has no password yet, although some may still get it
ANSWER_WITHIN = timedelta(days=2)  # whether there is a secrecy mark on a scan
REMIND_AFTER = timedelta(days=1)  # of a password that has not reached somebody
REASON_WAITS = timedelta(days=30)  # for a sender whose private chat is not open
OFFER_HELP_FOR = timedelta(days=1)  # with a file that was posted without a password
SWEEP_AFTER = timedelta(hours=1)
MOST_COPIES = 20  # messages with a file in one room, at twenty a minute
PAGE = 8  # files in one message: twelve lines of a phone with head and buttons
NAMES = 20  # people named in one message

_NUMBER = re.compile(r"^\s*(?:(?:tệp|tep|file)\s*)?#?\s*(\d{1,6})\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: `number` counts from 0."""

    number: int
    pages: int

    @property
    def offset(self) -> int:
        return self.number * PAGE


def is_too_big(size: int) -> bool:
    return size > LARGEST


def is_worth_sealing(file: FileRef, *, pictures: bool = False) -> bool:
    """Pictures, stickers, voices and films are how people talk; what is left is documents. A group may want its
    `pictures` looked after as well: papers are photographed."""
    talk = ("video/", "audio/") if pictures else ("image/", "video/", "audio/")
    return not is_too_big(file.size) and not file.mime.startswith(talk)


def read_number(text: str) -> int | None:
    """`7`, `#7`, `tệp 7`."""
    found = _NUMBER.match(text)
    return int(found[1]) if found else None


def needs_word(seen: Inspection, *, confirmed: bool) -> bool:
    """Nothing could be read in it, so that only its sender can say that no secrecy mark is on it."""
    return not (seen.has_text or seen.protected or confirmed)


def is_worth_another_try(late: timedelta) -> bool:
    return late < KEEP_TRYING


def kept_for(days: int) -> timedelta:
    return timedelta(days=days)


def page(asked: int, total: int) -> Page:
    """The page asked for, or the nearest there is."""
    pages = max(1, -(-total // PAGE))
    return Page(min(max(asked, 0), pages - 1), pages)


def some_names(names: Iterable[str]) -> tuple[list[str], int]:
    """As many as fit a message, and how many more there are."""
    everybody = list(names)
    return everybody[:NAMES], max(0, len(everybody) - NAMES)


def short(name: str, limit: int = 60) -> str:
    """A file's name for people: one line that no control character turns round, and its end, where the type stands."""
    line = " ".join("".join(each for each in name if unicodedata.category(each) != "Cf").split())
    return line if len(line) <= limit else f"{line[: limit - 13]}…{line[-12:]}"
