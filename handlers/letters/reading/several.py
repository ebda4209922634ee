"""Several letters in one file, and one letter in several files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.letters.reading.clean import normalise
from handlers.letters.reading.extracted import Extracted, Kind
from handlers.letters.reading.header import head_zone, read_number
from handlers.letters.reading.pages import joined
from handlers.letters.reading.words import APPENDIX, MOTTO, NUMBERED, SENT_TO, date_line, is_capitals, is_rule

_NEAR = 9  # lines between the motto and the number, either way
_HEAD = 14  # lines above the motto, empty ones among them
_FORM = re.compile(r"^\s*(?:Mẫu|MẪU|Biểu|BIỂU|Phụ lục|PHỤ LỤC)\b")


@dataclass(frozen=True, slots=True)
class Album:
    """Files that came as one message: the letter, its place among them, and what is attached, in their order."""

    letter: Extracted
    place: int = 0
    appendices: tuple[Extracted, ...] = ()


def letters_in(text: str) -> list[str]:
    """The letters of a file, one after the other; nearly always one. A form in an appendix is no letter: it has no
    number, or stands under `Mẫu số …`."""
    lines = text.split("\n")
    starts = [0]
    for at, line in enumerate(lines):
        if at > starts[-1] + _NEAR and _is_first_of_motto(line) and _begins_letter(lines, at, starts[-1]):
            starts.append(_top(lines, at))
    ends = [*starts[1:], len(lines)]
    return ["\n".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _is_first_of_motto(line: str) -> bool:
    found = MOTTO.search(line)
    return found is not None and found[0].upper().startswith(("CỘNG", "CONG", "ĐẢNG"))


def _begins_letter(lines: list[str], at: int, previous: int) -> bool:
    """Behind the end of the one before (its distribution list), with a number of its own."""
    if not any(SENT_TO.match(line.strip()) for line in lines[previous:at]):
        return False
    top = _top(lines, at)
    if any(_FORM.match(line) for line in lines[max(previous, top - 4) : at]):
        return False
    number = _number("\n".join(lines[top : at + _NEAR]))
    return number is not None and number != _number("\n".join(lines[previous : previous + 3 * _NEAR]))


def _top(lines: list[str], at: int) -> int:
    """The left column may come first: lines in capitals, the number and `V/v …` above the motto."""
    top = at
    for above in range(at - 1, max(-1, at - _HEAD), -1):
        line = lines[above].strip()
        if _belongs_to_head(line):
            top = above
        elif line and not is_rule(line):
            break  # columns and lines of a table are kept apart by empty ones
    return top


def _belongs_to_head(line: str) -> bool:
    if not line or SENT_TO.match(line) or NUMBERED.match(line) or APPENDIX.match(line):
        return False
    return (is_capitals(line) and not re.match(r"(?:TM|KT|TL|TUQ|Q)\s*\.", line)) or line.startswith(("Số", "V/v"))


def _number(text: str) -> str | None:
    return read_number(head_zone(normalise(text).split("\n"))).whole


def as_one(files: Sequence[Extracted]) -> Album:
    """One letter with appendices. Photographed pages without a head of their own go on with the letter."""
    main = max(range(len(files)), key=lambda i: (_is_headed(files[i].text), -i))
    letter = files[main]
    appendices: list[Extracted] = []
    for i, file in enumerate(files):
        if i == main:
            continue
        if i > main and not appendices and _goes_on(letter, file):
            letter = _together(letter, file)
        else:
            appendices.append(file)
    return Album(letter, main, tuple(appendices))


def has_head(text: str) -> bool:
    """Whether a letter begins here, not an appendix or a further page."""
    return _is_headed(text) >= 2


def _is_headed(text: str) -> int:
    """How much of a letter's head there is."""
    zone = head_zone(normalise(text[:6000]).split("\n"))
    return (
        any(MOTTO.search(line) for line in zone)
        + any(date_line(line) is not None for line in zone)
        + (read_number(zone).symbol is not None)
    )


def _goes_on(letter: Extracted, file: Extracted) -> bool:
    """A picture of a further page: no head, no title of an appendix."""
    first = next((line.strip() for line in file.text.split("\n") if line.strip()), "")
    both = letter.kind is Kind.PICTURE and file.kind is Kind.PICTURE
    return both and not has_head(file.text) and not APPENDIX.match(first)


def _together(letter: Extracted, file: Extracted) -> Extracted:
    count = len(letter.pages)
    pages = [*letter.pages, *(replace(page, number=count + i) for i, page in enumerate(file.pages, 1))]
    text, placed = joined(pages)
    whole = letter.has_text and file.has_text
    return replace(letter, text=text, pages=placed, total_pages=letter.total_pages + file.total_pages, has_text=whole)
