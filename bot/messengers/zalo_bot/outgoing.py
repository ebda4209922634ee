"""From cards to Zalo's plain words: answers with numbers instead of buttons, links in words, long texts in parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.messages import Attachment, Card, Part, Style
from bot.messengers.zalo_bot.contents import nfc

MAX_TEXT = 2000
PART_TEXT = 1900  # of a text in several parts: their numbers need room, and how Zalo counts is not documented
_CODES = {Style.BOLD: "b", Style.ITALIC: "i"}

Links = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How people are told to answer: in private, and in a room, where the bot hears only replies and mentions.

    `{example}` in them becomes what to write: `1`, or `1 #12` for a card that people know by its number.
    """

    hint: str = ""
    room_hint: str = ""

    def said(self, card: Card, *, private: bool) -> str:
        chosen = self.hint if private else self.room_hint or self.hint
        return chosen.replace("{example}", f"1 #{card.called}" if card.called else "1")


@dataclass(frozen=True, slots=True)
class Step:
    """A method and what it is called with; `otherwise` is tried when Zalo calls the first a bad request."""

    method: str
    arguments: dict[str, Any]
    otherwise: "Step | None" = None


def units(text: str) -> int:
    """UTF-16, as Zalo counts places of styles, and the larger of the ways it may count the limit."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def steps(card: Card, words: Words, links: Links | None, photos: Links | None, *, private: bool) -> Sequence[Step]:
    """In order; none at all for a card without anything to say."""
    parts = [*_readable(card.parts), *_answers(card, words, private=private)]
    photo = _photo(card.file, photos) if card.file is not None else None
    named = [Part(file_line(card.file, links))] if card.file is not None else []
    if photo is None:
        return texts(_lines(parts, named))
    caption = "".join(part.text for part in parts).strip()
    if units(caption) + units(named[0].text) >= MAX_TEXT:
        return [Step("sendPhoto", {"photo": photo}, texts(named)[0]), *texts(parts)]
    plain = texts(_lines(parts, named))[0]
    return [Step("sendPhoto", {"photo": photo} | ({"caption": caption} if caption else {}), plain)]


def _lines(parts: Sequence[Part], below: Sequence[Part]) -> Sequence[Part]:
    return [*parts, Part("\n"), *below] if parts and below else [*parts, *below]


def file_line(file: Attachment, links: Links | None) -> str:
    """A file that Zalo cannot carry: its name, and where it lies."""
    link = links(file.record) if links is not None and file.record is not None else ""
    return nfc(f"📎 {file.name}: {link}" if link else f"📎 {file.name}")


def _photo(file: Attachment, photos: Links | None) -> str | None:
    """The public address of a picture, which Zalo fetches (several times): its own, or one of ours."""
    if not file.mime.startswith("image/"):
        return None
    if file.ref is not None and file.ref.startswith("https://"):
        return file.ref
    return photos(file.record) if photos is not None and file.record is not None else None


def _readable(parts: Sequence[Part]) -> Sequence[Part]:
    return [Part(nfc(_in_words(part)), part.style) for part in parts]


def _in_words(part: Part) -> str:
    if part.style is Style.LINK and part.target and part.target not in part.text:
        return f"{part.text} ({part.target})"
    return part.text


def _answers(card: Card, words: Words, *, private: bool) -> Sequence[Part]:
    """Below the text: the numbered answers in the order of `card.actions`, links, how to answer."""
    numbered = [f"{number}. {button.label}" for number, button in enumerate(card.actions, 1)]
    linked = [f"{button.label}: {button.url}" for row in card.buttons for button in row if button.url]
    hint = words.said(card, private=private) if numbered else ""
    lines = [*numbered, *linked, *([hint] if hint else [])]
    if not lines:
        return []
    gap = "\n\n" if card.text.strip() else ""
    return [Part(nfc(gap + "\n".join(lines)))]


# cutting


def texts(parts: Sequence[Part]) -> Sequence[Step]:
    """Messages of at most 2,000 units, cut at the end of a line where there is one, else of a word."""
    text = "".join(part.text for part in parts)
    if not text.strip():
        return []
    cuts = [(0, len(text))] if units(text) <= MAX_TEXT else _cuts(text)
    cuts = [(start, end) for start, end in cuts if text[start:end].strip()]
    found = []
    for number, (start, end) in enumerate(cuts, 1):
        before = f"({number}/{len(cuts)})\n" if len(cuts) > 1 else ""
        found.append(_message(before, text, parts, start, end))
    return found


def _message(before: str, text: str, parts: Sequence[Part], start: int, end: int) -> Step:
    plain = Step("sendMessage", {"text": before + text[start:end]})
    styles = _styles(parts, text, start, end, units(before))
    return Step("sendMessage", plain.arguments | {"text_styles": styles}, plain) if styles else plain


def _styles(parts: Sequence[Part], text: str, start: int, end: int, shift: int) -> list[dict[str, Any]]:
    found, at = [], 0
    for part in parts:
        first, last = max(at, start), min(at + len(part.text), end)
        at += len(part.text)
        if first < last and part.style in _CODES:
            place = {"start": shift + units(text[start:first]), "len": units(text[first:last])}
            found.append(place | {"st": [_CODES[part.style]]})
    return found


def _cuts(text: str) -> list[tuple[int, int]]:
    """(start, end) of the parts; the break at a cut belongs to neither side."""
    cuts, start = [], 0
    while start < len(text):
        furthest = _furthest(text, start)
        separator, end = ("", furthest) if furthest == len(text) else _break(text, start, furthest)
        cuts.append((start, end))
        start = end
        while separator and text[start : start + 1] == separator:
            start += 1
    return cuts


def _furthest(text: str, start: int) -> int:
    """The first index that does not fit any more."""
    end, left = start, PART_TEXT
    while end < len(text):
        left -= 1 + (text[end] > "\uffff")
        if left < 0:
            return end
        end += 1
    return end


def _break(text: str, start: int, furthest: int) -> tuple[str, int]:
    """What the text is cut at, and where; nothing, in the middle of a word as long as a message."""
    for separator in ("\n", " "):
        found = text.rfind(separator, start + 1, furthest + 1)
        if found > start:
            return separator, found
    return "", furthest
