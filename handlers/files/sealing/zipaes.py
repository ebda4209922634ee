"""Zip archives with a password: WinZip AE-2, AES-256, names in UTF-8 (NFC), deflated only where that gains anything."""

import hashlib
import hmac
import secrets
import struct
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

import pyzipper
from Cryptodome.Util.strxor import strxor
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from isal import isal_zlib

from handlers.files.sealing.streaming import Signing, chunks_of

_CHUNK = 1 << 18  # fits the processor's cache together with what is made of it
_PIECE = 4 * _CHUNK
_BLOCKS = _CHUNK // 16  # divides 65,536: within a chunk only the two low bytes of the counter differ
_SECOND_BYTES = b"".join(bytes([high]) * 256 for high in range(256))  # of the counters 0 to 65,535
_PROBE = 1 << 16
_WORTH = 0.9  # deflated only if a sample shrinks below this
_ZIP64 = 0xFFFF_0000  # from this size on a member or an offset takes 64 bits
_VERSION = 51
_FLAGS = 0x0801  # encrypted, name in UTF-8
_DATE = 0x0021  # 1980-01-01: dates are readable without the password, so none is told
_AES_EXTRA = 0x9901
_METHOD = 99
_pyzipper: Any = pyzipper  # has no types
_xor: Any = strxor  # its types know of bytes only
_NAME_BYTES = 200
_INNER = "noi-dung.zip"


class CannotOpen(ValueError):
    """The archive does not give back what was put in."""


@dataclass(frozen=True, slots=True)
class Written:
    """A member as the central directory names it."""

    name: bytes
    method: int
    packed: int
    size: int
    offset: int


def sealed(members: Sequence[tuple[str, bytes]], password: str, *, hide_names: bool = False) -> bytes:
    """The members under a password, opened again by another implementation before they are given out."""
    if hide_names:
        members = [(_INNER, _plain(members))]
    target = BytesIO()
    write(target, [(name, BytesIO(content)) for name, content in members], password)
    _verify(target, members, password)
    return target.getvalue()


def write(target: BinaryIO, members: Sequence[tuple[str, BinaryIO]], password: str) -> None:
    """Writes an archive in constant memory; sources and target are seekable."""
    directory = [_member(target, name, source, password) for name, source in _with_names(members)]
    start = target.tell()
    target.writelines(_central(written) for written in directory)
    _end(target, len(directory), start, target.tell() - start)


def safe_name(name: str) -> str:
    """A member's name: no folders, no control characters, NFC, short enough for every file system."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C").strip(" .") or "tep"
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        stem, dot, extension = name, "", ""
    while len((stem + dot + extension).encode()) > _NAME_BYTES:
        stem = stem[:-1]
    return stem + dot + extension


def _with_names(members: Sequence[tuple[str, BinaryIO]]) -> Iterator[tuple[str, BinaryIO]]:
    taken: set[str] = set()
    for wished, source in members:
        name = first = safe_name(wished)
        number = 1
        while name.casefold() in taken:
            number += 1
            stem, dot, extension = first.rpartition(".")
            name = f"{stem} ({number}).{extension}" if dot else f"{first} ({number})"
        taken.add(name.casefold())
        yield name, source


def _plain(members: Sequence[tuple[str, bytes]]) -> bytes:
    """The inner archive when names are hidden: stored, for the outer one deflates."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, source in _with_names([(name, BytesIO(content)) for name, content in members]):
            archive.writestr(zipfile.ZipInfo(name), source.read())
    return target.getvalue()


def _member(target: BinaryIO, name: str, source: BinaryIO, password: str) -> Written:
    size = source.seek(0, 2)
    method = zipfile.ZIP_DEFLATED if _shrinks(source, size) else zipfile.ZIP_STORED
    offset = target.tell()
    encoded = name.encode()
    target.write(_local(Written(encoded, method, 0, size, 0)))
    start = target.tell()
    salt = secrets.token_bytes(16)
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 66)
    target.write(salt + keys[64:])
    code = Signing(hmac.new(keys[32:64], digestmod="sha1"))
    with code:
        for piece in _covered(_packed(source, method), KeyStream(keys[:32]), code):
            code.update(piece)
            target.write(piece)
    target.write(code.digest()[:10])
    end = target.tell()
    written = Written(encoded, method, end - start, size, offset)
    target.seek(offset)
    target.write(_local(written))
    target.seek(end)
    return written


