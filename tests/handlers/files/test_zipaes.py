"""Archives under a password: every size, names in Vietnamese, several members, opened by others' programs."""

import random
import shutil
import subprocess
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import pyzipper
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from handlers.files.sealing import Format, Kind, seal, zipaes
from handlers.files.sealing.protection import is_protected
from handlers.files.sealing.under_password import seal_many

PASSWORD = "bien-cam-thu-lo-nang-tre-mua-4827"
CHUNK = 1 << 18
SIZES = {
    "nothing": 0,
    "one byte": 1,
    "4095": 4095,
    "4096": 4096,
    "4097": 4097,
    "100 kB": 100_000,
    "one block less than the key stream's chunk": CHUNK - 16,
    "one byte over it": CHUNK - 15,
    "a chunk": CHUNK,
    "a chunk and one": CHUNK + 1,
}


def opened(content: bytes, password: str = PASSWORD) -> dict[str, bytes]:
    with pyzipper.AESZipFile(BytesIO(content)) as archive:
        archive.setpassword(password.encode())
        return {info.filename: archive.read(info) for info in archive.infolist()}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("shrinks", [False, True])
def test_what_went_in_comes_out(size: int, shrinks: bool) -> None:
    content = b"bao cao " * (size // 8) if shrinks else random.Random(size).randbytes(size)
    sealed = zipaes.sealed([("Báo cáo số liệu.doc", content)], PASSWORD)
    assert opened(sealed) == {"Báo cáo số liệu.doc": content}


@pytest.mark.slow
@pytest.mark.parametrize("size", [7_100_000, 50 << 20], ids=["7.1 MB", "50 MB"])
def test_what_is_large_comes_out(size: int) -> None:
    content = random.Random(size).randbytes(size)
    assert opened(zipaes.sealed([("a.bin", content)], PASSWORD)) == {"a.bin": content}


@pytest.mark.parametrize("chunk", [0, 1, 255, 256, 65536])
def test_the_key_stream_counts_from_one_with_the_low_byte_first(chunk: int) -> None:
    key = bytes(range(32))
    stream = zipaes.KeyStream(key)
    stream._chunk = chunk
    first = max(1, chunk * CHUNK // 16)
    counters = b"".join(number.to_bytes(16, "little") for number in range(first, first + 4))
    expected = Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(counters)
    covered = bytearray(64)
    stream.cover(memoryview(bytes(64)), memoryview(covered))
    assert covered == expected


def test_only_what_shrinks_is_deflated() -> None:
    noise, words = random.Random(1).randbytes(50_000), b"cong van den " * 4000
    with zipfile.ZipFile(BytesIO(zipaes.sealed([("a", noise), ("b", words)], PASSWORD))) as archive:
        first, second = archive.infolist()
    assert first.compress_size == len(noise) + 28
    assert second.compress_size < len(words) // 10


def test_neither_checksum_nor_date_is_told() -> None:
    with zipfile.ZipFile(BytesIO(zipaes.sealed([("a", b"x")], PASSWORD))) as archive:
        (info,) = archive.infolist()
    assert (info.CRC, info.date_time[:3], info.flag_bits & 0x801, info.compress_type) == (0, (1980, 1, 1), 0x801, 99)


def test_a_wrong_password_and_an_altered_byte_are_noticed() -> None:
    sealed = zipaes.sealed([("a", b"noi dung" * 50)], PASSWORD)
    two_bytes_may_seem_right = pyzipper.BadZipFile  # of one in 65,536 wrong ones
    with pytest.raises((RuntimeError, two_bytes_may_seem_right), match=r"password|HMAC"):
        opened(sealed, "x")
    broken = bytearray(sealed)
    broken[80] ^= 1
    with pytest.raises(pyzipper.BadZipFile):
        opened(bytes(broken))


def test_decomposed_names_are_composed_and_twins_told_apart() -> None:
    name = unicodedata.normalize("NFD", "Tờ trình.docx")
    assert list(opened(zipaes.sealed([(name, b"1"), ("tờ trình.DOCX", b"2"), ("x/../y", b"3")], PASSWORD))) == [
        "Tờ trình.docx",
        "tờ trình (2).DOCX",
        "y",
    ]


def test_names_can_be_hidden() -> None:
    sealed = seal_many([("Danh sách.txt", "một".encode()), ("b.txt", b"2")], "Hồ sơ", PASSWORD)
    assert (sealed.name, sealed.format) == ("Hồ sơ.zip", Format.ZIP)
    assert "Danh sách".encode() not in sealed.content
    (inner,) = opened(sealed.content).values()
    with zipfile.ZipFile(BytesIO(inner)) as archive:
        assert archive.namelist() == ["Danh sách.txt", "b.txt"]


def test_zip64_fields_are_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipaes, "_ZIP64", 1000)
    members = [("a", b"x" * 999), ("b", random.Random(2).randbytes(5000)), ("c", b"y")]
    assert opened(zipaes.sealed(members, PASSWORD)) == dict(members)


@pytest.mark.parametrize("name", ["..", "a/b\\c\x00.doc", "\u202egnp.exe", "a" * 400 + ".docx", " . "])
def test_a_member_has_a_harmless_name(name: str) -> None:
    safe = zipaes.safe_name(name)
    assert safe
    assert not set(safe) & set("/\\\0\u202e")
    assert safe not in ("..", ".")
    assert len(safe.encode()) <= 200


def test_an_archive_with_the_old_zip_encryption_is_wrapped() -> None:
    weak = bytearray(_plain_zip())
    for marker, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        weak[weak.index(marker) + place] |= 1
    sealed = seal(bytes(weak), "a.zip", PASSWORD)
    assert opened(sealed.content) == {"a.zip": bytes(weak)}
    assert sealed.note is None


def test_an_archive_sealed_by_us_passes_unchanged() -> None:
    first = seal(_plain_zip(), "a.zip", PASSWORD)
    assert seal(first.content, "a.zip").content == first.content


def test_a_text_is_sealed_under_a_new_password_in_seven_words_and_digits() -> None:
    sealed = seal("Xin chào".encode(), "Ghi chú.txt")
    assert len(sealed.password.split("-")) == 8
    assert opened(sealed.content, sealed.password) == {"Ghi chú.txt": "Xin chào".encode()}


def _plain_zip() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "noi dung noi dung")
    return target.getvalue()


