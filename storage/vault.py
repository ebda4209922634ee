"""Files encrypted at rest: AES-256-GCM in chunks, each bound to its place and to the record it belongs to."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 1024 * 1024  # bytes of plain text under one tag
_MAGIC = b"GBV1"
_LAST = 0x80000000


class VaultBroken(Exception):
    """A record was changed, cut short, or belongs to another key."""


class Vault:
    """`put` returns the record's name. `keys` are 32-byte keys by id; the last one encrypts, all decrypt.

    A record is `GBV1`, one byte length and the key's id, 32 bytes salt, then the chunks. Its key is derived from the
    ring's key with the salt, so that a nonce never meets the same key twice.
    """

    def __init__(self, directory: Path, keys: Mapping[str, bytes]) -> None:
        self._directory, self._keys = directory, dict(keys)

    def put(self, content: bytes) -> str:
        record = secrets.token_hex(16)
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(record)
        with path.with_suffix(".part").open("wb") as file:
            file.write(self._sealed(record, content))
            file.flush()
            os.fsync(file.fileno())
        path.with_suffix(".part").rename(path)
        return record

    def get(self, record: str) -> bytes:
        """Raises VaultBroken, or FileNotFoundError when there is no such record."""
        return self._opened(record, self._path(record).read_bytes())

    def incoming(self) -> "Incoming":
        """For content that comes piece by piece: one chunk of it at most is in memory."""
        record, salt, key_id = secrets.token_hex(16), secrets.token_bytes(32), list(self._keys)[-1]
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        head = _MAGIC + bytes([len(key_id)]) + key_id.encode() + salt
        return Incoming(self._path(record), head, self._cipher(key_id, salt))

    def size(self, record: str) -> int:
        """Bytes of the content; FileNotFoundError when there is no such record."""
        path = self._path(record)
        with path.open("rb") as file:
            body = path.stat().st_size - 37 - file.read(5)[4]
        return body - 16 * -(-body // (CHUNK + 16))

    def forget(self, record: str) -> None:
        self._path(record).unlink(missing_ok=True)

    def records(self) -> list[str]:
        return sorted(path.name for path in self._directory.glob("*") if not path.suffix)

    def _path(self, record: str) -> Path:
        if not record.isalnum():
            raise FileNotFoundError("not a record's name")
        return self._directory / record

    def _sealed(self, record: str, content: bytes) -> bytes:
        key_id = list(self._keys)[-1]
        salt = secrets.token_bytes(32)
        cipher = self._cipher(key_id, salt)
        places = range(0, max(len(content), 1), CHUNK)
        head = _MAGIC + bytes([len(key_id)]) + key_id.encode() + salt
        sealed = [head]
        for number, place in enumerate(places):
            nonce = _nonce(number, last=place + CHUNK >= len(content))
            sealed.append(cipher.encrypt(nonce, content[place : place + CHUNK], record.encode()))
        return b"".join(sealed)

    def _opened(self, record: str, sealed: bytes) -> bytes:
        if sealed[:4] != _MAGIC:
            raise VaultBroken("not a record of this vault")
        length = sealed[4]
        key_id, salt = sealed[5 : 5 + length].decode(), sealed[5 + length : 37 + length]
        if key_id not in self._keys:
            raise VaultBroken("its key is missing")
        cipher, body = self._cipher(key_id, salt), sealed[37 + length :]
        size = CHUNK + 16
        opened = []
        try:
            for number, place in enumerate(range(0, max(len(body), 1), size)):
                nonce = _nonce(number, last=place + size >= len(body))
                opened.append(cipher.decrypt(nonce, body[place : place + size], record.encode()))
        except InvalidTag as broken:
            raise VaultBroken("it was changed or cut short") from broken
        return b"".join(opened)

    def _cipher(self, key_id: str, salt: bytes) -> AESGCM:
        return AESGCM(HKDF(hashes.SHA256(), 32, salt, b"giaoban vault").derive(self._keys[key_id]))


class Incoming:
    """A record that is being written; there is none until `finish`."""

    def __init__(self, path: Path, head: bytes, cipher: AESGCM) -> None:
        self._path, self._part, self._cipher = path, path.with_suffix(".part"), cipher
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
        return self._path.name

    def drop(self) -> None:
        """Nothing of it stays."""
        self._file.close()
        self._part.unlink(missing_ok=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._file.write(self._cipher.encrypt(nonce, chunk, self._path.name.encode()))
        self._number += 1


def _nonce(number: int, *, last: bool) -> bytes:
    return bytes(8) + (number | (_LAST if last else 0)).to_bytes(4, "big")
