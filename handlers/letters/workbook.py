"""The register as an Excel workbook: three sheets that print on paper lying down, headings on every page."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from handlers.letters.sheets import DATES, FIELDS, FOLLOWING, REGISTER

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDTHS = {"about": 44, "letter": 50, "issuer": 26, "given": 22, "signed": 18, "note": 24, "symbol": 18, "progress": 20}
_THIN = Side(style="thin")
_FONT, _SIZE = "Times New Roman", 12


def workbook(told: Mapping[str, Any]) -> bytes:
    """`told`: what handlers.letters.exporting keeps of a period. Rows are text; dates become dates."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = (("register", REGISTER), ("following", FOLLOWING), ("fields", tuple(FIELDS)))
    for name, columns in sheets:
        sheet = book.create_sheet(told["sheets"][name])
        _fill(sheet, told["heads"][name], [told["columns"].get(f"{name}-{each}", each) for each in columns])
        _rows(sheet, columns, told[name], first=len(told["heads"][name]) + 3)
        _printed(sheet, columns, heading=len(told["heads"][name]) + 2)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _fill(sheet: Worksheet, heads: Sequence[str], titles: Sequence[str]) -> None:
    for row, said in enumerate(heads, start=1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(titles))
        _write(sheet, row, 1, said, bold=row <= 2, centred=True)
    for column, title in enumerate(titles, start=1):
        for row, said in ((len(heads) + 1, title), (len(heads) + 2, f"({column})")):
            _write(sheet, row, column, said, bold=row == len(heads) + 1, centred=True, framed=True)


def _rows(sheet: Worksheet, columns: Sequence[str], rows: Sequence[Mapping[str, str]], *, first: int) -> None:
    for row, values in enumerate(rows, start=first):
        for column, name in enumerate(columns, start=1):
            _write(sheet, row, column, values[name], day=name in DATES, framed=True)


def _write(
    sheet: Worksheet,
    row: int,
    column: int,
    said: str,
    *,
    bold: bool = False,
    centred: bool = False,
    framed: bool = False,
    day: bool = False,
) -> None:
    cell = sheet.cell(row=row, column=column)
    if day and said:
        cell.value, cell.number_format = date.fromisoformat(said), "dd/mm/yyyy"
    else:
        cell.value = _UNPRINTABLE.sub("", said)
        cell.data_type = "s"  # a subject that begins with "=" is no formula
    cell.font = Font(name=_FONT, size=_SIZE, bold=bold)
    cell.alignment = Alignment(horizontal="center" if centred else None, vertical="top", wrap_text=True)
    if framed:
        cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _printed(sheet: Worksheet, columns: Sequence[str], *, heading: int) -> None:
    for place, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 13)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{heading - 1}:{heading}"
    sheet.freeze_panes = f"A{heading + 1}"