@pytest.mark.programs
@pytest.mark.skipif(not (shutil.which("7z") and shutil.which("bsdtar")), reason="needs p7zip-full, libarchive-tools")
@pytest.mark.parametrize("size", [0, 1, 4096, 100_000, CHUNK - 15, 3 * CHUNK])
def test_7z_and_bsdtar_open_it_with_the_password_only(size: int, tmp_path: Path) -> None:
    content = random.Random(size).randbytes(size)
    target = tmp_path / "x.zip"
    target.write_bytes(zipaes.sealed([("Tệp số một.bin", content), ("hai.txt", b"hai " * 500)], PASSWORD))

    def run(*command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([*command, str(target)], capture_output=True, check=False)

    assert run("7z", "t", f"-p{PASSWORD}").returncode == 0
    assert run("7z", "t", f"-p{PASSWORD}x").returncode == 2
    assert run("bsdtar", "--passphrase", PASSWORD, "-xOf").stdout == content + b"hai " * 500
    assert run("bsdtar", "--passphrase", PASSWORD + "x", "-xOf").returncode == 1


def test_an_archive_with_one_open_member_is_not_protected() -> None:
    first = zipaes.sealed([("a.txt", b"noi dung"), ("b.txt", b"noi dung")], PASSWORD)
    half = bytearray(first)
    for marker, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        half[half.rindex(marker) + place] &= 0xFE
    with zipfile.ZipFile(BytesIO(bytes(half))) as archive:
        assert [info.flag_bits & 1 for info in archive.infolist()] == [1, 0]
    assert not is_protected(bytes(half), Kind.ZIP)
    assert is_protected(first, Kind.ZIP)
