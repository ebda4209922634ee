"""What locks a PDF: the standard security handler of revision 6, AES-256 (ISO 32000-2, 7.6.4, algorithms 2.A, 2.B,
8, 9 and 10), and the cipher for its strings and streams."""

import hashlib
import secrets
import stringprep
import unicodedata
from collections.abc import Iterator
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

BLOCK = 16
_CHUNK = 1 << 18
_MOST_OF_A_PASSWORD = 127  # bytes
_EVERYTHING_ALLOWED: Final = -4
_HASHES = (hashlib.sha256, hashlib.sha384, hashlib.sha512)
_FIXED = (
    b"/Filter /Standard /V 5 /R 6 /Length 256 /EncryptMetadata true /StmF /StdCF /StrF /StdCF"
    b" /CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >>"
)


def prepared(password: str) -> str:
    """As a reader prepares what a person types: SASLprep (RFC 4013)."""
    letters = (" " if stringprep.in_table_c12(each) else each for each in password if not stringprep.in_table_b1(each))
    return unicodedata.normalize("NFKC", "".join(letters))


class Lock:
    """A new file key under the person's password and under an owner's that nobody has."""

    def __init__(self, password: str) -> None:
        key = secrets.token_bytes(32)
        self.dictionary = _dictionary(key, prepared(password).encode()[:_MOST_OF_A_PASSWORD])
        """The entries of /Encrypt; nothing in it is encrypted."""
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(bytes(BLOCK))).encryptor()
        self._buffer = memoryview(bytearray(_CHUNK + BLOCK - 1))

    def locked(self, content: bytes) -> bytes:
        """IV and ciphertext. One chain serves the whole file: a random block goes in first, and what comes of it, which
        nobody can foresee, is the IV of what follows. 1 µs a string where a cipher for each took 6."""
        return self._cipher.update(b"".join((secrets.token_bytes(BLOCK), content, _padding(len(content)))))

    def parts(self, content: memoryview) -> Iterator[bytes | memoryview]:
        """The same for a long content; each part is overwritten by the next."""
        yield self._cipher.update(secrets.token_bytes(BLOCK))
        whole = len(content) - len(content) % BLOCK
        for at in range(0, whole, _CHUNK):
            yield self._buffer[: self._cipher.update_into(content[at : min(at + _CHUNK, whole)], self._buffer)]
        yield self._cipher.update(bytes(content[whole:]) + _padding(len(content)))


def locked_size(size: int) -> int:
    return BLOCK + size + BLOCK - size % BLOCK


def _padding(size: int) -> bytes:
    missing = BLOCK - size % BLOCK
    return bytes((missing,)) * missing


def _dictionary(key: bytes, password: bytes) -> bytes:
    user, user_key = _under(key, password, b"")
    owner, owner_key = _under(key, secrets.token_bytes(32), user)
    allowed = _EVERYTHING_ALLOWED.to_bytes(4, "little", signed=True)
    said = allowed + b"\xff\xff\xff\xffTadb" + secrets.token_bytes(4)
    values = {
        b"U": user,
        b"UE": user_key,
        b"O": owner,
        b"OE": owner_key,
        b"Perms": Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(said),  # noqa: S305  # one block
    }
    entries = b" ".join(b"/%b <%b>" % (name, value.hex().encode()) for name, value in values.items())
    return b"%b /P %d %b" % (_FIXED, _EVERYTHING_ALLOWED, entries)


def _under(key: bytes, password: bytes, user: bytes) -> tuple[bytes, bytes]:
    """The 48 bytes a password is tried against, and the key under it."""
    for_trying, for_opening = secrets.token_bytes(8), secrets.token_bytes(8)
    tried = hashed(password, for_trying, user) + for_trying + for_opening
    return tried, _cbc(hashed(password, for_opening, user), bytes(BLOCK)).update(key)


def hashed(password: bytes, salt: bytes, user: bytes) -> bytes:
    """Algorithm 2.B. The sum of 16 bytes leaves by 3 what the number they are leaves: 256 leaves 1."""
    result = hashlib.sha256(password + salt + user).digest()
    turn, last = 0, 0
    while turn < 64 or last > turn - 32:
        content = _cbc(result[:16], result[16:32]).update((password + result + user) * 64)
        result = _HASHES[sum(content[:16]) % 3](content).digest()
        turn, last = turn + 1, content[-1]
    return result[:32]


def _cbc(key: bytes, iv: bytes) -> CipherContext:
    return Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
