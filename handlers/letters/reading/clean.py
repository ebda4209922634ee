"""Makes a letter's text even before it is read: one spelling, whole numbers, one column."""

import re
import unicodedata

from handlers.letters.reading.types import type_in_heading
from handlers.letters.reading.words import ADDRESSED, MOTTO, SENT_TO, date_line, is_capitals, is_rule

_ODD = {
    "\ufffe": "-",  # pdfium's hyphen at a line end
    "\u2011": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "\u3000": " ",
    "\u00ad": "",
    "\u200b": "",
    "\u200c": "",
    "\u200d": "",
    "\u2060": "",
    "\ufeff": "",
    "\r": "\n",
    "\f": "\n",
    "\v": "\n",
    "\u2028": "\n",
    "Ð": "Đ",
    "ð": "đ",
}
_ODD_TABLE = str.maketrans(_ODD)
_DOUBLED_D = re.compile(r"(?=[ĐÐ]*ĐÐ|[ĐÐ]*ÐĐ)[ĐÐ]{2,}")

# oà/òa, oè/òe, uý/úy at the end of a syllable: the mark goes to the first vowel. After q the u is no vowel.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_LATE_TONE = re.compile(rf"(?<![qQ])([oO][aeAE]|[uU][yY])([{_TONES}])(?![^\W\d_\u0300-\u036f])")

_HEADER_LINES = 45
_SYMBOL_BREAK = re.compile(
    r"(?<!\d)(?P<head>\d{1,7}\w?(?:/\d{4})?/[^\W\d_][\w&.]{0,30})[ \t]{0,9}"
    r"(?:-[ \t\n]{0,9}){1,3}(?P<next>[A-ZĐ][\w&.]{0,30})(?=\W|$)"
)
_SLASH_BREAK = re.compile(r"(?<=\d)[ \t_]{0,9}/[ \t\n]{0,9}(?=[A-ZĐ][\w&.]{0,30}[ \t]{0,9}-[ \t\n]{0,9}[A-ZĐ])")
_OWN_SLASH_BREAK = re.compile(r"(?m)^(Số\s*:?\s*\d[\w.]*)[ \t_]*/[ \t]*(?=[A-ZĐ])")
_YEAR_BREAK = re.compile(r"(?<=\d)[ \t]*/[ \t]*(?=\d{4}[ \t]*/[ \t]*[A-ZĐ]{2})|(?<=\d/\d{4})[ \t]*/[ \t]*(?=[A-ZĐ]{2})")


def normalise(text: str) -> str:
    """The same letter in even text: marks unified, markdown gone, numbers whole, the header in one column."""
    text = _one_spelling(text)
    text = _without_markdown(text)
    lines = _even_lines(text)
    text = whole_numbers("\n".join(lines))
    return "\n".join(_unmerged(text.split("\n"))).strip("\n")


def _one_spelling(text: str) -> str:
    text = text.replace("\r\n", "\n")
    text = _DOUBLED_D.sub("Đ", text).translate(_ODD_TABLE)
    return unicodedata.normalize("NFC", _early_tones(text))


def _early_tones(text: str) -> str:
    split = unicodedata.normalize("NFD", text)
    return _LATE_TONE.sub(lambda m: m[1][0] + m[2] + m[1][1], split)


def _without_markdown(text: str) -> str:
    text = re.sub(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*:?-*:?[ \t]*$", "", text, flags=re.MULTILINE)
    text = re.sub(
        r"^[ \t]*\|(.*)\|[ \t]*$", lambda m: "\n".join(c.strip() for c in m[1].split("|")), text, flags=re.MULTILINE
    )
    text = re.sub(r"<br\s*/?>", "\n", text, flags=re.IGNORECASE)
    text = re.sub(r"^\s{0,3}(?:#{1,6}\s+|>\s?)", "", text, flags=re.MULTILINE)
    text = re.sub(r"^([ \t]*)\*[ \t]+(?=\S)", r"\1- ", text, flags=re.MULTILINE)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!|-])", r"\1", text)
    return re.sub(r"\*{1,3}|(?<!\w)__|__(?!\w)", "", text)


def _even_lines(text: str) -> list[str]:
    """Stripped lines; after `Nơi nhận` a wide gap parts the list from the signature, so it ends the line there."""
    lines: list[str] = []
    signing = False
    for raw in text.split("\n"):
        signing = signing or bool(SENT_TO.match(raw.strip()))
        pieces = re.split(r"\t+|\s{4,}", raw.strip()) if signing else [raw]
        lines.extend(_even(piece) for piece in pieces)
    return [line for i, line in enumerate(lines) if not (i > 8 and re.fullmatch(r"[-–]?\s*\d{1,3}\s*[-–]?", line))]


def _even(line: str) -> str:
    return re.sub(r" +(?=[,;:](?:\s|$))", "", re.sub(r"\s+", " ", line).strip())


def whole_numbers(text: str) -> str:
    """`287/STC-⏎HCSN`, `10/CT- TTg`, `5180 /UBND-VHXH` in one piece."""
    text = _YEAR_BREAK.sub("/", text)
    text = _SLASH_BREAK.sub("/", text)
    text = _OWN_SLASH_BREAK.sub(r"\1/", text)
    return _SYMBOL_BREAK.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    follows = found["next"]
    if sum(c.isupper() for c in follows) < 2 and len(follows) > 2:
        return found[0]  # a word, not the rest of a symbol: `12/UBND- Quảng Trị`
    return f"{found['head']}-{follows}"


def _unmerged(lines: list[str]) -> list[str]:
    """The two columns of the header one after the other, the right one first, so that `V/v …` stays in one piece."""
    rows = _column_rows(lines)
    merged = [i for i, (left, right) in enumerate(rows) if left and right]
    if not merged:
        return lines
    first, last = merged[0], merged[-1]
    inside = rows[first : last + 1]
    right = [cell for _, cell in inside if cell]
    left = [cell for cell, _ in inside if cell]
    return [*lines[:first], *right, *left, *lines[last + 1 :]]


def _column_rows(lines: list[str]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for line in lines[:_HEADER_LINES]:
        if ADDRESSED.match(line) or (is_capitals(line) and type_in_heading(line)):
            break
        found = MOTTO.search(line) or _dated(line)
        if found is None:
            rows.append((line, ""))
            continue
        left = line[: found.start()].strip()
        rows.append(("" if is_rule(left) else left, line[found.start() :].strip()))
    return rows


def _dated(line: str) -> re.Match[str] | None:
    """The date line with its place, or behind the number; other dates at a line's end are part of a sentence."""
    found = date_line(line)
    if found and (found["place"] or found.start() == 0 or line.startswith("Số")):
        return found
    return None
