"""The list from which anybody recomputes a rota, as canonical JSON text; and the promise made before the draw.

How a rota is proved fair: (1) the unit fixes the order and draws a seed that nobody can guess (16 random bytes or
more, in hex); (2) it publishes `commitment(seed, order)` before the rota; (3) with the rota it publishes the seed
and `order_out(published(order))`. Then anybody can see that seed and list are those promised (the commitment is
over the published list), and `recompute` gives the same seats. Nobody could try seeds until a friend is spared
without the promise changing, and nobody could choose the list after the seed was known.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from enum import StrEnum
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from policy.roster import plan
from policy.rota.words import Because, Limit, Member, Order, Rota, Slot

_T = TypeVar("_T", Order, Rota)


def order_out(order: Order) -> str:
    """The order as JSON text: keys sorted, what is left at its default left out. order_in gives it back, equal."""
    return _text(_out(order))


def order_in(text: str) -> Order:
    """The order that a text holds. Raises ValueError, with a sentence, for a text that is no order."""
    return _read(Order, text)


def rota_out(rota: Rota) -> str:
    """The rota as JSON text, in the same form."""
    return _text(_out(rota))


def rota_in(text: str) -> Rota:
    """The rota that a text holds. Raises ValueError, with a sentence, for a text that is no rota."""
    return _read(Rota, text)


def recompute(order_text: str) -> str:
    """The rota that follows from a published list, as JSON text: what anybody can check."""
    return rota_out(plan(order_in(order_text)))


def published(order: Order) -> Order:
    """The order as it may be read by the whole unit: the same seats follow from it, day by day.

    Away and settled elsewhere become one ("away"): leave, illness, the health gate, a head's letter and a circular's
    WFH for one person look alike. `home_first` stays, since the draw rests on it; it says "ketentuan pribadi", and
    it is one class for age, health, pregnancy and whatever else puts somebody first for home, so which of them it is
    cannot be read off. So does `office_first`: it is one class for people whom a service needs and people who may
    have no day elsewhere, whether new in their post or for a reason of discipline. What can be inferred: that somebody
    could not be called on a day, that some provision puts them first for home or for the office, and, from their
    credited tally, that they could not be called before.
    """
    members = tuple(sorted((_opaque(member) for member in order.members), key=lambda each: each.id))
    told = {
        day: {who: replace(places[who], because=Because.PUBLISHED) for who in sorted(places)}
        for day, places in sorted(order.published.items())
    }
    limits = tuple(sorted(order.limits, key=_limit_key))
    return replace(order, days=tuple(sorted(order.days)), members=members, limits=limits, published=told)


def _opaque(member: Member) -> Member:
    hidden = {day: Slot.AWAY if slot is Slot.HOME else slot for day, slot in member.slots.items()}
    return replace(member, slots={day: hidden[day] for day in sorted(hidden) if hidden[day] is not Slot.FREE})


def _limit_key(limit: Limit) -> str:
    return _text(_out(limit))


def commitment(seed: str, order: Order) -> str:
    """The promise to publish before the draw: SHA-256, in hex, over seed and published list, a line each."""
    return sha256(f"{seed}\n{order_out(replace(published(order), seed=''))}".encode()).hexdigest()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _out(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: _out(one) for each, one in pairs if not _is_default(each, one)}
    if isinstance(value, Mapping):
        return {str(_out(key)): _out(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(_out(one) for one in value)
    if isinstance(value, tuple):
        return [_out(one) for one in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _is_default(of: Any, value: object) -> bool:
    if callable(of.default_factory):
        return bool(value == of.default_factory())
    return bool(value == of.default)


def _read(kind: type[_T], text: str) -> _T:
    try:
        found = _in(kind, json.loads(text))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ValueError(f"This is not a list of the form {kind.__name__}: {error}") from error
    assert isinstance(found, kind)
    return found


def _in(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if value is None else _in(next(each for each in inner if each is not NoneType), value)
    if origin is tuple:
        return tuple(_in(inner[0], each) for each in value)
    if origin is frozenset:
        return frozenset(_in(inner[0], each) for each in value)
    if origin is not None:
        return {_in(inner[0], key): _in(inner[1], each) for key, each in value.items()}
    if is_dataclass(kind):
        return _in_dataclass(kind, value)
    if issubclass(kind, date | time):
        return kind.fromisoformat(value)
    if issubclass(kind, StrEnum):
        return kind(value)
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value


def _in_dataclass(kind: Any, value: dict[str, Any]) -> Any:
    types = _types(kind)
    if unknown := sorted(set(value) - set(types)):
        raise KeyError(f"{kind.__name__} has no {', '.join(unknown)}")
    return kind(**{name: _in(types[name], each) for name, each in value.items()})


@cache
def _types(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
