"""PDF documents to try the writer on, and a walk through two of them that says where they differ."""

import random
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

ARRANGEMENTS = [
    {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "compress_streams": False},
    {"linearize": True},
    {"encryption": pikepdf.Encryption(user="", owner="x", R=6)},
    {"encryption": pikepdf.Encryption(user="", owner="x", R=4)},
    {"qdf": True},
]
ARRANGED = ["packed", "plain", "linearized", "owner's password", "owner's password, AES-128", "qdf"]


def saved(document: pikepdf.Pdf, **how: Any) -> bytes:
    target = BytesIO()
    document.save(target, **how)
    return target.getvalue()


def differences(before: bytes, after: bytes, password: str) -> list[str]:
    """Walks both documents from the trailer on. Only what a file says of itself may differ."""
    with pikepdf.open(BytesIO(before)) as one, pikepdf.open(BytesIO(after), password=password) as other:
        ways = [("", one.Root, other.Root)]
        if "/Info" in one.trailer:
            ways.append(("/Info", one.trailer.Info, other.trailer.Info))
        return list(_differences(ways))


def _differences(ways: list[tuple[str, Any, Any]]) -> Iterator[str]:
    met: dict[tuple[int, int], tuple[int, int]] = {}
    while ways:
        where, one, other = ways.pop()
        if isinstance(one, pikepdf.Object) and one.is_indirect:
            known = one.objgen in met
            if not isinstance(other, pikepdf.Object) or met.setdefault(one.objgen, other.objgen) != other.objgen:
                yield f"{where}: another object"
            if known:
                continue
        if type(one) is not type(other):
            yield f"{where}: {type(one)} became {type(other)}"
        elif isinstance(one, Stream):
            if one.read_raw_bytes() != other.read_raw_bytes():
                yield f"{where}: other bytes"
            ways.append((where + "/", one.stream_dict, other.stream_dict))
        elif isinstance(one, Dictionary):
            ignored = {"/Extensions"} if where == "" else {"/Length"} if where.endswith("/") else set()
            if set(one.keys()) - ignored != set(other.keys()) - ignored:
                yield f"{where}: other keys"
            else:
                ways += [(where + key, one[key], other[key]) for key in set(one.keys()) - ignored]
        elif isinstance(one, Array):
            if len(one) != len(other):
                yield f"{where}: other length"
            ways += [(f"{where}[{at}]", *both) for at, both in enumerate(zip(one, other, strict=False))]
        elif (bytes(one) if isinstance(one, String) else one) != (bytes(other) if isinstance(one, String) else other):
            yield f"{where}: {one!r} became {other!r}"


def everyday(pages: int = 3) -> pikepdf.Pdf:
    """Pictures, a form, notes, an outline, an attachment, a title, metadata, page labels."""
    made = pikepdf.new()
    for number in range(pages):
        page = made.add_blank_page()
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        image = Stream(
            made, zlib.compress(random.Random(number).randbytes(120_000), 0), Type=Name.XObject, Subtype=Name.Image
        )
        image.stream_dict.update(Dictionary(Width=500, Height=240, BitsPerComponent=8, Filter=Name.FlateDecode))
        image.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\x00()\\\xff\r")])
        page.obj.Resources = Dictionary(
            XObject=Dictionary(I=made.make_indirect(image)), Font=Dictionary(F1=made.make_indirect(font))
        )
        page.obj.Contents = made.make_stream(f"BT /F1 12 Tf 72 700 Td (Trang {number}) Tj ET".encode())
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 20.5, -30], Contents="Ghi chú – ưỡng ẹo")
        page.obj.Annots = Array([made.make_indirect(note), Dictionary(Subtype=Name.Text, Contents="Ghi chú – ưỡng ẹo")])
    field = Dictionary(FT=Name.Tx, T="Họ tên", V="Nguyễn Văn (A\\)", Rect=[0, 0, 9, 9], Subtype=Name.Widget)
    made.Root.AcroForm = Dictionary(Fields=[made.make_indirect(field)], DA="/Helv 0 Tf 0 g")
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Phần (1", 0))
    made.attachments["số liệu.txt"] = b"so lieu"
    with made.open_metadata() as metadata:
        metadata["dc:title"] = "Tiêu đề"
    made.docinfo["/Title"] = "Tiêu đề"
    return made
