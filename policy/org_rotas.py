"""How units of an ORG.json plan their rotas, and what the rotas before have left, read from the document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from policy.conditions import WEEKDAYS
from policy.org_parts import Person, Unit
from policy.org_reading import known_person
from policy.roster import Ledger, Tally
from policy.strict_json import Document, Steps


@dataclass(frozen=True, slots=True)
class FixedDays:
    """Days of the week (Monday is 0) and dates on which somebody is always in the office."""

    weekdays: frozenset[int]
    dates: frozenset[date]

    def covers(self, day: date) -> bool:
        return day in self.dates or day.weekday() in self.weekdays


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRota:
    """How one unit's rota is planned; None where the file says nothing."""

    seed: str | None = None
    target: int | None = None
    minimum: int | None = None
    needed: frozenset[str] = frozenset()
    fixed: Mapping[str, FixedDays]
    elsewhere_most: int | None = None


def rotas(document: Document, units: Mapping[str, Unit], people: Mapping[str, Person]) -> dict[str, UnitRota]:
    """The settings by unit. Raises LoaderError for a unit or person that is not there, or a unit named twice."""
    found: dict[str, UnitRota] = {}
    for index, told in enumerate(document.value.get("rotas", ())):
        steps: Steps = ("rotas", index)
        if told["unit"] not in units:
            raise document.wrong((*steps, "unit"), f"No unit has the code {told['unit']}.")
        if told["unit"] in found:
            raise document.wrong((*steps, "unit"), f"{told['unit']} stands twice in `rotas`.")
        found[told["unit"]] = UnitRota(
            seed=told.get("seed"),
            target=told.get("target"),
            minimum=told.get("office_minimum"),
            needed=frozenset(
                known_person(document, (*steps, "needed", place), each, people)
                for place, each in enumerate(told.get("needed", ()))
            ),
            fixed=_fixed(document, told, steps, people),
            elsewhere_most=told.get("elsewhere_most"),
        )
    return found


def _fixed(
    document: Document, told: Mapping[str, Any], steps: Steps, people: Mapping[str, Person]
) -> dict[str, FixedDays]:
    found: dict[str, FixedDays] = {}
    for index, each in enumerate(told.get("fixed", ())):
        at = (*steps, "fixed", index)
        person = known_person(document, (*at, "person"), each["person"], people)
        if person in found:
            raise document.wrong(at, f"{person} stands twice in `fixed`.")
        found[person] = FixedDays(
            frozenset(WEEKDAYS.index(name) for name in each.get("weekdays", ())),
            frozenset(date.fromisoformat(day) for day in each.get("dates", ())),
        )
    return found


def ledger(document: Document, people: Mapping[str, Person]) -> Ledger:
    """What the rotas before have left. Raises LoaderError for a cycle that does not begin on a Monday."""
    told = document.value.get("ledger", {"people": ()})
    cycle = date.fromisoformat(told["cycle"]) if "cycle" in told else None
    if cycle is not None and cycle.weekday() != 0:
        raise document.wrong(("ledger", "cycle"), f"{cycle} is not a Monday.")
    tallies: dict[str, Tally] = {}
    for index, each in enumerate(told["people"]):
        steps: Steps = ("ledger", "people", index)
        person = known_person(document, (*steps, "person"), each["person"], people)
        if person in tallies:
            raise document.wrong(steps, f"{person} stands twice in `ledger`.")
        tallies[person] = Tally(**{name: number for name, number in each.items() if name != "person"})
    return Ledger(cycle=cycle, tallies=tallies)
