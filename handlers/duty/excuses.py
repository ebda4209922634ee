"""Whether somebody says that they cannot be on duty: `mai tôi bận không trực được`, and nothing that only sounds so."""

import re
from collections.abc import Iterable

from handlers.calendar import either_way, nfc
from handlers.duty.tokens import name_spans

LONGEST = 200  # letters: whoever writes more says something else
_DUTY = r"trực(?! (?:tiếp|thuộc|tuyến|quan|giác|diện))(?!\w)"
_END = r"(?=\s*(?:$|[,.;]|(?:ạ|nhé|nha|rồi|đâu|nữa|vì|do|thì|anh|chị|sếp)(?!\w)))"  # not `trực không được ngủ`
_NOT = r"(?:không|ko|hông|chẳng|chả)"
_CANNOT = re.compile(
    either_way(
        rf"(?<!\w)(?:{_NOT}(?: thể| đi| tham gia| vào)* {_DUTY}|trực {_NOT} (?:được|đc|nổi){_END}"
        rf"|xin (?:phép )?(?:nghỉ|vắng)(?: ca| buổi)? {_DUTY}"
        r"|(?:bận|ốm|bệnh|mệt|có việc|công tác)(?!\w).*(?<!\w)nhờ(?!\w).* trực (?:thay|giúp|hộ)(?!.*rồi)"
        r"|trực (?:của|mà) (?:tôi|em|mình) .*(?:bận|ốm)(?!\w)"
        r"|(?:can ?not|can'?t|unable to)(?!\w).*(?<!\w)duty(?!\w))"
    ),
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    either_way(
        r"\?|(?<!\w)(?:ai|mấy người|mọi người|các (?:anh|chị|bạn|em|đồng chí)|chưa|nếu|đừng|không phải|if|whoever"
        r"|(?:anh|chị|cô|chú|bạn|ông|bà|em) (?:ấy|nào)"
        r"|(?:hôm|đêm|tối|sáng|trưa|chiều) qua|hôm trước|tuần trước|vừa rồi|yesterday)(?!\w)"
    )
    + r"|(?<!\w)(?:họ|nó)(?!\w)",  # without its mark `ho` is a cough
    re.IGNORECASE,
)
_MYSELF = re.compile(either_way(r"(?i:(?<!\w)(?:tôi|em|mình|tui|cháu|i)(?!\w))") + r"(?!\s+[A-ZĐ][^\W\d])")
_TITLED = re.compile(either_way(r"(?<!\w)(?:anh|chị|cô|chú|ông|bà|bạn|em|đ/c|đồng chí) ([^\W\d]{2,})"), re.IGNORECASE)
_CALLED = re.compile(either_way(r"\s*(?:,|(?:ơi|à)(?!\w))"))


def says_cannot(text: str, others: Iterable[str]) -> bool:
    """`others`: the names of the writer's colleagues. Who is spoken of last before the words cannot be on duty."""
    text = nfc(text).strip()
    found = _CANNOT.search(text) if len(text) <= LONGEST else None
    if found is None or _OTHERWISE.search(text):
        return False
    spans = [*name_spans(text, others), *(each.span() for each in _TITLED.finditer(text) if each[1][0].isupper())]
    named = [start for start, end in spans if start < found.start() and not _CALLED.match(text, end)]
    own = [each.start() for each in _MYSELF.finditer(text[: found.end()])]
    return not named or (bool(own) and max(own) > max(named))
