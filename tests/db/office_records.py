"""What an office may record of the small agency from hour to hour, drawn at random: each a word and its deed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
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
    regions,
    traits,
    turns,
    unit_facts,
)
from db.appointments import Post
from db.engine import Tx
from db.overrides import Decision
from db.rota import days as rota_days
from db.rota import rotas
from db.rota.days import Day
from db.sealed import Seal
from policy.model import AbsenceKind, Arrangement, DayKind, JobLevel, Trait
from tests.db.office import HEALTHY, ILL, LAST_MONDAY, MONDAY
from tests.db.random_office import CIRCULARS
from tests.factories import AGENCY, BY, CITY, UPTD

PLACES = (Arrangement.WFO, Arrangement.WFH)


@dataclass(frozen=True, kw_only=True)
class Office:
    """One transaction in which something is recorded at a moment, and the chance that decides what."""

    tx: Tx
    seal: Seal
    ids: Mapping[str, str]
    now: datetime
    random: Random

    @property
    def about(self) -> dict[str, Any]:
        return {"by": BY, "now": self.now}

    @property
    def person(self) -> str:
        return self.ids[self.random.choice(sorted(self.ids))]

    @property
    def unit(self) -> str:
        return self.random.choice((AGENCY, UPTD))

    @property
    def day(self) -> date:
        return LAST_MONDAY + timedelta(days=self.random.randrange(14))

    def span(self) -> dict[str, date | None]:
        first = self.day
        return {"valid_from": first, "valid_until": first + timedelta(days=self.random.randrange(9))}

    def open_span(self) -> dict[str, date | None]:
        return self.span() | ({"valid_until": None} if self.random.random() < 0.5 else {})


async def _zone(o: Office) -> None:
    code, value = o.random.choice((CITY, "18")), o.random.choice(("hijau", "kuning", "merah"))
    await regions.record_fact(o.tx, region_code=code, value=value, valid_from=o.day, **o.about)


async def _unit_fact(o: Office) -> None:
    of: dict[str, Any] = {"unit_code": o.unit, "name": o.random.choice(("urgent", "cluster"))}
    if o.random.random() < 0.4:
        await unit_facts.withdraw(o.tx, first=o.day, **of, **o.about)
    else:
        value = o.random.choice(("ya", "tidak"))
        await unit_facts.record(o.tx, value=value, **of, **o.open_span(), **o.about)


async def _circular(o: Office) -> None:
    of: dict[str, Any] = {"unit_code": o.unit, "circular": o.random.choice(CIRCULARS[:6])}
    if o.random.random() < 0.4:
        await adoptions.drop(o.tx, first=o.day, **of, **o.about)
    else:
        await adoptions.adopt(o.tx, valid_from=o.day, **of, **o.about)


async def _calendar(o: Office) -> None:
    if o.random.random() < 0.4:
        await calendars.unname_day(o.tx, unit_code=AGENCY, on=o.day, **o.about)
    else:
        kind = o.random.choice((DayKind.HOLIDAY, DayKind.WORKING))
        await calendars.name_day(o.tx, unit_code=AGENCY, kind=kind, name="Hari", on=o.day, **o.about)


async def _membership(o: Office) -> None:
    if o.random.random() < 0.2:
        await memberships.finish(o.tx, person_id=o.person, first=o.day, **o.about)
    else:
        level = o.random.choice((JobLevel.FUNGSIONAL, JobLevel.PELAKSANA))
        await memberships.assign(
            o.tx,
            person_id=o.person,
            unit_code=o.unit,
            position="Staf",
            job_level=level,
            **o.open_span(),
            **o.about,
        )


async def _appointment(o: Office) -> None:
    of: dict[str, Any] = {"unit_code": o.unit, "post": o.random.choice(list(Post))}
    if o.random.random() < 0.3:
        await appointments.dismiss(o.tx, first=o.day, **of, **o.about)
    else:
        await appointments.appoint(o.tx, person_id=o.person, **of, **o.open_span(), **o.about)


async def _absence(o: Office) -> None:
    if o.random.random() < 0.4:
        await absences.withdraw(o.tx, person_id=o.person, first=o.day, **o.about)
    else:
        kind = o.random.choice((AbsenceKind.STUDY, AbsenceKind.TRAVEL))
        await absences.excuse(o.tx, person_id=o.person, kind=kind, **o.span(), **o.about)


async def _letter(o: Office) -> None:
    if o.random.random() < 0.4:
        await overrides.withdraw(o.tx, o.seal, person_id=o.person, first=o.day, **o.about)
        return
    place = o.random.choice(PLACES)
    decision = Decision(arrangement=place, letter="800/1", by_id=o.ids["boris"], capacity="Kepala")
    await overrides.decide(o.tx, o.seal, decision, person_id=o.person, **o.open_span(), **o.about)


async def _trait(o: Office) -> None:
    of: dict[str, Any] = {"person_id": o.person, "trait": o.random.choice((Trait.HAMIL, Trait.KOMORBID))}
    if o.random.random() < 0.4:
        await traits.end(o.tx, o.seal, first=o.day, **of, **o.about)
    else:
        await traits.record(o.tx, o.seal, basis=None, **of, **o.open_span(), **o.about)


async def _rota(o: Office) -> None:
    """A week proposed; most of the time published too, over what stood before."""
    unit = o.unit
    days = [
        Day(person_id=person, on=MONDAY + timedelta(days=day), arrangement=o.random.choice(PLACES), shift=None,
            because="turn")
        for person in sorted(o.ids.values())
        for day in range(4)
        if o.random.random() < 0.7
    ]  # fmt: skip
    draft = rotas.Draft(
        unit_code=unit, week=MONDAY, seed="s", inputs={}, problems=(), days=days, because="drawn"
    )
    rota = await rotas.propose(o.tx, o.seal, draft, by=BY, now=o.now)
    if o.random.random() < 0.8:
        await rotas.publish(o.tx, rota, by=BY, now=o.now)


async def _swap(o: Office) -> None:
    unit, day = o.unit, MONDAY + timedelta(days=o.random.randrange(4))
    turn = Day(
        person_id=o.person, on=day, arrangement=o.random.choice(PLACES), shift=None, because=turns.SWAPPED
    )
    await rota_days.replace_turns(o.tx, unit_code=unit, days=[turn], now=o.now)


async def _health(o: Office) -> None:
    """A report, at times with a case; the last one is withdrawn; a case that is open is put off or ended."""
    person = o.person
    last = await health.latest_before(o.tx, o.seal, person_id=person, on=MONDAY + timedelta(days=7))
    if last is not None and o.random.random() < 0.3:
        await health.withdraw(o.tx, report_id=last.id, now=o.now)
        return
    case = await cases.of_person(o.tx, person_id=person)
    if case is not None and o.random.random() < 0.7:
        if o.random.random() < 0.5:
            kind = cases.Kind.EXTENDED
            await cases.add_event(o.tx, o.seal, case_id=case.id, kind=kind, until=o.day, **o.about)
        else:
            ending = o.random.choice(cases.ENDINGS)
            day = o.day if ending is cases.Kind.CLEARED else None
            await cases.end(o.tx, o.seal, case_id=case.id, ending=ending, last_day=day, **o.about)
        return
    on, is_ill = o.day, o.random.random() < 0.5
    report = await health.save(
        o.tx, o.seal, person_id=person, on=on, answers=ILL if is_ill else HEALTHY, channel="telegram",
        reported_at=o.now, now=o.now,
    )  # fmt: skip
    if is_ill and o.random.random() < 0.7:
        await cases.open_case(
            o.tx,
            o.seal,
            person_id=person,
            report_id=report.id,
            since=on,
            until=None,
            look_at=o.now,
            now=o.now,
        )


RECORDS: Mapping[str, Callable[[Office], Awaitable[None]]] = {
    "zone": _zone,
    "unit fact": _unit_fact,
    "circular": _circular,
    "calendar": _calendar,
    "membership": _membership,
    "appointment": _appointment,
    "absence": _absence,
    "letter": _letter,
    "trait": _trait,
    "rota": _rota,
    "swap": _swap,
    "health": _health,
    "health again": _health,  # it takes several to withdraw one
}
