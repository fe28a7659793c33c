"""Text as Telegram counts it (UTF-16 units), and the entities that it finds by itself in plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100

_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{2,31})?(?![\w/]))"
    r"|(?P<email>\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b)"
    r"|(?P<url>\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)\]]|\b(?:[a-z0-9-]+\.)+(?:id|com|org|net|go\.id)\b(?:/[^\s<>\"]*)?)"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}\b)"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text without marks, and its entities with offsets in UTF-16 units."""

    text: str
    entities: list[dict[str, Any]]


def utf16_length(text: str) -> int:
    """UTF-16 units of a text, which is how Telegram counts its limits and offsets."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def has_lone_surrogates(text: str) -> bool:
    return any(0xD800 <= ord(character) <= 0xDFFF for character in text)


def tidy(text: str) -> str:
    """What the platform does to every text: no carriage returns, control characters become spaces."""
    return _CONTROLS.sub(" ", text.replace("\r", ""))


def find_entities(text: str) -> list[dict[str, Any]]:
    """Commands, links, mentions and hashtags in plain text, as the platform marks them."""
    found = []
    for match in _FOUND.finditer(text):
        kind = str(match.lastgroup)
        start = utf16_length(text[: match.start()])
        found.append({"offset": start, "length": utf16_length(match.group()), "type": kind})
    return found


def trimmed(formatted: Formatted) -> Formatted:
    """Without white space at both ends, entities moved along and cut to what is left."""
    lead = len(formatted.text) - len(formatted.text.lstrip())
    text = formatted.text.strip()
    shift, end = utf16_length(formatted.text[:lead]), utf16_length(text)
    kept = []
    for entity in formatted.entities:
        start = max(0, entity["offset"] - shift)
        stop = min(end, entity["offset"] + entity["length"] - shift)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return Formatted(text, kept)


def with_found(formatted: Formatted) -> Formatted:
    """The given entities plus those found in the text where none was given, at most a hundred."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in formatted.entities]
    extra = [
        entity
        for entity in find_entities(formatted.text)
        if all(
            entity["offset"] >= stop or entity["offset"] + entity["length"] <= start for start, stop in taken
        )
    ]
    merged = sorted(formatted.entities + extra, key=lambda item: (item["offset"], -item["length"]))
    return Formatted(formatted.text, merged[:ENTITY_LIMIT])
