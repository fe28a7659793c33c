"""Health cases: one open case a person, a gate that never ends by itself, and every past moment can be asked."""

import asyncio
from datetime import date, datetime

import pytest

from db import cases, cases_waiting, facts, health, roles
from db.cases import Case, Kind
from db.engine import Db
from db.roles import Role
from db.sealed import Seal
from policy.book import Book
from policy.health import HIGH_RISK
from policy.model import HealthGate
from tests.db.office import DAY, HEALTHY, HOUR, ILL, MONDAY, TUESDAY, sent
from tests.factories import AGENCY, UPTD

BOOK = Book.shipped()
FRIDAY = MONDAY + 4 * DAY


async def fall_ill(db: Db, seal: Seal, person_id: str, *, now: datetime, on: date = MONDAY) -> Case:
    async with db.transaction() as tx:
        saved = await health.save(tx, seal, person_id=person_id, on=on, answers=ILL, **sent(now))
        case, _ = await cases.open_case(
            tx, seal, person_id=person_id, report_id=saved.id, since=on, until=None, look_at=now, now=now
        )
    return case


async def extend(db: Db, seal: Seal, case: Case, *, until: date, now: datetime) -> None:
    async with db.transaction() as tx:
        await cases.add_event(tx, seal, case_id=case.id, kind=Kind.EXTENDED, by="dewi", until=until, now=now)


async def end(
    db: Db,
    seal: Seal,
    case: Case,
    *,
    now: datetime,
    ending: Kind = Kind.CLEARED,
    last_day: date | None = None,
) -> bool:
    async with db.transaction() as tx:
        return await cases.end(
            tx, seal, case_id=case.id, ending=ending, by="dewi", last_day=last_day, now=now
        )


async def gate(db: Db, seal: Seal, person_id: str, *, on: date, now: datetime) -> HealthGate | None:
    async with db.reading() as tx:
        found = await facts.facts_for(tx, seal, person_id=person_id, on=on, now=now, book=BOOK)
    return found.health_gate


def shut(until: date | None = None) -> HealthGate:
    return HealthGate(since=MONDAY, until=until, code=HIGH_RISK)


