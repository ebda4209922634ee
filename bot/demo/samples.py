"""Files for the tour, made on the spot: a letter and a draft, both real Word files of our own invention."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from xml.sax.saxutils import escape

LETTER = "Cong-van-296-SNV-TCBC.docx"
DRAFT = "Du-thao-du-toan-2027.docx"

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" \
ContentType="application/xml"/><Override PartName="/word/document.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" \
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
Target="word/document.xml"/></Relationships>"""
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def all_of(today: date) -> Mapping[str, bytes]:
    """By file name; the letter is dated yesterday and asks for a report in ten days."""
    return {LETTER: docx(_letter(today)), DRAFT: docx(_draft())}


def docx(lines: Sequence[str]) -> bytes:
    """A Word file with one paragraph a line."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    document = f'{_DECLARED}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document})


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Without the time at which it is made: the same members are the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _letter(today: date) -> list[str]:
    issued, due = today - timedelta(days=1), today + timedelta(days=10)
    return [
        "ỦY BAN NHÂN DÂN TỈNH HƯƠNG SƠN",
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 296/SNV-TCBC",
        f"Hương Sơn, ngày {issued:%d} tháng {issued.month if issued.month > 2 else f'{issued:%m}'} năm {issued.year}",
        "V/v báo cáo tình hình sử dụng biên chế năm " + str(issued.year),
        "",
        "Kính gửi:",
        "- Các phòng, ban thuộc Ủy ban nhân dân các xã, phường;",
        "- Phòng Văn hóa - Xã hội.",
        "",
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh, Sở Nội vụ đề nghị các cơ quan, "
        "đơn vị báo cáo tình hình sử dụng biên chế, số lượng người làm việc và gửi về Sở Nội vụ "
        f"trước ngày {due:%d/%m/%Y} để tổng hợp.",
        "Đề nghị các cơ quan, đơn vị quan tâm thực hiện./.",
        "",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, TCBC.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Hoàng Minh Đức",
    ]


def _draft() -> list[str]:
    return [
        "DỰ THẢO DỰ TOÁN CHI NĂM 2027",
        "Phòng Văn hóa - Xã hội",
        "1. Chi hoạt động thường xuyên: 480.000.000 đồng",
        "2. Tổ chức lễ hội: 120.000.000 đồng",
        "Tài liệu nội bộ, đề nghị không chuyển ra ngoài phòng.",
    ]
