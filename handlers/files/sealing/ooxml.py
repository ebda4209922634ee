"""Office files with a password: ECMA-376 Agile encryption ([MS-OFFCRYPTO] 2.3.4.10), AES-256-CBC, SHA-512, HMAC."""

import base64
import hashlib
import hmac
import re
import secrets
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from handlers.files.sealing import cfb
from handlers.files.sealing.streaming import Signing, chunks_of

SPIN = 100_000
SEGMENT = 4096
_CHUNK = 64 * SEGMENT

_VERIFIER_INPUT = bytes.fromhex("fea7d2763b4b9e79")
_VERIFIER_VALUE = bytes.fromhex("d7aa0f6d3061344e")
_KEY_VALUE = bytes.fromhex("146e0be7abacd0d6")
_HMAC_KEY = bytes.fromhex("5fb2ad010cb9e1f6")
_HMAC_VALUE = bytes.fromhex("a0677f02b22c8433")

_INFO, _PACKAGE, _SPACES = ("EncryptionInfo",), ("EncryptedPackage",), "\x06DataSpaces"
_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"'
    ' xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"'
    ' xmlns:c="http://schemas.microsoft.com/office/2006/keyEncryptor/certificate">'
    '<keyData {suite} saltValue="{salt}"/>'
    '<dataIntegrity encryptedHmacKey="{hmac_key}" encryptedHmacValue="{hmac_value}"/>'
    '<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
    '<p:encryptedKey spinCount="{spin}" {suite} saltValue="{password_salt}"'
    ' encryptedVerifierHashInput="{verifier_input}" encryptedVerifierHashValue="{verifier_value}"'
    ' encryptedKeyValue="{key_value}"/></keyEncryptor></keyEncryptors></encryption>'
)
_SUITE = (
    'saltSize="16" blockSize="16" keyBits="256" hashSize="64"'
    ' cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
)


class CannotOpen(ValueError):
    """Wrong password, altered bytes, or not what this module writes."""


