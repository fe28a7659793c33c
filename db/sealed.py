"""Sealed columns: health answers, drafts, outbox parameters and the like are stored encrypted (AES-256-GCM).

The table, column and row key are the associated data, so a sealed value moved to another row does not open.
A sealed value is: 1 byte format, 4 bytes key fingerprint, 12 bytes nonce, ciphertext with tag.
"""

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.errors import DbError, Refused

_FORMAT = b"\x01"


class CannotOpen(DbError):
    """A sealed value was moved, altered, or sealed with a key that this installation does not have."""


class Seal:
    """Seals with the first of its keys and opens with any of them, so that keys can be changed."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._ciphers = {_fingerprint(key): AESGCM(key) for key in keys}
        self._current = _fingerprint(keys[0])

    @property
    def fingerprint(self) -> str:
        """The current key's fingerprint: safe to show and to compare."""
        return self._current.hex()

    def close(self, content: Any, *, place: str) -> bytes:
        """Seal a JSON-able `content` for `place`, written `table.column:row`."""
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        return self.close_bytes(plain, place=place)

    def close_bytes(self, content: bytes, *, place: str) -> bytes:
        """Seal bytes, such as a file's, for `place`."""
        nonce = os.urandom(12)
        sealed = self._ciphers[self._current].encrypt(nonce, content, place.encode())
        return _FORMAT + self._current + nonce + sealed

    def open(self, sealed: bytes, *, place: str) -> Any:
        """Return what was sealed for `place`. Raises CannotOpen."""
        try:
            return json.loads(self.open_bytes(sealed, place=place).decode())
        except ValueError:
            raise CannotOpen(f"{place} holds something else than it should.") from None

    def open_bytes(self, sealed: bytes, *, place: str) -> bytes:
        """Return the bytes that were sealed for `place`. Raises CannotOpen."""
        cipher = self._ciphers.get(sealed[1:5])
        if sealed[:1] != _FORMAT or cipher is None:
            raise CannotOpen(f"{place} was sealed with a key that is not in PIKET_KEY.")
        try:
            return cipher.decrypt(sealed[5:17], sealed[17:], place.encode())
        except (InvalidTag, ValueError):  # ValueError: too short to hold what every sealed value holds
            raise CannotOpen(f"{place} was altered or moved from another row.") from None


def _fingerprint(key: bytes) -> bytes:
    return hashlib.sha256(b"piket key" + key).digest()[:4]


def new_key() -> str:
    """Return a fresh key as one writes it into PIKET_KEY."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def seal_from(setting: str) -> Seal:
    """Read PIKET_KEY: one key, or several with commas, the newest first. Raises Refused."""
    try:
        keys = [base64.urlsafe_b64decode(part.strip()) for part in setting.split(",") if part.strip()]
    except (binascii.Error, ValueError):
        keys = []
    if not keys or any(len(key) != 32 for key in keys):
        raise Refused(
            "PIKET_KEY must be 32 bytes in base64."
            " Make one with `piket key new` and keep a copy in a safe place."
        )
    return Seal(keys)
