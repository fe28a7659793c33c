"""How units of an ORG.json plan their rotas, and what the rotas before have left, read from the document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from policy.conditions import WEEKDAYS
from policy.format.strict_json import Document, Steps
from policy.model import Arrangement
from policy.org.parts import Unit
from policy.org.reading import known_person
from policy.roster import Ledger, Tally
from policy.rota.order import Need

Told = Mapping[str, Any]
_Weekdays = dict[str, frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRota:
    """How one unit's rota is planned, in the words of policy.rota.order; `seed` None: the file's."""

    seed: str | None
    target: int | None
    minimum: int | None
    services: tuple[Need, ...]
    needed: frozenset[str]
    fixed: Mapping[str, frozenset[int]]
    fixed_home: Mapping[str, frozenset[int]]
    wishes: Mapping[str, frozenset[date]]
    elsewhere: Arrangement


def rotas(document: Document, units: Mapping[str, Unit], people: Mapping[str, str]) -> dict[str, UnitRota]:
    """The settings by unit. Raises LoaderError for a unit or person that is not there, or a unit named twice."""
    found: dict[str, UnitRota] = {}
    for index, told in enumerate(document.value.get("rotas", ())):
        steps: Steps = ("rotas", index)
        if told["unit"] not in units:
            raise document.wrong((*steps, "unit"), f"No unit has the code {told['unit']}.")
        if told["unit"] in found:
            raise document.wrong((*steps, "unit"), f"{told['unit']} stands twice in `rotas`.")
        found[told["unit"]] = _Reading(document, people, steps).rota(told)
    return found


@dataclass(frozen=True)
class _Reading:
    document: Document
    people: Mapping[str, str]
    steps: Steps

    def rota(self, told: Told) -> UnitRota:
        office, home, wishes = self._days(told)
        return UnitRota(
            seed=told.get("seed"),
            target=told.get("target"),
            minimum=told.get("office_minimum"),
            services=tuple(self._service(each, at) for at, each in enumerate(told.get("services", ()))),
            needed=self._known(told.get("needed", ()), ("needed",)),
            fixed=office,
            fixed_home=home,
            wishes=wishes,
            elsewhere=Arrangement(told.get("elsewhere", Arrangement.WFH)),
        )

    def _service(self, told: Told, index: int) -> Need:
        people = self._known(told["people"], ("services", index, "people"))
        return Need(name=told["name"], people=people, count=told["count"])

    def _known(self, named: Iterable[str], way: Steps) -> frozenset[str]:
        return frozenset(self._person(each, (*way, index)) for index, each in enumerate(named))

    def _person(self, named: str, way: Steps) -> str:
        return known_person(self.document, (*self.steps, *way), named, self.people)

    def _days(self, told: Told) -> tuple[_Weekdays, _Weekdays, dict[str, frozenset[date]]]:
        """Weekdays always in the office, weekdays never, and days on which they asked to be elsewhere."""
        office: _Weekdays = {}
        home: _Weekdays = {}
        wishes: dict[str, frozenset[date]] = {}
        for index, each in enumerate(told.get("days", ())):
            who = self._person(each["person"], ("days", index, "person"))
            if who in office:
                raise self.document.wrong((*self.steps, "days", index), f"{who} stands twice in `days`.")
            office[who] = _weekdays(each.get("office", ()))
            home[who] = _weekdays(each.get("home", ()))
            wishes[who] = frozenset(date.fromisoformat(day) for day in each.get("wishes", ()))
        return office, home, wishes


def _weekdays(names: Iterable[str]) -> frozenset[int]:
    return frozenset(WEEKDAYS.index(name) for name in names)


def ledger(document: Document, people: Mapping[str, str]) -> Ledger:
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
