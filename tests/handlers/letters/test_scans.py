"""Scans and photos of letters of our own making are recognised; what was recognised is always to be checked."""

import io
from pathlib import Path

import pytest
from PIL import Image

from handlers.letters.reading import NoText, OcrMissing, Tesseract, Why, read_letter, text_of
from handlers.letters.reading.pages import Page
from handlers.letters.reading.pictures import leaning
from handlers.letters.reading.portable import chosen
from handlers.letters.reading.recognising import Unrecognised, page_of
from handlers.letters.reading.sureness import Sureness, judged
from tests.handlers.letters import files, scanned

recognises = pytest.mark.skipif(scanned.MISSING is not None, reason=f"needs {scanned.MISSING}")
PAGE = scanned.sheet() if scanned.MISSING is None else Image.new("L", (8, 8))


class Absent:
    """A machine without tesseract."""

    def missing(self) -> tuple[str, ...]:
        return ("tesseract-ocr", "tesseract-ocr-vie")

    def read(self, picture: Image.Image, number: int) -> tuple[Page, Image.Image]:
        raise AssertionError("it is not there")


class Failing:
    """Runs out of its time on every page."""

    def missing(self) -> tuple[str, ...]:
        return ()

    def read(self, picture: Image.Image, number: int) -> tuple[Page, Image.Image]:
        raise Unrecognised("TimeoutExpired")


class Counting:
    """Says which page it was given."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def missing(self) -> tuple[str, ...]:
        return ()

    def read(self, picture: Image.Image, number: int) -> tuple[Page, Image.Image]:
        self.seen.append(number)
        return Page(number, f"Trang {number} của một văn bản dài", is_scanned=True), picture


@recognises
@pytest.mark.programs
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: scanned.pdf_of(PAGE), id="a clean scan"),
        pytest.param(lambda: scanned.pdf_of(scanned.scanned(PAGE, leaning=3.2, noise=0.01)), id="leaning and noisy"),
        pytest.param(lambda: scanned.pdf_of(PAGE.rotate(90, expand=True)), id="on its side"),
        pytest.param(lambda: scanned.pdf_of(PAGE.rotate(180)), id="on its head"),
        pytest.param(lambda: scanned.saved(PAGE), id="a picture file"),
        pytest.param(lambda: scanned.photographed(PAGE), id="a photo"),
    ],
)
def test_a_scan_is_read_however_it_lies(content) -> None:  # type: ignore[no-untyped-def]
    found = text_of(content(), "ban-quet", recogniser=Tesseract())
    read = read_letter(found.text)
    assert (read.number_symbol, str(read.issue_date), read.doc_type) == ("507/SCT-QLTM", "2026-11-24", "Công văn")
    assert (read.subject, read.recipients) == ("đăng ký gian hàng hội chợ", ("Ủy ban nhân dân các xã, phường",))
    assert found.is_scanned


@recognises
@pytest.mark.programs
def test_what_was_recognised_is_to_be_checked_beside_a_picture_of_the_head() -> None:
    found = text_of(scanned.pdf_of(PAGE), "ban-quet.pdf", recogniser=Tesseract())
    known = judged(found.text, found.pages)
    seen = known.seen["number_symbol"]
    assert {known.seen[name].sureness for name in ("number_symbol", "issue_date", "subject")} == {Sureness.CHECK}
    assert seen.where
    assert seen.where.page == 1
    assert seen.where.box
    assert seen.where.box.bottom < 0.2
    assert found.head
    with Image.open(io.BytesIO(found.head)) as head:
        assert head.format == "PNG"
        assert head.height < head.width


def test_without_the_recogniser_the_missing_packages_are_named() -> None:
    with pytest.raises(OcrMissing) as lacking:
        text_of(files.scan(), "ban-quet.pdf", recogniser=Absent())
    assert lacking.value.missing == ("tesseract-ocr", "tesseract-ocr-vie")
    assert lacking.value.why is Why.OCR_MISSING


def test_a_program_that_is_not_there_is_missing() -> None:
    assert Tesseract("no-such-program").missing() == ("tesseract-ocr", "tesseract-ocr-vie")


def test_pages_the_recogniser_gives_up_leave_nothing_and_do_not_fail() -> None:
    with pytest.raises(NoText) as nothing:
        text_of(files.scan(), "ban-quet.pdf", recogniser=Failing())
    assert nothing.value.why is Why.EMPTY


def test_of_a_long_file_the_first_twenty_pages_and_the_last_three_are_read() -> None:
    assert chosen(23) == list(range(1, 24))
    assert chosen(500) == [*range(1, 21), 498, 499, 500]
    recogniser = Counting()
    found = text_of(scanned.blank_pdf(40), "dai.pdf", recogniser=recogniser)
    assert sorted(recogniser.seen) == chosen(40)
    assert (found.total_pages, found.was_cut, found.has_text) == (40, True, False)
    assert found.text.startswith("Trang 1 của")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8\xff\xe0 no photo"])
def test_a_damaged_picture_is_broken(content: bytes) -> None:
    with pytest.raises(NoText) as nothing:
        text_of(content, "anh.png", recogniser=Counting())
    assert nothing.value.why is Why.BROKEN


def test_a_picture_that_claims_to_be_enormous_is_not_opened() -> None:
    bomb = scanned.saved(Image.new("1", (12_000, 9_000)))
    with pytest.raises(NoText) as nothing:
        text_of(bomb, "anh.png", recogniser=Counting())
    assert nothing.value.why is Why.BROKEN


@recognises
@pytest.mark.parametrize("degrees", [-4.0, -1.3, 0.0, 2.1, 5.0])
def test_the_leaning_of_lines_is_measured(degrees: float) -> None:
    turned = PAGE.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=250)
    assert abs(leaning(turned) - degrees) <= 0.3


def test_the_recognisers_table_becomes_lines_with_places() -> None:
    table = "\n".join(
        [
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
            "1\t1\t0\t0\t0\t0\t0\t0\t1000\t2000\t-1\t",
            "5\t1\t1\t1\t1\t1\t100\t200\t50\t40\t96.5\tSố:",
            "5\t1\t1\t1\t1\t2\t160\t200\t90\t40\t41\t12/UB",
            "5\t1\t1\t1\t2\t1\t100\t260\t90\t40\t90\tV/v",
        ]
    )
    page = page_of(table, 1)
    assert page.text == "Số: 12/UB\nV/v"
    box = page.box_of(4, 9)
    assert box
    assert (box.left, box.top) == (0.16, 0.1)
    assert page.words[1].sure == 0.41


@recognises
def test_the_recogniser_is_a_child_that_may_use_only_so_much(tmp_path: Path) -> None:
    """A program in its place reports the limits it was started with."""
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\ncat >/dev/null\necho "$(ulimit -v) $(ulimit -t)" >"$(dirname "$0")/limits"\n')
    program.chmod(0o755)
    Tesseract(str(program)).read(Image.new("L", (40, 40), 255), 1)
    memory, cpu = (tmp_path / "limits").read_text().split()
    assert int(memory) <= 2_000_000
    assert int(cpu) <= 120
