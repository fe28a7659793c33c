"""An organisation from a file: ORG.json -> everybody's Facts for a day, as the database would give them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path

from policy import nip as nips
from policy.book import oldest_first
from policy.calendar import AgencyCalendar, zone_named
from policy.format.strict_json import read
from policy.format.strict_yaml import LoaderError
from policy.looking import age_on, age_words
from policy.model import AgencyKind, Circular, Condition, Fact, Facts, Quota, Turn
from policy.numbers import normalised
from policy.offices import office_of
from policy.org import reading
from policy.org.parts import Binding, Person, PlannedTurn, Region, Unit, said_on, standing
from policy.org.rotas import UnitRota, ledger, rotas
from policy.org.schema import SCHEMA
from policy.roster import Ledger

__all__ = ["LoaderError", "Org", "load_org", "schema"]

SEED = "piket"  # where the file names none
ROTA = "ORG.json"  # the code of the rota whose turns the file gives as published


def schema() -> str:
    """The JSON Schema (draft 2020-12) of ORG.json, as `load_org` checks it."""
    return json.dumps(SCHEMA, ensure_ascii=False, indent=2)


def load_org(path: Path) -> "Org":
    """The organisation in this file. Raises LoaderError with line, JSON path and a sentence."""
    document = read(path, SCHEMA)
    regions = reading.regions(document)
    units = reading.units(document, regions)
    people = reading.people(document, units)
    names = reading.names(document, people)
    return Org(
        regions=regions,
        units=units,
        people=people,
        calendar=reading.calendar(document),
        bindings=reading.bindings(document, units),
        turns=reading.turns(document, names),
        seed=document.value.get("seed", SEED),
        rotas=rotas(document, units, names),
        ledger=ledger(document, names),
    )


@dataclass(frozen=True, kw_only=True)
class Org:
    regions: Mapping[str, Region]
    units: Mapping[str, Unit]
    people: Mapping[str, Person]  # by NIP, or by id where there is none
    calendar: AgencyCalendar
    bindings: tuple[Binding, ...]
    turns: Mapping[tuple[str, date], PlannedTurn]  # by person and day: published
    seed: str
    rotas: Mapping[str, UnitRota]  # by unit
    ledger: Ledger

    def chain(self, unit: str) -> tuple[Unit, ...]:
        """The unit and those above it, up to the agency."""
        found = [self.units[unit]]
        while (parent := found[-1].parent) is not None:
            found.append(self.units[parent])
        return tuple(found)

    def places(self, unit: str) -> tuple[Region, ...]:
        """The region in which the unit sits, and those above it."""
        code = next(each.region for each in self.chain(unit) if each.region is not None)
        found = [self.regions[code]]
        while (parent := found[-1].parent) is not None:
            found.append(self.regions[parent])
        return tuple(found)

    def facts(self, on: date, as_of: datetime, circulars: Iterable[Circular]) -> Mapping[str, Facts]:
        """Everybody's facts for a day, by person.

        Colleagues between whom these circulars can see no difference share one value, with the birth date of the
        first of them: of a birth date circulars see only on which side of their ages it lies.
        """
        given = oldest_first(circulars)
        ground: dict[str, Facts] = {}
        shared: dict[tuple[object, ...], Facts] = {}
        ages = ages_asked(given)
        found = {}
        for id, person in self.people.items():
            if person.unit not in ground:
                ground[person.unit] = self._of_unit(person.unit, on, as_of, given)
            found[id] = self._personal(ground[person.unit], person, ages, shared)
        return found

    def unbound(self, circulars: Iterable[Circular]) -> list[str]:
        """What the file names as binding somebody, but is none of these circulars."""
        known = {name for circular in circulars for name in _names(circular)}
        return [each.circular for each in self.bindings if normalised(each.circular) not in known]

    def doubts(self) -> Iterator[str]:
        """What is allowed but looks like a slip: a sentence each."""
        for person in self.people.values():
            number = nips.parse(person.nip) if person.nip else None
            if isinstance(number, nips.Nip):
                yield from (f"{person.id}: {warning}" for warning in number.warnings)
                if person.born != number.birth_date:
                    yield f"{person.id}: born on {person.born}, but the NIP says {number.birth_date}."

    def _of_unit(self, unit: str, on: date, as_of: datetime, circulars: tuple[Circular, ...]) -> Facts:
        """What is the same for everybody in the unit."""
        units, places = self.chain(unit), self.places(unit)
        codes = tuple(each.code for each in units)
        return Facts(
            on=on,
            as_of=as_of,
            day=self.calendar.day(on),
            circulars=tuple(each for each in circulars if self._binds(each, on, codes)),
            taken_on=frozenset(each.id for each in circulars if self._named(each, on, codes)),
            unit_code=unit,
            unit_name=units[0].name,
            unit_kind=units[0].kind,
            unit_chain=codes,
            unit_names=tuple(each.name for each in units),
            unit_facts=_nearest(units, on),
            office_code=office_of([(each.code, each.kind) for each in units]),
            agency_kind=AgencyKind(units[-1].kind),
            region_code=places[0].code,
            region_name=places[0].name,
            region_chain=tuple(word for place in places for word in (place.code, place.name)),
            region_facts=_nearest(places, on),
            timezone=zone_named(next((each.timezone for each in places if each.timezone), "WIB")).key,
        )

    def _binds(self, circular: Circular, on: date, unit_chain: tuple[str, ...]) -> bool:
        names = _names(circular)
        named = [each for each in self.bindings if normalised(each.circular) in names]
        return not named or any(each.covers(on, unit_chain) for each in named)

    def _named(self, circular: Circular, on: date, unit_chain: tuple[str, ...]) -> bool:
        names = _names(circular)
        return any(
            normalised(each.circular) in names and each.covers(on, unit_chain) for each in self.bindings
        )

    def _personal(
        self, unit: Facts, person: Person, ages: frozenset[str], shared: dict[tuple[object, ...], Facts]
    ) -> Facts:
        on, turn = unit.on, self._turn(person.id, unit)
        old = ages & age_words(age_on(person.born, on)) if ages and person.born else person.born is None
        key: tuple[object, ...] = (person.fixed, old, turn)
        if person.has_dates:
            key = (*key, *person.dated_on(on))
        if key not in shared:
            shared[key] = replace(
                unit,
                employment=person.employment,
                job_level=person.job_level,
                function=person.function,
                is_strategic=person.is_strategic,
                born=person.born,
                leads_unit=person.leads,
                traits=person.traits_on(on),
                absence=person.absence_on(on),
                turn=turn,
                override=standing(person.overrides, on),
                health_gate=standing(person.gates, on),
            )
        return shared[key]

    def _turn(self, person: str, unit: Facts) -> Turn | None:
        planned = self.turns.get((person, unit.on))
        if planned is None:
            return None
        return Turn(
            arrangement=planned.arrangement,
            rota=ROTA,
            published_at=unit.as_of,
            shift=planned.shift,
            is_swapped=planned.is_swapped,
        )


def ages_asked(circulars: Iterable[Circular]) -> frozenset[str]:
    """What these circulars ask of somebody's age anywhere, such as "di atas 50"."""
    asked = (each.values for circular in circulars for each in _conditions(circular) if each.key == "age")
    return frozenset(chain.from_iterable(asked))


def _conditions(circular: Circular) -> Iterator[Condition]:
    """Every condition of the circular, wherever it stands."""
    yield from (*circular.binds, *circular.asks, *circular.lasts_while)
    for duty in circular.duties:
        yield from duty.when
    for silence in circular.not_stated:
        yield from silence.when
    for judgement in circular.not_automated:
        yield from judgement.when
    for rule in circular.rules:
        yield from (*rule.when, *rule.unless)
        if isinstance(rule.then, Quota):
            yield from rule.then.outside


def _names(circular: Circular) -> frozenset[str]:
    return frozenset({normalised(circular.number), normalised(circular.id)})


def _nearest(upwards: Iterable[Unit | Region], on: date) -> dict[str, Fact]:
    """What holds on the day, each fact from the nearest that says something of it."""
    found: dict[str, Fact] = {}
    for each in reversed(tuple(upwards)):
        found |= said_on(each.facts, on)
    return found
