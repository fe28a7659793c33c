"""Who judges whom on a day, what waits for them, and that a withdrawn version counts no more."""

import asyncio
from datetime import datetime, timedelta

import pytest

from db import appointments, people, reports, subordinates, superiors, verifications
from db.appointments import Post
from db.engine import Db, Tx
from db.reports import Kind, Report
from tests.db.office import DAY, HOUR, MONDAY, TUESDAY, items, said, sent
from tests.factories import AGENCY, BY, UPTD


async def wrote(tx: Tx, person_id: str, kind: Kind, *activities: str, now: datetime) -> Report:
    await reports.save(
        tx, person_id=person_id, on=MONDAY, kind=kind, items=items(*activities), source_message=None, **sent(now)
    )  # fmt: skip
    report = await reports.latest(tx, person_id=person_id, on=MONDAY, kind=kind)
    assert report is not None
    return report


async def under(tx: Tx, person_id: str, *, now: datetime) -> dict[str, str]:
    found = await subordinates.of(tx, person_id=person_id, on=MONDAY, now=now)
    return {each.name.split()[0].casefold(): each.capacity for each in found}


async def test_the_superior_comes_before_the_head_and_a_unit_without_a_head_is_under_the_one_above(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.reading() as tx:
        found = {name: await under(tx, ids[name], now=now) for name in ids}
    assert found["boris"] == {"ana": "superior", "clara": "head", "dewi": "head"}
    assert found["ana"] == found["clara"] == found["dewi"] == {}


async def test_the_head_of_a_unit_below_is_under_the_one_above_and_has_those_in_it(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await appointments.appoint(
            tx, unit_code=UPTD, person_id=ids["dewi"], post=Post.HEAD, valid_from=MONDAY, by=BY, now=now
        )
        assert await under(tx, ids["boris"], now=now) == {"ana": "superior", "clara": "head", "dewi": "head"}
        assert await under(tx, ids["dewi"], now=now) == {}


async def test_a_plh_judges_in_place_of_the_head(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.transaction() as tx:
        await appointments.appoint(
            tx, unit_code=AGENCY, person_id=ids["clara"], post=Post.PLH,
            valid_from=MONDAY, valid_until=MONDAY, by=BY, now=now,
        )  # fmt: skip
        assert await under(tx, ids["clara"], now=now) == {"ana": "plh", "dewi": "plh"}
        assert (await under(tx, ids["boris"], now=now)).keys() == {"ana"}
        on = {"person_id": ids["ana"], "now": now}
        assert await subordinates.capacity(tx, superior_id=ids["clara"], on=TUESDAY, **on) is None
        assert await subordinates.capacity(tx, superior_id=ids["boris"], on=TUESDAY, **on) == "superior"


async def test_who_has_left_is_under_nobody(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.transaction() as tx:
        await people.leave(tx, person_id=ids["ana"], now=now)
        assert "ana" not in await under(tx, ids["boris"], now=now)


async def test_v05_another_superior_is_the_only_one_from_then_on(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        who = {"person_id": ids["ana"], "superior_id": ids["clara"]}
        await superiors.name(tx, **who, valid_from=MONDAY, by=BY, now=now)
        assert await under(tx, ids["clara"], now=now) == {"ana": "superior"}
        assert "ana" not in await under(tx, ids["boris"], now=now)
        before = await subordinates.capacity(
            tx, superior_id=ids["boris"], person_id=ids["ana"], on=MONDAY, now=now - HOUR
        )
    assert before == "superior"


async def waiting(tx: Tx, by_id: str, *, now: datetime) -> list[tuple[str, str]]:
    found = await verifications.waiting(tx, by_id=by_id, since=MONDAY - 7 * DAY, on=MONDAY, now=now)
    return [(each.name.split()[0], each.kind) for each in found]


@pytest.mark.parametrize("decision", ["approved", "returned"])
async def test_what_is_judged_waits_no_more_until_there_is_a_new_version(
    db: Db, now: datetime, ids: dict[str, str], decision: verifications.Decision
) -> None:
    async with db.transaction() as tx:
        await wrote(tx, ids["ana"], "plan", "Rapat", now=now)
        output = await wrote(tx, ids["ana"], "output", "Rapat", now=now)
        assert await waiting(tx, ids["boris"], now=now) == [("Ana", "plan"), ("Ana", "output")]
        assert await waiting(tx, ids["clara"], now=now) == []
        await verifications.decide(
            tx, output, decision=decision, by_id=ids["boris"], capacity="superior", now=now, note="a", due_at=now + DAY
        )  # fmt: skip
        assert await waiting(tx, ids["boris"], now=now) == []
        last = await verifications.last(tx, person_id=ids["ana"], on=MONDAY, kind="output")
        await wrote(tx, ids["ana"], "output", "Rapat", "Surat", now=now + HOUR)
        assert await waiting(tx, ids["boris"], now=now) == [("Ana", "plan"), ("Ana", "output")]
    assert last is not None
    assert (last.decision, last.report_id, last.by_name, last.note) == (
        decision,
        output.id,
        "Boris Siregar",
        "a",
    )
    assert last.due_at == now + DAY


async def test_the_last_decision_counts(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.transaction() as tx:
        output = await wrote(tx, ids["ana"], "output", "Rapat", now=now)
        by = {"by_id": ids["boris"], "capacity": "superior"}
        await verifications.decide(tx, output, decision="approved", now=now, **by)
        await verifications.decide(tx, output, decision="returned", now=now + timedelta(minutes=1), **by)
        last = await verifications.last(tx, person_id=ids["ana"], on=MONDAY, kind="output")
    assert last is not None
    assert last.decision == "returned"


async def test_a_withdrawn_version_is_kept_and_the_one_before_stands_again(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        first = await wrote(tx, ids["ana"], "output", "Rapat", now=now)
        second = await wrote(tx, ids["ana"], "output", "Surat", now=now + HOUR)
        assert await reports.withdraw(tx, second, now=now + HOUR)
        assert not await reports.withdraw(tx, second, now=now + HOUR)
        again = await reports.latest(tx, person_id=ids["ana"], on=MONDAY, kind="output")
        assert await waiting(tx, ids["boris"], now=now) == [("Ana", "output")]
        third = await wrote(tx, ids["ana"], "output", "Arsip", now=now + HOUR)
        kept = await reports.with_id(tx, person_id=ids["ana"], report_id=second.id)
        other = await reports.with_id(tx, person_id=ids["boris"], report_id=second.id)
    assert again == first
    assert (third.version, said(third)) == (3, ["Arsip"])
    assert kept is not None
    assert kept.is_withdrawn
    assert other is None


async def test_d12_two_who_approve_at_once_leave_one_decision(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        report = await wrote(tx, ids["ana"], "output", "Rapat", now=now)

    async def approves(by: str) -> bool:
        async with db.transaction() as tx:
            return await verifications.decide(
                tx, report, decision="approved", by_id=ids[by], capacity="superior", now=now
            )

    assert sorted(await asyncio.gather(approves("boris"), approves("clara"))) == [False, True]
    async with db.reading() as tx:
        assert len(await tx.all("SELECT id FROM verifications")) == 1


async def test_what_was_approved_may_still_be_returned_and_approved_again(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        report = await wrote(tx, ids["ana"], "output", "Rapat", now=now)
        for minutes, decision in enumerate(("approved", "returned", "approved")):
            at = now + timedelta(minutes=minutes)
            assert await verifications.decide(
                tx, report, decision=decision, by_id=ids["boris"], capacity="superior", now=at
            )
