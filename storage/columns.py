"""Short secrets in rows, encrypted with a key that never lies in the database."""

import base64
import secrets

from cryptography.exceptions import InvalidTag

from storage.keyring import ID_LENGTH, KeyLost, KeyRing

_PURPOSE = b"giaoban columns"
_NONCE = 12


class SecretBroken(Exception):
    """A kept secret was changed, moved to another row, or belongs to another key."""


class Secrets:
    """AES-256-GCM of short texts; `place` (such as `file:7`) binds a text to its row.

    Base64 of the key's id, the nonce, and what was encrypted.
    """

    def __init__(self, ring: KeyRing | bytes) -> None:
        self._ring = ring if isinstance(ring, KeyRing) else KeyRing([ring])
        self._ciphers = {self._ring.current: self._ring.cipher(self._ring.current, _PURPOSE)}

    def hide(self, text: str, place: str) -> str:
        nonce = secrets.token_bytes(_NONCE)
        hidden = self._ciphers[self._ring.current].encrypt(nonce, text.encode(), place.encode())
        return base64.b64encode(self._ring.current + nonce + hidden).decode()

    def show(self, hidden: str, place: str) -> str:
        try:
            raw = base64.b64decode(hidden)
            key_id, rest = raw[:ID_LENGTH], raw[ID_LENGTH:]
            cipher = self._ciphers.get(key_id) or self._ring.cipher(key_id, _PURPOSE)
            return cipher.decrypt(rest[:_NONCE], rest[_NONCE:], place.encode()).decode()
        except (InvalidTag, KeyLost, ValueError) as broken:
            raise SecretBroken(place) from broken

    def is_current(self, hidden: str) -> bool:
        return base64.b64decode(hidden)[:ID_LENGTH] == self._ring.current

    def is_known(self, hidden: str) -> bool:
        """Whether the key it was hidden with is at hand; what is damaged says nothing of keys."""
        try:
            return self._ring.knows(base64.b64decode(hidden)[:ID_LENGTH])
        except ValueError:
            return True
