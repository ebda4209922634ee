"""The text inside a file, as lines, for the search for secrecy marks: complete rather than pretty."""

import html
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.parsers import expat

import pikepdf
import pypdfium2

from handlers.files.sealing import oldformats, pdf, pdf_order
from handlers.files.sealing.kinds import Found, Kind, Reason, Refused, find
from handlers.files.sealing.protection import is_locked
from handlers.files.sealing.secrecy import words_of_name

MOST_TEXT = 200 << 20  # bytes of parts read from one file, over all levels of nesting
_DEEPEST = 3
_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, pikepdf.PdfError,
               pikepdf.PasswordError, pypdfium2.PdfiumError)  # fmt: skip
_pdfium: Any = pypdfium2  # has no types
_PARTS = re.compile(r"^(?:word|xl|ppt|docProps|customXml)/.*\.xml$|^(?:content|styles|meta)\.xml$")
_SKIPPED = re.compile(
    r"/(?:theme|styles|settings|fontTable|webSettings|calcChain|tableStyles|presProps|viewProps)\d*\.xml$"
)
_EMBEDDED = re.compile(r"^(?:word|xl|ppt)/(?:embeddings/|afchunk)|^Object ")
_TEXT = frozenset(
    ("t", "delText", "v", "f_", "title", "subject", "description", "keywords", "category", "lpwstr", "contentStatus")
)
_HEADERS = frozenset(("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"))
_BLOCKS = frozenset(("p", "h", "si", "is", "c", "row", "table-cell", "title", "subject", "description",
                     "keywords", "category", "lpwstr", "contentStatus", "header", "footer")) | _HEADERS  # fmt: skip
_ODF_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_SAID = frozenset((("textpath", "string"), ("sheet", "name"), ("docPr", "descr")))
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-F]{6}|&\d+|&[A-Za-z]')


@dataclass(frozen=True, slots=True)
class Searched:
    """What could be read of a file. Not `complete`: some of it (a scan, a locked member) nobody has looked at."""

    text: str
    complete: bool


def search(content: bytes, kind: Kind, *, locked: bool = False) -> Searched:
    """All text that can be read: headers, notes, comments, text boxes, embedded files. Raises Refused for XML with a
    DTD, and for more text than any letter has."""
    if locked:
        return Searched("", complete=False)
    collector = _Collector()
    try:
        text = "\n".join(collector.of(content, kind, 0))
    except _UNREADABLE as error:
        raise Refused(Reason.CORRUPT, kind) from error
    return Searched(text, complete=not collector.unread and any(letter.isalpha() for letter in text))


def text_of(content: bytes, kind: Kind) -> str:
    return search(content, kind).text


