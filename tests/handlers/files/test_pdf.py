"""PDF under a password, and the ones that are left as they are: signed, or protected already."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handlers.files.sealing import Format, Level, Note, inspect, pdf, seal
from tests.handlers.files.pdf_documents import ARRANGED, ARRANGEMENTS, everyday, saved

PASSWORD = "bien-cam-thu-lo-nang-tre-mua-4827"


def document(text: str = "Bao cao", *, scan: bool = False, signed: bool = False, **saving: object) -> bytes:
    with pikepdf.new() as made:
        page = made.add_blank_page()
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
        content = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("latin-1")
        if scan:
            picture = pikepdf.Stream(made, b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1)
            picture.Height, picture.BitsPerComponent, picture.ColorSpace = 1, 8, pikepdf.Name.DeviceGray
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=made.make_indirect(picture)))
            content = b"q 600 0 0 800 0 0 cm /I Do Q"
        page.obj.Contents = made.make_stream(content)
        if signed:
            made.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array())
        made.docinfo["/Title"] = "Tieu de"
        target = BytesIO()
        made.save(target, **saving)
    return target.getvalue()


def test_a_pdf_is_sealed_with_aes_256() -> None:
    sealed = seal(document(), "Báo cáo.pdf", PASSWORD)
    assert (sealed.name, sealed.format, sealed.note) == ("Báo cáo.pdf", Format.PDF, None)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(sealed.content))
    with pikepdf.open(BytesIO(sealed.content), password=PASSWORD) as opened:
        assert opened.encryption.R == 6
        assert opened.user_password_matched
        assert not opened.owner_password_matched
    assert b"Tieu de" not in sealed.content


@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode.__members__))
def test_every_arrangement_of_objects_is_sealed(mode: str) -> None:
    content = document(object_stream_mode=pikepdf.ObjectStreamMode.__members__[mode])
    assert seal(content, "a.pdf", PASSWORD).format == Format.PDF


@pytest.mark.parametrize("mode", ["disable", "generate"])
def test_a_signed_pdf_goes_into_an_archive(mode: str) -> None:
    content = document(signed=True, object_stream_mode=pikepdf.ObjectStreamMode.__members__[mode])
    sealed = seal(content, "Quyết định.pdf", PASSWORD)
    assert (sealed.name, sealed.format, sealed.note) == ("Quyết định.zip", Format.ZIP, Note.SIGNED_PDF)


def test_a_byte_range_is_a_signature() -> None:
    assert pdf.is_signed(document(text="/ByteRange", compress_streams=False))
    assert not pdf.is_signed(document())


def test_a_pdf_with_a_password_passes_unchanged() -> None:
    content = document(encryption=pikepdf.Encryption(user="x", owner="y"))
    sealed = seal(content, "a.pdf")
    assert (sealed.content, sealed.note, sealed.password) == (content, Note.ALREADY_PROTECTED, "")
    seen = inspect(content, "a.pdf")
    assert (seen.protected, seen.has_text, seen.secrecy) == (True, False, None)


def test_an_owner_password_protects_nothing() -> None:
    content = document(encryption=pikepdf.Encryption(user="", owner="y"))
    assert not inspect(content, "a.pdf").protected
    assert inspect(content, "a.pdf").has_text
    sealed = seal(content, "a.pdf", PASSWORD)
    assert (sealed.format, sealed.note) == (Format.PDF, None)


def test_a_pdf_locked_with_rc4_goes_into_an_archive() -> None:
    content = document(encryption=pikepdf.Encryption(user="x", owner="y", R=3, aes=False, metadata=False))
    assert not inspect(content, "a.pdf").protected
    assert seal(content, "a.pdf", PASSWORD).format == Format.ZIP


def test_a_scan_has_no_text() -> None:
    assert not inspect(document(scan=True), "a.pdf").has_text
    assert inspect(document(), "a.pdf").has_text


def test_a_mark_is_found_on_the_page_and_in_a_note() -> None:
    assert inspect(document(text="TUYET MAT"), "a.pdf").secrecy == Level.UTMOST_SECRET
    with pikepdf.open(BytesIO(document())) as made:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Contents="TỐI MẬT")
        made.pages[0].obj.Annots = pikepdf.Array([note])
        target = BytesIO()
        made.save(target)
    assert inspect(target.getvalue(), "a.pdf").secrecy == Level.TOP_SECRET


@pytest.mark.programs
@pytest.mark.skipif(not (shutil.which("qpdf") and shutil.which("pdftotext")), reason="needs qpdf, poppler-utils")
def test_qpdf_and_poppler_open_it_with_the_password_only(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    password = PASSWORD[:32]  # all that pdftotext reads of its argument
    target.write_bytes(seal(document(), "x.pdf", password).content)

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert run("qpdf", f"--password={password}", "--check", str(target)).returncode == 0
    assert run("qpdf", "--requires-password", str(target)).returncode == 0
    assert run("qpdf", f"--password={password}", "--show-encryption", str(target)).stdout.count("AESv3") == 3
    assert "Bao cao" in run("pdftotext", "-upw", password, str(target), "-").stdout
    assert run("pdftotext", "-upw", "x", str(target), "-").returncode == 1


@pytest.mark.programs
@pytest.mark.skipif(not all(map(shutil.which, ("qpdf", "mutool", "pdftotext"))), reason="needs qpdf, mupdf, poppler")
@pytest.mark.parametrize("how", ARRANGEMENTS, ids=ARRANGED)
def test_qpdf_mupdf_and_poppler_read_what_stood_in_it(how: dict[str, Any], tmp_path: Path) -> None:
    target, password = tmp_path / "x.pdf", PASSWORD[:32]
    target.write_bytes(seal(saved(everyday(), **how), "x.pdf", password).content)

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, str(target)], capture_output=True, text=True, check=False)

    checked = run("qpdf", f"--password={password}", "--check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert run("qpdf", f"--password={password}", "--show-encryption").stdout.count("AESv3") == 3
    assert "Tiêu đề" in run("pdfinfo", "-upw", password).stdout
    text = subprocess.run(["pdftotext", "-upw", password, str(target), "-"], capture_output=True, text=True, check=True)
    assert [f"Trang {number}" in text.stdout for number in range(3)] == [True] * 3
    drawn = run("mutool", "draw", "-q", "-p", password, "-F", "txt")
    assert (drawn.returncode, "Trang 2" in drawn.stdout) == (0, True)
    assert run("mutool", "draw", "-q", "-p", "x", "-F", "txt").returncode != 0
    assert run("pdftotext", "-upw", "x").returncode == 1
