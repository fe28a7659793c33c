"""Files that were sent, kept in memory and handed out by file_id, as getFile does."""

from __future__ import annotations

import secrets
import struct
from dataclasses import dataclass
from typing import Any

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}
_MIME = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    path: str
    data: bytes
    name: str
    mime: str

    def facts(self) -> dict[str, Any]:
        """The fields that every file object of the Bot API has."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    """Every file of this play."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, data: bytes, *, folder: str, name: str, mime: str) -> StoredFile:
        """Keep a file under a new file_id; its path is only numbered, as with the real one."""
        number = len(self._by_id)
        suffix = name.rsplit(".", 1)[-1][:8] if "." in name else "bin"
        suffix = suffix if suffix.isalnum() and suffix.isascii() else "bin"
        stored = StoredFile(
            file_id="BQAC" + secrets.token_urlsafe(40),
            unique_id="Ag" + secrets.token_urlsafe(10),
            path=f"{folder}/file_{number}.{suffix}",
            data=data,
            name=name,
            mime=mime,
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def clear(self) -> None:
        self._by_id.clear()
        self._by_path.clear()


def picture_kind(data: bytes) -> str | None:
    """`png`, `jpg`, `gif` or `webp` by the first bytes; None when it is no picture."""
    return next((kind for head, kind in _SIGNATURES.items() if data.startswith(head)), None)


def picture_mime(data: bytes) -> str | None:
    kind = picture_kind(data)
    return _MIME[kind] if kind else None


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG; a plausible size for others."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data) or (800, 600)
    return 800, 600


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return None
