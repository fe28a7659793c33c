"""YAML 1.2 read as it was written: every value knows its line, and none is guessed into another type."""

import re
from collections.abc import Callable, Iterable
from datetime import date, time
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Word = TypeVar("Word", bound=StrEnum)
Made = TypeVar("Made")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class LoaderError(Exception):
    """A file that cannot be used: where, and in a plain sentence what is wrong."""

    def __init__(self, file: str, line: int, sentence: str) -> None:
        super().__init__(f"{file}:{line}: {sentence}")
        self.file = file
        self.line = line
        self.sentence = sentence


class Entry:
    """One value of the file, with its line; reading it as the wrong thing raises LoaderError.

    With a list of `findings`, an error that leaves the rest readable is added there instead of being raised.
    """

    def __init__(
        self, node: Node, *, file: str, name: str, findings: list[LoaderError] | None = None
    ) -> None:
        self._node = node
        self.file = file
        self.name = name
        self.line: int = node.start_mark.line + 1
        self._findings = findings

    def wrong(self, sentence: str) -> LoaderError:
        return LoaderError(self.file, self.line, sentence)

    def note(self, problem: LoaderError) -> None:
        """Add it to the findings. Raises it where nobody collects them."""
        if self._findings is None:
            raise problem
        self._findings.append(problem)

    def attempt(self, make: Callable[["Entry"], Made], instead: Made) -> Made:
        """What `make` makes of this entry; where that is wrong, it is noted and `instead` stands in."""
        try:
            return make(self)
        except LoaderError as problem:
            self.note(problem)
            return instead

    def _inner(self, node: Node, name: str) -> "Entry":
        return Entry(node, file=self.file, name=name, findings=self._findings)

    def mapping(self, *, needs: Iterable[str] = (), may: Iterable[str] | None = None) -> dict[str, "Entry"]:
        """The entry's keys: all of `needs`, and beyond them only those in `may` (any, if None)."""
        if not isinstance(self._node, MappingNode):
            raise self.wrong(f"`{self.name}` must be a list of keys with values.")
        needed = tuple(needs)
        known = None if may is None else {*needed, *may}
        found: dict[str, Entry] = {}
        for key_node, value_node in self._node.value:
            key = self._inner(key_node, "key").text()
            entry = self._inner(value_node, key)
            entry.line = key_node.start_mark.line + 1
            if key in found:
                self.note(entry.wrong(f"`{key}` stands twice in `{self.name}`."))
            elif known is not None and key not in known:
                self.note(entry.wrong(_unknown(key, self.name, known)))
            else:
                found[key] = entry
        missing = [self.wrong(f"`{self.name}` has no `{key}`.") for key in needed if key not in found]
        for problem in missing[:-1]:
            self.note(problem)
        if missing:
            raise missing[-1]
        return found

    def entries(self) -> list["Entry"]:
        """The items of a list."""
        if not isinstance(self._node, SequenceNode):
            raise self.wrong(f"`{self.name}` must be a list.")
        return [self._inner(node, self.name) for node in self._node.value]

    def named_entries(self, key: str) -> list["Entry"]:
        """The items of a list that is not empty, whose `key` tells them apart."""
        entries = self.entries()
        if not entries:
            raise self.wrong(f"`{self.name}` is empty: leave it out, or write at least one entry.")
        seen: set[str] = set()
        for entry in entries:
            name = entry.mapping(needs=(key,))[key].text()
            if name in seen:
                self.note(entry.wrong(f"Two entries of `{self.name}` are called `{name}`."))
            seen.add(name)
        return entries

    def each(self, make: Callable[["Entry"], Made], *, named: str) -> tuple[Made, ...]:
        """What `make` makes of the items told apart by `named`; one that is wrong is noted and left out."""
        none: list[Entry] = []
        self.attempt(lambda entry: entry.named_entries(named), none)
        made: list[Made] = []
        for item in self.attempt(Entry.entries, none):
            item.attempt(lambda entry: made.append(make(entry)), None)
        return tuple(made)

    def text(self) -> str:
        """Words. A bare number, date or true/false is refused, since YAML would change how it reads."""
        node = self._node
        if not isinstance(node, ScalarNode):
            raise self.wrong(f"`{self.name}` must be text.")
        kind = str(node.tag).rsplit(":", 1)[-1]
        if kind == "null" or not node.value.strip():
            raise self.wrong(f"`{self.name}` is empty.")
        if kind != "str":
            raise self.wrong(
                f'`{self.name}` is read as {_KINDS.get(kind, kind)}; write it in quotes: "{node.value}".'
            )
        return str(node.value).strip()

    def quoted(self) -> str:
        """Words in quotes: what looks like a time or a share is too easily read as a number without them."""
        if isinstance(self._node, ScalarNode) and self._node.style not in ("'", '"'):
            raise self.wrong(f'`{self.name}` is written in quotes: "{self.raw()}".')
        return self.text()

    def texts(self) -> tuple[str, ...]:
        """One text, or a list of them."""
        if isinstance(self._node, SequenceNode):
            return tuple(entry.text() for entry in self.entries())
        return (self.text(),)

    def values(self) -> tuple[str, ...]:
        """One value or a list of them, where a date or a number stands for itself: 2020-06-15, 4."""
        if isinstance(self._node, SequenceNode):
            return tuple(entry._value() for entry in self.entries())
        return (self._value(),)

    def _value(self) -> str:
        return self.raw() if _DATE.fullmatch(self.raw()) or self.raw().isdigit() else self.text()

    def date(self) -> date:
        text = self.raw()
        try:
            return date.fromisoformat(text if _DATE.fullmatch(text) else "")
        except ValueError:
            raise self.wrong(
                f"`{self.name}` is not a date that exists, written 2020-06-04: {text}."
            ) from None

    def time(self) -> time:
        """A time of day in quotes: "07.30"."""
        text = self.text()
        try:
            hour, minute = text.split(".")
            return time(int(hour), int(minute))
        except ValueError:
            raise self.wrong(f'`{self.name}` is not a time of day, written "07.30": {text}.') from None

    def whole(self) -> int:
        """A whole number, 0 or more, written as digits."""
        text = self.raw()
        if not text.isdigit():
            raise self.wrong(f"`{self.name}` is not a whole number: {text}.")
        return int(text)

    def flag(self) -> bool:
        text = self.raw()
        if text not in ("true", "false"):
            raise self.wrong(f"`{self.name}` must be true or false, not {text}.")
        return text == "true"

    def word(self, words: type[Word]) -> Word:
        """One of a closed list."""
        text = self.text()
        try:
            return words(text)
        except ValueError:
            known = ", ".join(words)
            raise self.wrong(f"`{self.name}` cannot be {text}; it is one of {known}.") from None

    def words(self, words: type[Word]) -> tuple[Word, ...]:
        """One or several of a closed list."""
        if isinstance(self._node, SequenceNode):
            return tuple(entry.word(words) for entry in self.entries())
        return (self.word(words),)

    def one_of(self, *known: str) -> str:
        text = self.text()
        if text not in known:
            raise self.wrong(f"`{self.name}` cannot be {text}; it is one of {', '.join(known)}.")
        return text

    def raw(self) -> str:
        """The characters of one single value, whatever YAML takes them for."""
        if not isinstance(self._node, ScalarNode) or not self._node.value.strip():
            raise self.wrong(f"`{self.name}` is empty, or not one single value.")
        return str(self._node.value).strip()


