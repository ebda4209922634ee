"""What a file is, by its content and never by its name, and the reasons for which one is refused."""

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath

from handlers.files.sealing import cfb


class Kind(StrEnum):
    OOXML = "ooxml"  # docx, xlsx, pptx and their macro forms
    ENCRYPTED_OOXML = "encrypted_ooxml"  # the same inside a compound file, with some password
    PDF = "pdf"
    ZIP = "zip"
    ODF = "odf"
    LEGACY_OFFICE = "legacy_office"  # doc, xls, ppt
    RTF = "rtf"
    IMAGE = "image"
    MEDIA = "media"  # sound and video
    TEXT = "text"
    OTHER = "other"


class Reason(StrEnum):
    EMPTY = "empty"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    LYING_EXTENSION = "lying_extension"  # the name promises another type than the content is
    POLYGLOT = "polyglot"  # two types at once: what one reader shows another does not
    BOMB = "bomb"  # inflates beyond all measure, or members share their bytes
    ZIP_SLIP = "zip_slip"  # a member would be written outside the folder it is unpacked in
    DTD = "dtd"  # XML that defines entities
    TOO_BIG = "too_big"
    SECRET = "secret"  # noqa: S105  # carries a mark of state secrecy
    EXHAUSTED = "exhausted"  # took more time or memory to look at than an honest file takes
    MACROS = "macros"  # the group takes no files with macros
    UNVERIFIED = "unverified"  # what we sealed did not open again


class Refused(Exception):
    """The file is not taken; `reason` says why, `level` the secrecy mark found if that is the reason."""

    def __init__(self, reason: Reason, detail: str = "", level: str | None = None) -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
        self.level = level


@dataclass(frozen=True, slots=True)
class Found:
    """A kind, and within it the extension that is its own (`docx`, `xlsm`, `png`), where there is one."""

    kind: Kind
    extension: str | None = None


_IMAGES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"),
           (b"II*\0", "tif"), (b"MM\0*", "tif"))  # fmt: skip
