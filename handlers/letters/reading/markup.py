"""The running text inside Word's and LibreOffice's XML, read in one pass and without document types."""

from collections.abc import Callable
from xml.parsers import expat

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_WORD_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
# Deleted text, field codes, and the second copy of text boxes kept for old programs.
_WORD_SKIPPED = {"del", "moveFrom", "instrText", "Fallback"}
_ODF_SKIPPED = {"annotation", "tracked-changes", "note"}


class MarkupRefused(Exception):
    """Not XML, or XML with a document type: such may unfold without end or read other files (XXE)."""


class _Words:
    """Collects text between the elements a format names as running text."""

    def __init__(self, skipped: set[str]) -> None:
        self.parts: list[str] = []
        self._skipped = skipped
        self._hidden = 0
        self._open = 0

    def enter(self, tag: str) -> bool:
        """False inside what is skipped."""
        if self._hidden or tag in self._skipped:
            self._hidden += 1
        return not self._hidden

    def leave(self) -> bool:
        if self._hidden:
            self._hidden -= 1
            return False
        return True

    def open(self) -> None:
        self._open += 1

    def close(self) -> None:
        self._open -= 1

    def say(self, text: str) -> None:
        if self._open and not self._hidden:
            self.parts.append(text)


def text_of_docx(xml: bytes) -> str:
    """Paragraphs as lines, table cells one after the other, list items behind a dash."""
    words = _Words(_WORD_SKIPPED)

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rsplit(" ", 1)[-1]
        if not words.enter(tag):
            return
        if name == f"{_WORD}t":
            words.open()
        elif name.startswith(_WORD) and tag in _WORD_BREAKS:
            words.parts.append(_WORD_BREAKS[tag])
        elif name == f"{_WORD}numPr":
            words.parts.append("- ")

    def end(name: str) -> None:
        if not words.leave():
            return
        if name == f"{_WORD}t":
            words.close()
        elif name == f"{_WORD}p":
            words.parts.append("\n")

    _read(xml, start, end, words.say)
    return "".join(words.parts)


def text_of_odt(xml: bytes) -> str:
    words = _Words(_ODF_SKIPPED)

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rsplit(" ", 1)[-1]
        if not words.enter(tag):
            return
        if tag in {"p", "h"}:
            words.open()
        elif tag == "s":
            words.say(" " * min(int(attributes.get(f"{_ODF}text:1.0 c", "1") or 1), 40))
        elif tag in {"tab", "line-break"}:
            words.say("\t" if tag == "tab" else "\n")
        elif tag == "list-item":
            words.parts.append("- ")

    def end(name: str) -> None:
        if words.leave() and name.rsplit(" ", 1)[-1] in {"p", "h"}:
            words.say("\n")
            words.close()

    _read(xml, start, end, words.say)
    return "".join(words.parts)


def _read(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    say: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = say
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise MarkupRefused(str(error)) from error


def _refuse(*_: object) -> None:
    raise MarkupRefused("a document type")
