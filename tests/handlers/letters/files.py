"""Builds small files around a text: Word, LibreOffice, PDF with and without a text layer or signing widgets."""

import io
import re
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name

from bot.demo import samples

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(**members: str) -> bytes:
    """Keys with `__` for `/` and `_` for `.`, as in `word__document_xml`."""
    return samples.zipped({key.replace("__", "/").replace("_", "."): content for key, content in members.items()})


def docx(text: str, doctype: str = "") -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    return docx_of(paragraphs, doctype)


def docx_of(body: str, doctype: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped(word__document_xml=xml)


def odt(text: str) -> bytes:
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    names = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
    body = f"<office:body><office:text>{lines}</office:text></office:body>"
    xml = f"<office:document-content {names}>{body}</office:document-content>"
    return zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml=xml)


def pdf(text: str, marks: dict[str, tuple[float, float]] | None = None) -> bytes:
    """One A4 page; `marks` are texts in signature widgets at (x, y)."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    font = _font(document, with_table=True)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
    rows = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -14 Td\n" for line in text.split("\n"))
    page.obj.Contents = document.make_stream(f"BT /F1 10 Tf 50 800 Td\n{rows}ET".encode())
    notes = Array([_widget(document, mark, *at) for mark, at in (marks or {}).items()])
    page.obj.Annots = notes
    document.Root.AcroForm = Dictionary(Fields=notes, SigFlags=3)
    return _saved(document)


def torn_pdf(text: str) -> bytes:
    """As LibreOffice draws what a font has no letters for: the marked ones behind the rest of each line."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(1200, 842))
    page.obj.Resources = Dictionary(Font=Dictionary(F1=_font(document, with_table=True, name="/Courier", width=600)))
    rows: list[str] = []
    for row, line in enumerate(text.split("\n")):
        has = {c for c in line if c.isascii() and c != ":"}
        for letters in ("".join(c if c in has else " " for c in line), "".join(" " if c in has else c for c in line)):
            said = re.sub(r"[^ ]+", lambda word: f"<{word[0].encode('utf-16-be').hex()}>", letters)
            rows.append(f"1 0 0 1 50 {800 - 14 * row} Tm [{re.sub(' +', _gap, said)}] TJ")
    page.obj.Contents = document.make_stream(("BT /F1 10 Tf\n" + "\n".join(rows) + "\nET").encode())
    return _saved(document)


def _gap(spaces: re.Match[str]) -> str:
    return f" {-600 * len(spaces[0])} "


def scan() -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    return _saved(document)


def locked_pdf(text: str) -> bytes:
    with pikepdf.open(io.BytesIO(pdf(text))) as document:
        buffer = io.BytesIO()
        document.save(buffer, encryption=pikepdf.Encryption(user="mot-hai-ba", owner="bon-nam-sau"))
        return buffer.getvalue()


def _saved(document: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _font(document: pikepdf.Pdf, *, with_table: bool, name: str = "/Times", width: int = 500) -> pikepdf.Object:
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(name),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        DW=width,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(name),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([document.make_indirect(inner)]),
    )
    if with_table:
        font.ToUnicode = document.make_stream(_table())
    return document.make_indirect(font)


def _table() -> bytes:
    """Every code means itself."""
    rows = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(0x21)]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(rows)} beginbfrange\n" + "\n".join(rows) + "\nendbfrange endcmap end end"
    ).encode()


def _widget(document: pikepdf.Pdf, text: str, x: float, y: float) -> pikepdf.Object:
    """As signing tools lay it: a form in a form, glyph ids without a table of characters."""
    glyphs = "".join(f"{ord(c) - 29:04x}" for c in text)
    inner = document.make_stream(f"BT /F1 13 Tf <{glyphs}> Tj ET".encode())
    _fill(inner, document)
    outer = document.make_stream(b"q /n2 Do Q")
    outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array([0, 0, 40, 16])
    outer.Resources = Dictionary(XObject=Dictionary(n2=inner))
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, Rect=[x, y, x + 40, y + 16], AP=Dictionary(N=outer), F=4
    )
    return document.make_indirect(note)


def _fill(form: pikepdf.Object, document: pikepdf.Pdf) -> None:
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 40, 16])
    form.Resources = Dictionary(Font=Dictionary(F1=_font(document, with_table=False)))