_MEDIA = ((b"ID3", "mp3"), (b"\xff\xfb", "mp3"), (b"OggS", "ogg"), (b"fLaC", "flac"), (b"\x1aE\xdf\xa3", "mkv"))
_OTHER = ((b"MZ", "exe"), (b"\x7fELF", "elf"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!", "rar"), (b"\x1f\x8b", "gz"))
_OOXML_MAIN = (("word/", "doc"), ("xl/", "xls"), ("ppt/", "ppt"))
_LEGACY = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
_ODF = {"text": "odt", "spreadsheet": "ods", "presentation": "odp", "graphics": "odg"}

_ALIKE = {
    **dict.fromkeys(("jpeg", "jpe"), "jpg"),
    **dict.fromkeys(("ppsx", "potx"), "pptx"),
    **dict.fromkeys(("pps", "pot"), "ppt"),
    "tiff": "tif",
    "dotx": "docx",
    "xltx": "xlsx",
    "dot": "doc",
    "xlt": "xls",
    "ppsm": "pptm",
    "potm": "pptm",
    "dotm": "docm",
    "xltm": "xlsm",
}
_PROMISES = {
    **dict.fromkeys(("docx", "xlsx", "pptx", "docm", "xlsm", "pptm"), (Kind.OOXML, Kind.ENCRYPTED_OOXML)),
    **dict.fromkeys(("doc", "xls", "ppt"), (Kind.LEGACY_OFFICE, Kind.RTF, Kind.TEXT)),
    **dict.fromkeys(("odt", "ods", "odp", "odg"), (Kind.ODF,)),
    **dict.fromkeys(("png", "jpg", "gif", "bmp", "tif", "webp", "heic"), (Kind.IMAGE,)),
    **dict.fromkeys(("txt", "csv", "md", "html", "xml", "json"), (Kind.TEXT,)),
    "pdf": (Kind.PDF,),
    "zip": (Kind.ZIP,),
    "rtf": (Kind.RTF,),
}


def find(content: bytes) -> Found:
    """The kind of a file that has passed no inspection yet. Raises Refused for what is nothing at all or two things."""
    if not content:
        raise Refused(Reason.EMPTY)
    found = _by_magic(content)
    if found.kind not in (Kind.ZIP, Kind.OOXML, Kind.ODF) and _ends_as_zip(content):
        raise Refused(Reason.POLYGLOT, "a zip directory at the end of another type")
    return found


def check_name(found: Found, name: str) -> None:
    """A name whose extension promises another type is refused; an unknown extension promises nothing."""
    said = PurePath(name).suffix.lower().lstrip(".")
    said = _ALIKE.get(said, said)
    if said not in _PROMISES:
        return
    lies = found.kind not in _PROMISES[said]
    if found.kind in (Kind.OOXML, Kind.LEGACY_OFFICE, Kind.ODF) and found.extension:
        lies = lies or said != found.extension
    if lies:
        raise Refused(Reason.LYING_EXTENSION, f"{said} is {found.extension or found.kind}")


def _by_magic(content: bytes) -> Found:
    if content[:2] == b"PK" and content[2:4] in (b"\3\4", b"\5\6", b"\7\x08"):
        return _in_zip(content)
    if content[:8] == cfb.MAGIC:
        return _in_compound_file(content)
    if content[:5] == b"%PDF-":
        return Found(Kind.PDF, "pdf")
    if content[:5] == b"{\\rtf":
        return Found(Kind.RTF, "rtf")
    for kind, table in ((Kind.IMAGE, _IMAGES), (Kind.MEDIA, _MEDIA), (Kind.OTHER, _OTHER)):
        for magic, extension in table:
            if content.startswith(magic):
                return Found(kind, extension)
    if content[:2] == b"BM" and content[6:10] == bytes(4):  # or the text begins with BM
        return Found(Kind.IMAGE, "bmp")
    if content[:4] == b"RIFF":
        return Found(Kind.IMAGE, "webp") if content[8:12] == b"WEBP" else Found(Kind.MEDIA)
    if content[4:8] == b"ftyp":
        return Found(Kind.IMAGE, "heic") if content[8:11] in (b"hei", b"mif", b"avi") else Found(Kind.MEDIA, "mp4")
    return Found(Kind.TEXT if _is_text(content) else Kind.OTHER)


def _is_text(content: bytes) -> bool:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    sample = content[:65536]
    return not any(byte < 32 and byte not in (7, 8, 9, 10, 12, 13, 27) for byte in sample)


def _in_zip(content: bytes) -> Found:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return _in_package(archive, names)
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mime = archive.read("mimetype").decode("ascii", "replace")
                if mime.startswith("application/vnd.oasis.opendocument."):
                    return Found(Kind.ODF, _ODF.get(mime.rsplit(".", 1)[1].split("-")[0]))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        cut = content.rfind(b"PK\5\6", max(0, len(content) - 65_557)) < 0
        raise Refused(Reason.TRUNCATED if cut else Reason.CORRUPT, "zip directory") from error
    return Found(Kind.ZIP, "zip")


def _in_package(archive: zipfile.ZipFile, names: set[str]) -> Found:
    family = next((short for prefix, short in _OOXML_MAIN if any(name.startswith(prefix) for name in names)), None)
    if family is None:
        return Found(Kind.ZIP, "zip")
    if any(name.endswith("vbaProject.bin") for name in names):
        return Found(Kind.OOXML, family + "m")
    with archive.open("[Content_Types].xml") as part:
        macro = b"macroEnabled" in part.read(1 << 20)
    return Found(Kind.OOXML, family + ("m" if macro else "x"))


def _in_compound_file(content: bytes) -> Found:
    try:
        names = {path[0] for path in cfb.Reader(content).paths if path}
    except (cfb.Malformed, ValueError) as error:
        raise Refused(Reason.CORRUPT, "compound file") from error
    if {"EncryptionInfo", "EncryptedPackage"} <= names:
        return Found(Kind.ENCRYPTED_OOXML)
    for stream, extension in _LEGACY:
        if stream in names:
            return Found(Kind.LEGACY_OFFICE, extension)
    return Found(Kind.OTHER)


def _ends_as_zip(content: bytes) -> bool:
    """A zip directory that reaches exactly to the end; an attachment stored inside a file does not."""
    start = content.rfind(b"PK\5\6", max(0, len(content) - 65_557))
    if start < 0 or start + 22 > len(content):
        return False
    size = int.from_bytes(content[start + 12 : start + 16], "little")
    comment = int.from_bytes(content[start + 20 : start + 22], "little")
    return start + 22 + comment == len(content) and content[max(0, start - size) :][:4] == b"PK\1\2"
