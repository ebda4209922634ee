"""What is refused, each for its reason, and that a new password is strong and can be typed."""

import random
import re
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest

from handlers.files.sealing import Kind, Limits, Reason, Refused, cfb, inspect, new_password, seal
from handlers.files.sealing.passwords import syllables


def archive(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        for name, content in members:
            made.writestr(name, content, compress_type=method)
    return target.getvalue()


def letter(body: bytes = b"<d/>", *more: tuple[str, bytes]) -> bytes:
    return archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", body), *more)


def plain_pdf() -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        target = BytesIO()
        made.save(target)
    return target.getvalue()


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("a")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


def overlapping() -> bytes:
    content = bytearray(archive(("a", b"x" * 500), ("b", b"y" * 500), method=zipfile.ZIP_STORED))
    second = content.rindex(b"PK\1\2")
    struct.pack_into("<L", content, second + 42, 0)
    return bytes(content)


def lying_size() -> bytes:
    content = bytearray(archive(("a.txt", bytes(5_000_000))))
    for marker, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<L", content, content.index(marker) + place, 10)
    return bytes(content)


def legacy(stream: str = "WordDocument", size: int = 6000) -> bytes:
    target = BytesIO()
    writer = cfb.Writer(target, [cfb.Stream((stream,), size)])
    writer.put((stream,), "Kính gửi\rMẬT\r".encode("utf-16-le").ljust(size, b"\0"))
    return target.getvalue()


DTD = b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'
BAD: dict[str, tuple[Callable[[], bytes], str, Reason]] = {
    "nothing": (lambda: b"", "a.docx", Reason.EMPTY),
    "an empty archive": (lambda: archive(), "a.zip", Reason.EMPTY),
    "half a letter": (lambda: letter(b"<d>" + b"x" * 5000 + b"</d>")[:200], "a.docx", Reason.TRUNCATED),
    "half a PDF": (lambda: plain_pdf()[:200], "a.pdf", Reason.TRUNCATED),
    "half a doc": (lambda: legacy(size=50_000)[:20_000], "a.doc", Reason.TRUNCATED),
    "half a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "a.png", Reason.TRUNCATED),
    "a text called docx": (lambda: b"xin chao", "a.docx", Reason.LYING_EXTENSION),
    "a PDF called docx": (plain_pdf, "a.docx", Reason.LYING_EXTENSION),
    "a letter called pdf": (letter, "a.pdf", Reason.LYING_EXTENSION),
    "a letter called xlsx": (letter, "a.xlsx", Reason.LYING_EXTENSION),
    "a program called doc": (lambda: b"MZ" + bytes(500), "a.doc", Reason.LYING_EXTENSION),
    "a docm called docx": (lambda: letter(b"<d/>", ("word/vbaProject.bin", b"x")), "a.docx", Reason.LYING_EXTENSION),
    "a PDF that is also an archive": (lambda: plain_pdf() + archive(("a", b"b")), "a.pdf", Reason.POLYGLOT),
    "a program before an archive": (lambda: b"MZ" + bytes(98) + letter(), "a.docx", Reason.POLYGLOT),
    "a bomb by ratio": (lambda: archive(("a", bytes(30_000_000))), "a.zip", Reason.BOMB),
    "a bomb in a letter": (lambda: letter(b"<d>" + b" " * 150_000_000), "a.docx", Reason.BOMB),
    "members sharing bytes": (overlapping, "a.zip", Reason.BOMB),
    "a lying size": (lying_size, "a.zip", Reason.CORRUPT),
    "too many members": (lambda: archive(*((f"{n}", b"") for n in range(10_001))), "a.zip", Reason.BOMB),
    "a member above": (lambda: archive(("../a", b"b")), "a.zip", Reason.ZIP_SLIP),
    "an absolute member": (lambda: archive(("/etc/a", b"b")), "a.zip", Reason.ZIP_SLIP),
    "a member on a drive": (lambda: archive(("C:a", b"b")), "a.zip", Reason.ZIP_SLIP),
    "a member with backslashes": (lambda: archive(("a\\..\\..\\b", b"b")), "a.zip", Reason.ZIP_SLIP),
    "a link": (lambda: archive((link(), b"/etc/passwd")), "a.zip", Reason.ZIP_SLIP),
    "entities in a letter": (lambda: letter(DTD), "a.docx", Reason.DTD),
    "entities in a relation": (lambda: letter(b"<d/>", ("word/_rels/a.rels", DTD)), "a.docx", Reason.DTD),
    "broken XML": (lambda: letter(b"<d><e></d>"), "a.docx", Reason.CORRUPT),
    "a broken PDF": (lambda: b"%PDF-1.7\n" + bytes(500) + b"%%EOF", "a.pdf", Reason.CORRUPT),
    "too many bytes": (lambda: bytes((50 << 20) + 1), "a.bin", Reason.TOO_BIG),
}


@pytest.mark.parametrize(("make", "name", "reason"), BAD.values(), ids=BAD.keys())
def test_it_is_refused(make: Callable[[], bytes], name: str, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        inspect(make(), name)
    assert refused.value.reason == reason


def test_a_flipped_byte_in_a_member_is_refused() -> None:
    content = bytearray(archive(("a.txt", random.Random(1).randbytes(1000)), method=zipfile.ZIP_STORED))
    content[100] ^= 1
    with pytest.raises(Refused) as refused:
        seal(bytes(content), "a.zip")
    assert refused.value.reason == Reason.CORRUPT


def test_limits_are_the_callers() -> None:
    with pytest.raises(Refused) as refused:
        inspect(b"x" * 11, "a.txt", Limits(size=10))
    assert refused.value.reason == Reason.TOO_BIG


@pytest.mark.parametrize("seed", range(200))
def test_random_damage_is_a_refusal_or_a_file_but_never_a_failure(seed: int) -> None:
    chance = random.Random(seed)
    whole = bytearray(chance.choice((letter, plain_pdf, legacy, lambda: archive(("a", b"b" * 300))))())
    for _ in range(chance.randint(1, 8)):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    damaged = bytes(whole[: chance.choice((len(whole), chance.randrange(len(whole))))])
    with suppress(Refused):
        assert inspect(damaged, "tep").kind in Kind


def test_a_doc_is_read_and_goes_into_an_archive() -> None:
    seen = inspect(legacy(), "a.doc")
    assert (seen.kind, seen.secrecy, seen.has_text) == (Kind.LEGACY_OFFICE, "MẬT", True)
    assert seal(legacy(), "a.doc").name == "a.zip"


@pytest.mark.parametrize("text", ["MËT", "TèI MËT"])
def test_a_doc_in_an_old_font_is_read(text: str) -> None:
    target = BytesIO()
    content = b"\rKinh gui\r" + text.encode("latin-1") + b"\r" + bytes(5000)
    cfb.Writer(target, [cfb.Stream(("WordDocument",), len(content))]).put(("WordDocument",), content)
    assert inspect(target.getvalue(), "a.doc").secrecy is not None


def test_a_cell_of_an_old_workbook_is_read() -> None:
    mark = "MẬT"
    strings = b"\x03\0\1" + mark.encode("utf-16-le") + b"\x22\0\0" + b"Bao cao tinh hinh thuc hien nhiem vu"[:34]
    content = b"\xfc\0\x40\0" + strings + bytes(5000)
    target = BytesIO()
    cfb.Writer(target, [cfb.Stream(("Workbook",), len(content))]).put(("Workbook",), content)
    assert inspect(target.getvalue(), "a.xls").secrecy == mark


def test_macros_are_told() -> None:
    assert inspect(letter(b"<d/>", ("word/vbaProject.bin", b"x")), "a.docm").macros
    assert not inspect(letter(), "a.docx").macros


def test_an_unknown_extension_promises_nothing() -> None:
    assert inspect(b"xin chao", "a.log").kind == Kind.TEXT


def test_a_password_has_seven_words_and_four_digits() -> None:
    passwords = {new_password() for _ in range(200)}
    assert len(passwords) == 200
    for password in passwords:
        assert re.fullmatch(r"(?:[a-z]{2,6}-){7}[2-9]{4}", password)


def test_no_keyboard_rewrites_a_syllable() -> None:
    assert len(syllables()) == 1024
    for word in syllables():
        assert word.isascii()
        assert not re.search(r"[wfjz]|aa|ee|oo|dd|[aeiouy].*[srx]|d.*d|a.*a|e.*e|o.*o", word)


def test_a_locked_pdf_within_an_archive_is_no_failure() -> None:
    with pikepdf.open(BytesIO(plain_pdf())) as made:
        target = BytesIO()
        made.save(target, encryption=pikepdf.Encryption(user="x", owner="y"))
    seen = inspect(archive(("a.pdf", target.getvalue()), ("b.pdf", b"%PDF-1.7 %%EOF")), "a.zip")
    assert (seen.secrecy, seen.has_text) == (None, False)


def test_a_web_page_called_doc_is_read() -> None:
    assert inspect(b"<html><p>M&#7852;T</p></html>", "a.doc").secrecy == "MẬT"


def test_a_text_that_begins_like_a_picture_is_a_text() -> None:
    assert inspect(b"BM va DM: bao cao", "a.txt").kind == Kind.TEXT
