"""Who has to act in a sentence: the one who leads, those who support, as offices write it."""

import re
from dataclasses import dataclass

from handlers.calendar import fold

_BODY = (
    r"(?:(?:Các|các)\s+(?:sở|Sở|ban|Ban|bộ|Bộ|phòng|Phòng|cơ quan|đơn vị|địa phương|xã|phường|huyện|thôn|trường|tổ|"
    r"đồng chí|doanh nghiệp|chi bộ|khoa|khối|lớp|đội|trạm|hội|Hội|đảng ủy|thành viên|cục|Cục|công ty|tổ chức)\b|"
    r"(?:Thủ trưởng|Giám đốc|Trưởng|Chủ tịch|Chánh|Hiệu trưởng|[Ll]ãnh đạo|Chỉ huy)\s+[^\W\d]|"
    r"UBND|Ủy ban|HĐND|Sở|Ban|Phòng|Văn phòng|Công an|Bộ|Cục|Chi cục|Trung tâm|Trường|Hội|Đảng ủy|Thanh tra|Tổ\b|"
    r"Đồng chí|đồng chí|Đ/c|đ/c|Công ty|Hiệp hội|Liên đoàn|Tỉnh đoàn|Kho bạc|Báo\b(?! cáo)|Đài|Bảo hiểm|Ngân hàng|Viện|"
    r"Bệnh viện|Ủy viên|Tổ chức,|Giáo viên|Cơ quan|Đơn vị|Mặt trận|Thuế|Hải quan|Tòa án)"
)
_VERBS = (
    r"chủ trì|phối hợp|tham mưu|báo cáo|rà soát|tổng hợp|xây dựng|hoàn thành|gửi|nộp|trình|có trách nhiệm|nghiên cứu|"
    r"thực hiện|tổ chức|triển khai|khẩn trương|tự|cử|lập|kiểm tra|tiếp tục|chỉ đạo|ban hành|căn cứ|đăng ký|cung cấp|"
    r"có ý kiến|có văn bản|tham gia|góp ý|đề xuất|hướng dẫn|theo dõi|đôn đốc|tiếp thu|bố trí|nhập|chuẩn bị|công bố|"
    r"giải quyết|thông báo|trả lời|xem xét|quan tâm|phân công|rà|đánh giá|thống kê|cập nhật|cho ý kiến|niêm yết|nhận|"
    r"xử lý|làm|lấy|hỗ trợ|bảo đảm|đảm bảo|thẩm định|dự|nghiêm túc|chịu trách nhiệm|để|trước|chậm nhất|đến hết|trong|"
    r"xong|giao|yêu cầu|đề nghị|phê bình|mời|có|quán triệt|tăng cường|đẩy mạnh|khắc phục|khai báo|sớm|hằng|hàng|"
    r"định kỳ|trực ban|trực"
)
_UNIT = rf"(?P<unit>{_BODY}(?:(?!\s(?:{_VERBS})\b)[^.;:])*?)(?=\s*(?:,\s*)?\b(?:{_VERBS})\b|\s*[.;:(]|$)"
_LEADS = re.compile(rf"{_UNIT}\s*(?:,\s*)?chủ trì")
_ORDERED = re.compile(rf"(?:[Gg]iao|[Đđ]ề nghị|[Yy]êu cầu|[Nn]hờ|[Pp]hân công)\s+(?:cho\s+)?{_UNIT}")
_BEGINS = re.compile(rf"^(?:\W|\d{{1,2}}[.)]|[a-zđ]\)|[IVX]+\.)*\s*{_UNIT}")
_CHAIN = re.compile(r"(?:phối hợp|cùng)\s+(?:chặt chẽ\s+)?(?:với\s+|cùng\s+)?")
_RECEIVER = re.compile(rf"(?:gửi|nộp|báo cáo)(?:\s+[^.;,]{{0,40}}?)?\s(?:về|cho|đến|qua)\s+{_UNIT}")
_FOR_ANOTHER = re.compile(r"để\s+(?:tổng hợp|tham mưu|trình|báo cáo)")
_EVERYBODY = re.compile(
    r"(?:(?:thu truong|nguoi dung dau|lanh dao) )?"
    r"(?:quy |cac |nhung )?(?:co quan|don vi|dia phuong|dong chi|to chuc)\b"
)


@dataclass(frozen=True, slots=True)
class Actors:
    """Names as printed. Nobody in `lead` means those the letter is addressed to."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()


NOBODY = Actors()


def who_acts(sentence: str, before: int, previous: int = 0) -> Actors:
    """In `sentence` (one line), for a deadline at `before`; an earlier deadline of the sentence ends at `previous`."""
    said, clause = sentence[:before], sentence[previous:before]
    if previous and _FOR_ANOTHER.search(clause):
        receiver = _last(_RECEIVER, sentence[:previous])
        return Actors((receiver,) if receiver else ())
    support = _supporting(said)
    for shape in (_LEADS, _ORDERED):
        unit = _last(shape, clause) or _last(shape, said)
        if unit:
            return Actors(_one_by_one(unit), support)
    begins = _BEGINS.match(said)
    acts = begins is not None and re.match(rf"\W*(?:$|(?:{_VERBS})\b)", said[begins.end() :]) is not None
    return Actors(_one_by_one(_neat(begins["unit"])) if begins and acts else (), support)


def is_without_subject(sentence: str) -> bool:
    """`Hoàn thành và báo cáo …`: whoever the item named before has to."""
    return re.match(rf"\W*(?:{_VERBS})\b", sentence, re.IGNORECASE) is not None


def _supporting(said: str) -> tuple[str, ...]:
    chains = list(_CHAIN.finditer(said))
    if not chains:
        return ()
    unit = re.match(_UNIT, said[chains[-1].end() :])
    return _one_by_one(_neat(unit["unit"])) if unit else ()


def _last(shape: re.Pattern[str], said: str) -> str | None:
    found = list(shape.finditer(said))
    return _neat(found[-1]["unit"]) or None if found else None


def _neat(unit: str) -> str:
    return " ".join(unit.split()).strip(" ,;-–")


def _one_by_one(unit: str) -> tuple[str, ...]:
    """`Sở A, Sở B và Sở C` are three, `Sở Khoa học và Công nghệ` is one; `các đơn vị` is everybody."""
    if _EVERYBODY.match(fold(unit)):
        return ()
    parts = re.split(rf"\s*(?:,|;|(?<!HĐND )(?<!Hội đồng nhân dân )\bvà\b)\s*(?={_BODY})", unit)
    return tuple(part for each in parts if (part := _neat(each)))
