"""What "as before" would report: the last earlier answers, or nothing where they must be given anew."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from db import cases, health, people, settings
from db.engine import Db, Tx
from db.sealed import Seal
from handlers.flow import Context
from handlers.health.service import Before, as_before
from handlers.update import Sender
from policy.book import Book
from tests import factories
from tests.db.office import DAY, HEALTHY, ILL, MONDAY, sent

BOOK = Book.shipped()
FRIDAY = MONDAY - 3 * DAY
CROWDS: dict[str, Any] = {"mode": "kmk328", "yes": [1, 4], "risk": "sedang", "fit": True}
FIT: dict[str, Any] = {"mode": "fit", "yes": [], "risk": None, "fit": True}


@pytest.fixture
async def ana(db: Db, now: datetime) -> str:
    return (await factories.open_office(db, now=now))["ana"]


async def context(tx: Tx, seal: Seal, person_id: str, *, now: datetime) -> Context:
    return Context(
        db=tx,
        sender=Sender(channel="telegram", address="1001", user="1001"),
        person=await people.by_id(tx, person_id=person_id, now=now),
        policy=BOOK,
        now=now,
        sent_at=now,
        day=MONDAY,
        locale="id",
        seal=seal,
    )


async def offered(
    db: Db, seal: Seal, ana: str, *reports: tuple[date, dict[str, Any]], now: datetime, mode: str = ""
) -> Before | None:
    async with db.transaction() as tx:
        for on, answers in reports:
            await health.save(tx, seal, person_id=ana, on=on, answers=answers, **sent(now))
        if mode:
            await settings.set_value(
                tx, unit_code=factories.AGENCY, name="health_mode", value=mode, basis="SK", by="clara",
                valid_from=MONDAY, now=now,
            )  # fmt: skip
        return await as_before(await context(tx, seal, ana, now=now), day=MONDAY)


async def test_the_answers_of_the_last_earlier_day_are_offered(
    db: Db, seal: Seal, now: datetime, ana: str
) -> None:
    reports = ((FRIDAY - DAY, HEALTHY), (FRIDAY, CROWDS), (MONDAY, HEALTHY))
    assert await offered(db, seal, ana, *reports, now=now) == Before(yes=(1, 4), fit=None, on=FRIDAY)


async def test_of_fit_or_unfit_only_fit_is_offered(db: Db, seal: Seal, now: datetime, ana: str) -> None:
    fit = await offered(db, seal, ana, (FRIDAY, FIT), now=now, mode="fit/unfit")
    assert fit == Before(yes=(), fit=True, on=FRIDAY)
    assert await offered(db, seal, ana, (FRIDAY, {**FIT, "fit": False}), now=now) is None


@pytest.mark.parametrize(
    ("reports", "mode"),
    [
        ((), ""),
        (((FRIDAY, ILL),), ""),
        (((FRIDAY, HEALTHY), (MONDAY, ILL)), ""),
        (((FRIDAY, HEALTHY),), "fit/unfit"),
        (((FRIDAY, FIT),), ""),
        (((FRIDAY, HEALTHY),), "off"),
        (((MONDAY - timedelta(days=15), HEALTHY),), ""),
    ],
)
async def test_it_is_not_offered_where_it_would_not_be_an_answer(
    db: Db, seal: Seal, now: datetime, ana: str, reports: Any, mode: str
) -> None:
    """After high risk, with a report of today that keeps one out, in another mode, after long, or never before."""
    assert await offered(db, seal, ana, *reports, now=now, mode=mode) is None


async def test_with_an_open_case_it_is_not_offered(db: Db, seal: Seal, now: datetime, ana: str) -> None:
    async with db.transaction() as tx:
        saved = await health.save(tx, seal, person_id=ana, on=FRIDAY - DAY, answers=ILL, **sent(now))
        await cases.open_case(
            tx, seal, person_id=ana, report_id=saved.id, since=FRIDAY - DAY, until=None, look_at=now, now=now
        )
    assert await offered(db, seal, ana, (FRIDAY, HEALTHY), now=now) is None


async def test_a_report_that_was_withdrawn_is_not_repeated(
    db: Db, seal: Seal, now: datetime, ana: str
) -> None:
    async with db.transaction() as tx:
        saved = await health.save(tx, seal, person_id=ana, on=FRIDAY, answers=CROWDS, **sent(now))
        await health.withdraw(tx, report_id=saved.id, now=now)
    assert await offered(db, seal, ana, now=now) is None
