"""Office files under a password, of every size at which a container can go wrong, opened by others' readers."""

import random
import re
import shutil
import struct
import subprocess
from io import BytesIO
from pathlib import Path

import msoffcrypto
import olefile
import pytest
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from bot.demo.samples import zipped
from handlers.files.sealing import Format, Note, cfb, ooxml, seal

PASSWORD = "bien-cam-thu-lo-nang-tre-mua-4827"
SMALL = {
    "one byte": 1,
    "one block": 16,
    "the last that fits the mini stream": 4080,
    "the first that does not": 4081,
    "one less than a segment": 4095,
    "a segment": 4096,
    "one more than a segment": 4097,
    "100 kB": 100_000,
}
LARGE = {
    "109 FAT sectors": 7_082_881,
    "the first DIFAT sector": 7_146_880,
    "the edge by bytes, before": 7_081_000,
    "the edge by bytes, after": 7_090_000,
    "a DIFAT sector exactly full": 15_276_017,
    "a second DIFAT sector": 15_341_041,
    "two DIFAT sectors exactly full": 23_533_553,
    "three DIFAT sectors": 23_598_577,
    "50 MB": 50 << 20,
}


def bytes_of(size: int) -> bytes:
    """Bytes that end as an empty archive does, for msoffcrypto gives out nothing else."""
    return (random.Random(size).randbytes(max(0, size - 22)) + b"PK\5\6" + bytes(18))[-size:] if size else b""


def opened_by_msoffcrypto(content: bytes) -> bytes:
    file = msoffcrypto.OfficeFile(BytesIO(content))
    file.load_key(PASSWORD, verify_password=True)
    assert file.secret_key[16:] != b"6" * 16
    info, method = file.info, ECMA376Agile
    suite = (file.secret_key, info["keyDataSalt"], info["keyDataHashAlgorithm"])
    integrity = (info["keyDataBlockSize"], info["encryptedHmacKey"], info["encryptedHmacValue"])
    with file.file.openstream("EncryptedPackage") as stream:
        assert method.verify_integrity(*suite, *integrity, stream)
        stream.seek(0)
        plain: bytes = method.decrypt(*suite, stream)
    return plain


def check(size: int) -> None:
    content = bytes_of(size)
    sealed = ooxml.sealed(content, PASSWORD)
    assert opened_by_msoffcrypto(sealed) == content
    container = olefile.OleFileIO(BytesIO(sealed), raise_defects=olefile.DEFECT_UNSURE)
    assert not container.parsing_issues
    assert container.get_size("EncryptionInfo") == 1289
    assert len(sealed) % 512 == 0


@pytest.mark.parametrize("size", SMALL.values(), ids=SMALL.keys())
def test_a_small_package_comes_back_whole(size: int) -> None:
    check(size)


@pytest.mark.slow
@pytest.mark.parametrize("size", LARGE.values(), ids=LARGE.keys())
def test_a_large_package_comes_back_whole(size: int) -> None:
    check(size)


