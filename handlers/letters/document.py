"""The register as a Word document: A4 lying down, the form's head, a table whose headings come on every page."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from handlers.letters.sheets import FOLLOWING, REGISTER, as_form

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHARES = {"about": 3.2, "letter": 4.0, "issuer": 1.8, "given": 1.6, "note": 1.4, "symbol": 1.4}
_WIDTH = 261  # millimetres between the margins


def document(told: Mapping[str, Any]) -> bytes:
    """`told` as for the workbook."""
    paper: Any = Document()
    _lie_down(paper)
    for place, (name, columns) in enumerate((("register", REGISTER), ("following", FOLLOWING))):
        if place:
            paper.add_page_break()
        for row, said in enumerate(told["heads"][name]):
            line = paper.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.add_run(_UNPRINTABLE.sub("", said)).bold = row < 2
        titles = [told["columns"][f"{name}-{each}"] for each in columns]
        _table(paper, columns, titles, told[name])
    into = io.BytesIO()
    paper.save(into)
    return into.getvalue()


def _lie_down(paper: Any) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(18), Mm(18)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")


def _table(paper: Any, columns: Sequence[str], titles: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    table = paper.add_table(rows=2, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    whole = sum(_SHARES.get(each, 1.0) for each in columns)
    widths = [Mm(_WIDTH * _SHARES.get(each, 1.0) / whole) for each in columns]
    for place, title in enumerate(titles):
        for row, said in ((0, title), (1, f"({place + 1})")):
            cell = table.cell(row, place)
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            cell.paragraphs[0].add_run(said).bold = row == 0
    for values in rows:
        cells = table.add_row().cells
        for place, name in enumerate(columns):
            cells[place].text = _UNPRINTABLE.sub("", as_form(name, values[name]))
    for each in table.rows:
        for cell, width in zip(each.cells, widths, strict=True):
            cell.width = width
    for each in (table.rows[0], table.rows[1]):
        each._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no public way
