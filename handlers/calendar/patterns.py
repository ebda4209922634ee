"""The words of Vietnamese deadlines as patterns: prefixes, hours, parts of a day, days, spans and recurrences.

They run over `readable` text, where `sáu`, `tối` and the like keep their marks. Catalogue: NĐ 30/2020 letters, office
chat of North and South.
"""

_ONE = r"m[oộ]t"
_DIGIT = rf"(?:{_ONE}|hai|ba|bon|nam|s[aá]u|bay|tam|chin)"
QUANTITY = (
    rf"(?:\d{{1,3}}(?!\d)|{_DIGIT} muoi(?: (?:{_ONE}|lam|t[uư]|{_DIGIT}))?|muoi(?: (?:lam|{_DIGIT}))?(?!\w)"
    rf"|{_DIGIT}(?!\w))"
)
_IN_WORDS = r"(?:\s?\(\w+(?: \w+){0,3}\))?"  # 05 (năm) ngày
WEEKDAY = r"(?:thu\s?(?:[2-7]|hai|ba|t[uư]|nam|s[aá]u|bay)(?!\w)|t[2-7](?![\w/])|chu\s?nhat|cn(?!\w))"
_WEEKDAY_NUMBER = r"(?:[2-7](?!\w)|(?:hai|ba|t[uư]|nam|s[aá]u|bay)(?!\w))"
_UNIT = r"ngay lam viec|ngay|hom|tuan(?: le)?|thang|gio(?: dong ho)?|tieng(?: dong ho)?|phut|h(?!\w)"
_NEXT, _EVENING, _MORNING, _OVER = r"t[oớ]i", r"t[oố]i", r"s[aá]ng", r"s[aA]ng"
_FROM_WHEN = (
    r"(?:ke|tinh) t[uừ](?: khi| ngay)?(?: (?:tiep nhan|nhan|ban hanh|phat hanh|ky|hom nay|nay))?(?: duoc)?"
    r"|sau khi nhan(?: duoc)?"
)
_WITHIN = r"trong(?: vong| thoi han| thoi gian)?"
_YEAR = r"\s?(?:/|-|nam)\s?"
_MONTH_WORD = r"muoi(?: m[oộ]t| hai)?|một(?! lan)|hai|ba|t[uư]|nam(?! \d)|sáu|bay|tam|chin"  # "thang sau" is next month
_MONTH = rf"(?:\d{{1,2}}|(?:{_MONTH_WORD})(?!\w))"
_LUNAR_MONTH = rf"(?:gieng|chap|sau|nay|{_MONTH})(?!\w)"
_COUNTED = (  # what follows a number that is no day: a share, a range of amounts, a measure
    r"so|tong|thanh vien|ho|don vi|xa|phuong|phong|nguoi|ban|bo|trang|lan|cai|tuan|thang|gio|h|dong chi|noi dung"
    r"|chi tieu|nhiem vu|phieu|trieu|ty|dong|ha|km|kg|m2|diem|hoc sinh|can bo|dai bieu|ngay|tieng|phut|phan"
)
_NO_COUNT = rf"(?!\s?%|\s(?:{_COUNTED})(?!\w)(?! (?:\d|nay|sau)))"

