"""Rotas in rows: one proposal a week, published once by whoever comes first, and only what changed gives way."""

from datetime import date, datetime, timedelta

import pytest

from db import swaps
from db.engine import Db
from db.rota import days as rota_days
from db.rota import rotas
from db.rota import settings as rota_settings
from db.rota.days import Day
from db.rota.rotas import Draft
from db.sealed import Seal
from policy.words import Arrangement
from tests.factories import AGENCY, open_office

MONDAY = date(2020, 6, 15)
WFO, WFH = Arrangement.WFO, Arrangement.WFH


def _draft(*days: Day, because: str = "drawn", publish_at: datetime | None = None) -> Draft:
    return Draft(
        unit_code=AGENCY,
        week=MONDAY,
        seed="abc",
        inputs={"people": len(days)},
        problems=[{"key": "cap_zero"}],
        days=days,
        because=because,
        publish_at=publish_at,
    )


def _day(person_id: str, arrangement: Arrangement, *, on: date = MONDAY, because: str = "fair") -> Day:
    return Day(person_id=person_id, on=on, arrangement=arrangement, shift=None, because=because)


async def test_a_proposal_is_kept_whole_and_a_newer_one_discards_it(
    db: Db, seal: Seal, now: datetime
) -> None:
    ids = await open_office(db, now=now)
    async with db.transaction() as tx:
        first = await rotas.propose(tx, seal, _draft(_day(ids["ana"], WFO)), by="job", now=now)
        second = await rotas.propose(tx, seal, _draft(_day(ids["ana"], WFH)), by="boris", now=now)
        kept = await rotas.by_id(tx, seal, rota_id=first.id)
        waiting = await rotas.proposed(tx, seal, unit_code=AGENCY, week=MONDAY)
        days = await rota_days.days_of(tx, rota_id=second.id)
    assert kept is not None
    assert kept.state == "discarded"
    assert waiting == second
    assert (second.version, second.inputs, list(second.problems)) == (2, {"people": 1}, [{"key": "cap_zero"}])
    assert days == [_day(ids["ana"], WFH)]


async def test_it_is_published_once_and_a_proposal_counts_for_nobody(
    db: Db, seal: Seal, now: datetime
) -> None:
    ids = await open_office(db, now=now)
    async with db.transaction() as tx:
        rota = await rotas.propose(tx, seal, _draft(_day(ids["ana"], WFO)), by="job", now=now)
        assert await rota_days.turn(tx, person_id=ids["ana"], on=MONDAY, as_known_at=now) is None
        changed = await rotas.publish(tx, rota, by="boris", now=now)
        again = await rotas.publish(tx, rota, by="rota", now=now)
        assert not await rotas.discard(tx, rota, now=now)
        assert not await rota_days.change_day(tx, rota_id=rota.id, day=_day(ids["ana"], WFH))
        found = await rota_days.turn(tx, person_id=ids["ana"], on=MONDAY, as_known_at=now)
    assert changed == [_day(ids["ana"], WFO)]
    assert again is None
    assert found == (rota.id, AGENCY, _day(ids["ana"], WFO))


async def test_a_week_published_anew_leaves_the_days_that_did_not_change(
    db: Db, seal: Seal, now: datetime
) -> None:
    ids = await open_office(db, now=now)
    later = now + timedelta(hours=1)
    async with db.transaction() as tx:
        before = await rotas.propose(
            tx, seal, _draft(_day(ids["ana"], WFO), _day(ids["clara"], WFH)), by="job", now=now
        )
        await rotas.publish(tx, before, by="boris", now=now)
        draft = _draft(_day(ids["ana"], WFO, because="kept"), _day(ids["clara"], WFO), because="mended")
        after = await rotas.propose(tx, seal, draft, by="job", now=later)
        changed = await rotas.publish(tx, after, by="rota", now=later)
        stands = await rota_days.standing(tx, unit_code=AGENCY, first=MONDAY, last=MONDAY, as_known_at=later)
        stood = await rota_days.standing(tx, unit_code=AGENCY, first=MONDAY, last=MONDAY, as_known_at=now)
        of_ana = await rota_days.turn(tx, person_id=ids["ana"], on=MONDAY, as_known_at=later)
        replaced = await rotas.by_id(tx, seal, rota_id=before.id)
    assert changed == [_day(ids["clara"], WFO)]
    assert {key[0]: day.arrangement for key, day in stands.items()} == {ids["ana"]: WFO, ids["clara"]: WFO}
    assert stood[ids["clara"], MONDAY].arrangement is WFH
    assert of_ana is not None
    assert of_ana[0] == before.id
    assert replaced is not None
    assert replaced.state == "superseded"


