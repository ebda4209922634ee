"""Sealed texts, sheets and slides, as LibreOffice opens them: with their password, and with no other."""

import io
from pathlib import Path

import openpyxl
import pytest

from bot.demo.samples import docx, zipped
from handlers.files.sealing import seal
from tests.libreoffice import needs_libreoffice, text_in

pytestmark = [pytest.mark.programs, pytest.mark.slow, needs_libreoffice]
WORDS = "Số liệu quý IV"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_KINDS = "application/vnd.openxmlformats-officedocument.presentationml"


def sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active["B2"] = WORDS
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def slides() -> bytes:
    """One slide with one box of text, and nothing that may be left out."""
    box = '<p:nvSpPr><p:cNvPr id="2" name="a"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
    box += '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5000000" cy="900000"/></a:xfrm>'
    box += '<a:prstGeom prst="rect"/></p:spPr>'
    box += f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{WORDS}</a:t></a:r></a:p></p:txBody>"
    group = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    shown = f"<p:cSld><p:spTree>{group}<p:sp>{box}</p:sp></p:spTree></p:cSld>"
    spaces = f'xmlns:p="{_SLIDES}" xmlns:a="{_DRAWN}" xmlns:r="{_OFFICE}"'
    kinds = "".join(
        f'<Override PartName="/ppt/{part}.xml" ContentType="{_KINDS}.{kind}+xml"/>'
        for part, kind in (("presentation", "presentation.main"), ("slides/slide1", "slide"))
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{rels}{kinds}</Types>',
            "_rels/.rels": _relation("officeDocument", "ppt/presentation.xml"),
            "ppt/_rels/presentation.xml.rels": _relation("slide", "slides/slide1.xml"),
            "ppt/presentation.xml": f'<p:presentation {spaces}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst>'
            '<p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
            "ppt/slides/slide1.xml": f"<p:sld {spaces}>{shown}</p:sld>",
        }
    )


def _relation(kind: str, target: str) -> str:
    one = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{one}</Relationships>'


def _zipped(members: dict[str, str]) -> bytes:
    return zipped({name: f'<?xml version="1.0" encoding="UTF-8"?>{content}' for name, content in members.items()})


@pytest.mark.parametrize(
    ("name", "content"), [("Báo cáo.docx", docx([WORDS])), ("Bảng số.xlsx", sheet()), ("Trình chiếu.pptx", slides())]
)
def test_it_opens_with_its_password_and_with_no_other(tmp_path: Path, name: str, content: bytes) -> None:
    sealed = seal(content, name)
    file = tmp_path / sealed.name
    file.write_bytes(sealed.content)
    assert WORDS in (text_in(file, sealed.password) or "")
    assert text_in(file, "bo-cau-mua-he-2345") is None
    assert text_in(file, None) is None
