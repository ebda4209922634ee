"""Number and date that a signing tool laid over a PDF: they are in signature widgets, not in the text layer."""

import io
import re
from dataclasses import dataclass

import pikepdf

_DEEPEST = 5
_TRUETYPE_OFFSET = 29  # in the usual TrueType fonts glyph 19 is "0" (U+0030): glyph id + 29 = ASCII; 7 of 7 real files
_NUMBER_GAP = re.compile(r"(?m)^(?P<before>\s*Số\s*:?)[\s.…_]*(?P<after>[/-]\s*[A-ZĐÐ])")
_DATE_GAP = re.compile(
    r"(?P<d>ngày)(?P<day>[\s.…_]*\d{0,2}[\s.…_]*)(?P<m>tháng)(?P<month>[\s.…_]*\d{0,2}[\s.…_]*)(?P<y>năm)"
    r"(?P<year>[ \t.…_]*\d{0,4})(?!\d)"
)
_WHOLE_NUMBER = re.compile(r"\d[\d.]*[a-z]?\s*[/-]\s*\w.*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A short text of a widget; `side` is 0.0 at the left edge of the page and 1.0 at the right."""

    text: str
    side: float


def with_widget_texts(page: str, content: bytes, password: str | None = None) -> str:
    """The first page's text with the gaps of number and date filled from its widgets, as far as there are any."""
    if not _NUMBER_GAP.search(page) and not _has_gap(page):
        return page
    return filled(page, marks_of(content, password))


def _has_gap(page: str) -> bool:
    found = _DATE_GAP.search(page)
    return found is not None and not all(re.search(r"\d", found[part]) for part in ("day", "month", "year"))


def filled(page: str, marks: list[Mark]) -> str:
    """Marks in the left half belong to the number, those in the right half to day, month, year, in this order."""
    left = [mark.text for mark in marks if mark.side < 0.5]
    right = [mark.text for mark in marks if mark.side >= 0.5]
    if left:
        page = _NUMBER_GAP.sub(lambda found: _numbered(found, left[0]), page, count=1)
    if right:
        page = _DATE_GAP.sub(lambda found: _dated(found, right), page, count=1)
    return page


def _numbered(found: re.Match[str], mark: str) -> str:
    if _WHOLE_NUMBER.fullmatch(mark):
        return f"{found['before']} {mark}\n{found['after']}"
    return f"{found['before']} {mark}{found['after']}"


def _dated(found: re.Match[str], marks: list[str]) -> str:
    parts = {part: found[part].strip(" .…_\n\r\t") for part in ("day", "month", "year")}
    numbers = [number for mark in marks for number in re.findall(r"\d+", mark)]
    gaps = [part for part, said in parts.items() if not said]
    if len(numbers) == 3:
        gaps = ["day", "month", "year"]
    parts |= dict(zip(gaps, numbers, strict=False))
    return f"ngày {parts['day']} tháng {parts['month']} năm {parts['year']}"


def marks_of(content: bytes, password: str | None = None) -> list[Mark]:
    """The digits of the first page's signature widgets, left to right; none when the file cannot be opened so."""
    try:
        with pikepdf.open(io.BytesIO(content), password=password or "") as document:
            return sorted(_marks(document.pages[0]), key=lambda mark: mark.side)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return []


def _marks(page: pikepdf.Page) -> list[Mark]:
    box = [float(edge) for edge in page.mediabox]
    marks: list[Mark] = []
    for note in page.obj.get("/Annots", []):
        text = _text_of_widget(note)
        if text and "/Rect" in note:
            edges = [float(edge) for edge in note["/Rect"]]
            middle = (edges[0] + edges[2]) / 2
            marks.append(Mark(text, (middle - box[0]) / max(1.0, box[2] - box[0])))
    return marks


def _text_of_widget(note: pikepdf.Object) -> str:
    field_type = _inner(note, "/FT") or _inner(note, "/Parent", "/FT")
    if note.get("/Subtype") != "/Widget" or field_type != "/Sig":
        return ""
    look = _inner(note, "/AP", "/N")
    if not isinstance(look, pikepdf.Stream):
        return ""
    text = " ".join(_said(look, pikepdf.Dictionary(), _DEEPEST).split())
    # The visible signature itself is a widget too; its stamp (name, signing time) is no number and no date.
    return text if len(text) <= 40 and re.match(r"\d", text) and ":" not in text else ""


def _inner(holder: pikepdf.Object | None, *names: str) -> pikepdf.Object | None:
    """What lies at the end of a path of names, if all of it is there."""
    for name in names:
        holder = None if holder is None else holder.get(name)
    return holder


def _said(stream: pikepdf.Object, inherited: pikepdf.Object, depth: int) -> str:
    resources = stream.get("/Resources", inherited)
    font: pikepdf.Object | None = None
    said: list[str] = []
    for step in pikepdf.parse_content_stream(stream):
        operands, name = step.operands, str(step.operator)
        if name == "Tf":
            font = _inner(resources, "/Font", str(operands[0]))
        elif name in {"Tj", "'", '"'}:
            said.append(_decoded(bytes(operands[-1]), font))
        elif name == "TJ":
            said.append(
                "".join(_decoded(bytes(part), font) for part in operands[0] if isinstance(part, pikepdf.String))
            )
        elif name == "Do" and depth:
            form = _inner(resources, "/XObject", str(operands[0]))
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
                said.append(_said(form, resources, depth - 1))
    return " ".join(part for part in said if part)


def _decoded(codes: bytes, font: pikepdf.Object | None) -> str:
    if font is None or font.get("/Subtype") != "/Type0":
        return codes.decode("cp1252", "replace")
    glyphs = [int.from_bytes(codes[i : i + 2], "big") for i in range(0, len(codes) - 1, 2)]
    named = _unicode_map(font)
    return "".join(named.get(glyph) or chr(min(glyph + _TRUETYPE_OFFSET, 0x7E)) for glyph in glyphs)


def _unicode_map(font: pikepdf.Object) -> dict[int, str]:
    """What the font's own table says; the tools that lay these texts often leave it out."""
    table = font.get("/ToUnicode")
    if not isinstance(table, pikepdf.Stream):
        return {}
    said = table.read_bytes().decode("latin-1")
    named: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", said, re.DOTALL):
        for glyph, code in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]{4})>", block):
            named[int(glyph, 16)] = chr(int(code, 16))
    for block in re.findall(r"beginbfrange(.*?)endbfrange", said, re.DOTALL):
        for first, last, code in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]{4})>", block):
            for step in range(min(int(last, 16) - int(first, 16), 255) + 1):
                named[int(first, 16) + step] = chr(int(code, 16) + step)
    return named
