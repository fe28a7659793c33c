"""JSON read as strictly as our YAML, and held against a JSON Schema: the first error has line, path and sentence.

Only the words of draft 2020-12 that `org_schema` uses are known here: type, enum, pattern, format "date", minimum,
minItems, items, properties, required, additionalProperties, anyOf and $ref. The schema that is printed is the
one that is checked, so the two cannot drift apart.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from policy.format.strict_yaml import LoaderError

Steps = tuple[str | int, ...]  # the way to a value: ("people", 3, "unit")
Schema = Mapping[str, Any]
_NEXT = re.compile(r"[\s,:]*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DECODER = json.JSONDecoder()
_TYPES: Mapping[str, tuple[type, str]] = {
    "object": (dict, "an object {…}"),
    "array": (list, "a list […]"),
    "string": (str, 'text in quotes "…"'),
    "integer": (int, "a whole number"),
    "boolean": (bool, "true or false"),
    "null": (type(None), "null"),
}


class _Twice(dict[str, Any]):
    """An object in whose text a key stands twice."""

    key = ""


@dataclass(frozen=True)
class Document:
    """A JSON file: its value, and its text to find the line of an error."""

    file: str
    text: str
    value: Any

    def wrong(self, steps: Steps, sentence: str) -> LoaderError:
        """The error to raise for the value at the end of these steps."""
        return LoaderError(self.file, line_of(self.text, steps), f"{path_of(steps)}: {sentence}")


def path_of(steps: Steps) -> str:
    """The steps as they are written in a JSON path: $.people[3].unit."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def read(path: Path, schema: Schema) -> Document:
    """The file, which fits the schema. Raises LoaderError when it does not, is not JSON, or is not there."""
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except OSError as problem:
        raise LoaderError(file, 1, f"The file cannot be read: {problem.strerror}.") from problem
    except json.JSONDecodeError as problem:
        raise LoaderError(file, problem.lineno, f"This is not JSON: {problem.msg}.") from problem
    except UnicodeDecodeError as problem:
        raise LoaderError(file, 1, "The file is not UTF-8 text.") from problem
    except (ValueError, RecursionError) as problem:
        raise LoaderError(file, 1, f"This is not JSON: {problem}.") from problem
    document = Document(file, text, value)
    _Check(document, schema).value(value, schema, ())
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice, seen = _Twice(found), set()
    for key, _ in pairs:
        if key in seen:
            twice.key = key
        seen.add(key)
    return twice


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not a number of JSON")


@dataclass(frozen=True)
class _Check:
    document: Document
    root: Schema

    def value(self, value: Any, schema: Schema, steps: Steps) -> None:
        if "$ref" in schema:
            schema = self.root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
        if "anyOf" in schema:
            schema = self._alternative(value, schema["anyOf"], steps)
        self._type(value, schema, steps)
        if "enum" in schema and value not in schema["enum"]:
            known = ", ".join(str(word) for word in schema["enum"])
            raise self.document.wrong(steps, f"`{value}` is not one of {known}.")
        if isinstance(value, dict):
            self._object(value, schema, steps)
        elif isinstance(value, list):
            self._list(value, schema, steps)
        elif isinstance(value, str):
            self._text(value, schema, steps)
        elif isinstance(value, int) and value < schema.get("minimum", value):
            raise self.document.wrong(steps, f"{value} is less than {schema['minimum']}.")

    def _alternative(self, value: Any, choices: list[Schema], steps: Steps) -> Schema:
        """The alternative for values of this type; they differ in it."""
        for choice in choices:
            if _is_of(value, choice["type"]):
                return choice
        raise self.document.wrong(steps, f"This must be {_kinds([choice['type'] for choice in choices])}.")

    def _type(self, value: Any, schema: Schema, steps: Steps) -> None:
        wanted = schema["type"]
        if _is_of(value, wanted):
            return
        raise self.document.wrong(steps, f"This must be {_kinds([wanted])}, not {json.dumps(value)[:40]}.")

    def _object(self, value: dict[str, Any], schema: Schema, steps: Steps) -> None:
        if isinstance(value, _Twice):
            raise self.document.wrong((*steps, value.key), f"`{value.key}` stands twice.")
        known = schema["properties"]
        for key, each in value.items():
            if key not in known:
                keys = ", ".join(known)
                raise self.document.wrong((*steps, key), f"`{key}` is not a key here; the keys are {keys}.")
            self.value(each, known[key], (*steps, key))
        for key in schema.get("required", ()):
            if key not in value:
                raise self.document.wrong(steps, f"`{key}` is missing.")

    def _list(self, value: list[Any], schema: Schema, steps: Steps) -> None:
        if len(value) < schema.get("minItems", 0):
            raise self.document.wrong(steps, "The list is empty: write at least one entry.")
        for index, each in enumerate(value):
            self.value(each, schema["items"], (*steps, index))

    def _text(self, value: str, schema: Schema, steps: Steps) -> None:
        if schema.get("format") == "date" and not _is_date(value):
            raise self.document.wrong(steps, f"`{value}` is not a date that exists, written 2020-06-04.")
        if "pattern" in schema and re.search(schema["pattern"], value) is None:
            raise self.document.wrong(steps, f"`{value}` cannot stand here: {schema['description']}")


def _is_of(value: Any, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool):  # which Python also takes for a number
        return "boolean" in names
    return any(isinstance(value, _TYPES[name][0]) for name in names)


def _kinds(wanted: list[str | list[str]]) -> str:
    names = [name for each in wanted for name in ([each] if isinstance(each, str) else each)]
    return " or ".join(_TYPES[name][1] for name in names)


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def line_of(text: str, steps: Steps) -> int:
    """The line where the value at the end of these steps begins, or the nearest around it that is there."""
    at = _skip(text, 0)
    for step in steps:
        at = _inside(text, at, step)
    return text.count("\n", 0, at) + 1


def _inside(text: str, start: int, step: str | int) -> int:
    """Where the last value under that key or index begins; `start` if the value there has none."""
    if text[start] not in "[{":
        return start
    at, found, index = _skip(text, start + 1), start, 0
    while text[at] not in "]}":
        key: str | int = index
        if text[start] == "{":
            key, at = _DECODER.raw_decode(text, at)
            at = _skip(text, at)
        found = at if key == step else found
        at = _skip(text, _DECODER.raw_decode(text, at)[1])
        index += 1
    return found


def _skip(text: str, at: int) -> int:
    match = _NEXT.match(text, at)
    return match.end() if match else at
