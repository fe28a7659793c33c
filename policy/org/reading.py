"""A checked ORG.json document -> its parts; what a schema cannot say (codes, loops, NIPs, order) is checked here."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from policy import nip as nips
from policy.calendar import AgencyCalendar, SpecialDay, UnknownZoneError, zone_named
from policy.calendar_loader import SHIPPED, shipped_calendar
from policy.format.strict_json import Document, Steps
from policy.model import (
    Absence,
    AbsenceKind,
    AgencyKind,
    Arrangement,
    DayKind,
    Employment,
    Fact,
    HealthGate,
    JobLevel,
    Override,
    Part,
    Trait,
    Yes,
)
from policy.org.parts import Binding, History, Person, PlannedTurn, Region, TraitSpan, Unit

Told = Mapping[str, Any]


def regions(document: Document) -> dict[str, Region]:
    found: dict[str, Region] = {}
    for index, told in enumerate(document.value["regions"]):
        steps = ("regions", index)
        if told["code"] in found:
            raise document.wrong((*steps, "code"), f"Another region has the code {told['code']}.")
        _check_zone(document, told, steps)
        found[told["code"]] = Region(
            code=told["code"],
            name=told["name"],
            parent=told.get("parent"),
            timezone=told.get("timezone"),
            facts=_history(document, told, steps),
        )
    _check_tree(document, "regions", {code: each.parent for code, each in found.items()})
    return found


def units(document: Document, known: Mapping[str, Region]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for index, told in enumerate(document.value["units"]):
        steps = ("units", index)
        if told["code"] in found:
            raise document.wrong((*steps, "code"), f"Another unit has the code {told['code']}.")
        if "region" in told and told["region"] not in known:
            raise document.wrong((*steps, "region"), f"No region has the code {told['region']}.")
        if told.get("parent") is None:
            _check_agency(document, told, steps)
        found[told["code"]] = Unit(
            code=told["code"],
            name=told["name"],
            kind=told["kind"],
            parent=told.get("parent"),
            region=told.get("region"),
            facts=_history(document, told, steps),
        )
    _check_tree(document, "units", {code: each.parent for code, each in found.items()})
    return found


def people(document: Document, known: Mapping[str, Unit]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for index, told in enumerate(document.value["people"]):
        steps = ("people", index)
        person = _person(document, told, steps)
        if person.unit not in known:
            raise document.wrong((*steps, "unit"), f"No unit has the code {person.unit}.")
        if person.id in found:
            raise document.wrong(steps, f"{person.id} stands twice among the people.")
        found[person.id] = person
    return found


def calendar(document: Document) -> AgencyCalendar:
    told = document.value.get("calendar", "default")
    named: Told = {"name": told} if isinstance(told, str) else told
    name = named.get("name", "default")
    if not (SHIPPED / f"{name}.yaml").is_file() or "/" in name:
        shipped = ", ".join(sorted(path.stem for path in SHIPPED.glob("*.yaml")))
        raise document.wrong(("calendar",), f"`{name}` is not a calendar shipped with Piket: {shipped}.")
    days = [
        SpecialDay(_day(each["on"]), DayKind(each["kind"]), each["name"]) for each in named.get("days", ())
    ]
    seen: set[date] = set()
    for index, each in enumerate(days):
        if each.on in seen:
            raise document.wrong(("calendar", "days", index), f"{each.on} stands twice.")
        seen.add(each.on)
    return shipped_calendar(name).with_days(*days)


def bindings(document: Document, known: Mapping[str, Unit]) -> tuple[Binding, ...]:
    found = []
    for index, told in enumerate(document.value.get("circulars", ())):
        steps = ("circulars", index)
        if told.get("unit") is not None and told["unit"] not in known:
            raise document.wrong((*steps, "unit"), f"No unit has the code {told['unit']}.")
        since, until = _span(document, told, steps)
        found.append(Binding(circular=told["circular"], unit=told.get("unit"), since=since, until=until))
    return tuple(found)


def turns(document: Document, known: Mapping[str, str]) -> dict[tuple[str, date], PlannedTurn]:
    found: dict[tuple[str, date], PlannedTurn] = {}
    for index, told in enumerate(document.value.get("turns", ())):
        steps = ("turns", index)
        key = known_person(document, (*steps, "person"), told["person"], known), _day(told["on"])
        if key in found:
            raise document.wrong(steps, f"{key[0]} has two turns on {key[1]}.")
        found[key] = PlannedTurn(
            arrangement=Arrangement(told["arrangement"]),
            shift=told.get("shift"),
            is_swapped=told.get("swapped", False),
        )
    return found


def names(document: Document, people: Mapping[str, Person]) -> dict[str, str]:
    """By what else a person may be named in the file, and the id of each."""
    found = {id: id for id in people}
    for index, person in enumerate(people.values()):
        if person.alias is not None and found.setdefault(person.alias, person.id) != person.id:
            raise document.wrong(("people", index, "id"), f"Somebody else is named {person.alias} too.")
    return found


def known_person(document: Document, steps: Steps, named: str, known: Mapping[str, str]) -> str:
    """The id of the person whom these words name, by NIP or id."""
    if named in known:
        return known[named]
    number = nips.parse(named)
    if isinstance(number, nips.Nip) and number.value in known:
        return known[number.value]
    raise document.wrong(steps, f"Nobody among the people is {named}.")


def _person(document: Document, told: Told, steps: Steps) -> Person:
    number = _nip(document, told, steps)
    return Person(
        id=number.value if number else told["id"].strip(),
        nip=number.value if number else None,
        alias=told["id"].strip() if number and "id" in told else None,
        unit=told["unit"],
        employment=Employment(told["employment"]) if "employment" in told else None,
        job_level=JobLevel(told["job_level"]) if "job_level" in told else None,
        function=told.get("function"),
        is_strategic=told["strategic"] == Yes.YA if "strategic" in told else None,
        born=_day(told["born"]) if "born" in told else number.birth_date if number else None,
        leads=told.get("leads", False),
        traits=tuple(
            TraitSpan(Trait(each["trait"]), *_dates(document, each, at))
            for each, at in _listed(told, "traits", steps)
        ),
        absences=tuple(_absence(document, each, at) for each, at in _listed(told, "absences", steps)),
        overrides=tuple(_override(document, each, at) for each, at in _listed(told, "overrides", steps)),
        gates=tuple(_gate(document, each, at) for each, at in _listed(told, "health_gates", steps)),
    )


def _nip(document: Document, told: Told, steps: Steps) -> nips.Nip | None:
    if "nip" not in told:
        if "id" not in told:
            raise document.wrong(steps, "A person needs a `nip`, or an `id` where they have none.")
        return None
    number = nips.parse(told["nip"])
    if isinstance(number, nips.NipProblem):
        raise document.wrong((*steps, "nip"), f"`{told['nip']}`: {number.sentence}")
    return number


def _absence(document: Document, told: Told, steps: Steps) -> Absence:
    part = Part(told["part"]) if "part" in told else None
    return Absence(AbsenceKind(told["kind"]), *_dates(document, told, steps), part)


def _override(document: Document, told: Told, steps: Steps) -> Override:
    since, until = _dates(document, told, steps)
    return Override(
        arrangement=Arrangement(told["arrangement"]),
        letter=told["letter"],
        by=told["by"],
        since=since,
        until=until,
        considerations=tuple(told.get("considerations", ())),
    )


def _gate(document: Document, told: Told, steps: Steps) -> HealthGate:
    return HealthGate(*_dates(document, told, steps), told.get("code", "unfit"))


def _listed(told: Told, key: str, steps: Steps) -> Iterable[tuple[Told, Steps]]:
    return ((each, (*steps, key, index)) for index, each in enumerate(told.get(key, ())))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _dates(document: Document, told: Told, steps: Steps) -> tuple[date, date | None]:
    since, until = _span(document, told, steps)
    return since or date.min, until


def _span(document: Document, told: Told, steps: Steps) -> tuple[date | None, date | None]:
    since = _day(told["since"]) if "since" in told else None
    until = _day(told["until"]) if told.get("until") is not None else None
    if since is not None and until is not None and until < since:
        raise document.wrong((*steps, "until"), f"`until` ({until}) is before `since` ({since}).")
    return since, until


def _history(document: Document, told: Told, steps: Steps) -> History:
    return {
        name: _facts(document, value, (*steps, "facts", name))
        for name, value in told.get("facts", {}).items()
    }


def _facts(document: Document, told: Any, steps: Steps) -> tuple[Fact, ...]:
    if isinstance(told, str):
        return (Fact(told),)
    facts = [Fact(each["value"], _day(each["since"]), each.get("source")) for each in told]
    days = [fact.since for fact in facts]
    for index, day in enumerate(days):
        if day in days[:index]:
            raise document.wrong((*steps, index, "since"), f"Two values begin on {day}.")
    return tuple(sorted(facts, key=lambda fact: fact.since or date.min))


def _check_zone(document: Document, told: Told, steps: Steps) -> None:
    try:
        zone_named(told.get("timezone", "WIB"))
    except UnknownZoneError as problem:
        raise document.wrong((*steps, "timezone"), str(problem)) from problem


def _check_agency(document: Document, told: Told, steps: Steps) -> None:
    if told["kind"] not in [*AgencyKind]:
        known = ", ".join(AgencyKind)
        raise document.wrong(
            (*steps, "kind"), f"`{told['kind']}` is not a sort of agency; it is one of {known}."
        )
    if "region" not in told:
        raise document.wrong(steps, "An agency needs a `region`.")


def _check_tree(document: Document, name: str, parents: Mapping[str, str | None]) -> None:
    """Every parent is there, and nobody stands above themselves."""
    rooted: set[str] = set()
    for index, (code, parent) in enumerate(parents.items()):
        if parent is not None and parent not in parents:
            raise document.wrong((name, index, "parent"), f"None of the {name} has the code {parent}.")
        way: list[str] = []
        at: str | None = code
        while at is not None and at in parents and at not in rooted:
            if at in way:
                loop = " → ".join([*way[way.index(at) :], at])
                raise document.wrong((name, index, "parent"), f"The {name} stand above themselves: {loop}.")
            way.append(at)
            at = parents[at]
        rooted.update(way)
