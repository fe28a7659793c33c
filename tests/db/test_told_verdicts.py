"""What people were told is kept as it was told; and the small books of the office: audit, outages."""

import json
from dataclasses import replace
from datetime import datetime

from db import audit, outages, verdicts
from db.engine import Db
from db.sealed import Seal
from policy.model import Arrangement, Reason, Step, Verdict
from tests.db.office import HOUR, MONDAY, TUESDAY


def office(now: datetime) -> Verdict:
    return Verdict(MONDAY, now, Arrangement.WFO, (Reason("rule", Step.CIRCULAR),))


async def test_what_was_told_at_seven_is_what_was_told_at_seven(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    home = replace(office(now), arrangement=Arrangement.WFH)
    who = {"person_id": ids["ana"], "on": MONDAY}
    async with db.transaction() as tx:
        await verdicts.tell(tx, seal, verdict=office(now), now=now, **who)
        await verdicts.tell(tx, seal, verdict=home, now=now + HOUR, **who)
        assert await verdicts.told(tx, seal, as_known_at=now - HOUR, **who) is None
        assert await verdicts.told(tx, seal, as_known_at=now, **who) == office(now)
        assert await verdicts.told(tx, seal, as_known_at=now + HOUR, **who) == home


async def test_the_same_answer_told_again_adds_nothing(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    who = {"person_id": ids["ana"], "on": MONDAY}
    async with db.transaction() as tx:
        for hours in range(3):
            moment = now + hours * HOUR
            await verdicts.tell(tx, seal, verdict=office(moment), now=moment, **who)
        rows = await tx.all("SELECT id FROM verdicts")
        assert await verdicts.told(tx, seal, as_known_at=now + 3 * HOUR, **who) == office(now)
    assert len(rows) == 1


async def test_what_was_told_before_is_known_without_being_read_back(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    home = replace(office(now), arrangement=Arrangement.WFH)
    async with db.transaction() as tx:
        await verdicts.tell(tx, seal, person_id=ids["ana"], on=MONDAY, verdict=office(now), now=now)
        wanted = {ids["ana"]: office(now + HOUR), ids["boris"]: home}
        found = await verdicts.untold(tx, seal, on=MONDAY, verdicts=wanted)
        assert found == {ids["boris"]: home}
        assert await verdicts.untold(tx, seal, on=MONDAY, verdicts={}) == {}
        assert ids["ana"] in await verdicts.untold(tx, seal, on=MONDAY, verdicts={ids["ana"]: home})


async def test_why_a_verdict_gave_way_says_nothing_private(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    who = {"person_id": ids["ana"], "on": MONDAY}
    barred = replace(office(now), reasons=(Reason("health_barred", Step.HEALTH, {"code": "kmk328:besar"}),))
    async with db.transaction() as tx:
        await verdicts.tell(tx, seal, verdict=office(now), now=now, **who)
        await verdicts.tell(tx, seal, verdict=barred, now=now + HOUR, **who)
        row = await tx.one("SELECT superseded_because FROM verdicts WHERE superseded_at IS NOT NULL")
    assert row is not None
    assert row["superseded_because"] == "the same arrangement, other reasons"


async def test_the_answer_for_another_day_is_another_answer(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await verdicts.tell(tx, seal, person_id=ids["ana"], on=MONDAY, verdict=office(now), now=now)
        told = await verdicts.told(tx, seal, person_id=ids["ana"], on=TUESDAY, as_known_at=now)
    assert told is None


async def test_the_audit_says_who_did_what(db: Db, now: datetime) -> None:
    async with db.transaction() as tx:
        await audit.note(tx, actor="clara", action="zone", subject="18.71", detail={"to": "merah"}, now=now)
        row = await tx.one("SELECT actor, action, subject, detail FROM audit")
    assert row is not None
    assert (row["actor"], row["action"], row["subject"]) == ("clara", "zone", "18.71")
    assert json.loads(row["detail"]) == {"to": "merah"}


async def test_an_outage_is_found_by_any_moment_it_touches(db: Db, now: datetime) -> None:
    async with db.transaction() as tx:
        for cause, hours in (("network", 1), ("restart", 5)):
            began = now + hours * HOUR
            await outages.record(tx, cause=cause, began_at=began, ended_at=began + HOUR, now=began + HOUR)
        found = await outages.between(tx, start=now + 1.5 * HOUR, end=now + 3 * HOUR)
        nothing = await outages.between(tx, start=now + 2 * HOUR, end=now + 5 * HOUR)
    assert [outage.cause for outage in found] == ["network"]
    assert nothing == []