def encrypt(source: BinaryIO, target: BinaryIO, password: str) -> None:
    """Writes the package in `source` to `target`, both seekable, in constant memory. `target` may not be empty before:
    writing starts where it stands."""
    size = source.seek(0, 2)
    source.seek(0)
    key, salt = secrets.token_bytes(32), secrets.token_bytes(16)
    fixed = _data_spaces()
    info_size = len(_info(password_part := _password_part(key, password), salt, b"\0" * 64, b"\0" * 64))
    sizes = [cfb.Stream(path, len(content)) for path, content in fixed.items()]
    package_size = 8 + -(-size // 16) * 16
    container = cfb.Writer(target, [*sizes, cfb.Stream(_PACKAGE, package_size), cfb.Stream(_INFO, info_size)])
    for path, content in fixed.items():
        container.put(path, content)
    container.seek(_PACKAGE)
    hmac_key = secrets.token_bytes(64)
    code = Signing(hmac.new(hmac_key, digestmod="sha512"))
    with code:
        for part in _encrypted(source, size, key, salt, code):
            code.update(part)
            target.write(part)
    encrypted = (
        _cbc(key, _iv(salt, _HMAC_KEY)).encryptor().update(hmac_key),
        _cbc(key, _iv(salt, _HMAC_VALUE)).encryptor().update(code.digest()),
    )
    container.put(_INFO, _info(password_part, salt, *encrypted))


def sealed(content: bytes, password: str) -> bytes:
    """The content under a password, opened again and compared before it is given out."""
    target = BytesIO()
    encrypt(BytesIO(content), target, password)
    result = target.getvalue()
    if opened(result, password) != content:
        raise CannotOpen("the sealed file gives other bytes")
    return result


def opened(content: bytes, password: str) -> bytes:
    """The package inside what `encrypt` wrote; the password and every byte are checked."""
    container = cfb.Reader(content)
    info = container.read(_INFO)
    fields = {name: _decoded(info, name) for name in _FIELDS}
    key = _open_key(info, password)
    salt = re.search(rb'<keyData [^>]*saltValue="([^"]*)"', info)
    if salt is None:
        raise CannotOpen("no key data")
    seed = base64.b64decode(salt[1])
    package = container.read(_PACKAGE)
    hmac_key = _cbc(key, _iv(seed, _HMAC_KEY)).decryptor().update(fields["encryptedHmacKey"])
    expected = _cbc(key, _iv(seed, _HMAC_VALUE)).decryptor().update(fields["encryptedHmacValue"])
    if not hmac.compare_digest(hmac.digest(hmac_key, package, "sha512"), expected):
        raise CannotOpen("altered")
    return _decrypted(package, key, seed)


_FIELDS = ("encryptedHmacKey", "encryptedHmacValue")


def _decoded(info: bytes, name: str) -> bytes:
    found = re.search(rb"\b" + name.encode() + rb'="([^"]*)"', info)
    if found is None:
        raise CannotOpen(f"no {name}")
    return base64.b64decode(found[1])


def _open_key(info: bytes, password: str) -> bytes:
    at = info.find(b"<p:encryptedKey")
    if at < 0:
        raise CannotOpen("no password")
    part = info[at:]
    salt = _decoded(part, "saltValue")
    spins = re.search(rb'spinCount="(\d+)"', part)
    spun = _spin(password, salt, int(spins[1]) if spins else SPIN)
    seed = (
        _password_cipher(spun, salt, _VERIFIER_INPUT).decryptor().update(_decoded(part, "encryptedVerifierHashInput"))
    )
    said = (
        _password_cipher(spun, salt, _VERIFIER_VALUE).decryptor().update(_decoded(part, "encryptedVerifierHashValue"))
    )
    if not hmac.compare_digest(hashlib.sha512(seed).digest(), said):
        raise CannotOpen("wrong password")
    return _password_cipher(spun, salt, _KEY_VALUE).decryptor().update(_decoded(part, "encryptedKeyValue"))


def _encrypted(source: BinaryIO, size: int, key: bytes, salt: bytes, code: Signing) -> Iterator[memoryview]:
    """The stream EncryptedPackage, in buffers of the code's. One CBC context serves all segments: a segment's own IV,
    and the block the context would chain from, are folded into the segment's first block (29 ms instead of 37 on
    20 MB)."""
    head = code.buffer(8)
    head[:] = struct.pack("<Q", size)
    yield head
    update_into = _cbc(key, bytes(16)).encryptor().update_into
    last, number = 0, 0
    seed, pack, whole = hashlib.sha512(salt), struct.Struct("<I").pack, int.from_bytes
    for content in chunks_of(source, _CHUNK):
        chunk = _filled(content)
        part = code.buffer(len(chunk) + 15)
        for at in range(0, len(chunk), SEGMENT):
            iv = seed.copy()
            iv.update(pack(number))
            first = whole(chunk[at : at + 16], "big") ^ whole(iv.digest()[:16], "big") ^ last
            chunk[at : at + 16] = first.to_bytes(16, "big")
            segment = chunk[at : at + SEGMENT]
            update_into(segment, part[at : at + len(segment) + 15])
            last = whole(part[at + len(segment) - 16 : at + len(segment)], "big")
            number += 1
        yield part[: len(chunk)]


def _filled(content: memoryview) -> memoryview:
    """Whole blocks; only the last chunk can lack some bytes."""
    missing = -len(content) % 16
    return memoryview(bytearray(content) + secrets.token_bytes(missing)) if missing else content


def _decrypted(package: bytes, key: bytes, salt: bytes) -> bytes:
    """Decrypted in one go as if it were one chain; then the first block of each segment is put right."""
    size = struct.unpack_from("<Q", package)[0]
    body = memoryview(package)[8:]
    if len(body) != -(-size // 16) * 16:
        raise CannotOpen("length")
    plain = bytearray(len(body) + 15)
    _cbc(key, bytes(16)).decryptor().update_into(body, plain)
    last = bytes(16)
    for number in range(-(-size // SEGMENT)):
        at = number * SEGMENT
        plain[at : at + 16] = _xor(bytes(plain[at : at + 16]), _iv(salt, struct.pack("<I", number)), last)
        last = bytes(body[at + SEGMENT - 16 : at + SEGMENT])
    del plain[size:]
    return bytes(plain)


def _xor(first: bytes, second: bytes, third: bytes) -> bytes:
    number = int.from_bytes(first, "big") ^ int.from_bytes(second, "big") ^ int.from_bytes(third, "big")
    return number.to_bytes(16, "big")


def _cbc(key: bytes, iv: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(key), modes.CBC(iv))


def _iv(salt: bytes, block_key: bytes) -> bytes:
    return hashlib.sha512(salt + block_key).digest()[:16]


def _spin(password: str, salt: bytes, spins: int) -> bytes:
    sha512, pack = hashlib.sha512, struct.Struct("<I").pack
    digest = sha512(salt + password.encode("utf-16-le")).digest()
    for number in range(spins):
        digest = sha512(pack(number) + digest, usedforsecurity=False).digest()
    return digest


def _password_cipher(spun: bytes, salt: bytes, block_key: bytes) -> Cipher[modes.CBC]:
    return _cbc(hashlib.sha512(spun + block_key).digest()[:32], salt)


def _password_part(key: bytes, password: str) -> dict[str, str]:
    salt, verifier = secrets.token_bytes(16), secrets.token_bytes(16)
    spun = _spin(password, salt, SPIN)

    def under(block_key: bytes, content: bytes) -> str:
        return _text(_password_cipher(spun, salt, block_key).encryptor().update(content))

    return {
        "password_salt": _text(salt),
        "verifier_input": under(_VERIFIER_INPUT, verifier),
        "verifier_value": under(_VERIFIER_VALUE, hashlib.sha512(verifier).digest()),
        "key_value": under(_KEY_VALUE, key),
    }


def _info(password_part: dict[str, str], salt: bytes, hmac_key: bytes, hmac_value: bytes) -> bytes:
    fields = password_part | {"salt": _text(salt), "hmac_key": _text(hmac_key), "hmac_value": _text(hmac_value)}
    return struct.pack("<HHI", 4, 4, 0x40) + _XML.format(suite=_SUITE, spin=SPIN, **fields).encode("ascii")


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _data_spaces() -> dict[tuple[str, ...], bytes]:
    """The four streams that say, in the same words in every such file, how EncryptedPackage is to be read."""
    version = struct.pack("<6H", 1, 0, 1, 0, 1, 0)
    space, transform = _lp("StrongEncryptionDataSpace"), _lp("StrongEncryptionTransform")
    entry = struct.pack("<II", 1, 0) + _lp("EncryptedPackage") + space
    identity = _lp("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")
    head = struct.pack("<II", 8 + len(identity), 1) + identity
    primary = head + _lp("Microsoft.Container.EncryptionTransform") + version + struct.pack("<4I", 0, 0, 0, 4)
    return {
        (_SPACES, "Version"): _lp("Microsoft.Container.DataSpaces") + version,
        (_SPACES, "DataSpaceMap"): struct.pack("<III", 8, 1, len(entry) + 4) + entry,
        (_SPACES, "DataSpaceInfo", "StrongEncryptionDataSpace"): struct.pack("<II", 8, 1) + transform,
        (_SPACES, "TransformInfo", "StrongEncryptionTransform", "\x06Primary"): primary,
    }


def _lp(text: str) -> bytes:
    """UNICODE-LP-P4: length in bytes, UTF-16, padded to four."""
    content = text.encode("utf-16-le")
    return struct.pack("<I", len(content)) + content + b"\0" * (-len(content) % 4)