def _unknown(key: str, where: str, known: set[str]) -> str:
    near = get_close_matches(key, sorted(known), n=1)
    hint = f" (did you mean `{near[0]}`?)" if near else ""
    return f"`{key}` is not a key of `{where}`{hint}; the keys are {', '.join(sorted(known))}."


_KINDS = {"int": "a number", "float": "a number", "bool": "true or false", "timestamp": "a date"}


def read(path: Path) -> Entry:
    """The whole file as one entry. Raises LoaderError when it is not there, or not YAML."""
    return read_text(text_of(path), file=str(path))


def text_of(path: Path) -> str:
    """What is written in the file. Raises LoaderError when it is not there, or not text."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as problem:
        raise LoaderError(str(path), 1, f"The file cannot be read: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise LoaderError(str(path), 1, "The file is not UTF-8 text.") from problem


def read_text(text: str, *, file: str, findings: list[LoaderError] | None = None) -> Entry:
    """A YAML text as one entry. Raises LoaderError when it is not YAML.

    With `findings`, what else is wrong is collected there as far as the rest can still be read.
    """
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else 1
        raise LoaderError(file, line, f"This is not YAML: {problem.problem or problem.context}.") from problem
    except YAMLError as problem:
        raise LoaderError(file, 1, f"This is not YAML: {problem}.") from problem
    if node is None:
        raise LoaderError(file, 1, "The file is empty.")
    return Entry(node, file=file, name=Path(file).name, findings=findings)
