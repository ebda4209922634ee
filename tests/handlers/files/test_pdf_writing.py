"""The PDF writer of our own: whatever a document holds comes back object by object, and only with the password."""

import random
import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream, String

from handlers.files.sealing import Format, Note, pdf, pdf_keys, pdf_writing, seal
from tests.handlers.files.pdf_documents import ARRANGED, ARRANGEMENTS, differences, everyday, saved
from tests.handlers.files.test_pdf import document

_pdfium: Any = pypdfium2  # has no types
PASSWORD = "bien-cam-thu-lo-nang-4827"
OFTEN = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def written(content: bytes, password: str = PASSWORD) -> bytes:
    target = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        pdf_writing.write(document, target, password)
    return target.getvalue()


def compared(before: bytes, after: bytes) -> list[str]:
    return differences(before, after, PASSWORD)


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12).map(lambda x: "/" + x)
SIMPLE = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.decimals(-(10**9), 10**9, places=6),
    st.binary(max_size=80).map(String),
    st.text(st.characters(codec="utf-8"), max_size=40).map(String),
    st.sampled_from([b"(", b")", b"\\", b"\\)", b"5 0 R", b"<41>", b"\r\n", b"\0", b"\xfe\xff", b"%"]).map(String),
    NAMES.map(Name),
    st.none(),
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5).map(Array), st.dictionaries(NAMES, inner, max_size=5).map(Dictionary)
    ),
    max_leaves=20,
)
CONTENTS = st.one_of(
    st.binary(max_size=100),
    st.sampled_from([0, 15, 16, 17, (1 << 14) - 1, 1 << 14, (1 << 14) + 1, (1 << 18) - 1, 1 << 18, (1 << 18) + 33]).map(
        lambda size: random.Random(size).randbytes(size)
    ),
)


@pytest.mark.parametrize("how", ARRANGEMENTS, ids=ARRANGED)
def test_an_everyday_document_comes_back(how: dict[str, Any]) -> None:
    content = saved(everyday(), **how)
    sealed = written(content)
    assert compared(content, sealed) == []
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(sealed))
    with pikepdf.open(BytesIO(sealed), password=PASSWORD) as opened:
        assert opened.check_pdf_syntax() == []
        assert (opened.encryption.R, opened.encryption.P) == (6, -4)


@pytest.mark.slow
@OFTEN
@given(st.dictionaries(NAMES, VALUES, max_size=8), st.lists(CONTENTS, max_size=4), st.sampled_from(ARRANGEMENTS))
def test_every_string_number_name_and_stream_comes_back(
    values: dict[str, Any], contents: list[bytes], how: dict[str, Any]
) -> None:
    made = pikepdf.new()
    page = made.add_blank_page()
    page.obj.PieceInfo = made.make_indirect(Dictionary(values))
    page.obj.Streams = Array([Stream(made, each, Words=Dictionary(values)) for each in contents])
    content = saved(made, **how)
    assert compared(content, written(content)) == []


def test_a_difference_would_be_seen() -> None:
    one, other = everyday(), everyday()
    other.pages[1].obj.Annots[1].Contents = "Ghi chú – ưỡng ẹọ"
    other.pages[2].obj.Resources.XObject.I.write(b"x")
    sealed = written(saved(other))
    seen = "\n".join(compared(saved(one), sealed))
    assert "Contents: " in seen
    assert "/I: other bytes" in seen


def test_nothing_said_in_it_can_be_read() -> None:
    made = everyday()
    made.trailer.Office = Dictionary(Name=String(b"phong to chuc"))
    sealed = written(saved(made, object_stream_mode=pikepdf.ObjectStreamMode.disable))
    assert not [word for word in (b"phong", b"Trang", b"so lieu", b"xmpmeta", b"Helv 0") if word in sealed]
    with pikepdf.open(BytesIO(sealed), password=PASSWORD) as opened:
        assert bytes(opened.trailer.Office.Name) == b"phong to chuc"


def test_equal_strings_and_streams_do_not_look_equal() -> None:
    made = pikepdf.new()
    made.Root.Twice = Array(
        [String(b"x" * 40), String(b"x" * 40), made.make_stream(b"y" * 40), made.make_stream(b"y" * 40)]
    )
    sealed = written(saved(made))
    strings = re.findall(rb"<([0-9a-f]{128})>", sealed)
    streams = re.findall(rb"\nstream\n(.*?)\nendstream", sealed, re.DOTALL)
    for pair in (strings[:2], streams[:2]):
        assert len(pair) == 2
        blocks = [each[at : at + 16] for each in pair for at in range(0, len(each) - 15, 16)]
        assert len(set(blocks)) == len(blocks)


