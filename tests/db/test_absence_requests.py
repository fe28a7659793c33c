"""Requests, who decides them, threads and pauses, as the database keeps them."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from db import absence_requests, appointments, approvers, snoozes, superiors, threads
from db.absence_requests import Request, Wanted
from db.appointments import Post
from db.approvers import Approver
from db.engine import Db
from db.sealed import Seal
from policy.model import AbsenceKind, Part
from tests import factories

MONDAY = date(2020, 6, 15)
WANTED = Wanted(
    kind=AbsenceKind.PERMISSION, first=MONDAY, last=MONDAY, part=Part.MORNING, reason="urusan keluarga"
)


@pytest.fixture
async def ids(db: Db, now: datetime) -> dict[str, str]:
    return await factories.open_office(db, now=now)


async def _asked(db: Db, seal: Seal, person_id: str, now: datetime) -> Request:
    async with db.transaction() as tx:
        return await absence_requests.ask(tx, seal, person_id=person_id, wanted=WANTED, now=now)


async def test_a_request_is_read_back_as_it_was_asked_and_its_reason_is_sealed(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    asked = await _asked(db, seal, ids["ana"], now)
    async with db.reading() as tx:
        assert await absence_requests.by_id(tx, seal, request_id=asked.id) == asked
        row = await tx.one("SELECT reason FROM absence_requests")
    assert row is not None
    assert b"keluarga" not in bytes(row["reason"])
    assert "keluarga" not in repr(asked)


async def test_of_two_decisions_at_once_one_counts(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """D12"""
    asked = await _asked(db, seal, ids["ana"], now)

    async def decides(state: str) -> bool:
        async with db.transaction() as tx:
            return await absence_requests.decide(
                tx,
                seal,
                request=asked,
                state="approved" if state == "approved" else "declined",
                by=ids["boris"],
                now=now,
            )

    done = await asyncio.gather(*(decides(each) for each in ("approved", "declined") * 4))
    assert sum(done) == 1


async def test_of_two_requests_for_the_same_days_at_once_one_is_stored(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """C02, D12: whoever holds the person looks first, and only then asks."""
    ana = ids["ana"]

    async def asks() -> bool:
        async with db.transaction() as tx:
            await absence_requests.lock(tx, person_id=ana)
            if await absence_requests.meeting(tx, seal, person_id=ana, first=MONDAY, last=MONDAY):
                return False
            await absence_requests.ask(tx, seal, person_id=ana, wanted=WANTED, now=now)
            return True

    assert sum(await asyncio.gather(*(asks() for _ in range(5)))) == 1


async def test_what_was_cancelled_cannot_be_decided_and_the_other_way_round(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    asked = await _asked(db, seal, ids["ana"], now)
    async with db.transaction() as tx:
        assert await absence_requests.cancel(tx, request=asked)
        assert not await absence_requests.cancel(tx, request=asked)
        assert not await absence_requests.decide(
            tx, seal, request=asked, state="approved", by=ids["boris"], now=now
        )
        assert not await absence_requests.attach(tx, request_id=asked.id, letter="1", file_id=None)


async def test_who_decides_is_the_superior_then_who_leads_and_never_oneself(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    when = {"on": MONDAY, "now": now}
    async with db.transaction() as tx:
        boris = Approver(person_id=ids["boris"], capacity="superior")
        assert await approvers.of(tx, person_id=ids["ana"], **when) == boris
        head = Approver(person_id=ids["boris"], capacity="head")
        assert await approvers.of(tx, person_id=ids["dewi"], **when) == head
        assert await approvers.of(tx, person_id=ids["boris"], **when) is None
        since = {"by": "seed", "now": now}
        await appointments.appoint(
            tx,
            unit_code=factories.UPTD,
            person_id=ids["dewi"],
            post=Post.PLT,
            valid_from=MONDAY,
            valid_until=MONDAY,
            **since,
        )
        assert await approvers.of(tx, person_id=ids["dewi"], **when) == head
        await superiors.name(tx, person_id=ids["ana"], superior_id=ids["ana"], valid_from=MONDAY, **since)
        assert await approvers.of(tx, person_id=ids["ana"], **when) == head


async def test_a_plh_decides_on_the_days_of_their_letter(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.transaction() as tx:
        await appointments.appoint(
            tx,
            unit_code=factories.AGENCY,
            person_id=ids["clara"],
            post=Post.PLH,
            valid_from=MONDAY,
            valid_until=MONDAY,
            by="seed",
            now=now,
        )
        on_monday = await approvers.of(tx, person_id=ids["dewi"], on=MONDAY, now=now)
        on_tuesday = await approvers.of(tx, person_id=ids["dewi"], on=MONDAY + timedelta(days=1), now=now)
    assert on_monday == Approver(person_id=ids["clara"], capacity="head")
    assert on_tuesday == Approver(person_id=ids["boris"], capacity="head")


async def test_a_pause_ends_by_itself_by_word_or_by_another(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    ana, hour = ids["ana"], timedelta(hours=1)
    async with db.transaction() as tx:
        assert await snoozes.until(tx, person_id=ana, now=now) is None
        await snoozes.begin(tx, person_id=ana, until_at=now + 2 * hour, now=now)
        await snoozes.begin(tx, person_id=ana, until_at=now + hour, now=now)
        assert await snoozes.until(tx, person_id=ana, now=now) == now + hour
        assert await snoozes.until(tx, person_id=ana, now=now + hour) is None
        assert await snoozes.end(tx, person_id=ana, now=now)
        assert not await snoozes.end(tx, person_id=ana, now=now)


async def test_a_thread_waits_until_somebody_else_has_written(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        asked = await threads.begin(
            tx, seal, person_id=ids["ana"], unit_code=factories.UPTD, words="Kapan?", now=now
        )
        place = {"skip": 0, "most": 9}
        for units, count in ((None, 1), ([factories.UPTD], 1), ([factories.AGENCY], 0), ([], 0)):
            assert len(await threads.waiting(tx, units=units, **place)) == count
        for by, waits in (("clara", 0), ("ana", 1), ("clara", 0)):
            assert await threads.add(tx, seal, thread=asked, by=ids[by], words="Segera.", now=now)
            assert len(await threads.waiting(tx, units=None, **place)) == waits
        assert await threads.close(tx, thread_id=asked.id, now=now)
        assert not await threads.close(tx, thread_id=asked.id, now=now)
        assert not await threads.add(tx, seal, thread=asked, by=ids["ana"], words="Lagi", now=now)
        written = await threads.messages(tx, seal, thread_id=asked.id)
    assert [each.words for each in written] == ["Kapan?", "Segera.", "Segera.", "Segera."]
