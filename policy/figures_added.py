"""Figures of several units as one: those that one head leads, and those below that have heads of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from policy.figures import Below, Changes, Figures, Tally


def rolled_up(children: Sequence[Figures], *, pending: int, headless: int) -> Below | None:
    """The units directly below as one; each with all that is below it. None if there are none."""
    if not children and not pending:
        return None
    parts: list[Figures | Below] = [*children, *(each.below for each in children if each.below)]
    worst = sorted(
        ((each.units[0], _missing(each)) for each in children), key=lambda pair: (-pair[1], pair[0])
    )
    return Below(
        units=len(children) + pending + sum(each.below.units for each in children if each.below),
        pending=pending + sum(each.below.pending for each in children if each.below),
        headless=headless + sum(each.below.headless for each in children if each.below),
        people=sum(each.people for each in parts),
        places=_added(each.places for each in parts),
        owed=_summed(each.owed for each in parts),
        not_fit=sum(each.not_fit for each in parts),
        missing=sum(map(_missing, children)),
        worst=tuple(worst),
    )


def _missing(figures: Figures) -> int:
    return len(figures.missing) + (figures.below.missing if figures.below else 0)


def merged(all_: Sequence[Figures]) -> Figures:
    """The figures of several units that one person leads, as one; the first names the digest."""
    first, *more = all_
    for each in more:
        first = _two(first, each)
    return first


def _two(one: Figures, two: Figures) -> Figures:
    changes = Changes(
        absences=one.changes.absences + two.changes.absences,
        streaks=one.changes.streaks + two.changes.streaks,
        seats=one.changes.seats + two.changes.seats,
        outages=one.changes.outages or two.changes.outages,
        forgiven=one.changes.forgiven + two.changes.forgiven,
    )
    return replace(
        one,
        units=one.units + two.units,
        people=one.people + two.people,
        places=_added([one.places, two.places]),
        owed=_summed([one.owed, two.owed]),
        days=dict(sorted(_summed([one.days, two.days]).items())),
        not_fit=one.not_fit + two.not_fit,
        missing=one.missing + two.missing,
        barred=one.barred + two.barred,
        changes=changes,
        waiting=max(one.waiting, two.waiting),  # it is the head's own list, the same for each of their units
        below=one.below or two.below,
    )


def _added(all_: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in all_:
        for name, count in each.items():
            found[name] = found.get(name, 0) + count
    return found


def _summed(all_: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for each in all_:
        for name, tally in each.items():
            found[name] = found.get(name, Tally()) + tally
    return found
