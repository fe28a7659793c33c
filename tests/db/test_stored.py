"""What a demo's page is shown: every table has its row, what is sealed stays so, and nobody else's rows are there."""

from datetime import datetime, timedelta

from db import cases, files, health, reports, snoozes, stored, tasks, threads, verdicts, verifications
from db.engine import Db, Tx
from db.sealed import Seal
from db.sending import outbox
from db.stored import Stored
from policy.model import Arrangement, Verdict
from tests.db.office import HEALTHY, HOUR, ILL, MONDAY, items, sent

CHAT = {"channel": "telegram", "address": "1001"}


async def _today(tx: Tx, person_id: str, now: datetime) -> list[Stored]:
    return await stored.of_person(tx, person_id=person_id, on=MONDAY, since=now - HOUR, now=now + HOUR)


async def test_every_kind_of_row_is_found_by_the_person_and_day(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    ana, boris = ids["ana"], ids["boris"]
    async with db.transaction() as tx:
        await verdicts.tell(
            tx, seal, person_id=ana, on=MONDAY, verdict=Verdict(MONDAY, now, Arrangement.WFO, ()), now=now
        )
        saved = await health.save(tx, seal, person_id=ana, on=MONDAY, answers=ILL, **sent(now))
        await cases.open_case(
            tx, seal, person_id=ana, report_id=saved.id, since=MONDAY, until=None, look_at=now, now=now
        )
        await reports.save(
            tx,
            person_id=ana,
            on=MONDAY,
            kind="plan",
            items=items("Menata arsip"),
            source_message=None,
            **sent(now),
        )
        await tasks.give(tx, person_id=ana, given_by=boris, on=MONDAY, activity="Menyusun surat", now=now)
        await snoozes.begin(tx, person_id=ana, until_at=now + 4 * HOUR, now=now)
        await files.want(tx, person_id=ana, kind="evidence", name="foto.jpg", now=now)
        await threads.begin(tx, seal, person_id=ana, unit_code="DISKOMINFO", words="Kapan?", now=now)
        plan = await reports.latest(tx, person_id=ana, on=MONDAY, kind="plan")
        assert plan is not None
        await verifications.decide(tx, plan, decision="approved", by_id=boris, capacity="superior", now=now)
        hers, his = await _today(tx, ana, now), await _today(tx, boris, now)
        nobodys = await _today(tx, ids["clara"], now)
    assert [row.table for row in hers] == [
        "verdicts", "health_reports", "health_cases", "reports", "tasks", "snoozes", "files", "threads",
    ]  # fmt: skip
    assert hers[3].facts["decided_by"] == "Boris Siregar"
    assert [row.table for row in his] == ["verified", "given"]
    assert nobodys == []


async def test_what_is_sealed_comes_as_it_is_stored(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """Twelve bytes of what stands there encrypted, and no word of what was answered."""
    async with db.transaction() as tx:
        await health.save(tx, seal, person_id=ids["ana"], on=MONDAY, answers=ILL, **sent(now))
        (row,) = await _today(tx, ids["ana"], now)
    assert len(bytes.fromhex(row.sealed)) == 12
    assert set(row.facts) == {"code", "version", "withdrawn_at"}
    assert "besar" not in repr(row)


async def test_the_version_that_stands_is_shown(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """The newest; one that is withdrawn only when there is no other."""
    who = {"person_id": ids["ana"], "on": MONDAY}
    async with db.transaction() as tx:
        first = await health.save(tx, seal, answers=HEALTHY, **who, **sent(now))
        second = await health.save(tx, seal, answers=ILL, **who, **sent(now + timedelta(minutes=1)))
        shown = [(await _today(tx, ids["ana"], now))[0].facts["code"]]
        for report in (second, first):
            await health.withdraw(tx, report_id=report.id, now=now + timedelta(minutes=2))
            shown.append((await _today(tx, ids["ana"], now))[0].facts["code"])
    assert shown == [second.code, first.code, second.code]


async def test_messages_are_listed_without_their_words(db: Db, seal: Seal, now: datetime) -> None:
    async with db.transaction() as tx:
        for name in ("today/verdict", "menu/next"):
            await outbox.add(
                tx,
                seal,
                person_id=None,
                urgency=0,
                message=name,
                locale="id",
                body={"params": {}},
                now=now,
                **CHAT,
            )
        await outbox.move(tx, channel="telegram", old="1001", new="1002")
        assert await stored.sent(tx, since=now - HOUR, **CHAT) == []
        moved = await stored.sent(tx, channel="telegram", address="1002", since=now - HOUR)
        assert await stored.sent(tx, channel="telegram", address="1002", since=now + HOUR) == []
    assert {(each.message, each.state, each.took) for each in moved} == {
        ("today/verdict", "queued", None),
        ("menu/next", "queued", None),
    }
