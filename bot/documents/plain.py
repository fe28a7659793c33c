"""What a person wrote, as it can stand on paper: every sign with a shape, and every word with places to break."""

import re
import unicodedata

# The signs that the fonts in typst have shapes for; a test sets them all.
_SHAPES = (
    (0x20, 0x4FF), (0x621, 0x63A), (0x640, 0x652), (0x1D00, 0x1FFF), (0x2010, 0x2040), (0x2070, 0x211E),
    (0x2190, 0x23FF), (0x2500, 0x25FF), (0x2713, 0x2718), (0xFB00, 0xFB06),
)  # fmt: skip
_JOINTS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]")
_LONG = re.compile(r"\S{20,}")
_STEP = 8
_MAY_BREAK = "\u200b"  # shows nothing; a line may end there


def plain(text: str) -> str:
    """Return `text` so that nothing of it is lost or cut on paper: 🎉 reads [party popper]."""
    known = "".join(_shaped(sign) for sign in _JOINTS.sub("", unicodedata.normalize("NFC", text)))
    return _LONG.sub(_with_breaks, known)


def _shaped(sign: str) -> str:
    if sign in "\n\t" or any(first <= ord(sign) <= last for first, last in _SHAPES):
        return sign
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


def _with_breaks(long: re.Match[str]) -> str:
    word, parts = long[0], []
    while word:
        end = _STEP
        while end < len(word) and unicodedata.combining(word[end]):
            end += 1
        parts.append(word[:end])
        word = word[end:]
    return _MAY_BREAK.join(parts)
