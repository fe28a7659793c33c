"""Two units of one dinas under one limit: together never above it, and as many as it allows."""

from datetime import date, timedelta

from db import changes, memberships, overrides, people
from db.changes import ChangeKind
from db.facts import facts_for_all
from db.overrides import Decision
from policy.engine import decide
from policy.words import Arrangement, JobLevel
from scheduler import changes as looking
from scheduler import rotas
from tests.chat import Player
from tests.factories import BY, SINCE, UPTD
from tests.rota_office import HALF, places, under_quota
from tests.stage import BOOK, Stage

QUARTER = HALF.replace('"50 %"', '"25 %"').replace("per: unit kerja", "per: perangkat daerah")
WEEK = [date(2020, 6, 22) + timedelta(days=day) for day in range(5)]
ALLOWED = 3  # a quarter of the five of the dinas itself and the seven of its UPTD


async def _two_units(stage: Stage) -> list[str]:
    """The dinas and its UPTD under the limit; return the keys of six people whom the UPTD has taken in."""
    await under_quota(stage, body=QUARTER)
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        hired = [
            await people.add(tx, nip=None, name=f"Pegawai {n}", phone=None, employment="non-asn", now=now)
            for n in range(6)
        ]
        for person_id in hired:
            await memberships.assign(
                tx,
                person_id=person_id,
                unit_code=UPTD,
                position="Staf",
                job_level=JobLevel.PELAKSANA,
                valid_from=SINCE,
                by=BY,
                now=now,
            )
    return hired


async def _looks(stage: Stage, local: str) -> int:
    stage.moves_to(local)
    return await rotas.look(stage.db, stage.seal, BOOK, stage.clock.now())


async def _letter(stage: Stage, who: list[str], on: date) -> None:
    """A letter puts these people in the office on that day."""
    now = stage.clock.now()
    boris = stage.players["boris"].person_id
    decision = Decision(arrangement=Arrangement.WFO, letter="800/9", by_id=boris, capacity="Kepala Dinas")
    async with stage.db.transaction() as tx:
        for person_id in who:
            await overrides.decide(
                tx,
                stage.seal,
                decision,
                person_id=person_id,
                valid_from=on,
                valid_until=on,
                by=boris,
                now=now,
            )
            await changes.note(tx, kind=ChangeKind.OVERRIDE, subject=person_id, first_day=on, by=BY, now=now)


async def _inside(stage: Stage, on: date) -> set[str]:
    """Who is in the office that day by everything that is known; without Boris, whom the limit does not count."""
    async with stage.db.reading() as tx:
        facts = await facts_for_all(tx, stage.seal, on=on, now=stage.clock.now(), book=BOOK)
    found = {who for who, known in facts.items() if decide(known).arrangement is Arrangement.WFO}
    return found - {stage.players["boris"].person_id}


async def test_together_they_have_as_many_in_the_office_as_the_limit_allows(stage: Stage) -> None:
    hired = await _two_units(stage)
    assert await _looks(stage, "2020-06-18 09:00") == 2
    assert await _looks(stage, "2020-06-19 12:00") == 2
    uptd = {*hired, stage.players["dewi"].person_id}
    for on in WEEK:
        inside = await _inside(stage, on)
        assert len(inside) == ALLOWED
        assert len(inside & uptd) in (1, 2)  # by the number of its people: 1.75 of three


async def test_the_head_sees_the_places_of_the_unit_and_not_those_of_all(stage: Stage, boris: Player) -> None:
    await _two_units(stage)
    await _looks(stage, "2020-06-18 09:00")
    await stage.drains()
    await boris.says("jadwal piket")
    await boris.says("2")
    boris.sees("UPTD Pusat Data", "Sen 2 dari 2")


async def test_a_change_in_one_unit_mends_the_other(stage: Stage) -> None:
    hired = await _two_units(stage)
    await _looks(stage, "2020-06-18 09:00")
    await _looks(stage, "2020-06-19 12:00")
    before = await places(stage)
    dinas = {stage.players[name].person_id for name in ("ana", "clara", "fitri", "gita", "hana")}
    on = WEEK[0]
    assert len(await _inside(stage, on) & dinas) == 1
    await _letter(stage, hired[:ALLOWED], on)
    stage.passes(120)
    await looking.look(stage.db, stage.seal, BOOK, stage.clock.now())
    assert await _inside(stage, on) == set(hired[:ALLOWED])
    after = await places(stage)
    assert {
        day for _, day in before if any(before[key] != after[key] for key in before if key[1] == day)
    } == {on.isoformat()}


async def test_a_proposal_yields_to_places_that_were_taken_since_it_was_made(stage: Stage) -> None:
    await _two_units(stage)
    await _looks(stage, "2020-06-18 09:00")
    staff = [stage.players[name].person_id for name in ("ana", "clara", "fitri")]
    await _letter(stage, staff, WEEK[1])
    assert await _looks(stage, "2020-06-19 12:00") == 2
    assert await _inside(stage, WEEK[1]) == set(staff)
    assert [len(await _inside(stage, on)) for on in WEEK] == [ALLOWED] * 5
