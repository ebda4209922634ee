"""Marks in what LibreOffice writes: letters a font lacks drawn last in a PDF, runs and line ends of its RTF."""

import pypdfium2
import pytest

from handlers.files.sealing import find_mark, inspect
from tests.handlers.letters.files import torn_pdf


@pytest.mark.parametrize("mark", ["KHẨN - MẬT", "TỐI MẬT", "TUYỆT MẬT", "Độ mật: Tối mật"])
def test_a_mark_is_found_in_a_pdf_that_draws_the_letters_its_font_lacks_last(mark: str) -> None:
    made = torn_pdf(f"ỦY BAN NHÂN DÂN XÃ\n{mark}\nBáo cáo tình hình an ninh gửi Công an tỉnh")
    assert mark not in _raw_text(made)
    assert inspect(made, "a.pdf").secrecy == find_mark(mark)


def test_a_word_is_no_mark_in_such_a_pdf() -> None:
    made = torn_pdf("BẢO MẬT\nMật khẩu và mật độ dân số trên địa bàn\nCông tác bảo mật thông tin")
    assert inspect(made, "a.pdf").secrecy is None


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT"])
def test_rich_text_of_libreoffice_is_read(mark: str) -> None:
    """A control word ends with its line, and every run has its own braces."""
    runs = "".join(f"{{\\hich\\af4\\loch\n{_in_rtf(letter)}}}" for letter in mark)
    made = "{\\rtf1\\ansi{\\stylesheet{\\s0 Default Page Style;}}\n\\pard\\plain \\s0" + runs + "\\par }"
    assert inspect(made.encode("ascii"), "x.rtf").secrecy == mark


def test_an_ordinary_rich_text_bears_no_mark() -> None:
    made = r"{\rtf1\ansi\pard B\u7842?O M\u7852?T th\'f4ng tin\par }"
    assert inspect(made.encode("ascii"), "x.rtf").secrecy is None


def _in_rtf(letter: str) -> str:
    return letter if letter.isascii() else rf"\u{ord(letter)}\'3f"


def _raw_text(content: bytes) -> str:
    page = pypdfium2.PdfDocument(content)[0]  # type: ignore[no-untyped-call]
    return str(page.get_textpage().get_text_range())
