"""parse_mode MarkdownV2 and the old Markdown: refused where Telegram refuses, shown otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simulator.entities import Formatted, utf16_length
from simulator.errors import ApiError, bad_request
from simulator.html_mode import link_entity

_RESERVED = set("_*[]()~`>#+-=|{}.!")
_MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
}


@dataclass(slots=True)
class _Reading:
    source: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    offset: int = 0
    stack: list[tuple[str, int, int]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def put(self, text: str) -> None:
        self.out.append(text)
        self.offset += utf16_length(text)

    def byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def close(self, kind: str, start: int) -> dict[str, Any]:
        entity = {"offset": start, "length": self.offset - start, "type": kind}
        if self.offset > start:
            self.entities.append(entity)
        return entity

    def formatted(self) -> Formatted:
        ordered = sorted(self.entities, key=lambda item: (item["offset"], -item["length"]))
        return Formatted("".join(self.out), ordered)


def _refusal(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")


def parse_markdown_v2(source: str) -> Formatted:
    """Text and entities of MarkdownV2; ApiError 400 for a bare reserved character or an open mark."""
    reading = _Reading(source)
    while reading.at < len(source):
        character = source[reading.at]
        if character == "\\" and reading.at + 1 < len(source) and ord(source[reading.at + 1]) <= 126:
            reading.put(source[reading.at + 1])
            reading.at += 2
        elif character in _RESERVED:
            _read_mark(reading)
        else:
            reading.put(character)
            reading.at += 1
    if reading.stack:
        kind, _, begin = reading.stack[-1]
        raise _refusal(f"Can't find end of {_NAMES[kind]} entity at byte offset {begin}")
    return reading.formatted()


def _read_mark(reading: _Reading) -> None:
    source, at = reading.source, reading.at
    mark = next((mark for mark in ("__", "||", "*", "_", "~") if source.startswith(mark, at)), None)
    if source[at] == "`":
        _read_code(reading)
    elif mark is not None:
        _toggle(reading, mark)
    elif source[at] == "[":
        reading.stack.append(("text_link", reading.offset, reading.byte(at)))
        reading.at += 1
    elif source[at] == "]" and reading.stack and reading.stack[-1][0] == "text_link":
        _read_link_end(reading)
    elif source[at] == ">" and (at == 0 or source[at - 1] == "\n"):
        reading.at += 1
    else:
        raise _refusal(f"Character '{source[at]}' is reserved and must be escaped with the preceding '\\'")


def _toggle(reading: _Reading, mark: str) -> None:
    kind = _MARKS[mark]
    if reading.stack and reading.stack[-1][0] == kind:
        _, start, _ = reading.stack.pop()
        reading.close(kind, start)
    else:
        reading.stack.append((kind, reading.offset, reading.byte(reading.at)))
    reading.at += len(mark)


def _read_code(reading: _Reading) -> None:
    source, at = reading.source, reading.at
    fence = "```" if source.startswith("```", at) else "`"
    kind = "pre" if len(fence) == 3 else "code"
    end = source.find(fence, at + len(fence))
    if end < 0:
        raise _refusal(f"Can't find end of {_NAMES[kind]} entity at byte offset {reading.byte(at)}")
    start, body = reading.offset, source[at + len(fence) : end]
    first, _, rest = body.partition("\n")
    language = first if kind == "pre" and rest and first and not first.count(" ") else ""
    reading.put((rest if language else body).replace("\\`", "`").replace("\\\\", "\\"))
    reading.close(kind, start).update({"language": language} if language else {})
    reading.at = end + len(fence)


def _read_link_end(reading: _Reading) -> None:
    source, at = reading.source, reading.at
    _, start, begin = reading.stack.pop()
    entity = {"offset": start, "length": reading.offset - start}
    if not source.startswith("(", at + 1):
        link_entity(reading.entities, entity, "".join(reading.out)[-entity["length"] :])
        reading.at += 1
        return
    end = source.find(")", at + 2)
    if end < 0:
        raise _refusal(f"Can't find end of a URL at byte offset {begin}")
    if entity["length"]:
        link_entity(reading.entities, entity, source[at + 2 : end].replace("\\", ""))
    reading.at = end + 1


def parse_markdown(source: str) -> Formatted:
    """Text and entities of the old Markdown: bold, italic, code and links, no nesting."""
    reading = _Reading(source)
    while reading.at < len(source):
        character = source[reading.at]
        if character == "\\" and source[reading.at + 1 : reading.at + 2] in tuple("_*`["):
            reading.put(source[reading.at + 1])
            reading.at += 2
        elif character in "_*`[":
            _read_old_mark(reading)
        else:
            reading.put(character)
            reading.at += 1
    return reading.formatted()


def _read_old_mark(reading: _Reading) -> None:
    source, at = reading.source, reading.at
    mark = "```" if source.startswith("```", at) else source[at]
    end = source.find("]" if mark == "[" else mark, at + len(mark))
    if end < 0:
        raise _refusal(f"Can't find end of the entity starting at byte offset {reading.byte(at)}")
    start = reading.offset
    reading.put(source[at + len(mark) : end])
    reading.at = end + (1 if mark == "[" else len(mark))
    if mark != "[":
        reading.close({"*": "bold", "_": "italic", "`": "code", "```": "pre"}[mark], start)
        return
    stop = source.find(")", reading.at)
    if source.startswith("(", reading.at) and stop > 0:
        entity = {"offset": start, "length": reading.offset - start}
        link_entity(reading.entities, entity, source[reading.at + 1 : stop])
        reading.at = stop + 1