async def test_turns_are_replaced_together_or_not_at_all(db: Db, seal: Seal, now: datetime) -> None:
    ids = await open_office(db, now=now)
    later = now + timedelta(hours=1)
    swapped = [_day(ids["ana"], WFH, because="swap"), _day(ids["clara"], WFO, because="swap")]
    async with db.transaction() as tx:
        draft = _draft(_day(ids["ana"], WFO), _day(ids["clara"], WFH))
        rota = await rotas.propose(tx, seal, draft, by="job", now=now)
        assert not await rota_days.replace_turns(tx, unit_code=AGENCY, days=swapped, now=now)
        await rotas.publish(tx, rota, by="boris", now=now)
        assert await rota_days.replace_turns(tx, unit_code=AGENCY, days=swapped, now=later)
        stands = await rota_days.standing(tx, unit_code=AGENCY, first=MONDAY, last=MONDAY, as_known_at=later)
    assert sorted(stands.values(), key=lambda day: day.arrangement) == [swapped[0], swapped[1]]


async def test_what_is_due_to_publish_itself_is_found(db: Db, seal: Seal, now: datetime) -> None:
    ids = await open_office(db, now=now)
    async with db.transaction() as tx:
        draft = _draft(_day(ids["ana"], WFO), publish_at=now + timedelta(hours=1))
        rota = await rotas.propose(tx, seal, draft, by="job", now=now)
        assert await rotas.to_publish(tx, now=now) == []
        assert await rotas.to_publish(tx, now=now + timedelta(hours=1)) == [rota.id]
        await rotas.discard(tx, rota, now=now)
        assert await rotas.to_publish(tx, now=now + timedelta(hours=1)) == []


async def test_a_seed_is_fixed_once_for_its_cycle_and_for_no_other(db: Db, now: datetime) -> None:
    await open_office(db, now=now)
    cycle = rota_settings.cycle_of(MONDAY)
    weeks = [cycle + timedelta(weeks=number) for number in range(5)]
    async with db.transaction() as tx:
        drawn = [
            await rota_settings.fix_seed(tx, unit_code=AGENCY, week=week, by="job", now=now) for week in weeks
        ]
        again = await rota_settings.seed(tx, unit_code=AGENCY, week=MONDAY)
    assert len(set(drawn[:4])) == 1
    assert drawn[4] != drawn[0] == again


async def test_fixed_days_and_who_is_needed_are_kept_by_person(db: Db, now: datetime) -> None:
    ids = await open_office(db, now=now)
    when = {"first": MONDAY, "by": "boris", "now": now}
    async with db.transaction() as tx:
        await rota_settings.set_fixed_days(
            tx, unit_code=AGENCY, person_id=ids["ana"], weekdays=[2, 0, 2], **when
        )
        await rota_settings.set_needed(tx, unit_code=AGENCY, person_id=ids["clara"], is_needed=True, **when)
        await rota_settings.set_fixed_days(tx, unit_code=AGENCY, person_id=ids["clara"], weekdays=[], **when)
        fixed = await rota_settings.fixed_days(tx, unit_code=AGENCY, on=MONDAY, now=now)
        needed = await rota_settings.needed(tx, unit_code=AGENCY, on=MONDAY, now=now)
    assert fixed == {ids["ana"]: frozenset({0, 2})}
    assert needed == {ids["clara"]}


async def test_a_swap_moves_from_the_state_it_was_read_in_and_no_other(db: Db, now: datetime) -> None:
    ids = await open_office(db, now=now)
    about = {"unit_code": AGENCY, "gives": MONDAY, "takes": MONDAY + timedelta(days=1), "now": now}
    async with db.transaction() as tx:
        swap = await swaps.ask(tx, asked_by=ids["ana"], partner_id=ids["clara"], **about)
        assert swap is not None
        assert await swaps.ask(tx, asked_by=ids["clara"], partner_id=ids["ana"], **about) is None
        assert await swaps.open_until(tx, day=MONDAY) == [swap]
        assert await swaps.move(tx, swap=swap, state="withdrawn", now=now)
        assert not await swaps.move(tx, swap=swap, state="done", now=now, partner=True)
        assert await swaps.open_until(tx, day=MONDAY) == []
        assert await swaps.ask(tx, asked_by=ids["clara"], partner_id=ids["ana"], **about) is not None


@pytest.mark.parametrize("text", ["9 09:00", "jumat 12:00", "4", "4 25:00"])
def test_a_moment_that_names_no_weekday_or_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        rota_settings.WeeklyMoment.read(text)
