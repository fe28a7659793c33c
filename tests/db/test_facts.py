"""Rows become the facts that the rules are told, for one person and for all alike."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from db import absences, adoptions, calendars, facts, health, memberships, people, regions, units
from db.engine import Db
from db.errors import Refused
from db.sealed import Seal
from policy.book import Book
from policy.engine import decide
from policy.model import (
    Absence,
    AbsenceKind,
    AgencyKind,
    Arrangement,
    DayKind,
    Employment,
    Fact,
    Facts,
    HealthGate,
    JobLevel,
)
from tests.db.office import DAY, HEALTHY, HOUR, ILL, MONDAY, TUESDAY, Counting, sent
from tests.factories import AGENCY, CIRCULAR, CITY, SINCE, UPTD

BOOK = Book.shipped()


async def facts_of(db: Db, seal: Seal, person_id: str, **changes: Any) -> Facts:
    async with db.reading() as tx:
        return await facts.facts_for(tx, seal, person_id=person_id, book=BOOK, **changes)


async def test_the_facts_of_dewi_say_where_she_works_and_what_binds_her(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    found = await facts_of(db, seal, ids["dewi"], on=MONDAY, now=now)
    assert (found.unit_chain, found.unit_kind) == ((UPTD, AGENCY), "uptd")
    assert found.agency_kind is AgencyKind.PEMPROV
    assert found.region_chain == (CITY, "Bandar Lampung", "18", "Lampung")
    assert found.region_facts == {"zone": Fact("hijau", since=SINCE)}
    assert [circular.id for circular in found.circulars] == [CIRCULAR]
    assert (found.employment, found.job_level) == (Employment.PNS, JobLevel.FUNGSIONAL)
    assert (found.timezone, found.as_of, found.day.kind) == ("Asia/Jakarta", now, DayKind.WORKING)
    assert decide(found).arrangement is Arrangement.WFO


async def test_the_facts_of_one_are_the_facts_of_all(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await health.save(tx, seal, person_id=ids["ana"], on=MONDAY, answers=ILL, **sent(now))
        await absences.excuse(
            tx, person_id=ids["boris"], kind=AbsenceKind.TRAVEL, valid_from=MONDAY, valid_until=TUESDAY,
            by="clara", now=now,
        )  # fmt: skip
        everybody = await facts.facts_for_all(tx, seal, on=MONDAY, now=now, book=BOOK)
    assert everybody.keys() == set(ids.values())
    for person_id, theirs in everybody.items():
        assert theirs == await facts_of(db, seal, person_id, on=MONDAY, now=now)


async def test_everybody_costs_no_more_queries_than_a_few(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.reading() as tx:
        one, everybody = Counting(tx), Counting(tx)
        await facts.facts_for(one, seal, person_id=ids["ana"], on=MONDAY, now=now, book=BOOK)
        await facts.facts_for_all(everybody, seal, on=MONDAY, now=now, book=BOOK)
    assert one.asked == everybody.asked == 7


async def test_a_zone_recorded_later_was_not_known_earlier(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await regions.record_fact(
            tx, region_code=CITY, value="merah", valid_from=MONDAY, by="clara", now=now + HOUR
        )
    before = await facts_of(db, seal, ids["ana"], on=MONDAY, now=now)
    after = await facts_of(db, seal, ids["ana"], on=MONDAY, now=now + HOUR)
    assert before.region_facts == {"zone": Fact("hijau", since=SINCE)}
    assert after.region_facts == {"zone": Fact("merah", since=MONDAY)}


async def test_what_nobody_said_of_a_city_is_taken_from_the_province(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await regions.record_fact(tx, region_code="18", value="merah", valid_from=SINCE, by="c", now=now)
        await regions.add(tx, code="18.72", name="Metro", kind="kota", timezone="WIB", parent_code="18")
        await units.add(
            tx, code=UPTD, name="UPTD", kind="uptd", region_code="18.72", parent_code=AGENCY, now=now
        )
    dewi = await facts_of(db, seal, ids["dewi"], on=MONDAY, now=now)
    ana = await facts_of(db, seal, ids["ana"], on=MONDAY, now=now)
    assert (dewi.region_facts["zone"].value, dewi.region_name) == ("merah", "Metro")
    assert ana.region_facts["zone"].value == "hijau"


GATE = HealthGate(since=MONDAY, until=None, code="kmk328:besar")


@pytest.mark.parametrize(
    ("answers", "gate"),
    [
        (HEALTHY, None),
        (ILL, GATE),
        ({"mode": "fit", "fit": False}, HealthGate(since=MONDAY, until=None, code="unfit")),
        ({"mode": "fit", "fit": True}, None),
        ({"mode": "kmk328", "yes": [1, 2], "risk": "sedang", "fit": True}, None),
    ],
)
async def test_the_health_gate_follows_from_the_report(
    db: Db,
    seal: Seal,
    now: datetime,
    ids: dict[str, str],
    answers: Mapping[str, Any],
    gate: HealthGate | None,
) -> None:
    async with db.transaction() as tx:
        await health.save(tx, seal, person_id=ids["ana"], on=MONDAY, answers=answers, **sent(now))
    assert (await facts_of(db, seal, ids["ana"], on=MONDAY, now=now)).health_gate == gate


async def test_the_health_gate_stays_until_a_later_report_opens_it(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        for on, answers in ((MONDAY, ILL), (MONDAY + 3 * DAY, HEALTHY)):
            await health.save(tx, seal, person_id=ids["ana"], on=on, answers=answers, **sent(now))
    gates = [
        (await facts_of(db, seal, ids["ana"], on=MONDAY + day * DAY, now=now)).health_gate
        for day in range(-1, 4)
    ]
    assert gates == [None, GATE, GATE, GATE, None]


async def test_i13_a_correction_opens_the_gate_only_from_when_it_was_made(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        for hours, answers in enumerate((ILL, HEALTHY)):
            await health.save(
                tx, seal, person_id=ids["ana"], on=MONDAY, answers=answers, **sent(now + hours * HOUR)
            )
    assert (await facts_of(db, seal, ids["ana"], on=MONDAY, now=now)).health_gate == GATE
    assert (await facts_of(db, seal, ids["ana"], on=MONDAY, now=now + HOUR)).health_gate is None


async def test_an_agency_s_own_day_lies_over_the_shipped_calendar(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await calendars.name_day(
            tx, unit_code=AGENCY, kind=DayKind.HOLIDAY, name="Hari jadi", on=MONDAY, by="clara", now=now
        )
    dewi = await facts_of(db, seal, ids["dewi"], on=MONDAY, now=now)
    assert (dewi.day.kind, dewi.day.name) == (DayKind.HOLIDAY, "Hari jadi")
    async with db.transaction() as tx:
        await calendars.unname_day(tx, unit_code=AGENCY, on=MONDAY, by="clara", now=now + HOUR)
    assert (await facts_of(db, seal, ids["dewi"], on=MONDAY, now=now + HOUR)).day.is_working


async def test_an_absence_is_told_with_its_days(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await absences.excuse(
            tx, person_id=ids["ana"], kind=AbsenceKind.TRAINING, valid_from=MONDAY, valid_until=None,
            by="clara", now=now,
        )  # fmt: skip
        await absences.withdraw(tx, person_id=ids["ana"], first=TUESDAY, by="clara", now=now + HOUR)
    found = await facts_of(db, seal, ids["ana"], on=MONDAY, now=now + HOUR)
    assert found.absence == Absence(AbsenceKind.TRAINING, since=MONDAY, until=MONDAY)
    assert (await facts_of(db, seal, ids["ana"], on=TUESDAY, now=now + HOUR)).absence is None


async def test_a_circular_that_the_release_does_not_know_is_refused_by_name(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await adoptions.adopt(tx, circular="se-lama", unit_code=AGENCY, valid_from=SINCE, by="clara", now=now)
        assert await adoptions.ever_adopted(tx) == [CIRCULAR, "se-lama"]
    with pytest.raises(Refused, match="se-lama"):
        await facts_of(db, seal, ids["ana"], on=MONDAY, now=now)


async def test_a_circular_switched_off_binds_no_more_from_that_day(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await adoptions.drop(tx, circular=CIRCULAR, unit_code=AGENCY, first=TUESDAY, by="clara", now=now)
        chain = await units.chain(tx, code=UPTD)
        days = [await adoptions.in_force(tx, unit_chain=chain, on=on, now=now) for on in (MONDAY, TUESDAY)]
    assert days == [[CIRCULAR], []]
    assert (await facts_of(db, seal, ids["dewi"], on=TUESDAY, now=now)).circulars == ()


async def test_who_works_nowhere_that_day_has_no_facts(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await memberships.finish(tx, person_id=ids["ana"], first=TUESDAY, by="clara", now=now)
        await people.leave(tx, person_id=ids["boris"], now=now)
        everybody = await facts.facts_for_all(tx, seal, on=TUESDAY, now=now, book=BOOK)
    assert everybody.keys() == {ids["clara"], ids["dewi"]}
    with pytest.raises(facts.NotInAnyUnitError, match="2020-06-16"):
        await facts_of(db, seal, ids["ana"], on=TUESDAY, now=now)


async def test_what_a_unit_shares_on_a_day_is_read_once_for_all_who_ask_together(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    units: facts.UnitFacts = {}
    async with db.reading() as tx:
        counting = Counting(tx)
        for who in ("ana", "boris"):
            shared = await facts.facts_for(
                counting, seal, person_id=ids[who], on=MONDAY, now=now, book=BOOK, units=units
            )
    assert list(units) == [(AGENCY, MONDAY)]
    assert shared == await facts_of(db, seal, ids["boris"], on=MONDAY, now=now)
    assert counting.asked == 1 + 6 + 1  # for each their own row, for both their unit
