"""A screenshot made small: the same picture in at most 256 colours, which looks the same in half the bytes."""

import struct
import zlib
from collections import Counter

HEAD = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
CHANNELS = 3
Colour = tuple[int, int, int]


def in_few_colours(png: bytes) -> bytes:
    """Return a picture of 8-bit RGB, as browsers make them, with its commonest colours alone."""
    chunks = _chunks(png)
    width, height, depth, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    if (depth, kind) != (8, 2):
        raise ValueError(f"This is no picture of 8-bit RGB: its depth is {depth}, its kind {kind}.")
    rows = _rows(zlib.decompress(chunks[b"IDAT"]), width=width, height=height)
    pixels = [list(zip(row[0::3], row[1::3], row[2::3], strict=True)) for row in rows]
    palette, places = _palette(Counter(pixel for row in pixels for pixel in row))
    packed = b"".join(b"\0" + bytes(map(places.__getitem__, row)) for row in pixels)
    return HEAD + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(map(bytes, palette))),
            _chunk(b"IDAT", zlib.compress(packed, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _palette(used: Counter[Colour]) -> tuple[list[Colour], dict[Colour, int]]:
    """Return the commonest colours, and the place among them of each colour, or of the one nearest to it."""
    palette = [colour for colour, _ in used.most_common(COLOURS)]
    places = {colour: place for place, colour in enumerate(palette)}
    for colour in used.keys() - places.keys():
        places[colour] = min(range(len(palette)), key=lambda place: _apart(palette[place], colour))
    return palette, places


def _apart(one: Colour, other: Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _rows(data: bytes, *, width: int, height: int) -> list[bytes]:
    """Return the bytes of each row, with PNG's filters undone (its specification, section 9)."""
    size = width * CHANNELS
    above = bytes(size)
    rows = []
    for start in range(0, height * (size + 1), size + 1):
        above = _unfiltered(data[start], data[start + 1 : start + 1 + size], above)
        rows.append(above)
    return rows


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    row = bytearray(CHANNELS) + line  # begins with a pixel to the left of the first
    upper = bytes(CHANNELS) + above
    for at in range(CHANNELS, len(row)):
        left, up, corner = row[at - CHANNELS], upper[at], upper[at - CHANNELS]
        guess = (0, left, up, (left + up) // 2)[kind] if kind < 4 else _paeth(left, up, corner)
        row[at] = (row[at] + guess) & 0xFF
    return bytes(row[CHANNELS:])


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda each: abs(guess - each))


def _chunks(png: bytes) -> dict[bytes, bytes]:
    """Return what each kind of chunk holds, with those of one kind put together."""
    found: dict[bytes, bytes] = {}
    at = len(HEAD)
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind = png[at + 4 : at + 8]
        found[kind] = found.get(kind, b"") + png[at + 8 : at + 8 + size]
        at += size + 12
    return found


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
