"""Old Word files, passwords, several letters in one file, one letter in several files, and how sure each field is."""

import io
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from handlers.letters.reading import Extracted, NoText, Why, read_letter, text_of
from handlers.letters.reading.extracted import Kind
from handlers.letters.reading.pages import Page
from handlers.letters.reading.several import as_one, letters_in
from handlers.letters.reading.spelling import is_garbled, is_syllable, looks_scanned
from handlers.letters.reading.sureness import Sureness, judged
from tests.handlers.letters import files

SAMPLES = Path(__file__).parent / "samples"
FIRST = (SAMPLES / "cong_van.txt").read_text("utf-8")
SECOND = (SAMPLES / "quyet_dinh.txt").read_text("utf-8")


@pytest.mark.programs
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_an_old_word_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "cu.txt").write_text(FIRST, "utf-8")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    order = [
        "soffice",
        profile,
        "--headless",
        "--infilter=Text (encoded):UTF8",
        "--convert-to",
        "doc:MS Word 97",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*order, str(tmp_path / "cu.txt")], check=True, capture_output=True, timeout=100)
    found = text_of((tmp_path / "cu.doc").read_bytes(), "cu.doc")
    assert found.kind is Kind.DOC
    assert read_letter(found.text) == read_letter(FIRST)


def test_a_pdf_that_draws_the_letters_its_font_lacks_last_is_read_as_it_looks() -> None:
    found = text_of(files.torn_pdf(FIRST), "tu-libreoffice.pdf")
    assert read_letter(found.text) == read_letter(FIRST)
    assert not found.is_scanned


def test_a_locked_pdf_opens_with_its_password_and_no_other() -> None:
    content = files.locked_pdf(FIRST)
    assert read_letter(text_of(content, "khoa.pdf", password="mot-hai-ba").text) == read_letter(FIRST)
    with pytest.raises(NoText) as refused:
        text_of(content, "khoa.pdf", password="sai")
    assert refused.value.why is Why.LOCKED


def test_two_letters_in_one_file_are_two() -> None:
    parts = letters_in(f"{FIRST}\n{SECOND}")
    assert [read_letter(part) for part in parts] == [read_letter(FIRST), read_letter(SECOND)]


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.txt")))
def test_one_letter_is_one(name: str) -> None:
    text = (SAMPLES / f"{name}.txt").read_text("utf-8")
    assert letters_in(text) == [text]


def test_a_form_in_an_appendix_is_no_second_letter() -> None:
    form = "Mẫu số 01\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nĐƠN ĐĂNG KÝ\nKính gửi: ……"
    assert len(letters_in(f"{FIRST}\n{form}")) == 1


def test_several_files_are_one_letter_with_appendices() -> None:
    table = Extracted("PHỤ LỤC\nDanh sách kèm theo", True, Kind.DOCX)
    letter = Extracted(FIRST, True, Kind.PDF)
    album = as_one([table, letter])
    assert (album.letter, album.appendices) == (letter, (table,))


def test_photographed_pages_are_one_text() -> None:
    head, rest = FIRST[: len(FIRST) // 2], FIRST[len(FIRST) // 2 :]
    photos = [Extracted(part, True, Kind.PICTURE, (Page(1, part, is_scanned=True),)) for part in (head, "…" + rest)]
    album = as_one(photos)
    assert album.appendices == ()
    assert [page.number for page in album.letter.pages] == [1, 2]
    assert album.letter.text == f"{head}\n…{rest}"


def test_fields_of_clean_text_are_sure_and_say_where_they_stand() -> None:
    known = judged(FIRST)
    seen = known.seen["number_symbol"]
    assert seen.sureness is Sureness.SURE
    assert seen.where
    said = FIRST[seen.where.start : seen.where.end]
    assert "".join(said.split()) == known.reading.number_symbol
    assert known.seen["secrecy"].sureness is Sureness.NOT_FOUND


def test_in_a_pdf_a_field_has_its_page_and_box() -> None:
    found = text_of(files.pdf(FIRST), "cong-van.pdf")
    seen = judged(found.text, found.pages).seen["subject"]
    assert seen.where
    assert seen.where.page == 1
    assert seen.where.box
    assert 0 <= seen.where.box.top < seen.where.box.bottom < 0.5


@pytest.mark.parametrize(
    ("before", "after"),
    [("ngày 10 tháng", "ngày 1| tháng"), ("Kính gửi", "Kính gửi⁄ ¡"), ("của", "cúạ")],
)
def test_traces_of_recognising_make_a_pasted_text_doubtful(before: str, after: str) -> None:
    text = FIRST if before in FIRST else FIRST.replace("ngày", before.split()[0], 1)
    spoiled = text.replace(before, after) if before in text else f"ngày 1| tháng 11 năm 2026\n{text}"
    assert looks_scanned(spoiled)
    assert judged(spoiled).seen["number_symbol"].sureness is Sureness.CHECK


def test_syllables_that_cannot_exist_are_known() -> None:
    assert all(map(is_syllable, ["nghiêng", "quyết", "giữa", "thuở", "khuỷu", "gì", "quốc", "xoèn", "ương"]))
    assert not any(map(is_syllable, ["xuât", "lìghiệp", "kgöên", "qiịy", "bằuc", "tiêp"]))


def test_a_text_layer_in_private_letters_is_garbled() -> None:
    assert is_garbled("Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc Sè ngµy th¸ng n¨m KÝnh göi nhiÖm vô")
    assert not is_garbled(FIRST)


@pytest.mark.parametrize("cut", [600, 1600, 5000])
def test_a_damaged_old_word_file_says_so(cut: int) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<100I", *range(100)) * 20
    with pytest.raises(NoText):
        text_of(io.BytesIO(content).read(cut), "cu.doc")


@pytest.mark.parametrize(
    "left",
    [
        "UBND TỈNH QUẢNG TRỊ\n\nSỞ NỘI VỤ\n\nSố: 12/SNV-VP\n\nV/v báo cáo",
        "UBND TỈNH QUẢNG TRỊ\nSỞ NỘI VỤ\n_____\nSố: 12/SNV-VP",
    ],
)
def test_the_second_letter_keeps_its_issuers_superior_however_its_head_is_spaced(left: str) -> None:
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nQuảng Trị, ngày 3 tháng 11 năm 2026"
    end = "Kính gửi: Các sở\n\nGửi báo cáo.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\nTrần An\n"
    first = f"UBND TỈNH QUẢNG TRỊ\nSỞ TÀI CHÍNH\nSố: 7/STC-NS\n{head}\n\n{end}"
    _, second = letters_in(f"{first}\n{left}\n\n{head}\n\n{end}")
    assert read_letter(second).issuing_body == "SỞ NỘI VỤ (UBND TỈNH QUẢNG TRỊ)"