def test_the_first_half_of_its_identity_stays_and_the_second_is_new() -> None:
    content = saved(everyday())
    with pikepdf.open(BytesIO(content)) as one, pikepdf.open(BytesIO(written(content)), password=PASSWORD) as other:
        assert bytes(one.trailer.ID[0]) == bytes(other.trailer.ID[0])
        assert bytes(one.trailer.ID[1]) != bytes(other.trailer.ID[1])


@pytest.mark.parametrize(("version", "head", "level"), [("1.4", "1.7", 8), ("1.7", "1.7", 8), ("2.0", "2.0", 0)])
def test_its_version_is_one_that_knows_the_cipher(version: str, head: str, level: int) -> None:
    sealed = written(saved(everyday(), force_version=version))
    assert sealed.startswith(f"%PDF-{head}\n".encode())
    with pikepdf.open(BytesIO(sealed), password=PASSWORD) as opened:
        assert opened.extension_level == level


def test_what_nothing_refers_to_is_left_out() -> None:
    made = everyday()
    lost = made.make_stream(b"z" * 90_000)
    content = saved(made)
    made.Root.Lost = lost
    with_it = saved(made)
    with pikepdf.open(BytesIO(with_it)) as document:
        del document.Root.Lost
        target = BytesIO()
        pdf_writing.write(document, target, PASSWORD)
    assert abs(len(target.getvalue()) - len(written(content))) < 1000


RAW = b"""%PDF-1.4
1 0 obj
<</Type/Catalog/Pages 2 0 R/Big 9223372036854775807/Real -.5/Odd /A#20#28b#29#ff/Gone 77 0 R
/Free [77 0 R null 5 0 R 7 0 R]>>
endobj
2 0 obj
<</Type/Pages/Kids[3 2 R]/Count 1/Parent 2 0 R>>
endobj
3 2 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Note (a\\(b\\)\\
c(d)\\101)/Hex <4 1 4>>>
endobj
4 0 obj
<</Length 5 0 R/DecodeParms null>>
stream
0 0 m
endstream
endobj
5 0 obj
6
endobj
6 0 obj
<</Filter[/Crypt/ASCIIHexDecode]/DecodeParms[<</Name/Identity>>null]/Length 3>>
stream
41>
endstream
endobj
7 0 obj
-.25
endobj
trailer
<</Root 1 0 R/Size 8/Info <</Title(direct)>>/Also 6 0 R>>
"""


def test_a_broken_odd_and_hand_made_document_comes_back() -> None:
    """No cross-reference table, a generation, an indirect length, a number of 64 bits, references to nothing."""
    sealed = written(RAW)
    with pikepdf.open(BytesIO(RAW)) as one, pikepdf.open(BytesIO(sealed), password=PASSWORD) as other:
        assert other.trailer.Also.read_bytes() == b"A"
        assert list(other.trailer.Also.Filter.as_list()) == [Name.ASCIIHexDecode]
        assert bytes(other.trailer.Info.Title) == b"direct"
        page = other.pages[0].obj
        assert (bytes(page.Note), bytes(page.Hex)) == (b"a(b)c(d)A", b"A@")
        assert page.Contents.read_raw_bytes() == one.pages[0].obj.Contents.read_raw_bytes()
        assert (other.Root.Odd, str(other.Root.Real)) == (one.Root.Odd, "-0.5")
        assert list(other.Root.Free.as_list()) == [None, None, 6, Decimal("-0.25")]


def test_a_stream_that_is_exempt_by_its_filter_alone_is_encrypted_like_all() -> None:
    made = everyday()
    made.Root.Open = Stream(made, b"nobody" * 9, Filter=Name.Crypt, DecodeParms=Dictionary(Name=Name.Identity))
    sealed = written(saved(made, stream_decode_level=pikepdf.StreamDecodeLevel.none))
    assert b"nobody" not in sealed
    with pikepdf.open(BytesIO(sealed), password=PASSWORD) as opened:
        assert opened.Root.Open.read_bytes() == b"nobody" * 9


def test_pages_in_a_circle_end() -> None:
    made = everyday()
    made.Root.Pages.Kids.append(made.Root.Pages)
    target = BytesIO()
    pdf_writing.write(made, target, PASSWORD)
    assert target.getvalue().endswith(b"%%EOF\n")


