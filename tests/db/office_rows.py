"""An organisation in the words of ORG.json as rows, each written by what the office would write it with."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from db import (
    absences,
    adoptions,
    appointments,
    calendars,
    cases,
    health,
    memberships,
    overrides,
    people,
    regions,
    traits,
    turns,
    unit_facts,
    units,
)
from db.appointments import Post
from db.engine import Tx
from db.overrides import Decision
from db.rota import days as rota_days
from db.rota import rotas
from db.rota.days import Day
from db.sealed import Seal
from policy.model import AbsenceKind, Arrangement, DayKind, JobLevel, Part, Trait
from tests.db.office import ILL

Doc = Mapping[str, Any]
LONG_AGO = date(2015, 1, 1)
BY = "clara"


class Rows:
    """Writes one document into an empty database, in an order of its own where the order cannot matter."""

    def __init__(self, tx: Tx, seal: Seal, *, now: datetime, random: Random) -> None:
        self.tx, self.seal, self.now, self.random = tx, seal, now, random
        self.ids: dict[str, str] = {}  # by the person's id in the document
        self._about: dict[str, Any] = {"by": BY, "now": now}

    async def write(self, told: Doc) -> None:
        for region in told["regions"]:
            await self._region(region)
        for unit in told["units"]:
            await self._unit(unit, told["units"])
        for person in told["people"]:
            await self._hire(person)
        for person in told["people"]:
            await self._say(person)
        agencies = [unit["code"] for unit in told["units"] if "parent" not in unit]
        for day in told["calendar"]["days"]:
            for code in agencies:
                await calendars.name_day(
                    self.tx, unit_code=code, kind=DayKind(day["kind"]), name=day["name"], on=_day(day["on"]),
                    **self._about,
                )  # fmt: skip
        for binding in self._shuffled(told["circulars"]):
            await self._adopt(binding)
        units_of = {person["id"]: person["unit"] for person in told["people"]}
        for unit in sorted({units_of[turn["person"]] for turn in told["turns"]}):
            await self._publish(unit, [each for each in told["turns"] if units_of[each["person"]] == unit])

    async def _region(self, told: Doc) -> None:
        await regions.add(
            self.tx, code=told["code"], name=told["name"], kind="daerah", timezone=told["timezone"],
            parent_code=told["parent"],
        )  # fmt: skip
        for name, fact in self._facts(told):
            await regions.record_fact(
                self.tx, region_code=told["code"], name=name, value=fact["value"], source=fact["source"],
                valid_from=_day(fact["since"]), **self._about,
            )  # fmt: skip

    async def _unit(self, told: Doc, others: Sequence[Doc]) -> None:
        by_code, at = {each["code"]: each for each in others}, told
        while "region" not in at:
            at = by_code[at["parent"]]
        sector = told["facts"].get("sector")
        await units.add(
            self.tx, code=told["code"], name=told["name"], kind=told["kind"], region_code=at["region"],
            parent_code=told.get("parent"), sector=sector if isinstance(sector, str) else None, now=self.now,
        )  # fmt: skip
        for name, fact in self._facts(told):
            await unit_facts.record(
                self.tx, unit_code=told["code"], name=name, value=fact["value"], source=fact["source"],
                valid_from=_day(fact["since"]), **self._about,
            )  # fmt: skip

    def _facts(self, told: Doc) -> list[tuple[str, Doc]]:
        found = [
            (name, each)
            for name, history in told["facts"].items()
            if not isinstance(history, str)
            for each in history
        ]
        return self._shuffled(found)

    async def _hire(self, told: Doc) -> None:
        born = _day(told["born"]) if "born" in told else None
        person = await people.add(
            self.tx, nip=told.get("nip"), name=told["name"], employment=told["employment"].lower(), born=born,
            now=self.now,
        )  # fmt: skip
        self.ids[told["id"]] = person
        await memberships.assign(
            self.tx, person_id=person, unit_code=told["unit"], position="Staf", job_level=JobLevel(told["job_level"]),
            function=told.get("function"), is_strategic=told["strategic"] == "ya" if "strategic" in told else None,
            valid_from=LONG_AGO, **self._about,
        )  # fmt: skip
        if told.get("leads"):
            post = self.random.choice(list(Post))
            await appointments.appoint(
                self.tx,
                unit_code=told["unit"],
                person_id=person,
                post=post,
                valid_from=LONG_AGO,
                **self._about,
            )

    async def _say(self, told: Doc) -> None:
        person = self.ids[told["id"]]
        for each in self._shuffled(told["traits"]):
            await traits.record(
                self.tx, self.seal, person_id=person, trait=Trait(each["trait"]), basis="SK 1", **_valid(each),
                **self._about,
            )  # fmt: skip
        for each in told["absences"]:
            part = Part(each["part"]) if "part" in each else None
            await absences.excuse(
                self.tx,
                person_id=person,
                kind=AbsenceKind(each["kind"]),
                part=part,
                **_valid(each),
                **self._about,
            )
        for each in told["overrides"]:
            await overrides.decide(
                self.tx, self.seal, self._decision(each), person_id=person, **_valid(each), **self._about
            )
        for each in told["health_gates"]:
            await self._gate(person, each)

    def _decision(self, told: Doc) -> Decision:
        return Decision(
            arrangement=Arrangement(told["arrangement"]), letter=told["letter"], by_id=self.ids["p0"],
            capacity="Kepala", considerations=told["considerations"],
        )  # fmt: skip

    async def _gate(self, person: str, told: Doc) -> None:
        """By a report that says unfit; or by one of high risk with its case, cleared where it has a last day."""
        since, until = _valid(told).values()
        unfit = {"mode": "fit/unfit", "fit": False}
        report = await health.save(
            self.tx, self.seal, person_id=person, on=since, answers=unfit if told["code"] == "unfit" else ILL,
            channel="telegram", reported_at=self.now, now=self.now,
        )  # fmt: skip
        if told["code"] == "unfit":
            return
        case, _ = await cases.open_case(
            self.tx, self.seal, person_id=person, report_id=report.id, since=since, until=until, look_at=self.now,
            now=self.now,
        )  # fmt: skip
        if until is not None:
            await cases.end(
                self.tx, self.seal, case_id=case.id, ending=cases.Kind.CLEARED, last_day=until, **self._about
            )

    async def _adopt(self, told: Doc) -> None:
        of: dict[str, Any] = {"circular": told["circular"], "unit_code": told["unit"], **self._about}
        days = _valid(told)
        await adoptions.adopt(self.tx, valid_from=days["valid_from"], **of)
        if days["valid_until"] is not None:
            await adoptions.drop(self.tx, first=days["valid_until"] + timedelta(days=1), **of)

    async def _publish(self, unit: str, told: Sequence[Doc]) -> None:
        """The unit's week as it was planned first, and then what was swapped."""
        monday = min(_day(each["on"]) for each in told)
        days = [(self._turn(each), "swapped" in each) for each in told]
        draft = rotas.Draft(
            unit_code=unit, week=monday, seed="s", inputs={}, problems=(), because="drawn",
            days=[_other(day) if is_swapped else day for day, is_swapped in days],
        )  # fmt: skip
        rota = await rotas.propose(self.tx, self.seal, draft, by=BY, now=self.now)
        before = self.now - timedelta(hours=1)
        assert await rotas.publish(self.tx, rota, by=BY, now=before) is not None
        swapped = [day for day, is_swapped in days if is_swapped]
        assert await rota_days.replace_turns(self.tx, unit_code=unit, days=swapped, now=self.now)

    def _turn(self, told: Doc) -> Day:
        return Day(
            person_id=self.ids[told["person"]], on=_day(told["on"]), arrangement=Arrangement(told["arrangement"]),
            shift=told.get("shift"), because=turns.SWAPPED if "swapped" in told else "turn",
        )  # fmt: skip

    def _shuffled(self, told: Sequence[Any]) -> list[Any]:
        return self.random.sample(told, len(told))


def _other(day: Day) -> Day:
    place = Arrangement.WFH if day.arrangement is Arrangement.WFO else Arrangement.WFO
    return Day(person_id=day.person_id, on=day.on, arrangement=place, shift=None, because="turn")


def _valid(told: Doc) -> dict[str, date | None]:
    until = told["until"]
    return {"valid_from": _day(told["since"]), "valid_until": _day(until) if until else None}


def _day(text: str) -> date:
    return date.fromisoformat(text)