async def test_the_gate_follows_the_day_stated_last_and_stays_after_it(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """T04, T05"""
    case = await fall_ill(db, seal, ids["ana"], now=now)
    await extend(db, seal, case, until=TUESDAY, now=now + HOUR)
    await extend(db, seal, case, until=FRIDAY, now=now + 2 * HOUR)
    later = now + 3 * HOUR
    gates = [
        await gate(db, seal, ids["ana"], on=MONDAY + days * DAY, now=later) for days in (-1, 0, 4, 5, 60)
    ]
    assert gates == [None, shut(FRIDAY), shut(FRIDAY), shut(), shut()]


async def test_a_later_report_of_health_opens_nothing(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """I13"""
    await fall_ill(db, seal, ids["ana"], now=now)
    async with db.transaction() as tx:
        for on in (MONDAY, FRIDAY):
            await health.save(tx, seal, person_id=ids["ana"], on=on, answers=HEALTHY, **sent(now + HOUR))
    assert await gate(db, seal, ids["ana"], on=FRIDAY, now=now + 2 * HOUR) == shut()


async def test_what_was_cleared_is_open_from_its_day_and_was_shut_before(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    case = await fall_ill(db, seal, ids["ana"], now=now)
    assert await end(db, seal, case, last_day=TUESDAY, now=now + DAY)
    later = now + 2 * DAY
    gates = [await gate(db, seal, ids["ana"], on=MONDAY + days * DAY, now=later) for days in (0, 1, 2)]
    assert gates == [shut(TUESDAY), shut(TUESDAY), None]
    assert await gate(db, seal, ids["ana"], on=FRIDAY, now=now + HOUR) == shut()


async def test_what_was_withdrawn_never_kept_anybody_out_as_known_since(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    case = await fall_ill(db, seal, ids["ana"], now=now)
    async with db.transaction() as tx:
        await health.withdraw(tx, report_id=case.report_id, now=now + HOUR)
    assert await end(db, seal, case, ending=Kind.WITHDRAWN, now=now + HOUR)
    assert await gate(db, seal, ids["ana"], on=MONDAY, now=now) == shut()
    assert await gate(db, seal, ids["ana"], on=MONDAY, now=now + HOUR) is None


async def test_a_withdrawn_version_gives_way_to_the_one_before(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """I13: as known then and now."""
    unfit = {"mode": "fit", "yes": [], "risk": None, "fit": False}
    async with db.transaction() as tx:
        await health.save(tx, seal, person_id=ids["ana"], on=MONDAY, answers=unfit, **sent(now))
        second = await health.save(
            tx, seal, person_id=ids["ana"], on=MONDAY, answers={**unfit, "fit": True}, **sent(now + HOUR)
        )
        await health.withdraw(tx, report_id=second.id, now=now + 2 * HOUR)
    gates = [await gate(db, seal, ids["ana"], on=MONDAY, now=now + hours * HOUR) for hours in (0, 1, 2)]
    assert [found and found.code for found in gates] == ["unfit", None, "unfit"]


async def test_a_new_case_after_a_cleared_one_shuts_again(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    first = await fall_ill(db, seal, ids["ana"], now=now)
    await end(db, seal, first, last_day=MONDAY, now=now + HOUR)
    second = await fall_ill(db, seal, ids["ana"], on=FRIDAY, now=now + 4 * DAY)
    assert second.id != first.id
    later = now + 5 * DAY
    gates = [await gate(db, seal, ids["ana"], on=on, now=later) for on in (MONDAY, TUESDAY, FRIDAY)]
    assert [found and found.since for found in gates] == [MONDAY, None, FRIDAY]


async def test_a_report_of_high_risk_without_a_case_still_shuts(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """As the release before stored it; also after an older case was cleared."""
    case = await fall_ill(db, seal, ids["ana"], now=now)
    await end(db, seal, case, last_day=MONDAY, now=now + HOUR)
    async with db.transaction() as tx:
        at = sent(now + 4 * DAY)
        await health.save(tx, seal, person_id=ids["ana"], on=FRIDAY, answers=ILL, **at)
    found = await gate(db, seal, ids["ana"], on=FRIDAY, now=now + 5 * DAY)
    assert found == HealthGate(since=FRIDAY, until=None, code=HIGH_RISK)


async def test_one_person_has_one_open_case(db: Db, seal: Seal, now: datetime, ids: dict[str, str]) -> None:
    first = await fall_ill(db, seal, ids["ana"], now=now)
    again = await fall_ill(db, seal, ids["ana"], on=TUESDAY, now=now + DAY)
    assert (again.id, again.since, again.code[:2]) == (first.id, MONDAY, "K-")


async def test_two_clear_at_once_and_one_does(db: Db, seal: Seal, now: datetime, ids: dict[str, str]) -> None:
    """D12"""
    case = await fall_ill(db, seal, ids["ana"], now=now)
    ended = await asyncio.gather(*(end(db, seal, case, last_day=MONDAY, now=now + HOUR) for _ in range(4)))
    async with db.reading() as tx:
        kinds = [event.kind for event in await cases.events(tx, seal, case_id=case.id)]
    assert sorted(ended) == [False, False, False, True]
    assert kinds == [Kind.OPENED, Kind.CLEARED]


async def test_what_is_due_is_claimed_by_one(db: Db, seal: Seal, now: datetime, ids: dict[str, str]) -> None:
    case = await fall_ill(db, seal, ids["ana"], now=now)
    async with db.reading() as tx:
        assert await cases_waiting.is_any_due(tx, now=now)

    async def claim() -> int:
        async with db.transaction() as tx:
            due = await cases_waiting.claim_due(tx, now=now)
            await cases_waiting.look_again(tx, dict.fromkeys(due, now + DAY))
            return len(due)

    assert sum(await asyncio.gather(claim(), claim(), claim())) == 1
    assert await end(db, seal, case, now=now + HOUR)
    async with db.transaction() as tx:
        assert not await cases_waiting.is_any_due(tx, now=now + 2 * DAY)
        assert await cases_waiting.claim_due(tx, now=now + 2 * DAY) == {}


async def test_the_list_holds_the_units_asked_for_the_nearest_first(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    ana = await fall_ill(db, seal, ids["ana"], now=now)
    await fall_ill(db, seal, ids["dewi"], on=TUESDAY, now=now)
    await extend(db, seal, ana, until=FRIDAY, now=now)
    async with db.reading() as tx:
        everybody = await cases_waiting.open_cases(tx, units=None, on=TUESDAY, now=now)
        of_unit = await cases_waiting.open_cases(tx, units=frozenset({AGENCY}), on=TUESDAY, now=now)
    assert [each.name for each in everybody] == ["Dewi Anggraini", "Ana Lestari"]
    assert [(each.name, each.until) for each in of_unit] == [("Ana Lestari", FRIDAY)]


@pytest.mark.parametrize(
    ("unit", "units", "for_agency"),
    [(AGENCY, {AGENCY, UPTD}, True), (UPTD, {UPTD}, False), (None, None, True)],
)
async def test_a_role_for_a_unit_holds_for_all_below_it(
    db: Db, now: datetime, ids: dict[str, str], unit: str | None, units: set[str] | None, for_agency: bool
) -> None:
    role = Role.HEALTH
    async with db.transaction() as tx:
        await roles.grant(
            tx, person_id=ids["clara"], role=role, unit_code=unit, valid_from=MONDAY, by="seed", now=now
        )
        seen = await roles.units_of(tx, person_id=ids["clara"], role=role, on=MONDAY, as_known_at=now)
        of_agency = await roles.holders(tx, role=role, on=MONDAY, as_known_at=now, unit_code=AGENCY)
        of_unit = await roles.holders(tx, role=role, on=MONDAY, as_known_at=now, unit_code=UPTD)
    assert seen == units
    assert (ids["clara"] in of_agency) is for_agency
    assert ids["clara"] in of_unit
