"""The nine circulars and the engine against `law_oracle`, which was written from the texts without looking at them."""

from collections import defaultdict
from dataclasses import fields
from fractions import Fraction
from math import ceil, floor
from random import Random

import pytest

from policy.engine import decide
from policy.model import Facts
from policy.weighing.quotas import groups
from tests.policy.law_grids import (
    COLOURS,
    GRIDS,
    LEVELS,
    PAID,
    PERMEN,
    PPKM,
    S0,
    S1,
    S2,
    S3,
    SE25,
    SE65,
    SE67,
    SEPTEMBER,
    TABLE_25,
    TODAY,
    UNITS,
    Grid,
    days,
    facts_of,
    grid,
    people,
)
from tests.policy.law_oracle import Who, counted, expected

PLACES = [("u.1", "u"), ("u.2", "u"), ("w.1", "w")]
Counts = list[tuple[str, str, list[str], int, int | None]]


def answer(facts: Facts) -> str | None:
    verdict = decide(facts)
    is_covered = not any(reason.key == "no_circular" for reason in verdict.reasons)
    return verdict.arrangement.value if is_covered else None


def told(who: Who) -> str:
    values = ((field.name, getattr(who, field.name), field.default) for field in fields(who))
    return ", ".join(f"{name}={value}" for name, value, usual in values if value != usual)


@pytest.mark.parametrize(("names", "grid"), GRIDS, ids=["+".join(names) for names, _ in GRIDS])
def test_the_engine_says_what_the_texts_say(names: tuple[str, ...], grid: Grid) -> None:
    differing = [
        f"{told(who)}: the text gives {wanted}, the engine {given}"
        for who in people(grid)
        if (wanted := expected(who, names)) != (given := answer(facts_of(who, names)))
    ]
    assert not differing, f"{len(differing)} differ:\n" + "\n".join(differing[:40])


# Everybody in a crowd is in one region on one day; what differs is who they are and what their unit is.
OF_REGION = ("on", "region", "zone", "psbb", "ppkm", "island", "jabodetabek", "status", "urgent")
CROWDS: list[tuple[tuple[str, ...], Grid]] = [
    ((S1,), grid(LEVELS, PAID, on=days("2020-06-15"), region=["Kalimantan Timur"])),
    ((S3,), grid(PPKM, UNITS, LEVELS, turn=[None])),
    ((SE65, SE67), grid(COLOURS, PAID, LEVELS, on=SEPTEMBER, jabodetabek=[True, False])),
    ((S0, S2, SE67), grid(COLOURS, PAID, LEVELS, on=SEPTEMBER, psbb=[True, False])),
    ((S1, SE67), grid(COLOURS, PAID, LEVELS, on=SEPTEMBER, region=["Kalimantan Timur"])),
    ((S3, SE67), grid(PPKM, UNITS, zone=["merah", "oranye"])),
    ((SE25,), grid(TABLE_25, PAID)),
    ((PERMEN,), grid(PAID, LEVELS, on=TODAY)),
]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("names", "grid"), CROWDS, ids=["+".join(names) for names, _ in CROWDS])
def test_a_unit_is_counted_as_the_texts_count_it(names: tuple[str, ...], grid: Grid, seed: int) -> None:
    crowd = _crowd(grid, Random(seed))
    found = groups({name: facts_of(who, names, unit, office) for name, (who, unit, office) in crowd.items()})
    given = [(one.circular.id, one.scope, sorted(one.members), one.cap, one.floor) for one in found]
    assert sorted(given, key=str) == sorted(_by_the_texts(crowd, names), key=str)


def _crowd(grid: Grid, chance: Random) -> dict[str, tuple[Who, str, str]]:
    region = {name: chance.choice(grid[name]) for name in OF_REGION if name in grid}
    return {
        f"p{number:02}": (
            Who(**{name: chance.choice(values) for name, values in grid.items()} | region),
            *PLACES[number % 3],
        )
        for number in range(70)
    }


def _by_the_texts(crowd: dict[str, tuple[Who, str, str]], names: tuple[str, ...]) -> Counts:
    found: dict[tuple[str, str, str, Fraction, bool], list[str]] = defaultdict(list)
    for name, (who, unit, office) in crowd.items():
        for text, says in counted(who, names):
            assert says.share is not None
            scope = office if says.of == "office" else unit
            found[text, scope, says.whose, says.share, says.is_exact].append(name)
    return [
        (text, scope, members, *_limits(share * len(members), is_exact=is_exact))
        for (text, scope, _, share, is_exact), members in found.items()
    ]


def _limits(exact: Fraction, *, is_exact: bool) -> tuple[int, int | None]:
    """No text says how it rounds: a cap is not exceeded, and exactly half of an odd number is either neighbour."""
    return (ceil(exact), floor(exact)) if is_exact else (floor(exact), None)
