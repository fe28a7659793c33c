"""parse_mode HTML: Telegram's own few tags, refused in Telegram's words where it would refuse."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from simulator.entities import Formatted, has_lone_surrogates, utf16_length
from simulator.errors import ApiError, bad_request

_SIMPLE = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAGS = {*_SIMPLE, "a", "tg-emoji"}
_REFERENCE = re.compile(
    r"&(?:#x(?P<hex>[0-9a-fA-F]{1,6})|#(?P<dec>\d{1,7})|(?P<name>lt|gt|amp|quot)(?![a-zA-Z]));?"
)
_NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"\s*(?P<name>[^\s=>]*)\s*(?P<equal>=?)\s*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int
    is_expandable: bool = False


@dataclass(slots=True)
class _Reading:
    source: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    offset: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def put(self, text: str) -> None:
        self.out.append(text)
        self.offset += utf16_length(text)

    def byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))


def parse_html(source: str) -> Formatted:
    """Text and entities of Telegram's HTML; ApiError 400 with the byte offset of what is wrong."""
    reading = _Reading(source)
    while reading.at < len(source):
        character = source[reading.at]
        if character == "&":
            _read_reference(reading)
        elif character == "<":
            _read_tag(reading)
        else:
            stop = _next_mark(source, reading.at)
            reading.put(source[reading.at : stop])
            reading.at = stop
    if reading.stack:
        tag = reading.stack[-1].tag
        raise _refusal(f'Can\'t find end tag corresponding to start tag "{tag}"')
    text = "".join(reading.out)
    if has_lone_surrogates(text):
        raise _refusal(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    for entity in reading.entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return Formatted(text, sorted(reading.entities, key=lambda item: (item["offset"], -item["length"])))


def _refusal(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")


def _next_mark(source: str, start: int) -> int:
    marks = [at for at in (source.find("<", start), source.find("&", start)) if at >= 0]
    return min(marks, default=len(source))


def decoded(text: str) -> str:
    """Character references replaced; unknown ones stay as they are, as with the real one."""
    return _REFERENCE.sub(lambda match: _character(match) or match.group(), text)


def _character(match: re.Match[str]) -> str:
    if match["name"]:
        return _NAMES[match["name"]]
    code = int(match["hex"], 16) if match["hex"] else int(match["dec"])
    return chr(code) if 0 < code < 0x10FFFF else ""


def _read_reference(reading: _Reading) -> None:
    match = _REFERENCE.match(reading.source, reading.at)
    character = _character(match) if match else ""
    reading.put(character or "&")
    reading.at = match.end() if match and character else reading.at + 1


def _read_tag(reading: _Reading) -> None:
    if reading.source.startswith("</", reading.at):
        _read_end_tag(reading)
    else:
        _read_start_tag(reading)


def _read_start_tag(reading: _Reading) -> None:
    begin, source = reading.at, reading.source
    offset = reading.byte(begin)
    match = re.compile(r"[^\s>]*").match(source, begin + 1)
    end = match.end() if match else begin + 1
    if end >= len(source):
        raise _refusal(f"Unclosed start tag at byte offset {offset}")
    tag = source[begin + 1 : end].lower()
    if tag not in _TAGS:
        raise _refusal(f'Unsupported start tag "{tag}" at byte offset {offset}')
    attributes, reading.at = _read_attributes(source, end, tag=tag, offset=offset, reading=reading)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    opened = _Open(tag, _argument(tag, attributes), reading.offset, len("".join(reading.out)))
    opened.is_expandable = tag == "blockquote" and "expandable" in attributes
    reading.stack.append(opened)


def _read_attributes(
    source: str, at: int, *, tag: str, offset: int, reading: _Reading
) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while True:
        match = _ATTRIBUTE.match(source, at)
        assert match is not None
        at = match.end()
        if not match["name"] and not match["equal"] and source.startswith(">", at):
            return found, at + 1
        if at >= len(source):
            raise _refusal(f'Unclosed start tag "{tag}" at byte offset {offset}')
        if not match["name"]:
            raise _refusal(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
        if not match["equal"]:
            found[match["name"].lower()] = ""
            continue
        found[match["name"].lower()], at = _read_value(source, at, offset=offset, reading=reading)


def _read_value(source: str, at: int, *, offset: int, reading: _Reading) -> tuple[str, int]:
    if source[at] in "'\"":
        end = source.find(source[at], at + 1)
        if end < 0 or end + 1 >= len(source):
            raise _refusal(f"Unclosed start tag at byte offset {offset}")
        return decoded(source[at + 1 : end]), end + 1
    match = _TOKEN.match(source, at)
    end = match.end() if match else at
    if end >= len(source):
        raise _refusal(f"Unclosed start tag at byte offset {offset}")
    if source[end] != ">" and not source[end].isspace():
        raise _refusal(f"Unexpected end of name token at byte offset {reading.byte(at)}")
    return source[at:end].lower(), end


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "code":
        return attributes.get("class", "").removeprefix("language-")
    return attributes.get("emoji-id", "") if tag == "tg-emoji" else ""


def _read_end_tag(reading: _Reading) -> None:
    begin, source = reading.at, reading.source
    offset = reading.byte(begin)
    if not reading.stack:
        raise _refusal(f"Unexpected end tag at byte offset {offset}")
    match = re.compile(r"</([^\s>]*)\s*").match(source, begin)
    assert match is not None
    if not source.startswith(">", match.end()):
        raise _refusal(f"Unclosed end tag at byte offset {offset}")
    opened, name = reading.stack[-1], match[1].lower()
    if name and name != opened.tag:
        raise _refusal(
            f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{name}>"'
        )
    reading.stack.pop()
    reading.at = match.end() + 1
    if reading.offset > opened.offset:
        _close(reading, opened)


def _close(reading: _Reading, opened: _Open) -> None:
    entity: dict[str, Any] = {"offset": opened.offset, "length": reading.offset - opened.offset}
    if opened.tag == "a":
        link_entity(reading.entities, entity, opened.argument or "".join(reading.out)[opened.start :])
        return
    if opened.tag == "tg-emoji":
        if not opened.argument.isdigit() or int(opened.argument) == 0:
            raise _refusal("Invalid custom emoji identifier specified")
        reading.entities.append({**entity, "type": "custom_emoji", "custom_emoji_id": opened.argument})
        return
    kind = "expandable_blockquote" if opened.is_expandable else _SIMPLE[opened.tag]
    if opened.tag == "pre" and _is_code_inside(reading.entities, entity):
        reading.entities[-1]["type"] = "pre"
        return
    language = {"language": opened.argument} if opened.tag == "code" and opened.argument else {}
    reading.entities.append({**entity, "type": kind, **language})


def _is_code_inside(entities: list[dict[str, Any]], entity: dict[str, Any]) -> bool:
    last = entities[-1] if entities else {}
    return last.get("type") == "code" and all(last[name] == entity[name] for name in ("offset", "length"))


def link_entity(entities: list[dict[str, Any]], entity: dict[str, Any], url: str) -> None:
    """Append a link or a mention of a user; an address that is neither, or a link over nothing, leaves plain text."""
    if not entity["length"]:
        return
    user = re.fullmatch(r"tg://user\?id=(\d+)", url)
    if user:
        mentioned = {"id": int(user[1]), "is_bot": False, "first_name": user[1]}
        entities.append({**entity, "type": "text_mention", "user": mentioned})
    elif re.match(r"(?:https?://|tg://|mailto:|tel:)?[^\s/]+\.?[^\s]*$", url):
        address = url if "://" in url or ":" in url else f"http://{url}/"
        entities.append({**entity, "type": "text_link", "url": address})