PATTERNS: tuple[tuple[str, str], ...] = (  # the first that matches at a place is taken; names become Atom.kind
    (
        "fuzzy",
        r"tuan (?:1|2|3|4|dau|thu \w+) (?:cua )?thang \d{1,2}|(?P<tet>truoc|sau|ra|qua) tet"
        r"(?: nguyen dan| am(?: lich)?)?(?! duong)(?!\w)|(?:truoc|sau)(?: ky)?(?: nghi)? le(?!\w)|khan truong"
        r"|cang som cang tot|(?:trong )?thoi gian som nhat|som nhat(?: co the)?|mai (?:kia|m[oố]t)|nay mai"
        r"|n[uử]a (?:dau|cuoi|sau) thang(?: \d{1,2})?"
        r"|(?:vai|may|it) (?:ngay|hom|bua|tuan) (?:nua|toi)|trong thoi gian t[oớ]i",
    ),
    (
        "prefix",
        rf"(?:hoan thanh |xong )?truoc(?: luc| thoi diem)?(?=\s+(?:\d|ngay|thu|t\d|{_MORNING}|trua|chieu|{_EVENING}"
        r"|cuoi|het|mai|hom|bua|cn|chu nhat|thang|nam|quy|mung|mong|ram|kia|m[oố]t|tuan|dau|tet duong))",
    ),
    (
        "by",
        r"cham nhat(?: la)?(?: vao)?(?: truoc)?(?: trong)?|(?:muon|tre) nhat(?: la)?(?: vao)?"
        r"|khong (?:muon|cham|tre) hon"
        rf"|(?:han chot|han cuoi(?: cung)?(?!\s(?:tuan|thang|quy|nam|gio|ngay|buoi)))(?: la)?|khong qua|toi da"
        rf"|(?:den|{_NEXT})"
        rf" het(?!\s(?:tuan|thang|quy|nam|gio)(?!\s\d))|(?:den|{_NEXT})(?=\s(?:het|cuoi)\s)"
        rf"|het(?=\s+(?:ngay \d|hom nay|ngay mai|mai|thu|buoi|{_MORNING}|trua|chieu|{_EVENING}))|xong trong"
        rf"|(?:noi )?trong(?=\s+(?:ngay (?:\d|mai|hom nay|thu)|thang \d|quy|hom|{_MORNING}|trua|chieu|{_EVENING}"
        r"|buoi|thu|t\d))"
        r"|ngay trong(?=\s(?!ngay))|den han|thoi han(?: hoan thanh)?|(?:deadline|dl)(?=[\s:])(?: la)?"
        r"|han(?: nop| gui| bao cao| hoan thanh| tra loi| xu ly| giai quyet| trinh)?(?=[\s:])(?: la(?!\w))?"
        rf"|chot(?: la)?(?=\s(?:truoc|luc|vao|\d{{1,2}}\s?[hg:]))|den(?=\s+(?:ngay|\d{{1,2}}\s?(?:h|g|gio|[/.])|mai|hom"
        rf"|{WEEKDAY}|{_MORNING}|chieu))|tới(?=\s+(?:ngay|\d{{1,2}}\s?(?:h|g|gio|[/.])|mai|{WEEKDAY}))",
    ),
    (
        "repeat",
        r"(?:dinh ky\s*)?(?:hang|moi)\s(?P<unit>ngay|tuan|thang|quy|nam)(?!\w)(?:\s(?:0?1|m[oộ]t) lan(?!\w))?"
        rf"|(?:hang|moi)(?P<eachpart>)(?=\s(?:{_MORNING}|chieu|{WEEKDAY})(?!\w))"
        r"|cuoi (?:moi|hang)\s(?P<endunit>tuan|thang|quy|nam)(?!\w)"
        rf"|(?:dinh ky|cu|moi)\s(?P<every>{QUANTITY})\s?(?P<everyunit>tuan|thang|quy|nam)(?!\w)"
        rf"(?:\s?/?\s?(?:(?:0?1|{_ONE})\s)?lan)?"
        rf"|(?P<each>{QUANTITY})\s?(?P<eachunit>tuan|thang|quy|nam)\s?(?:/\s?)?(?:(?:0?1|{_ONE})\s)?lan(?!\w)",
    ),
    (
        "edge",
        r"(?P<edge>dau|cuoi|giua|het|truoc)\s(?:gio|buoi)(?:\s(?P<edgepart>sáng|sang|chieu|trua|lam viec|lam|hanh chinh"
        r"|nghi trua|nghi))?|trong gio (?:lam viec|hanh chinh)|truoc khi (?:nghi|ve|tan so)(?!\w)"
        r"|(?P<dayend>cuoi|het) ngay(?!\s*\d)",
    ),
    (
        "hour",
        r"(?P<hap>\d{1,2})(?::(?P<map>[0-5]\d))?\s?(?P<ampm>am|pm)(?!\w)"
        r"|(?:\d{1,2}(?:h|g|:)(?:[0-5]\d)?\s?[-–]\s?)?(?P<h>\d{1,2})\s?(?:(?:gio|h|g|:)\s?(?P<m>[0-5]\d)(?::[0-5]\d)?(?:\s?(?:phut|p(?!\w)|['’]))?(?![\w/]|[.\-]\d)|(?:gio|h|g)"
        r"(?:\s(?P<half>ruoi)|\skem\s(?P<less>\d{1,2}|nam|muoi lam|muoi)(?:\s?(?:phut|p(?!\w)))?)?(?!\w)"
        r"(?!\s*(?:nua|lam viec|dong ho|/)))(?:\s(?P<night>dem|khuya)(?!\w))?"
        rf"|(?P<hw>muoi (?:{_ONE}|hai)|muoi|{_DIGIT}) gio(?:\s(?P<half2>ruoi))?(?!\w)(?!\s(?:nua|lam viec|dong ho))"
        rf"|(?P<hr>\d{{1,2}})\s(?P<half3>ruoi)(?=\s(?:{_MORNING}|trua|chieu|{_EVENING}))",
    ),
    (
        "ago",
        rf"n[uử]a (?P<halfunit>tieng|gio|thang|ngay)(?: dong ho)?\s(?:nua|{_NEXT})"
        rf"|(?:(?P<within>{_WITHIN}|sau)\s)?(?P<n>{QUANTITY}){_IN_WORDS}(?:\s?(?:-|–|den)\s?(?P<nto>{QUANTITY}))?\s?"
        rf"(?P<nunit>{_UNIT})(?:\slam viec)?(?P<nhalf>\sruoi)?"
        rf"\s(?P<later>nua|{_NEXT}|{_FROM_WHEN}|sau(?! (?:khi|tet)))(?!\w)"
        rf"|(?!sau \d+\s?h(?!\w))(?P<within2>{_WITHIN}|sau)\s(?P<n2>{QUANTITY}){_IN_WORDS}\s?(?P<nunit2>{_UNIT})(?!\w)",
    ),
    (
        "bare-span",  # only after `hạn`, `không quá` and the like
        rf"(?P<n3>{QUANTITY}){_IN_WORDS}\s?(?P<nunit3>ngay lam viec|ngay|tuan|tieng|phut)(?!\w)",
    ),
    (
        "lunar",
        rf"(?:mung|mong)\s(?P<ld>10|0?[1-9](?!\d)|muoi|{_DIGIT})(?:\s?(?:thang\s|/)\s?(?P<lm>{_LUNAR_MONTH}))?"
        r"(?:\s(?P<ltet>tet)(?! duong))?(?:\s\(?(?P<cal>am(?: lich)?|al|duong(?: lich)?)\)?(?!\w))?"
        r"|(?:ngay\s)?(?P<ld2>\d{1,2})(?:\sthang\s|\s?/\s?)(?P<lm2>\d{1,2}|gieng|chap)\s\(?(?:am(?: lich)?|al)\)?(?!\w)"
        r"|(?:ngay\s)?(?P<ld3>\d{1,2})\s(?:thang\s)?(?P<lm3>gieng|chap)(?!\w)"
        r"|(?:ngay\s)?(?P<ld4>2[0-9]|30|ba muoi) tet(?!\w)|giao thua(?P<eve>)"
        rf"|(?:ngay\s)?(?:rằm|ram)(?P<full>)(?:\sthang (?P<lm5>{_LUNAR_MONTH}))?(?!\w)",
    ),
    (
        "lead",  # so long before a day that is named then
        rf"(?P<ln>{QUANTITY})\s(?P<lunit>ngay lam viec|ngay|tuan)\struoc"
        rf"(?=\s(?:ngay\s)?\d{{1,2}}(?:[/.-]|\sthang\s)\d)",
    ),
    ("newyear", r"tet duong(?: lich)?(?!\w)"),
    ("date", r"(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)"),
    (
        "range",
        r"(?:ngay\s)?(?P<rd>\d{1,2})(?:\s?/\s?(?P<rm>\d{1,2}))?\s?[-–]\s?(?P<ed>\d{1,2})"
        rf"(?:\s?/\s?(?P<em>\d{{1,2}})(?:\s?/\s?(?P<ey>\d{{4}}|\d{{2}}))?(?![\d/]|[.\-]\d)"
        rf"|\sthang\s(?P<em2>\d{{1,2}})(?:{_YEAR}(?P<ey2>\d{{4}}))?(?!\w))",
    ),
    (
        "date",
        r"(?:ngay\s)?(?P<ad>\d{1,2})\s?(?P<sep>[/.\-])\s?(?P<am>\d{1,2})(?:\s?(?P=sep)\s?(?P<ay>\d{4}"
        rf"|\d{{2}}))?(?![\d/]|[.\-]\d|\s?-\s?[a-z]|\w){_NO_COUNT}",
    ),
    (
        "date",
        rf"(?:ngay\s)?(?P<bd>\d{{1,2}})\s?thang\s(?P<bm>{_MONTH})(?:{_YEAR}(?P<by>\d{{4}}))?(?!\w)",
    ),
    (
        "quarterday",
        r"ngay\s(?P<qd>\d{1,2})\s(?:(?:cua\s)?thang\s(?P<which>cuoi quy|dau quy|cuoi moi quy|dau moi quy|tiep theo"
        r"|ke tiep|cuoi cung cua quy|cuoi cua quy|dau cua quy)|cua thang (?P<which2>sau))",
    ),
    (
        "monthday",
        rf"ngay\s(?P<cd>\d{{1,2}})(?:\s(?:cua\s)?(?P<cm>thang nay|thang sau|thang {_NEXT}))?(?!\s?(?:[/.\-–]\s?\d"
        r"|thang\s\d|ngay|h\b|gio|nam\s\d|nguoi))(?!\w)"
        r"(?:\s(?:nay|tới))?|ngay(?P<worked> lam viec)? cuoi (?:cung )?(?:cua |trong )?"
        r"(?P<lastof>thang(?: nay| sau)?)(?!\w)",
    ),
    (
        "day",
        rf"(?P<dayname>(?:ngay )?(?:noi )?trong ngay(?!\w|\s\d|\smai|\shom)|(?:ngay )?hom nay|bua nay"
        r"|(?:ngay )?(?:hom|bua) sau"
        rf"|(?:ngay )?mai|(?:ngay |bua )?kia(?!\w)|(?:ngay |bua )?m[oố]t(?!\w)|(?<={_MORNING} )nay|(?<=trua )nay"
        rf"|(?<=chieu )nay|(?<={_EVENING} )nay|(?<=dem )nay|(?<=gio )nay)",
    ),
    (
        "weekday",
        rf"(?:cac )?(?:ngay\s)?thu\s?(?P<wdlist>{_WEEKDAY_NUMBER}"
        rf"(?:\s?(?:,|va|-)\s?(?:thu\s?)?{_WEEKDAY_NUMBER}){{1,5}})"
        rf"\s(?:hang|moi) tuan(?!\w)"
        rf"|(?:cac )?(?:ngay\s)?(?:(?P<others>(?:{WEEKDAY}\s?(?:,|va|-)\s?){{1,5}})(?={WEEKDAY}\s(?:hang|moi) tuan))?"
        rf"(?P<wd>{WEEKDAY})(?:\s(?P<wkind>hang tuan|moi tuan|tuan nay|tuan sau nua|tuan sau"
        rf"|tuan {_NEXT}|nay|sau|{_NEXT})(?!\w))?",
    ),
    (
        "week",
        rf"(?:(?P<wkedge>dau|giua|cuoi|het|trong)\s)?tuan\s(?P<wkwhich>nay|sau nua|sau|{_NEXT}|ke tiep|tiep theo)(?!\w)"
        rf"|(?P<wkedge2>dau|giua|cuoi|het|trong)\stuan(?!\w)|(?:{_OVER}|qua)(?P<wkover>) tuan(?!\w)",
    ),
    (
        "month",
        rf"(?P<moedge>dau|giua|cuoi|het|trong)\sthang(?:\s(?P<mowhich>nay|sau|{_NEXT}|{_MONTH}"
        rf"(?:{_YEAR}(?P<moy>\d{{4}}))?))?(?!\w|/)|thang\s(?P<mo2>{_MONTH})(?:{_YEAR}(?P<moy2>\d{{4}}))?(?![\w/])"
        rf"|thang (?P<mo3>nay|sau|{_NEXT})(?!\w)"
        rf"|{_OVER} thang(?P<moover>)(?! \d)(?!\w)|t(?P<mo4>\d{{1,2}})/(?P<moy4>20\d\d)(?!\w)",
    ),
    (
        "quarter",
        rf"(?:(?P<quedge>dau|giua|cuoi|het|trong)\s)?quy\s(?P<qu>iv|iii|ii|i|[1-4]|nay|sau|{_NEXT})(?:{_YEAR}"
        r"(?P<quy>\d{4}))?(?!\w)|(?P<quedge2>dau|giua|cuoi|het|trong)\squy(?!\w)",
    ),
    (
        "year",
        r"(?P<yeedge>dau|giua|cuoi|het|trong)\snam(?:\s(?P<ye>\d{4}|nay|sau))?(?!\w)|nam (?P<ye2>nay|sau|\d{4})(?!\w)"
        rf"|{_OVER} nam(?P<yeover>)(?: sau| m[oớ]i)?(?!\w)",
    ),
    (
        "part",
        rf"(?:buoi )?(?P<part>{_MORNING}|trua|chieu|{_EVENING})(?: som| muon)?(?!\w)"
        r"|(?P<night2>dem|khuya)(?=\s(?:nay|mai|thu|cn|chu|ngay|\d))|som(?P<early>)(?=\smai)",
    ),
)

BEGINNINGS = {  # with which letters the words of a kind begin, so that the others need not be tried; 0 is any digit
    "fuzzy": "tsrqkcvmin", "prefix": "htx", "by": "cmtkdhnx", "repeat": "dhmcbnst0", "edge": "dcght",
    "hour": "0mhbnstc", "ago": "nts0mhbcdk", "bare-span": "0mhbnstc", "lunar": "mn0bgr", "lead": "0mhbnstc",
    "newyear": "t", "date": "0n",
    "range": "0n", "quarterday": "n", "monthday": "n", "day": "nthmkb", "weekday": "cnt", "week": "dgchtsq",
    "month": "dgchts", "quarter": "dgchtq", "year": "dgchtns", "part": "bstcdk",
}  # fmt: skip
