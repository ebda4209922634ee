"""Letters of our own making are read field by field, from text and from files."""

import json
import re
import time
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handlers.letters.reading import DOC_TYPES, NoText, Reading, Why, normalise, read_letter, text_of
from tests.handlers.letters import files
from tests.handlers.letters.scores import score

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))
FIELDS = [
    "number_symbol",
    "issue_date",
    "place",
    "issuing_body",
    "doc_type",
    "subject",
    "recipients",
    "urgency",
    "secrecy",
    "signer_name",
    "signer_title",
    "references",
]


def sample(name: str) -> tuple[Reading, dict[str, Any]]:
    expected = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    return read_letter((SAMPLES / f"{name}.txt").read_text("utf-8")), expected


def as_json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_every_sample_is_read(name: str, field: str) -> None:
    reading, expected = sample(name)
    assert as_json(getattr(reading, field)) == expected[field]


LETTER = (SAMPLES / "quyet_dinh.txt").read_text("utf-8")
BLANK = """UBND TỈNH SƠN HẢI
SỞ CÔNG THƯƠNG
Số:      /SCT-QLTM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn Hải, ngày     tháng 11 năm 2026
Kính gửi: Ủy ban nhân dân các xã, phường
Sở Công Thương đề nghị các địa phương đăng ký gian hàng hội chợ, gửi trước ngày 05/12/2026./."""


@pytest.mark.parametrize("build", [files.docx, files.odt, files.pdf])
def test_a_letter_in_a_file_reads_like_its_text(build: Callable[[str], bytes]) -> None:
    extracted = text_of(build(LETTER), "quyet-dinh")
    read, plain = read_letter(extracted.text), read_letter(LETTER)
    assert extracted.has_text
    assert read == plain


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_plain_text_is_read_in_the_usual_encodings(codec: str) -> None:
    assert text_of(LETTER.encode(codec), "van-ban.txt").text.lstrip("\ufeff") == LETTER


def test_plain_text_in_the_old_windows_page_is_read() -> None:
    old = "Số: 12/UBND-VX\nKính gửi: Sở Nội vụ"
    assert normalise(text_of(in_the_old_page(old), "cu.txt").text) == old


def in_the_old_page(text: str) -> bytes:
    """Windows-1258 has hats and horns in one piece with their vowel, and the tone behind it."""
    split = re.sub("\u0323([\u0302\u0306])", "\\1\u0323", unicodedata.normalize("NFD", text))
    whole = re.sub("[aeou][\u0302\u0306\u031b]", lambda found: unicodedata.normalize("NFC", found[0]), split)
    return whole.encode("cp1258")


def test_number_and_day_laid_over_a_pdf_by_a_signing_tool_are_found() -> None:
    marks = {"507": (70.0, 770.0), "24": (420.0, 770.0)}
    read = read_letter(text_of(files.pdf(BLANK, marks), "cong-van.pdf").text)
    assert (read.number_symbol, read.issue_date) == ("507/SCT-QLTM", date(2026, 11, 24))


def test_without_such_marks_number_and_date_stay_open_and_the_symbol_is_known() -> None:
    read = read_letter(text_of(files.pdf(BLANK), "cong-van.pdf").text)
    assert (read.number_symbol, read.symbol, read.issue_date) == (None, "SCT-QLTM", None)


def test_the_stamp_of_a_visible_signature_is_no_number() -> None:
    marks = {"24/11/2026 16:42:36": (60.0, 770.0)}
    assert read_letter(text_of(files.pdf(BLANK, marks), "cong-van.pdf").text).number_symbol is None


