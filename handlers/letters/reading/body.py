"""What a letter is about: its kind, subject, addressees and the letters it cites."""

import re

from handlers.letters.reading.header import SUBJECT_MARK, SYMBOL, Number, is_heading
from handlers.letters.reading.issuer import STARTS_BODY
from handlers.letters.reading.signature import is_title
from handlers.letters.reading.types import LETTER, type_in_heading, type_in_symbol
from handlers.letters.reading.words import (
    ADDRESSED,
    BULLET,
    MOTTO,
    NUMBERED,
    OPENING,
    SENT_TO,
    date_line,
    fold,
    is_capitals,
    is_rule,
    runs_on,
    tidy,
)

_SUBJECT_LINES = 10
_LONGEST_BLOCK = 20
_SENTENCE_END = re.compile(r"[.;:]$")


def heading_at(lines: list[str]) -> int | None:
    """Where the kind's name stands in capitals, above the text proper."""
    for i, line in enumerate(lines[:60]):
        if is_heading(line):
            return i
        if re.match(r"Điều 1\b", line):
            return None
    return None


def read_type(lines: list[str], number: Number) -> str | None:
    """By the heading, else by the symbol, else a công văn if it has an addressee or `V/v`."""
    at = heading_at(lines)
    by_symbol = type_in_symbol(number.symbol) if number.symbol else None
    if at is not None and not _is_late(lines, at):
        found = type_in_heading(lines[at])
        assert found is not None
        return found[0].name
    if by_symbol:
        return by_symbol.name
    if number.symbol or any(ADDRESSED.match(line) or SUBJECT_MARK.match(line) for line in lines):
        return LETTER.name
    return None


def _is_late(lines: list[str], at: int) -> bool:
    """A heading behind the addressees belongs to an attachment."""
    return any(ADDRESSED.match(line) or SUBJECT_MARK.match(line) for line in lines[:at])


def read_subject(lines: list[str]) -> str | None:
    at = heading_at(lines)
    if at is not None and not _is_late(lines, at):
        return _subject_under(lines, at)
    marked = next((i for i, line in enumerate(lines[:60]) if SUBJECT_MARK.match(line)), None)
    if marked is not None:
        return _marked_subject(lines, marked)
    return _unmarked_subject(lines)


def _marked_subject(lines: list[str], at: int) -> str | None:
    """`V/v …` to the next blank line, addressee, date line or motto."""
    taken = [SUBJECT_MARK.sub("", lines[at])]
    for i, line in enumerate(lines[at + 1 : at + 2 * _SUBJECT_LINES], at + 1):
        if not line and _goes_on_below(lines, i):
            continue
        if not line or _ends_subject(line) or (OPENING.match(line) and _starts_capital(line)):
            break
        taken.append(line)
    return _clean_subject(taken)


def _unmarked_subject(lines: list[str]) -> str | None:
    """The Party's letters put the subject between the head and the addressees, without `V/v`."""
    end = next((i for i, line in enumerate(lines) if ADDRESSED.match(line)), None)
    if end is None:
        return None
    taken: list[str] = []
    for line in reversed(lines[max(0, end - _SUBJECT_LINES) : end]):
        if is_capitals(line) or re.match(r"Số\b", line) or MOTTO.search(line) or date_line(line):
            break
        if line and not is_rule(line):
            taken.insert(0, line)
    return _clean_subject(taken)


def _subject_under(lines: list[str], at: int) -> str | None:
    """The lines between the heading and the text. A text may begin without any blank line or usual opening."""
    rest = _beside_heading(lines[at])
    block, closed = _block_after(lines, at + 1)
    return _clean_subject([rest, *_cut(block, closed, bool(rest))])


def _beside_heading(line: str) -> str:
    found = type_in_heading(line)
    assert found is not None
    return " ".join(line.split()[found[1] :])


def _block_after(lines: list[str], start: int) -> tuple[list[str], bool]:
    """Lines that may be subject, and whether what follows them surely is the text."""
    block: list[str] = []
    for i in range(start, min(start + _LONGEST_BLOCK, len(lines))):
        line = lines[i]
        if not line and _goes_on_below(lines, i):
            continue
        if not line or is_rule(line):
            if block:
                return block, True
            continue
        opens = block and OPENING.match(line) and _starts_capital(line) and not fold(line).startswith("ve viec")
        if opens or (_ends_subject(line) and not _is_shouted(line, block)):
            return block, True
        block.append(line)
    return block, False


def _goes_on_below(lines: list[str], at: int) -> bool:
    """A blank line inside a sentence: what follows begins with a small letter."""
    return next((line[:1].islower() for line in lines[at : at + 3] if line), False)


def _is_shouted(line: str, block: list[str]) -> bool:
    """A subject may be printed in capitals altogether; the name of the body above the text is no part of it."""
    return is_capitals(line) and not STARTS_BODY.match(line) and not is_title(line) and all(map(is_capitals, block))


def _cut(block: list[str], closed: bool, begun: bool) -> list[str]:
    """Without the text's first paragraph: found by its full stop, it begins at a line with a capital."""
    for i, line in enumerate(block):
        if _SENTENCE_END.search(line):
            return _before(block[: i + 1], begun)
    return block if closed or len(block) < _LONGEST_BLOCK else _before(block, begun)


