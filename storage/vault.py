"""Files encrypted at rest: a key for each file, wrapped by the ring; the content in chunks that hold together."""

import contextlib
import os
import secrets
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.keyring import ID_LENGTH, KeyLost, KeyRing

CHUNK = 1024 * 1024  # bytes of plain text under one tag
TAG = 16
_PURPOSE = b"giaoban vault"
_HEAD = struct.Struct(f">4s{ID_LENGTH}s12s48s7s")  # magic, key id, nonce of the wrapping, wrapped key, nonces' prefix
_MAGIC = b"GBV2"


class VaultBroken(Exception):
    """A record was changed, cut short, belongs elsewhere, or its key is lost."""


@dataclass(frozen=True, slots=True)
class _FileKey:
    """What a record is read and written with. Nonces are those of STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015):
    prefix, number of the chunk, and whether it is the last; so chunks cannot be changed, swapped or left out."""

    cipher: AESGCM
    prefix: bytes
    record: bytes

    def seal(self, number: int, chunk: bytes, *, last: bool) -> bytes:
        return self.cipher.encrypt(self._nonce(number, last=last), chunk, self.record)

    def open(self, number: int, chunk: bytes, *, last: bool) -> bytes:
        return self.cipher.decrypt(self._nonce(number, last=last), chunk, self.record)

    def _nonce(self, number: int, *, last: bool) -> bytes:
        return self.prefix + number.to_bytes(4, "big") + bytes([last])


class Vault:
    """`put` returns the record's name; a record is there wholly or not at all, also after kill -9."""

    def __init__(self, directory: Path, ring: KeyRing) -> None:
        self._directory, self._ring = directory, ring

    def put(self, content: bytes) -> str:
        incoming = self.incoming()
        incoming.write(content)
        return incoming.finish()

    def incoming(self) -> "Incoming":
        """For content that comes piece by piece: one chunk of it at most is in memory."""
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        record, key, prefix = secrets.token_hex(16), secrets.token_bytes(32), secrets.token_bytes(7)
        head = self._head(record, key, prefix)
        return Incoming(self._path(record), head, _FileKey(AESGCM(key), prefix, record.encode()))

    def get(self, record: str) -> bytes:
        """Raises VaultBroken, or FileNotFoundError when there is no such record."""
        with self._path(record).open("rb") as file:
            key = self._key(record, file.read(_HEAD.size))
            return b"".join(_opened(file, key))

    def size(self, record: str) -> int:
        """Bytes of the content; FileNotFoundError when there is no such record."""
        body = self._path(record).stat().st_size - _HEAD.size
        return body - TAG * -(-body // (CHUNK + TAG))

    def forget(self, record: str) -> None:
        self._path(record).unlink(missing_ok=True)

    def records(self) -> list[str]:
        return sorted(self.names())

    def names(self) -> Iterator[str]:
        """The records in no order."""
        return (path.name for path in self._directory.glob("*") if not path.suffix)

    def has(self, record: str) -> bool:
        return self._path(record).exists()

    def is_known(self, record: str) -> bool:
        """Whether the key of this record is at hand; a record that is damaged says nothing of keys."""
        try:
            with self._path(record).open("rb") as file:
                head = file.read(_HEAD.size)
        except FileNotFoundError:
            return True
        return len(head) != _HEAD.size or head[:4] != _MAGIC or self._ring.knows(_fields(head)[1])

    def rewrap(self, record: str) -> bool:
        """Wraps the file's key with the ring's present one; False when it is so already. The content is not touched:
        it is copied as it is behind the new head, which takes the record's place in one step."""
        path = self._path(record)
        with path.open("rb") as file:
            head = file.read(_HEAD.size)
            if _fields(head)[1] == self._ring.current:
                return False
            key, prefix = self._unwrapped(record, head)
            part = path.with_suffix(".part")
            with part.open("wb") as copy:
                copy.write(self._head(record, key, prefix))
                shutil.copyfileobj(file, copy, CHUNK)
                copy.flush()
                os.fsync(copy.fileno())
        part.rename(path)
        _sync_directory(self._directory)
        return True

    def tidy(self, before: datetime | None = None) -> None:
        """Removes what a process that died while writing left behind. Without `before` only when nobody writes."""
        for part in self._directory.glob("*.part"):
            with contextlib.suppress(FileNotFoundError):
                if before is None or part.stat().st_mtime < before.timestamp():
                    part.unlink()

    def _path(self, record: str) -> Path:
        if not record.isalnum():
            raise FileNotFoundError("not a record's name")
        return self._directory / record

    def _head(self, record: str, key: bytes, prefix: bytes) -> bytes:
        nonce = secrets.token_bytes(12)
        wrapped = self._ring.cipher(self._ring.current, _PURPOSE).encrypt(nonce, key, record.encode() + prefix)
        return _HEAD.pack(_MAGIC, self._ring.current, nonce, wrapped, prefix)

    def _key(self, record: str, head: bytes) -> _FileKey:
        key, prefix = self._unwrapped(record, head)
        return _FileKey(AESGCM(key), prefix, record.encode())

    def _unwrapped(self, record: str, head: bytes) -> tuple[bytes, bytes]:
        _, key_id, nonce, wrapped, prefix = _fields(head)
        try:
            key = self._ring.cipher(key_id, _PURPOSE).decrypt(nonce, wrapped, record.encode() + prefix)
        except KeyLost as lost:
            raise VaultBroken(str(lost)) from lost
        except InvalidTag as broken:
            raise VaultBroken("its head was changed, or it is another record's") from broken
        return key, prefix


class Incoming:
    """A record that is being written; there is none until `finish`."""

    def __init__(self, path: Path, head: bytes, key: _FileKey) -> None:
        self._path, self._part, self._key = path, path.with_suffix(".part"), key
        self._waiting, self._number = bytearray(), 0
        self._file = self._part.open("wb")
        self._file.write(head)

    def write(self, content: bytes) -> None:
        self._waiting += content
        while len(self._waiting) > CHUNK:  # a full chunk stays: it may be the last
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def finish(self) -> str:
        """The record's name; the content is on the disk."""
        self._seal(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.rename(self._path)
        _sync_directory(self._path.parent)
        return self._path.name

    def drop(self) -> None:
        """Nothing of it stays."""
        self._file.close()
        self._part.unlink(missing_ok=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._key.seal(self._number, chunk, last=last))
        self._number += 1


def _opened(file: BinaryIO, key: _FileKey) -> Iterator[bytes]:
    """The content chunk by chunk; the last one must say that it is the last."""
    chunk, number = file.read(CHUNK + TAG), 0
    while True:
        following = file.read(CHUNK + TAG)
        try:
            yield key.open(number, chunk, last=not following)
        except InvalidTag as broken:
            raise VaultBroken("it was changed or cut short") from broken
        if not following:
            return
        chunk, number = following, number + 1


def _fields(head: bytes) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    if len(head) != _HEAD.size or head[:4] != _MAGIC:
        raise VaultBroken("not a record of this vault")
    magic, key_id, nonce, wrapped, prefix = _HEAD.unpack(head)
    return magic, key_id, nonce, wrapped, prefix


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
