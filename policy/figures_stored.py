"""Figures as they were stored, read back."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from policy.figures import Figures


def from_json(stored: Mapping[str, Any]) -> Figures:
    """The figures that `Figures.to_json` wrote."""
    found = _read(Figures, stored)
    assert isinstance(found, Figures)
    return found


def _read(kind: Any, value: Any) -> Any:
    """`value` as a type wants it: what these figures are made of, and nothing else."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if value is None else _read(next(each for each in parts if each is not NoneType), value)
    if origin is tuple:
        of = parts[0]
        return tuple(_read(of, each) for each in value) if parts[-1] is ... else _pair(parts, value)
    if origin is not None:  # a mapping from text
        return {name: _read(parts[1], each) for name, each in value.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _read(of, value[name]) for name, of in _hints(kind).items()})
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return kind(value) if issubclass(kind, StrEnum) else value


def _pair(parts: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    return tuple(_read(of, each) for of, each in zip(parts, value, strict=True))


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}
