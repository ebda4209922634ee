"""How people are chosen by numbers and names, and how they are spread over the group chats that are paid for."""

import re
from collections.abc import Sequence

from handlers.calendar import fold

SEATS_IN_EACH = 2  # the leader, and whoever administers the bot's account, are in every room of an office
_NUMBERS = re.compile(r"\s*\d{1,3}(\s*-\s*\d{1,3})?([\s,;.]+\d{1,3}(\s*-\s*\d{1,3})?)*[\s,;.]*")
_RANGE = re.compile(r"(\d{1,3})(?:\s*-\s*(\d{1,3}))?")
_WORDS = {
    "all": ("tat ca", "het", "all"),
    "yes": ("dong y", "co", "duoc", "ok", "lap", "moi", "yes"),
    "done": ("xong", "du roi", "done"),
    "more": ("tiep", "trang sau", "next", "more"),
    "stop": ("thoi", "huy", "khong", "stop", "cancel", "no"),
}


def numbers(text: str) -> list[int] | None:
    """`4 6-8` is 4, 6, 7, 8; None when anything else is said."""
    if not _NUMBERS.fullmatch(text):
        return None
    found: list[int] = []
    for first, last in _RANGE.findall(text):
        found.extend(range(int(first), int(last or first) + 1))
    return found


def said(text: str) -> str | None:
    """`all`, `yes`, `done`, `more` or `stop`, by the office's words."""
    plain = " ".join(fold(text).split()).strip(" .,")
    return next((meaning for meaning, words in _WORDS.items() if plain in words), None)


def named(names: Sequence[str], wanted: str) -> list[int]:
    """Who may be meant: those of exactly this name, else those whose name has every word of it."""
    folded = [fold(" ".join(name.split())) for name in names]
    asked = fold(" ".join(wanted.split()).lstrip("@"))
    exact = [place for place, name in enumerate(folded) if name == asked]
    words = set(asked.split())
    return exact or [place for place, name in enumerate(folded) if words and words <= set(name.split())]


def listed(text: str) -> list[str]:
    """Names by commas or lines."""
    return [each.strip() for each in re.split(r"[,;\n]", text) if each.strip()]


def choose(places: Sequence[tuple[str, int]], people: int) -> list[tuple[str, int]]:
    """The places, each (id, seats), for so many people beside the leader: the smallest that holds all, else as few as
    possible; empty when there are not enough."""
    by_size = sorted(places, key=lambda each: each[1])
    one = next((each for each in by_size if each[1] >= people + 1), None)
    if one is not None:
        return [one]
    taken: list[tuple[str, int]] = []
    left = people
    for place in reversed(by_size):
        fitting = [each for each in by_size if each not in taken and each[1] - SEATS_IN_EACH >= left]
        taken.append(fitting[0] if fitting else place)
        left -= taken[-1][1] - SEATS_IN_EACH
        if left <= 0:
            return taken
    return []


def deal(people: int, seats: Sequence[int]) -> list[int]:
    """How many go into each room, as evenly as its seats allow; `people` are no more than all seats."""
    counts = [0] * len(seats)
    for _ in range(people):
        free = [room for room in range(len(seats)) if counts[room] < seats[room]]
        counts[min(free, key=lambda room: counts[room])] += 1
    return counts


def room_names(name: str, count: int, standing: int) -> list[str]:
    """`Sở Nội vụ` alone; with others `Sở Nội vụ (1)`, `Sở Nội vụ (2)`."""
    if count == 1 and not standing:
        return [name]
    return [f"{name} ({number})" for number in range(standing + 1, standing + count + 1)]
