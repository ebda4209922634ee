"""Whether a file is already truly protected: by a password nobody can guess is missing, with a cipher that holds."""

import re
import zipfile
from io import BytesIO
from typing import Any

import msoffcrypto
import msoffcrypto.exceptions

from handlers.files.sealing import cfb, pdf
from handlers.files.sealing.kinds import Kind

_msoffcrypto: Any = msoffcrypto  # has no types
_EVERYBODY_KNOWS = ("VelvetSweatshop", "")  # Excel opens such a workbook without asking
_LEAST_SPINS = 50_000
_AES, _ENCRYPTED, _STRONG = 99, 1, 1 << 6


def is_protected(content: bytes, kind: Kind) -> bool:
    """Whether it may pass unchanged. Legacy Office encryption (RC4, XOR) never counts, nor does ZipCrypto."""
    match kind:
        case Kind.ENCRYPTED_OOXML:
            return _office(content)
        case Kind.PDF:
            return pdf.needs_password(content) and pdf.uses_aes(content)
        case Kind.ZIP:
            return _zip(content)
        case Kind.ODF:
            return _open_document(content)
        case _:
            return False


def is_locked(content: bytes, kind: Kind) -> bool:
    """Whether its text cannot be read without a password, however weak the lock."""
    match kind:
        case Kind.ENCRYPTED_OOXML:
            return True
        case Kind.PDF:
            return pdf.needs_password(content)
        case Kind.ODF:
            return _open_document(content)
        case Kind.ZIP:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                return any(info.flag_bits & _ENCRYPTED for info in archive.infolist())
        case _:
            return False


def _office(content: bytes) -> bool:
    info = cfb.Reader(content).read(("EncryptionInfo",))
    version = (int.from_bytes(info[:2], "little"), int.from_bytes(info[2:4], "little"))
    if version == (4, 4):
        spins = re.search(rb'spinCount="(\d{1,9})"', info)
        if spins is None or int(spins[1]) < _LEAST_SPINS or b'cipherAlgorithm="AES"' not in info:
            return False
    elif version[1] != 2:  # 2: the standard encryption of Office 2007, AES-128; 3: a provider of one's own
        return False
    return not any(_opens(content, password) for password in _EVERYBODY_KNOWS)


def _opens(content: bytes, password: str) -> bool:
    try:
        _msoffcrypto.OfficeFile(BytesIO(content)).load_key(password=password, verify_password=True)
    except (msoffcrypto.exceptions.InvalidKeyError, msoffcrypto.exceptions.DecryptionError):
        return False
    return True


def _zip(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
    return bool(files) and all(info.flag_bits & _ENCRYPTED and _is_strong(info) for info in files)


def _is_strong(info: zipfile.ZipInfo) -> bool:
    """WinZip AES; strength 3 is AES-256, 1 and 2 are shorter but whole. PKWARE's own (bit 6) is left as unknown."""
    return info.compress_type == _AES and not info.flag_bits & _STRONG


def _open_document(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if "META-INF/manifest.xml" not in archive.namelist():
            return False
        with archive.open("META-INF/manifest.xml") as part:
            manifest = part.read(1 << 20)
    if b"encrypted-package" in manifest:
        return True
    entry = re.search(rb'<[\w:]*file-entry[^>]*full-path="content\.xml"(.*?)</[\w:]*file-entry>', manifest, re.DOTALL)
    return entry is not None and b"encryption-data" in entry[1] and b"aes" in entry[1].lower()