def _shrinks(source: BinaryIO, size: int) -> bool:
    source.seek(max(0, (size - _PROBE) // 2))
    sample = source.read(_PROBE)
    source.seek(0)
    return len(sample) > 64 and len(isal_zlib.compress(sample, 1)) < _WORTH * len(sample)


def _covered(parts: Iterator[memoryview], stream: "KeyStream", code: Signing) -> Iterator[memoryview]:
    """The parts under the key stream, gathered to pieces worth handing to another thread."""
    piece, filled = code.buffer(_PIECE), 0
    for part in parts:
        if filled + len(part) > _PIECE:
            yield piece[:filled]
            piece, filled = code.buffer(_PIECE), 0
        stream.cover(part, piece[filled : filled + len(part)])
        filled += len(part)
    yield piece[:filled]


def _packed(source: BinaryIO, method: int) -> Iterator[memoryview]:
    """Parts of at most a chunk; each is overwritten by the next."""
    if method == zipfile.ZIP_STORED:
        yield from chunks_of(source, _CHUNK)
        return
    deflate = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -15)
    for chunk in chunks_of(source, _CHUNK):
        yield from _pieces(deflate.compress(chunk))
    yield from _pieces(deflate.flush())


def _pieces(content: bytes) -> Iterator[memoryview]:
    view = memoryview(content)
    return (view[at : at + _CHUNK] for at in range(0, len(view), _CHUNK))


class KeyStream:
    """AES in WinZip's counter mode: little-endian, from 1. OpenSSL has only the big-endian one, so counters are made
    here, encrypted as ECB and laid over the text."""

    def __init__(self, key: bytes) -> None:
        self._cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305  # of counters, each once
        self._counters = bytearray(_CHUNK)
        self._counters[0::16] = bytes(range(256)) * (_BLOCKS // 256)
        self._stream = bytearray(_CHUNK + 15)
        self._chunk = 0
        self._at = _CHUNK

    def cover(self, content: memoryview, target: memoryview) -> None:
        """Writes the content under the next of the key stream to `target`, which is as long."""
        done = 0
        while done < len(content):
            if self._at == _CHUNK:
                self._refill()
            length = min(len(content) - done, _CHUNK - self._at)
            key = memoryview(self._stream)[self._at : self._at + length]
            _xor(content[done : done + length], key, output=target[done : done + length])
            self._at += length
            done += length

    def _refill(self) -> None:
        first = self._chunk * _BLOCKS
        low = first % 65536
        self._counters[1::16] = _SECOND_BYTES[low : low + _BLOCKS]
        for place, byte in enumerate((first >> 16).to_bytes(6, "little"), 2):
            if self._counters[place] != byte:
                self._counters[place::16] = bytes([byte]) * _BLOCKS
        self._at = 16 if self._chunk == 0 else 0  # the counter starts at 1
        self._cipher.update_into(self._counters, self._stream)
        self._chunk += 1


def _aes_extra(method: int) -> bytes:
    return struct.pack("<HHH2sBH", _AES_EXTRA, 7, 2, b"AE", 3, method)


def _local(member: Written) -> bytes:
    extra, packed, size = _aes_extra(member.method), member.packed, member.size
    if member.size >= _ZIP64:  # decided by the size before packing: the header may not grow afterwards
        extra += struct.pack("<HHQQ", 1, 16, size, packed)
        packed = size = 0xFFFFFFFF
    fields = (_VERSION, _FLAGS, _METHOD, 0, _DATE, 0, packed, size, len(member.name), len(extra))
    return struct.pack("<4s5H3L2H", b"PK\3\4", *fields) + member.name + extra


def _central(member: Written) -> bytes:
    extra, packed, size, offset = _aes_extra(member.method), member.packed, member.size, member.offset
    if member.size >= _ZIP64 or offset >= _ZIP64:
        extra += struct.pack("<HHQQQ", 1, 24, size, packed, offset)
        packed = size = offset = 0xFFFFFFFF
    made_by = 3 << 8 | 63  # Unix, so that the mode below is read
    fields = (made_by, _VERSION, _FLAGS, _METHOD, 0, _DATE, 0, packed, size, len(member.name), len(extra))
    tail = (0, 0, 0, 0o100644 << 16, offset)
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", *fields, *tail) + member.name + extra


def _end(target: BinaryIO, count: int, start: int, size: int) -> None:
    if count >= 0xFFFF or start >= _ZIP64:
        here = target.tell()
        target.write(struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 63, _VERSION, 0, 0, count, count, size, start))
        target.write(struct.pack("<4sLQL", b"PK\6\7", 0, here, 1))
        count, size, start = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
    target.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, start, 0))


def _verify(target: BinaryIO, members: Sequence[tuple[str, bytes]], password: str) -> None:
    target.seek(0)
    with _pyzipper.AESZipFile(target) as archive:
        archive.setpassword(password.encode())
        for info, (_, content) in zip(archive.infolist(), members, strict=True):
            with archive.open(info) as part:
                at = 0
                while chunk := part.read(_CHUNK):
                    if content[at : at + len(chunk)] != chunk:
                        raise CannotOpen(info.filename)
                    at += len(chunk)
            if at != len(content):
                raise CannotOpen(info.filename)
