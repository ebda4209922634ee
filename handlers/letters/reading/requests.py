"""Whether a letter asks for a report or an answer and names no day for it."""

import re
from collections.abc import Sequence

from handlers.calendar import fold, nfc

_ASKING = frozenset(("Công văn", "Chỉ thị", "Công điện", "Thông báo", "Hướng dẫn", "Kết luận", "Thông tri"))
_SUBMITTING = frozenset(("Tờ trình", "Phiếu trình", "Phiếu xin ý kiến"))
_OPINION = re.compile(
    r"\bxin y kien (?:chi dao|cua|doi voi|gop y|ve|tham gia)"
    r"|(?:de nghi|kinh (?:de nghi|mong|xin|trinh))[^.;]{0,120}?\b(?:cho|tham gia|dong gop|gop|co) y kien\b"
)
_TO = (
    r"(?:uy ban|ubnd|chu tich|giam doc|so\b(?! (?:lieu|luong|tien|hieu|lan|vu|ho))"
    r"|bo\b|ban\b|huyen uy|tinh uy|thanh uy|dang uy|thu tuong|chinh phu|lanh dao"
    r"|van phong|phong\b|truong phong|cuc\b|hoi dong)"
)
_REPORTS = re.compile(
    rf"(?:^|[,;:.]\s|\bva\s|\bthoi\s|\bhop\s|\bthi\s|\bnghi\s|\bcau\s)"
    rf"(?:kip thoi |tong hop |tong hop, |gui |co )?bao cao\s"
    rf"(?:va de xuat\s|nhanh\s)?(?:{_TO}|(?:ve |tinh hinh|ket qua)[^.;]{{0,80}}?(?:\bve|\bgui|\bcho|\bqua)\s)"
    rf"|(?:gui|co) (?:bao cao|van ban|y kien|danh sach|phieu|ket qua)[^.;]{{0,60}}?\s(?:ve|cho|den|gui|tra loi)\s{_TO}"
)
_PURPOSE = re.compile(r"\b(?:de(?! nghi)|nham|he thong|che do|cong tac|viec)\s[^,.;]{0,20}$")


def asks_without_a_day(text: str, doc_type: str | None, deadlines: Sequence[object]) -> bool:
    """`deadlines`: those the letter names, recurring ones too; with one there is a day."""
    if deadlines or (doc_type is not None and doc_type not in (*_ASKING, *_SUBMITTING)):
        return False
    body = " ".join(fold(nfc(text)).split())
    body = body.partition("noi nhan:")[0]
    if _OPINION.search(body):
        return True
    if doc_type in _SUBMITTING:
        return False
    return any(not _PURPOSE.search(body[max(0, each.start() - 40) : each.start()]) for each in _REPORTS.finditer(body))
