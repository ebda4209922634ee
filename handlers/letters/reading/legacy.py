"""Word 97-2003: the running text by its table of pieces ([MS-DOC] 2.4.1), and Word files under a password."""

import io
import struct

import msoffcrypto
import olefile  # type: ignore[import-untyped]
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from handlers.letters.reading.nothing import NoText, Why

_MOST = 32 * 1024 * 1024
_ENCRYPTED, _OTHER_TABLE = 0x0100, 0x0200
_PLACE_OF_PIECES = 0x01A2  # fcClx in the FIB of Word 97 and later
_LONGEST_TEXT = 4_000_000  # characters
_BREAKS = {13: "\n", 7: "\n", 11: "\n", 12: "\n", 9: "\t", 30: "-", 31: "\u00ad", 160: " "}
_FIELD_BEGINS, _FIELD_SHOWS, _FIELD_ENDS = 19, 20, 21


def is_whole(content: bytes) -> bool:
    """Whether the container itself can be opened."""
    try:
        olefile.OleFileIO(io.BytesIO(content)).close()
    except (OSError, ValueError, IndexError, struct.error, TypeError):
        return False
    return True


def unlocked(content: bytes, password: str | None) -> bytes | None:
    """The Word file inside an encrypted package; None when there is no package. Raises NoText(LOCKED)."""
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        if not container.exists("EncryptedPackage"):
            return None
    if password is None:
        raise NoText(Why.LOCKED)
    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))  # type: ignore[no-untyped-call]
        file.load_key(password=password, verify_password=True)
        file.decrypt(opened)
    except (InvalidKeyError, DecryptionError) as error:
        raise NoText(Why.LOCKED) from error
    except (FileFormatError, ParseError, OSError, ValueError, KeyError, struct.error) as error:
        raise NoText(Why.BROKEN) from error
    return opened.getvalue()


def text_of_doc(content: bytes) -> str:
    """Raises NoText: LOCKED, BROKEN, or UNKNOWN for other programs' containers (xls, ppt, msg)."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            if not container.exists("WordDocument"):
                raise NoText(Why.UNKNOWN)
            main = container.openstream("WordDocument").read(_MOST)
            flags = struct.unpack_from("<H", main, 0x0A)[0]
            if flags & _ENCRYPTED:
                raise NoText(Why.LOCKED)
            table = container.openstream("1Table" if flags & _OTHER_TABLE else "0Table").read(_MOST)
        return _shown(_pieces(main, table))
    except (OSError, ValueError, IndexError, struct.error, TypeError) as error:
        raise NoText(Why.BROKEN) from error


def _pieces(main: bytes, table: bytes) -> str:
    """The pieces of the body, in order; each in Windows' western page (one byte) or UTF-16."""
    length = struct.unpack_from("<i", main, 0x4C)[0]  # ccpText: characters of the body, without footnotes and headers
    start, size = struct.unpack_from("<II", main, _PLACE_OF_PIECES)
    piece_table = _piece_table(table[start : start + size])
    count = (len(piece_table) - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", piece_table, 0)
    text: list[str] = []
    for number in range(count):
        coded = struct.unpack_from("<I", piece_table, 4 * (count + 1) + 8 * number + 2)[0]
        characters = min(places[number + 1], length, _LONGEST_TEXT) - places[number]
        if characters <= 0:
            break
        if coded & 0x40000000:
            at = (coded & 0x3FFFFFFF) // 2
            text.append(main[at : at + characters].decode("cp1252", "replace"))
        else:
            text.append(main[coded : coded + 2 * characters].decode("utf-16-le", "replace"))
    return "".join(text)


def _piece_table(described: bytes) -> bytes:
    """Behind the property groups (kind 1) the table of pieces (kind 2)."""
    place = 0
    while described[place] == 1:
        place += 3 + struct.unpack_from("<H", described, place + 1)[0]
    if described[place] != 2:
        raise ValueError("no table of pieces")
    size = struct.unpack_from("<I", described, place + 1)[0]
    return described[place + 5 : place + 5 + size]


def _shown(raw: str) -> str:
    """Without pictures' places and without the codes of fields, of which only the result is printed."""
    text: list[str] = []
    hidden: list[bool] = []
    for c in raw:
        code = ord(c)
        if code == _FIELD_BEGINS:
            hidden.append(True)
        elif code == _FIELD_SHOWS and hidden:
            hidden[-1] = False
        elif code == _FIELD_ENDS and hidden:
            hidden.pop()
        elif not any(hidden):
            text.append(_BREAKS.get(code, c if code >= 32 else "") or "")
    return "".join(text)