class _Collector:
    def __init__(self) -> None:
        self._left = MOST_TEXT
        self.unread = False
        """Something was met that has no text, or none that can be reached."""

    def of(self, content: bytes, kind: Kind, depth: int) -> list[str]:
        match kind:
            case Kind.OOXML | Kind.ODF:
                return self._package(content, depth)
            case Kind.ZIP:
                return self._archive(content, depth)
            case Kind.PDF:
                return self._document(content, depth)
            case Kind.LEGACY_OFFICE:
                return oldformats.compound(content)
            case Kind.TEXT:
                return [_plain(content), _without_tags(_plain(content))]
            case Kind.RTF:
                return [oldformats.rich_text(content)]
            case _:
                self.unread = True
                return []

    def _read(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        with archive.open(info) as part:
            content = part.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise Refused(Reason.BOMB, "text without end")
        return content

    def _package(self, content: bytes, depth: int) -> list[str]:
        lines: list[str] = []
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for info in archive.infolist():
                name = info.filename
                if _EMBEDDED.match(name) and not name.endswith(".xml"):
                    lines += self._nested(self._read(archive, info), depth)
                elif name.endswith(".xml") and (_PARTS.match(name) or _EMBEDDED.match(name)):
                    if not _SKIPPED.search(name):
                        lines += lines_of_xml(self._read(archive, info))
                elif name.endswith(".vml"):
                    lines += lines_of_xml(self._read(archive, info))
        return lines

    def _archive(self, content: bytes, depth: int) -> list[str]:
        """Names are searched too: they say what is in a scan or in a locked member."""
        lines: list[str] = []
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for info in archive.infolist():
                lines.append(words_of_name(info.filename))
                if info.flag_bits & 1:
                    self.unread = True
                elif not info.is_dir():
                    lines += self._nested(self._read(archive, info), depth)
        return lines

    def _document(self, content: bytes, depth: int) -> list[str]:
        self.unread = self.unread or pdf.has_unread_pages(content)
        lines = _pdf(content)
        with pikepdf.open(BytesIO(content)) as document:
            lines += _pdf_notes(document)
            for name, attached in document.attachments.items():
                lines.append(words_of_name(name))
                lines += self._nested(attached.get_file().read_bytes(), depth)
        return lines

    def _nested(self, content: bytes, depth: int) -> list[str]:
        if not content:
            return []
        try:
            found: Found = find(content)
            if depth < _DEEPEST and not is_locked(content, found.kind):
                return self._of_member(content, found.kind, depth)
        except (Refused, *_UNREADABLE) as unreadable:  # damaged within: nobody can read it
            if isinstance(unreadable, Refused) and unreadable.reason in (Reason.DTD, Reason.BOMB):
                raise
        self.unread = True
        return []

    def _of_member(self, content: bytes, kind: Kind, depth: int) -> list[str]:
        """A member without a letter in it may be a scan: nobody has looked at it."""
        lines = self.of(content, kind, depth + 1)
        self.unread = self.unread or not any(letter.isalpha() for line in lines for letter in line)
        return lines


def lines_of_xml(content: bytes) -> list[str]:
    """The lines of one part of a package. A run split in the middle of a word is joined; a text box within a paragraph
    is a line of its own."""
    lines: list[str] = []
    open_lines: list[list[str]] = [[]]
    said = [0]

    def start(name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if local in _BLOCKS:
            open_lines.append([])
        if local in _TEXT or local in _HEADERS or space == _ODF_TEXT:
            said[0] += 1
        elif local in ("tab", "s"):
            open_lines[-1].append("\t" if local == "tab" else " ")
        if local in ("br", "cr", "line-break"):
            open_lines[-1].append("\n")
        for key, value in attributes.items():
            if (local, key.rpartition(" ")[2]) in _SAID:
                lines.append(value)

    def end(name: str) -> None:
        space, _, local = name.rpartition(" ")
        if local in _TEXT or local in _HEADERS or space == _ODF_TEXT:
            said[0] -= 1
        if local in _BLOCKS:
            line = "".join(open_lines.pop())
            lines.extend(_CODES.sub("\n", line).split("\n") if local in _HEADERS else [line] if line else [])

    def letters(text: str) -> None:
        if said[0]:
            open_lines[-1].append(text)

    _parse(content, start, end, letters)
    lines.append("".join(open_lines[0]))
    return lines


def _parse(content: bytes, start: object, end: object, letters: object) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end  # type: ignore[assignment]
    parser.CharacterDataHandler = letters  # type: ignore[assignment]

    def doctype(*_: object) -> None:
        raise Refused(Reason.DTD)

    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Refused(Reason.CORRUPT, "XML") from error


def _pdf(content: bytes) -> list[str]:
    lines: list[str] = []
    document = _pdfium.PdfDocument(content)
    try:
        for page in document:
            text = page.get_textpage()
            said = text.get_text_range()
            lines += said.splitlines()
            if pdf_order.may_hide_a_mark(said):
                lines += pdf_order.in_order(text).splitlines()
            text.close()
            page.close()
    finally:
        document.close()
    return lines


def _pdf_notes(document: pikepdf.Pdf) -> list[str]:
    """What stands beside the page: stamps and notes drawn as annotations, fields of a form, title and keywords."""
    lines: list[str] = []
    for page in document.pages:
        notes = page.obj.get("/Annots")
        for note in notes.as_list() if isinstance(notes, pikepdf.Array) else []:
            if isinstance(note, pikepdf.Dictionary):
                values = [note.get(key) for key in ("/Contents", "/V", "/Subj")]
                lines += [str(value) for value in values if isinstance(value, pikepdf.String)]
    return lines + [str(value) for value in document.docinfo.values() if isinstance(value, pikepdf.String)]


def _plain(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1258", "replace") + "\n" + content.decode("latin-1")


def _without_tags(text: str) -> str:
    """HTML, also under the name of a doc or xls, as old systems export it."""
    return html.unescape(re.sub(r"<[^<>]*>", "\n", text)) if "<" in text else ""
