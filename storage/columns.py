"""Short secrets in rows, encrypted with a key that never lies in the database."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class SecretBroken(Exception):
    """A kept secret was changed, moved to another row, or belongs to another key."""


class Secrets:
    """AES-256-GCM of short texts; `place` (such as `file:7`) binds a text to its row."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(HKDF(hashes.SHA256(), 32, None, b"giaoban columns").derive(key))

    def hide(self, text: str, place: str) -> str:
        nonce = secrets.token_bytes(12)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), place.encode())).decode()

    def show(self, hidden: str, place: str) -> str:
        raw = base64.b64decode(hidden)
        try:
            return self._cipher.decrypt(raw[:12], raw[12:], place.encode()).decode()
        except InvalidTag as broken:
            raise SecretBroken(place) from broken
