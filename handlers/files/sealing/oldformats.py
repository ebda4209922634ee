"""The text of formats from before the packages: doc, xls and ppt, and RTF; only what a mark could stand in."""

import re
from collections.abc import Iterator

from handlers.files.sealing import cfb
from handlers.files.sealing.kinds import Reason, Refused

_RTF = re.compile(
    r"\\u(?P<letter>-?\d{1,6})[ \r\n]?(?:\\'[0-9a-fA-F]{2}|\?)?|\\'(?P<byte>[0-9a-fA-F]{2})"
    r"|\\(?P<word>[a-zA-Z]+)-?\d*[ \r\n]?|\\(?P<sign>[^a-zA-Z])|[{}\r\n]"
)
_RTF_WORDS = dict.fromkeys(("par", "pard", "line", "cell", "row", "page", "sect"), "\n") | {"tab": "\t"}
_RTF_SIGNS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}


def rich_text(content: bytes) -> str:
    """RTF with its control words taken out: `\\u7852?` is a letter, `\\'cb` a byte, `\\par` a line. The end of a line
    ends a control word and says nothing: LibreOffice writes `\\loch`, a new line, then the letters."""
    return _RTF.sub(_said_by_rtf, content.decode("latin-1"))


def _said_by_rtf(found: re.Match[str]) -> str:
    if found["letter"]:
        return chr(int(found["letter"]) % 65536)
    if found["byte"]:
        return chr(int(found["byte"], 16))
    return _RTF_WORDS.get(found["word"] or "", "") or _RTF_SIGNS.get(found["sign"] or "", "")


def compound(content: bytes) -> list[str]:
    """They keep text as UTF-16 or as one byte a letter, at any offset: every reading of every place in which
    letters of a mark stand. (To read all of a stream of pictures takes longer than a file may.)"""
    lines: list[str] = []
    try:
        container = cfb.Reader(content)
        for path in container.paths:
            stream = container.read(path)
            for part in _around_marks(stream):
                lines += [_UTF16_NOISE.sub("\n", part[odd:].decode("utf-16-le", "replace")) for odd in (0, 1)]
                lines.append(part.decode("latin-1"))
            if word := _WORD.search(stream):
                lines.append(word[0].replace(b"\0", b"").decode("ascii"))
            if path[-1] in ("Workbook", "Book"):
                lines += _counted(stream)
    except cfb.Malformed as error:
        raise Refused(Reason.CORRUPT, "compound file") from error
    return lines


_MARK_LETTERS = re.compile(
    rb"[\xac\xad]\x1e|\x23\x03"  # the letters of UTF-16: whole, or with the dot by itself
    rb"|[Mm]\0?(?:\xcb|[Aa](?:\0?[\xc4\xe4])?)\0?[Tt]"  # TCVN3, VNI, and without marks
)
_WORD = re.compile(rb"(?:[A-Za-z]\0){4,20}|[A-Za-z]{4,20}")
_WIDTH = 512  # bytes on either side: a stamp is a line of its own, and lines before and after tell


def _around_marks(stream: bytes) -> Iterator[bytes]:
    start = end = 0
    for found in _MARK_LETTERS.finditer(stream):
        at = max(0, found.start() - _WIDTH)
        if end and at > end:
            yield stream[start:end]
        start = at if at > end or not end else start
        end = min(len(stream), found.end() + _WIDTH)
    if end:
        yield stream[start:end]


_UTF16_NOISE = re.compile(r"[^\t\x20-\u024f\u0300-\u0340\u1ea0-\u1eff\u2000-\u206f]+|\u0100")
_COUNTED = re.compile(rb"(?s)([\x03-\x40])\x00([\x00\x01])(?=[\x20-\xff])")


def _counted(stream: bytes) -> list[str]:
    """Short strings of a workbook, which stand as length, width and letters, with nothing between one and the next."""
    lines = []
    for found in _COUNTED.finditer(stream):
        count, wide = found[1][0], found[2] == b"\1"
        raw = stream[found.end() : found.end() + count * (2 if wide else 1)]
        lines.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
    return lines
