"""The keys of everything encrypted at rest: the first encrypts, all of them decrypt."""

import hashlib
from collections.abc import Sequence

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ID_LENGTH = 8  # bytes


class KeyLost(Exception):
    """Something was encrypted with a key that is not in the ring any more."""


class KeyRing:
    """32-byte keys, the present one first. A key's id is taken from the key, so that no list of names is to be kept."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {_id_of(key): key for key in keys}
        self.current = _id_of(keys[0])

    def knows(self, key_id: bytes) -> bool:
        return key_id in self._keys

    def cipher(self, key_id: bytes, purpose: bytes) -> AESGCM:
        """A key of its own for each purpose. Raises KeyLost."""
        key = self._keys.get(key_id)
        if key is None:
            raise KeyLost("it was encrypted with a key that is missing: put the old key behind the new one")
        return AESGCM(HKDF(hashes.SHA256(), 32, None, purpose).derive(key))


def _id_of(key: bytes) -> bytes:
    return hashlib.sha256(b"giaoban key id" + key).digest()[:ID_LENGTH]