@pytest.mark.programs
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("7z"), reason="needs p7zip-full")
@pytest.mark.parametrize("size", (SMALL | LARGE).values(), ids=(SMALL | LARGE).keys())
def test_7z_finds_the_container_sound(size: int, tmp_path: Path) -> None:
    target = tmp_path / "x.docx"
    target.write_bytes(ooxml.sealed(bytes_of(size), PASSWORD))
    assert subprocess.run(["7z", "t", target], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_the_tables_are_right_at_every_count_of_sectors() -> None:
    """Written without encryption, so that every count around the edges of FAT and DIFAT can be tried."""
    edges = [*range(1, 140), *range(13_840, 13_960), *range(30_080, 30_110)]
    for count in edges:
        target = BytesIO()
        writer = cfb.Writer(target, [cfb.Stream(("A",), count * 512), cfb.Stream(("B", "C"), 70)])
        writer.put(("B", "C"), b"c" * 70)
        writer.seek(("A",), count * 512 - 1)
        target.write(b"!")
        container = cfb.Reader(target.getvalue())
        assert container.read(("A",))[-1:] == b"!"
        assert len(container.read(("A",))) == count * 512
        assert container.read(("B", "C")) == b"c" * 70
        target.seek(0)
        with olefile.OleFileIO(target, raise_defects=olefile.DEFECT_UNSURE) as other:
            assert other.get_size("A") == count * 512
            assert not other.parsing_issues


def test_a_wrong_password_opens_nothing() -> None:
    sealed = ooxml.sealed(b"noi dung", PASSWORD)
    with pytest.raises(ooxml.CannotOpen, match="wrong password"):
        ooxml.opened(sealed, PASSWORD + "x")


@pytest.mark.parametrize("place", [8, 20, -1])
def test_an_altered_byte_is_noticed(place: int) -> None:
    content = bytes_of(20_000)
    sealed = bytearray(ooxml.sealed(content, PASSWORD))
    stream = cfb.Reader(bytes(sealed)).read(("EncryptedPackage",))
    sealed[sealed.index(stream) + place % len(stream)] ^= 1
    with pytest.raises(ooxml.CannotOpen, match="altered"):
        ooxml.opened(bytes(sealed), PASSWORD)


def test_two_seals_of_one_file_share_no_salt_and_no_bytes() -> None:
    first, second = (cfb.Reader(ooxml.sealed(b"x" * 5000, PASSWORD)) for _ in range(2))
    salts = [re.findall(rb'saltValue="([^"]+)"', reader.read(("EncryptionInfo",))) for reader in (first, second)]
    assert len({*salts[0], *salts[1]}) == 4
    assert first.read(("EncryptedPackage",))[8:] != second.read(("EncryptedPackage",))[8:]


def letter() -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    )
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>Báo cáo công tác tháng 11</w:t></w:r></w:p></w:body></w:document>"
    )
    return zipped({"[Content_Types].xml": types, "_rels/.rels": rels, "word/document.xml": body})


def test_a_letter_is_sealed_in_its_own_format() -> None:
    content = letter()
    assert len(content) < 4080
    sealed = seal(content, "Báo cáo.docx", PASSWORD)
    assert (sealed.name, sealed.format, sealed.note, sealed.password) == ("Báo cáo.docx", Format.OOXML, None, PASSWORD)
    assert opened_by_msoffcrypto(sealed.content) == content
    assert PASSWORD not in repr(sealed)


def test_a_sealed_letter_passes_unchanged() -> None:
    first = seal(letter(), "a.docx", PASSWORD)
    again = seal(first.content, "a.docx")
    assert (again.content, again.note, again.password) == (first.content, Note.ALREADY_PROTECTED, "")


def test_the_password_everybody_has_is_no_protection() -> None:
    sweatshop = ooxml.sealed(letter(), "VelvetSweatshop")
    sealed = seal(sweatshop, "a.xlsx", PASSWORD)
    assert (sealed.format, sealed.name, sealed.note) == (Format.ZIP, "a.zip", None)


def test_the_streams_hold_the_words_office_writes() -> None:
    container = cfb.Reader(ooxml.sealed(b"x", PASSWORD))
    assert container.read(("\x06DataSpaces", "DataSpaceMap"))[:12] == struct.pack("<III", 8, 1, 0x68)
    assert len(container.read(("\x06DataSpaces", "Version"))) == 76
    assert len(container.paths) == 10


@pytest.mark.programs
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs libreoffice-writer")
def test_libreoffice_converts_what_was_opened_again(tmp_path: Path) -> None:
    source = tmp_path / "x.docx"
    source.write_bytes(ooxml.opened(seal(letter(), "x.docx", PASSWORD).content, PASSWORD))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, source]
    subprocess.run(command, capture_output=True, check=True, timeout=100)
    assert "Báo cáo" in (tmp_path / "x.txt").read_text("utf-8-sig")