def test_after_an_update_the_latest_state_is_sealed() -> None:
    content = saved(everyday(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(BytesIO(content)) as document:
        root = document.Root.unparse().split()[0]
        words = document.Root.unparse(resolved=True).removesuffix(b">>") + b"/Updated (moi) >>"
        size, trailer = document.trailer.Size, document.trailer.Root.unparse()
    start = content.rpartition(b"startxref\n")[2].split()[0]
    update = b"%b 0 obj\n%b\nendobj\n" % (root, words)
    table = b"xref\n%b 1\n%010d 00000 n \ntrailer\n<</Size %d /Root %b /Prev %b>>\nstartxref\n%d\n%%%%EOF\n" % (
        root, len(content), size, trailer, start, len(content) + len(update))  # fmt: skip
    sealed = written(content + update + table)
    with pikepdf.open(BytesIO(sealed), password=PASSWORD) as opened:
        assert bytes(opened.Root.Updated) == b"moi"


@pytest.mark.parametrize("mode", ["disable", "generate"])
def test_a_signature_no_form_speaks_of_goes_into_an_archive(mode: str) -> None:
    made = everyday(9)
    signature = Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, 3], Contents=String(b"\1" * 99))
    made.pages[0].obj.Annots.append(made.make_indirect(signature))
    content = saved(made, object_stream_mode=pikepdf.ObjectStreamMode.__members__[mode])
    sealed = seal(content, "a.pdf", PASSWORD)
    assert (sealed.format, sealed.note) == (Format.ZIP, Note.SIGNED_PDF)


def test_words_about_signatures_are_no_signature() -> None:
    made = everyday()
    made.Root.Words = String(b"see /ByteRange")
    content = saved(made)
    assert compared(content, written(content)) == []


def test_large_streams_are_ours_and_small_objects_are_packed_by_qpdf() -> None:
    made = everyday()
    large = saved(made)
    made.Root.Small = Array([made.make_indirect(Dictionary(Words=String(b"x%d" % at))) for at in range(500)])
    small = saved(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"\nxref\n" in pdf.sealed(large, PASSWORD).replace(b"endobj\nxref", b"\nxref")
    assert b"\nxref\n" not in pdf.sealed(small, PASSWORD)
    assert len(pdf.sealed(small, PASSWORD)) < 1.1 * len(small)


def test_a_writer_that_changes_a_word_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved(everyday())
    monkeypatch.setattr(pdf_writing, "_meant", lambda said: b"other")
    with pytest.raises(pdf.CannotOpen, match="object"):
        pdf.sealed(content, PASSWORD)


def test_a_writer_that_loses_a_byte_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved(everyday())
    parts = pdf_keys.Lock.parts
    monkeypatch.setattr(pdf_keys.Lock, "parts", lambda lock, content: parts(lock, memoryview(bytes(len(content)))))
    with pytest.raises(pdf.CannotOpen, match="stream"):
        pdf.sealed(content, PASSWORD)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 100])
def test_the_size_said_is_the_size_written(size: int) -> None:
    lock = pdf_keys.Lock(PASSWORD)
    assert len(lock.locked(bytes(size))) == pdf_keys.locked_size(size)
    assert sum(len(part) for part in lock.parts(memoryview(bytes(size)))) == pdf_keys.locked_size(size)


@pytest.mark.parametrize("pages", [1, 3], ids=["qpdf", "ours"])
@pytest.mark.parametrize("password", ["x", "Mật khẩu ưỡng ẹo", "m" * 127, "a\u00adb\u00a0c"])
def test_any_password_opens_as_readers_prepare_it(password: str, pages: int) -> None:
    sealed = pdf.sealed(saved(everyday(3)) if pages == 3 else document(), password)
    with pikepdf.open(BytesIO(sealed), password=pdf_keys.prepared(password)) as opened:
        assert opened.user_password_matched
    assert pdf_keys.prepared("a\u00adb\u00a0c") == "ab c"
    shown = _pdfium.PdfDocument(sealed, password=pdf_keys.prepared(password))
    try:
        assert len(shown) == pages
    finally:
        shown.close()


def test_of_a_very_long_password_127_bytes_count() -> None:
    sealed = written(saved(everyday()), "ưỡ" * 50)
    with pikepdf.open(BytesIO(sealed), password="ưỡ" * 50) as opened:
        assert opened.user_password_matched
