"""Which texts carry a mark of state secrecy, and which only speak of it."""

import unicodedata
import zipfile
from io import BytesIO

import pikepdf
import pytest

from bot.demo.samples import zipped
from handlers.files.sealing import Kind, Level, cfb, find_mark, inspect, seal, text_of
from tests.handlers.files.test_pdf import document

MARKED = [
    ("MẬT", "MẬT"),
    ("TỐI MẬT", "TỐI MẬT"),
    ("TUYỆT MẬT", "TUYỆT MẬT"),
    ("Tuyệt mật", "TUYỆT MẬT"),
    ("tối mật", "TỐI MẬT"),
    ("[MẬT]", "MẬT"),
    ("(TỐI MẬT)", "TỐI MẬT"),
    ("*** TUYỆT MẬT ***", "TUYỆT MẬT"),
    ("- MẬT -", "MẬT"),
    ("MẬT.", "MẬT"),
    ("MẬT - HỎA TỐC", "MẬT"),
    ("HOẢ TỐC - TỐI MẬT", "TỐI MẬT"),
    ("KHẨN – MẬT", "MẬT"),
    ("Độ mật: Mật", "MẬT"),
    ("Độ mật: MẬT", "MẬT"),
    ("ĐỘ MẬT: TỐI MẬT", "TỐI MẬT"),
    ("Độ mật : tuyệt mật", "TUYỆT MẬT"),
    ("Mức độ mật: Tối mật", "TỐI MẬT"),
    ("Độ mật: ☑ Mật", "MẬT"),
    ("Độ mật\tTối mật", "TỐI MẬT"),
    ("TÀI LIỆU MẬT", "MẬT"),
    ("VĂN BẢN TỐI MẬT", "TỐI MẬT"),
    ("Số: 12/BC-UBND TUYỆT MẬT ngày 3 tháng 5", "TUYỆT MẬT"),
    ("UBND TỈNH\tMẬT\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "MẬT"),
    ("UBND TỈNH    MẬT    Độc lập - Tự do", "MẬT"),
    ("Kính gửi: Sở Nội vụ\nMẬT\nBáo cáo", "MẬT"),
    ("TUYỆT\nMẬT", "TUYỆT MẬT"),
    ("TUYỆTMẬT", "TUYỆT MẬT"),
    ("Độ mật: TốiMật", "TỐI MẬT"),
    ("TỐI\nMẬT", "TỐI MẬT"),
    ("M Ậ T", "MẬT"),
    ("T Ố I  M Ậ T", "TỐI MẬT"),
    ("TỐI\u00a0MẬT", "TỐI MẬT"),
    ("TUYỆT\u200b MẬT", "TUYỆT MẬT"),
    ("M\u00c2\u0323T", "MẬT"),
    (unicodedata.normalize("NFD", "TUYỆT MẬT"), "TUYỆT MẬT"),
    (unicodedata.normalize("NFD", "Độ mật: Mật"), "MẬT"),
    ("МẬТ", "MẬT"),
    ("ＭẬＴ", "MẬT"),
    ("MËT", "MẬT"),
    ("TèI MËT", "TỐI MẬT"),
    ("TUYÖT MËT", "TUYỆT MẬT"),
    ("§é mËt: TèI MËT", "TỐI MẬT"),
    ("MAÄT", "MẬT"),
    ("TOÁI MAÄT", "TỐI MẬT"),
    ("TUYEÄT MAÄT", "TUYỆT MẬT"),
    ("TUYET MAT", "TUYỆT MẬT"),
    ("DO MAT: TOI MAT", "TỐI MẬT"),
    ("Do mat: Mat", "MẬT"),
    ("MẬT\n...\nTUYỆT MẬT", "TUYỆT MẬT"),
    ("\x07MẬT\x07", "MẬT"),
]
UNMARKED = [
    "bảo mật",
    "BẢO MẬT",
    "BẢO\nMẬT",
    "BÍ\nMẬT",
    "Mật khẩu: 1234",
    "MẬT KHẨU",
    "mật độ dân số",
    "MẬT ĐỘ XÂY DỰNG",
    "bí mật nhà nước",
    "DANH MỤC BÍ MẬT NHÀ NƯỚC",
    "danh mục bí mật nhà nước độ Tuyệt mật, Tối mật, Mật",
    "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT",
    "cơ mật",
    "mật ong rừng",
    "MẬT ONG",
    "sỏi mật",
    "túi mật",
    "thân mật",
    "mật thiết",
    "mật mã dân sự",
    "BAN CƠ YẾU, MẬT MÃ",
    "Nguyễn Văn Mật",
    "Mật",
    "mật",
    "Độ mật: Thường",
    "Độ mật: Không",
    "Độ mật:",
    "Độ mật: □ Mật □ Tối mật □ Tuyệt mật",
    "Độ mật: Mật, Tối mật hoặc Tuyệt mật",
    "Độ mật: Mật / Tối mật / Tuyệt mật",
    "Việc xác định độ mật do người đứng đầu quyết định",
    "tài liệu có độ tuyệt mật, tối mật phải gửi qua văn thư",
    "Công tác bảo vệ bí mật nhà nước năm 2026",
    "QUY ĐỊNH VỀ TÀI LIỆU MẬT",
    "Thông tin bảo mật tuyệt đối",
    "mat khau",
    "MAT",
    "toi mat dien thoai",
    "Matxcơva",
    "THẬT",
    "BẬT",
    "MẬT-TÔNG",
    "tối mắt",
    "b¶o mËt",
    "baûo maät",
    "mËt khÈu",
    "maät khaåu",
    "",
]


@pytest.mark.parametrize(("text", "level"), MARKED)
def test_a_mark_is_found(text: str, level: str) -> None:
    assert find_mark(text) == Level(level)


@pytest.mark.parametrize("text", UNMARKED)
def test_a_word_is_no_mark(text: str) -> None:
    assert find_mark(text) is None


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def package(family: str, parts: dict[str, str | bytes]) -> bytes:
    main = {"word": "word/document.xml", "xl": "xl/workbook.xml", "ppt": "ppt/presentation.xml"}[family]
    return zipped({"[Content_Types].xml": "<Types/>", main: "<x/>", **parts})


PLACES = {
    "the body": ("word", "word/document.xml", f"<w:d {W}><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:d>"),
    "runs split in the word": (
        "word",
        "word/document.xml",
        f"<w:d {W}><w:p><w:r><w:t>TUY</w:t></w:r><w:r><w:t>ỆT M</w:t></w:r><w:r><w:t>ẬT</w:t></w:r></w:p></w:d>",
    ),
    "a header": ("word", "word/header1.xml", f"<w:hdr {W}><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:hdr>"),
    "a footnote": ("word", "word/footnotes.xml", f"<w:f {W}><w:p><w:r><w:t>TỐI MẬT</w:t></w:r></w:p></w:f>"),
    "a text box within a line": (
        "word",
        "word/document.xml",
        f"<w:d {W}><w:p><w:r><w:t>Kính </w:t><w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent>"
        "<w:t>gửi</w:t></w:r></w:p></w:d>",
    ),
    "a watermark": (
        "word",
        "word/header2.xml",
        f'<w:hdr {W} xmlns:v="urn:v"><w:p><w:r><v:textpath string="TUYỆT MẬT"/></w:r></w:p></w:hdr>',
    ),
    "a shared string": ("xl", "xl/sharedStrings.xml", f"<sst {S}><si><r><t>M</t></r><r><t>ẬT</t></r></si></sst>"),
    "a sheet's header": (
        "xl",
        "xl/worksheets/sheet1.xml",
        f'<worksheet {S}><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12MẬT&amp;CBáo cáo</oddHeader></worksheet>',
    ),
    "a cell": (
        "xl",
        "xl/worksheets/sheet1.xml",
        f'<worksheet {S}><row><c t="inlineStr"><is><t>TỐI MẬT</t></is></c></row></worksheet>',
    ),
    "a slide": ("ppt", "ppt/slides/slide1.xml", f"<p {A}><a:p><a:r><a:t>MẬT</a:t></a:r></a:p></p>"),
    "a slide's notes": ("ppt", "ppt/notesSlides/notesSlide1.xml", f"<p {A}><a:p><a:r><a:t>MẬT</a:t></a:r></a:p></p>"),
    "the title property": ("word", "docProps/core.xml", '<c xmlns:d="urn:d"><d:title>TUYỆT MẬT</d:title></c>'),
}


@pytest.mark.parametrize(("family", "part", "xml"), PLACES.values(), ids=PLACES.keys())
def test_a_mark_is_found_wherever_it_stands(family: str, part: str, xml: str) -> None:
    content = package(family, {part: xml})
    assert find_mark(text_of(content, Kind.OOXML)) is not None
    assert inspect(content, "x").secrecy is not None


def test_a_mark_is_found_in_a_workbook_embedded_in_a_letter() -> None:
    inner = package("xl", {"xl/sharedStrings.xml": f"<sst {S}><si><t>MẬT</t></si></sst>"})
    outer = package("word", {"word/embeddings/sheet.xlsx": inner})
    assert inspect(outer, "x.docx").secrecy == Level.SECRET


def test_a_mark_is_found_in_a_letter_inside_an_archive() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.docx", package(*_letter("TỐI MẬT")))
    assert inspect(target.getvalue(), "a.zip").secrecy == Level.TOP_SECRET


@pytest.mark.parametrize(
    "name",
    [
        "TỐI MẬT.docx",
        "MẬT_Kế hoạch 2026.docx",
        "Kế hoạch (TUYỆT MẬT).docx",
        "Phương án - MẬT.docx",
        unicodedata.normalize("NFD", "Báo cáo_TỐI MẬT_01.docx"),
    ],
)
def test_a_mark_is_found_in_the_files_name(name: str) -> None:
    assert inspect(package(*_letter("Báo cáo")), name).secrecy is not None


@pytest.mark.parametrize(
    "name", ["Bảo mật thông tin.docx", "Mật khẩu wifi.docx", "Mật độ xây dựng.docx", "BẢO MẬT.docx"]
)
def test_a_word_in_the_files_name_is_no_mark(name: str) -> None:
    assert inspect(package(*_letter("Báo cáo")), name).secrecy is None


def _zip(*members: tuple[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100) + b"IEND\xaeB`\x82"


def test_a_name_inside_an_archive_is_searched_too() -> None:
    assert inspect(_zip(("ho so/MẬT_01.png", PICTURE)), "a.zip").secrecy == Level.SECRET


@pytest.mark.parametrize(
    "unread",
    [
        ("anh.png", PICTURE),
        ("quet.pdf", document(scan=True)),
        ("khoa.pdf", document(encryption=pikepdf.Encryption(user="x", owner="y"))),
        ("khoa.docx", seal(package("word", {"word/a.xml": "<a/>"}), "a.docx", "x").content),
        ("hong.docx", b"PK\3\4 no more"),
        ("sau.zip", _zip(("1.zip", _zip(("2.zip", _zip(("3.zip", _zip(("a.txt", b"xin chao"))))))))),
    ],
    ids=lambda each: each[0] if isinstance(each, tuple) else each,
)
def test_an_archive_with_something_nobody_could_read_needs_its_senders_word(unread: tuple[str, bytes]) -> None:
    assert inspect(_zip(("a.txt", b"xin chao")), "a.zip").has_text
    assert not inspect(_zip(("a.txt", b"xin chao"), unread), "a.zip").has_text


def test_a_locked_member_among_readable_ones_needs_its_senders_word() -> None:
    locked = bytearray(_zip(("a.txt", b"xin chao"), ("b.txt", b"xin chao")))
    locked[locked.rindex(b"PK\3\4") + 6] |= 1
    locked[locked.rindex(b"PK\1\2") + 8] |= 1
    assert not inspect(bytes(locked), "a.zip").has_text


def test_a_mark_is_found_in_a_file_attached_to_a_pdf() -> None:
    with pikepdf.open(BytesIO(document())) as made:
        made.attachments["a.docx"] = pikepdf.AttachedFileSpec(made, package(*_letter("TỐI MẬT")), filename="a.docx")
        target = BytesIO()
        made.save(target)
    assert inspect(target.getvalue(), "a.pdf").secrecy == Level.TOP_SECRET


@pytest.mark.parametrize("stream", ["WordDocument", "Workbook", "PowerPoint Document"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "tcvn3", "vni"])
def test_a_mark_is_found_in_the_bytes_of_old_formats(stream: str, encoding: str) -> None:
    old = {"tcvn3": "\rTèI MËT\r".encode("latin-1"), "vni": "\rTOÁI MAÄT\r".encode("latin-1")}
    content = bytes(300) + old.get(encoding, "\rTỐI MẬT\r".encode("utf-16-le")) + bytes(5000)
    target = BytesIO()
    cfb.Writer(target, [cfb.Stream((stream,), len(content))]).put((stream,), content)
    assert inspect(target.getvalue(), "x").secrecy == Level.TOP_SECRET


def _letter(text: str) -> tuple[str, dict[str, str | bytes]]:
    return "word", {"word/document.xml": f"<w:d {W}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:d>"}


def test_an_ordinary_letter_has_text_and_no_mark() -> None:
    seen = inspect(package(*_letter("Báo cáo công tác bảo mật")), "Báo cáo.docx")
    assert (seen.secrecy, seen.has_text, seen.protected, seen.macros) == (None, True, False, False)


def test_a_letter_of_pictures_has_no_text() -> None:
    assert not inspect(package("word", {"word/media/image1.png": b"\x89PNG"}), "x.docx").has_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_is_read_in_any_encoding(encoding: str) -> None:
    assert inspect("Kính gửi\r\nMẬT\r\n".encode(encoding), "x.txt").secrecy == Level.SECRET


def test_rich_text_is_read() -> None:
    assert inspect(rb"{\rtf1\ansi\pard M\u7852?T\par Noi dung}", "x.rtf").secrecy == Level.SECRET
