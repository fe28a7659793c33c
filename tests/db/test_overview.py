"""A person's days at a glance: the standing version of everything, who checked it, and who they were."""

from datetime import date, datetime, timedelta

from db import appointments, health, overview, reports, verifications
from db.appointments import Post
from db.engine import Db
from db.items import Item
from db.sealed import Seal
from tests.db.office import HEALTHY, MONDAY, TUESDAY, Counting, sent
from tests.factories import BY, UPTD

LAST = MONDAY.replace(day=30)


async def test_the_standing_versions_stand_with_what_was_decided_about_them(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    ana = {"person_id": ids["ana"], "on": MONDAY}
    async with db.transaction() as tx:
        for activity in ("Rapt", "Rapat"):
            await reports.save(
                tx, kind="output", items=[Item(activity=activity)], source_message=None, **ana, **sent(now)
            )
        saved = await health.save(tx, seal, answers=HEALTHY, **ana, **sent(now))
        standing = await reports.latest(tx, kind="output", **ana)
        assert standing is not None
        for decision, minutes in (("returned", 1), ("approved", 2)):
            await verifications.decide(
                tx, standing, decision=decision, by_id=ids["boris"], capacity="superior",
                now=now + timedelta(minutes=minutes),
            )  # fmt: skip
    async with db.reading() as tx:
        kept = await overview.records(tx, seal, person_id=ids["ana"], first=MONDAY, last=LAST)
    output = kept.outputs[MONDAY]
    assert [item.activity for item in output.items] == ["Rapat"]
    assert output.check is not None
    assert (output.check.decision, output.check.by_name) == ("approved", "Boris Siregar")
    assert (kept.plans, kept.health[MONDAY].code) == ({}, saved.code)


async def test_a_report_that_was_withdrawn_is_not_there(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await reports.save(
            tx, kind="plan", items=[Item(activity="Rapat")], source_message=None, person_id=ids["ana"],
            on=MONDAY, **sent(now),
        )  # fmt: skip
        await tx.run("UPDATE reports SET withdrawn_at = recorded_at")
    async with db.reading() as tx:
        kept = await overview.records(tx, seal, person_id=ids["ana"], first=MONDAY, last=LAST)
    assert kept.plans == {}


async def test_a_month_takes_three_queries_and_shows_nobody_elses(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await health.save(tx, seal, person_id=ids["ana"], on=TUESDAY, answers=HEALTHY, **sent(now))
        assert await overview.since(tx, person_id=ids["ana"]) == TUESDAY
        assert await overview.since(tx, person_id=ids["boris"]) is None
        counting = Counting(tx)
        kept = await overview.records(counting, seal, person_id=ids["boris"], first=MONDAY, last=LAST)
    assert (counting.asked, kept.health) == (3, {})


async def test_a_form_names_the_superior_or_else_who_leads_above_them(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        ana = await overview.papers(tx, person_id=ids["ana"], on=MONDAY, now=now)
        alone = await overview.papers(tx, person_id=ids["dewi"], on=MONDAY, now=now)
        await appointments.appoint(
            tx, unit_code=UPTD, person_id=ids["clara"], post=Post.PLH, valid_from=MONDAY, by=BY, now=now
        )
        dewi = await overview.papers(tx, person_id=ids["dewi"], on=MONDAY, now=now)
        before = await overview.papers(tx, person_id=ids["dewi"], on=date(2019, 1, 1), now=now)
    assert ana is not None
    assert alone is not None
    assert dewi is not None
    assert (ana.superior_name, ana.position, ana.place) == (
        "Boris Siregar",
        "Pranata Komputer",
        "Bandar Lampung",
    )
    assert (alone.superior_name, dewi.superior_name) == ("Boris Siregar", "Clara Wijaya")
    assert (dewi.unit, dewi.agency, before) == ("UPTD Pusat Data", "Dinas Kominfo Provinsi Lampung", None)