def _before(lines: list[str], begun: bool) -> list[str]:
    """The lines before the first that begins with a capital, or, where the scanner lost it, with a usual opening."""
    behind = range(0 if begun else 1, len(lines))
    for i in behind:
        if _starts_capital(lines[i]) and not (i and runs_on(lines[i - 1], lines[i])):
            return lines[:i]
    if len(lines) > 8:
        return next((lines[:i] for i in behind if OPENING.match(lines[i])), lines[:8])
    return lines


def _starts_capital(line: str) -> bool:
    return line[:1].isupper()


def _ends_subject(line: str) -> bool:
    return bool(
        ADDRESSED.match(line)
        or MOTTO.search(line)
        or _is_date_line(line)
        or re.match(r"Số\s*:", line)
        or NUMBERED.match(line)
        or (is_capitals(line) and re.match(r"[^\W\d_]+\W+[^\W\d_]", line))
        or SENT_TO.match(line)
    )


def _is_date_line(line: str) -> bool:
    found = date_line(line)
    return found is not None and found.start() <= 3 and line[:1].isupper()


def _clean_subject(taken: list[str]) -> str | None:
    text = re.sub(r"\s+", " ", " ".join(taken)).strip()
    text = re.sub(r"^(?:[\W_]{0,6}(?:V\s*/\s*v|[Vv]ề\s+việc|VỀ\s+VIỆC)\b[\s:]*)", "", text)
    text = re.sub(r"^[\W_]*(?=[\w“\"(])|[\s.;:,_—–|`'-]+$", "", text)
    return text or None


def read_recipients(lines: list[str]) -> tuple[str, ...]:
    """Those behind `Kính gửi:`, as printed; a kind that has no such line has none."""
    at = next((i for i, line in enumerate(lines) if ADDRESSED.match(line)), None)
    if at is None:
        return ()
    first = ADDRESSED.sub("", lines[at]).strip()
    return _items(first, lines[at + 1 : at + 60])


def _items(first: str, following: list[str]) -> tuple[str, ...]:
    items = [first] if first else []
    gap = False
    for line in following:
        if items and _closes(items[-1]):
            break
        if not line:
            gap = True
        elif not items or _starts_item(line):
            items.append(line)
            gap = False
        elif not gap and _continues(items[-1], line):
            items[-1] = f"{items[-1]} {line}"
        elif items[-1].endswith(";") and not NUMBERED.match(line):
            items.append(line)
            gap = False
        else:
            break
    return tuple(name for item in items for name in _names(item))


def _closes(item: str) -> bool:
    return bool(re.search(r"\.\W{0,3}$", item)) and not re.search(r"\.\.\.$|…$", item)


def _starts_item(line: str) -> bool:
    return bool(BULLET.match(line)) and not is_rule(line)


def _continues(item: str, line: str) -> bool:
    if item.endswith((";", ".")):
        return False
    return line[:1].islower() or line[:1].isdigit() or runs_on(item, line)


def _names(item: str) -> list[str]:
    """A bullet is one addressee; a running line parts at `;` or at ` - `."""
    if BULLET.match(item) and not re.search(r";\s*[-–]\s", item):
        whole = tidy(BULLET.sub("", item))
        return [whole] if whole else []
    return [name for part in re.split(r";", item) if (name := tidy(BULLET.sub("", part.strip())))]


_CITED = re.compile(
    rf"(?<![\w/.-])(?P<state>\d{{1,7}}(?:\.\d{{1,4}})?[a-zA-Z]?(?:-\d{{4}})?(?:/\d{{4}})?/(?P<symbol>{SYMBOL}))(?![\w/])"
    rf"|(?<![\w/.-])(?P<party>\d{{1,7}}-(?:NQ|KL|TB|CV|QĐ|QĐi|QyĐ|CT|KH|BC|CTr|CTrHĐ|HD|TTr|TT|ĐA|GM|QC)/{SYMBOL})"
    r"(?![\w/])"
)
_FORM = re.compile(r"(?:[Mm]ẫu|[Bb]iểu|[Pp]hụ lục)(?:\s+(?:số|biểu))?\s*$")
_NAMED = re.compile(r"(?:[Ss]ố\s*[:,]?|văn|báo|định|thị|trình|quyết|hoạch)\s*$")


def read_references(text: str, own: str | None) -> tuple[str, ...]:
    """Numbered letters cited in the text, each once, in the order of the text; forms (`Mẫu số 01/…`) are none."""
    seen: dict[str, None] = {}
    for found in _CITED.finditer(text):
        cited = found["state"] or found["party"]
        before = text[max(0, found.start() - 24) : found.start()].replace("\n", " ")
        if cited != own and not _FORM.search(before) and (found["party"] or _is_number(found, before)):
            seen[cited] = None
    return tuple(seen)


def _is_number(found: re.Match[str], before: str) -> bool:
    """A symbol has a hyphen, or the year before it (`63/2025/QH15`), or the word `số` in front (`số 158/UB`)."""
    symbol = found["symbol"]
    if not symbol[:1].isupper() or not any(c.isupper() for c in symbol[1:] + symbol[:1]):
        return False
    return "-" in symbol or bool(re.search(r"/\d{4}/", found["state"])) or bool(_NAMED.search(before))
