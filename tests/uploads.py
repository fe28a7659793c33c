"""What people have sent to a platform, as it hands it out again; and small real files to send."""

import io
import struct
import zipfile
import zlib

from bot.channels.base import FetchFailure, Unfetched


def png(width: int = 2, height: int = 2) -> bytes:
    """Return a picture of one colour that any viewer opens."""
    rows = b"".join(b"\x00" + b"\x20\x60\xa0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg() -> bytes:
    """Return the smallest grey JPEG: tables for one block, and the block."""
    quantities = b"\xff\xdb\x00\x43\x00" + b"\x01" * 64
    frame = b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"
    codes = b"".join(
        b"\xff\xc4\x00\x14" + bytes([kind]) + b"\x01" + b"\x00" * 15 + b"\x00" for kind in (0x00, 0x10)
    )
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x3f"
    header = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    return header + quantities + frame + codes + scan + b"\xff\xd9"


def pdf() -> bytes:
    """Return an empty page."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page)
    body = b"".join(b"%d 0 obj%bendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 4>>\n%%EOF\n"


def office(part: str) -> bytes:
    """Return what Word (`word/document.xml`) or Excel (`xl/workbook.xml`) writes, as far as its kind goes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
    return packed.getvalue()


class Uploads:
    """The files that one platform holds. `failures` are what the next fetches meet, the first first."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.failures: list[FetchFailure] = []
        self.fetched: list[str] = []

    def put(self, kind: str, *, body: bytes | None, name: str) -> str:
        """Keep a photo or document; return its key, with its name behind a slash; nothing for other kinds."""
        if kind not in ("photo", "document"):
            return ""
        key = f"F{len(self.bodies) + 1}"
        self.bodies[key] = body if body is not None else (jpeg() if kind == "photo" else pdf())
        return f"{key}/{name or 'laporan.pdf'}" if kind == "document" else key

    def fetch(self, key: str, *, most: int) -> bytes | FetchFailure:
        """Hand out a file as the channel promises it."""
        self.fetched.append(key)
        if self.failures:
            return self.failures.pop(0)
        body = self.bodies.get(key)
        if body is None:
            return FetchFailure(why=Unfetched.GONE, says="wrong file_id")
        if len(body) > most:
            return FetchFailure(why=Unfetched.TOO_LARGE, says="larger than is taken")
        return body