ENDLESS = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (files.scan(), "ban-quet.pdf", Why.SCAN),
        (files.docx("Ảnh"), "anh.docx", Why.SCAN),
        (files.locked_pdf(LETTER), "khoa.pdf", Why.LOCKED),
        (b"%PDF-1.7 and nothing more", "hong.pdf", Why.BROKEN),
        (files.docx(LETTER, ENDLESS), "la.docx", Why.BROKEN),
        (files.docx_of("<w:p>"), "hong.docx", Why.BROKEN),
        (files.docx(LETTER)[:-40], "cut.docx", Why.BROKEN),
        (files.zipped(a_txt="x"), "nen.zip", Why.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "khoa.docx", Why.LOCKED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "cu.doc", Why.UNKNOWN),
        (bytes(range(64)), "la.bin", Why.UNKNOWN),
        (b"", "rong.txt", Why.BROKEN),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, name: str, why: Why) -> None:
    with pytest.raises(NoText) as refused:
        text_of(content, name)
    assert refused.value.why is why


def test_deleted_words_of_a_word_file_are_not_read() -> None:
    body = (
        "<w:p><w:r><w:t>Giữ lại phần này của văn bản, dài cho đủ một đoạn chữ để đọc được. </w:t></w:r>"
        "<w:del><w:r><w:delText>bỏ</w:delText><w:t>bỏ luôn</w:t></w:r></w:del>"
        "<w:r><w:t>Phần này cũng giữ lại, vì không ai xóa nó cả.</w:t></w:r></w:p>"
    )
    assert "bỏ" not in text_of(files.docx_of(body), "sua.docx").text


def test_the_decree_has_29_kinds_and_27_abbreviations() -> None:
    assert len(DOC_TYPES) == 29
    assert len({kind.abbreviation for kind in DOC_TYPES if kind.abbreviation}) == 27


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Uỷ ban, hoà bình, khoẻ, thuỷ lợi", "Ủy ban, hòa bình, khỏe, thủy lợi"),
        ("hoàn toàn, quý, quà, ngoài, khuỷu", "hoàn toàn, quý, quà, ngoài, khuỷu"),
        ("287/STC-\nHCSN", "287/STC-HCSN"),
        ("10/CT- TTg", "10/CT-TTg"),
        ("16/QĐ\ufffeUBND", "16/QĐ-UBND"),
        ("88/QĐÐ-UBND", "88/QĐ-UBND"),
        ("Số: 5180 /UBND-VHXH", "Số: 5180/UBND-VHXH"),
        ("1/ UBND tỉnh chỉ đạo", "1/ UBND tỉnh chỉ đạo"),
    ],
)
def test_text_is_made_even(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


@pytest.mark.parametrize(
    ("stamp", "secrecy"),
    [
        ("MẬT", "Mật"),
        ("TUYỆT MẬT", "Tuyệt mật"),
        ("Độ mật: Tối mật", "Tối mật"),
        ("LƯU HÀNH NỘI BỘ", None),
        ("BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
    ],
)
def test_a_secrecy_mark_is_seen_and_nothing_like_it(stamp: str, secrecy: str | None) -> None:
    assert read_letter(f"{stamp}\n{BLANK}").secrecy == secrecy


@pytest.mark.parametrize("text", ["", "\n\n", "Chào cả nhà", "Số", "Kính gửi:", "QUYẾT ĐỊNH", "Nơi nhận:", "V/v"])
def test_a_text_that_is_no_letter_reads_as_nothing(text: str) -> None:
    read = read_letter(text)
    assert (read.number_symbol, read.issue_date, read.recipients, read.references) == (None, None, (), ())


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "A ",
        "1/A-",
        "- ",
        "Số: 1/",
        "ngày ",
        "Hà ",
        "MẬT ",
        "|",
        "\n- a;",
        "K/T. ",
        ".…_ ",
        "1/A-  -  -  -  ",
        "Số: 1  ",
        "; Hà Hà Hà ",
    ],
)
def test_a_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    started = time.process_time()
    read_letter(unit * (60_000 // len(unit)))
    assert time.process_time() - started < 5


def test_a_reader_that_is_never_wrong_scores_one() -> None:
    names = [name for name in NAMES if name != "gop_tieu_de"]
    rows = [{"text": (SAMPLES / f"{name}.txt").read_text("utf-8"), "labels": sample(name)[1]} for name in names]
    assert set(score(rows).values()) == {(1.0, 1.0)}
