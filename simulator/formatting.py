"""From the text parameters of a call to text with entities, within the platform's limits."""

from __future__ import annotations

from typing import Any

from simulator.entities import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Formatted,
    tidy,
    trimmed,
    utf16_length,
    with_found,
)
from simulator.errors import bad_request
from simulator.html_mode import parse_html
from simulator.markdown_mode import parse_markdown, parse_markdown_v2
from simulator.params import Params

_PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}
_GIVEN_TYPES = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic",
    "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
    "text_link", "text_mention", "custom_emoji",
}  # fmt: skip


def message_text(params: Params) -> Formatted:
    """The text of a message: 1 to 4096 UTF-16 units after its entities are parsed."""
    formatted = _formatted(params, field="text", entities="entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return formatted


def caption_text(params: Params) -> Formatted:
    """The caption of a file: at most 1024 UTF-16 units, may be empty."""
    formatted = _formatted(params, field="caption", entities="caption_entities")
    if utf16_length(formatted.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return formatted


def _formatted(params: Params, *, field: str, entities: str) -> Formatted:
    source, mode = tidy(params.text(field)), params.text("parse_mode").lower()
    if mode and mode not in _PARSERS:
        raise bad_request("unsupported parse_mode")
    if mode:
        return with_found(trimmed(_PARSERS[mode](source)))
    given = params.json(entities, what="message entities") or []
    return with_found(trimmed(Formatted(source, _checked(given))))


def _checked(given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    for entity in given:
        if not isinstance(entity, dict) or str(entity.get("type")) not in _GIVEN_TYPES:
            raise bad_request("can't parse entities: unsupported entity type specified")
        if not all(isinstance(entity.get(name), int) for name in ("offset", "length")):
            raise bad_request("can't parse entities: entity offset and length must be integers")
    return [entity for entity in given if entity["length"] > 0]
