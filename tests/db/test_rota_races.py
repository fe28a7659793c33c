"""Two who change a rota at once: the one who comes second sees what the first did, whatever their clocks say."""

import asyncio
from datetime import datetime

from db.engine import Db
from db.rota import days as rota_days
from db.rota import drawing as rota_drawing
from db.rota import rotas
from db.rota import weeks as rota_weeks
from db.rota.days import Day
from db.rota.rotas import Draft, Rota
from db.sealed import Seal
from policy.book import Book
from policy.roster import Assignment
from policy.words import Arrangement
from tests.db.office import HOUR, MONDAY
from tests.factories import AGENCY

BOOK = Book.shipped()
WFO, WFH = Arrangement.WFO, Arrangement.WFH


async def _propose(
    db: Db, seal: Seal, days: dict[str, Arrangement], *, now: datetime, at: datetime | None = None
) -> Rota:
    draft = Draft(
        unit_code=AGENCY,
        week=MONDAY,
        seed="s",
        inputs={},
        problems=(),
        days=[_day(person, place) for person, place in days.items()],
        because="drawn",
        publish_at=at,
    )
    async with db.transaction() as tx:
        return await rotas.propose(tx, seal, draft, by="job", now=now)


def _day(person: str, place: Arrangement) -> Day:
    return Day(person_id=person, on=MONDAY, arrangement=place, shift=None, because="fair")


async def _publish(db: Db, rota: Rota, *, now: datetime) -> None:
    async with db.transaction() as tx:
        assert await rotas.publish(tx, rota, by="rota", now=now) is not None


async def _stands(db: Db, *, now: datetime) -> dict[str, Arrangement]:
    async with db.reading() as tx:
        found = await rota_days.standing(tx, unit_code=AGENCY, first=MONDAY, last=MONDAY, as_known_at=now)
    return {person: day.arrangement for (person, _), day in found.items()}


async def test_who_edits_while_it_is_published_hears_that_it_is_no_proposal_any_more(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    rota = await _propose(db, seal, {ids["ana"]: WFO}, now=now)
    async with db.reading() as tx:
        shown = await rota_weeks.read(tx, seal, BOOK, unit_code=AGENCY, monday=MONDAY, now=now)
    assert shown is not None
    is_published, new = asyncio.Event(), {(ids["ana"], MONDAY): Assignment(arrangement=WFH)}

    async def publish() -> None:
        async with db.transaction() as tx:
            await rotas.publish(tx, rota, by="rota", now=now)
            is_published.set()
            await asyncio.sleep(0.2)  # the other one comes meanwhile

    async def edit() -> Rota | None:
        await is_published.wait()
        async with db.transaction() as tx:
            return await rota_drawing.edit(tx, seal, shown, new, by=ids["boris"], now=now)

    _, edited = await asyncio.gather(publish(), edit())
    assert edited is None
    assert await _stands(db, now=now) == {ids["ana"]: WFO}


async def test_what_the_head_took_in_hand_meanwhile_does_not_publish_itself(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    rota = await _propose(db, seal, {ids["ana"]: WFO}, now=now, at=now + HOUR)
    async with db.transaction() as tx:
        assert await rotas.to_publish(tx, now=now + HOUR) == [rota.id]
        assert await rotas.due(tx, seal, rota_id=rota.id, now=now) is None
        due = await rotas.due(tx, seal, rota_id=rota.id, now=now + HOUR)
        await rotas.schedule(tx, rota_id=rota.id, publish_at=None)
        assert await rotas.due(tx, seal, rota_id=rota.id, now=now + HOUR) is None
    assert due == rota


async def test_who_publishes_last_is_right_though_their_moment_was_taken_before(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    ana, clara = ids["ana"], ids["clara"]
    for hours, place in ((0, WFO), (2, WFH), (1, WFO)):  # the last began first, and waited for the other
        rota = await _propose(db, seal, {ana: place, clara: WFO}, now=now)
        await _publish(db, rota, now=now + hours * HOUR)
    assert await _stands(db, now=now + 3 * HOUR) == {ana: WFO, clara: WFO}


async def test_a_swap_exchanges_what_is_published_at_last_and_not_what_its_moment_knew(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    await _publish(db, await _propose(db, seal, {ids["ana"]: WFO}, now=now), now=now + HOUR)
    async with db.transaction() as tx:
        swapped = [_day(ids["ana"], WFH)]
        assert await rota_days.replace_turns(tx, unit_code=AGENCY, days=swapped, now=now)
    assert await _stands(db, now=now + 3 * HOUR) == {ids["ana"]: WFH}
