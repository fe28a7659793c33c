"""The shifts into which circulars divide a day's people."""

from collections.abc import Mapping

from policy.model import Shifts
from policy.rota.words import Division, Hours
from policy.weighing.standing import Stand


def division_of(stands: Mapping[str, Stand], everybody: int) -> Division | None:
    """The shifts of these people, by id, on a day: one circular's, which most of them are under; None: no shifts."""
    under: dict[tuple[str, str], list[str]] = {}
    effects: dict[tuple[str, str], Shifts] = {}
    for who, standing in stands.items():
        held = standing.shifts
        if held is not None and isinstance(held.rule.then, Shifts):
            key = held.circular.id, held.rule.id
            under.setdefault(key, []).append(who)
            effects[key] = held.rule.then
    if not under:
        return None
    key = max(sorted(under), key=lambda each: len(under[each]))
    shifts, members = effects[key], frozenset(under[key])
    hours = tuple(Hours(each.name, each.arrive[0], each.leave[1]) for each in shifts.shifts)
    return Division(hours, shifts.is_even, frozenset() if len(members) == everybody else members)
