"""The example province: complete, the same every time, and never put over real people."""

from collections import Counter
from datetime import date, timedelta

import pytest

from bot.demo import files, province
from db import (
    cases,
    cases_waiting,
    changes,
    enrol,
    health,
    meta,
    people,
    reports,
    staff,
    verdicts,
    verifications,
)
from db.cases import Kind
from db.engine import Db
from db.errors import Refused
from db.facts import facts_for_all
from db.periodic_reports import readers as periodic_readers
from db.sealed import Seal
from handlers.admin.admins import all_admins
from policy.book import Book
from policy.engine import decide
from policy.model import Arrangement, Employment
from tests.demo.conftest import BOOK

TODAY = date(2020, 6, 15)
START = province.start()
JOKO, HENDRA = "198503072009031001", "198907212014021002"


async def counts(db: Db) -> dict[str, int]:
    tables = (
        "people",
        "units",
        "memberships",
        "verdicts",
        "health_reports",
        "reports",
        "identities",
        "audit",
    )
    async with db.reading() as tx:
        rows = {name: await tx.one(f"SELECT COUNT(*) AS n FROM {name}") for name in tables}
    return {name: row["n"] for name, row in rows.items() if row is not None}


async def test_what_was_decided_in_those_weeks_is_news_to_nobody(seeded: Db) -> None:
    async with seeded.reading() as tx:
        assert await tx.all("SELECT id FROM changes")
        assert await changes.waiting(tx) == []


async def test_seeding_again_changes_nothing(seeded: Db, demo_seal: Seal) -> None:
    before = await counts(seeded)
    await province.seed(seeded, demo_seal, BOOK, START)
    assert await counts(seeded) == before
    assert before["people"] == 41
    async with seeded.reading() as tx:
        assert await meta.is_demo(tx)


async def test_real_people_are_never_seeded_over(db: Db, seal: Seal) -> None:
    async with db.transaction() as tx:
        await people.add(tx, nip=None, name="Orang Sungguhan", employment="non-ASN", now=START)
    with pytest.raises(Refused):
        await province.seed(db, seal, Book.shipped(), START)
    async with db.reading() as tx:
        assert not await meta.is_demo(tx)


async def test_everybody_has_a_verdict_and_every_zone_its_own(seeded: Db, demo_seal: Seal) -> None:
    async with seeded.reading() as tx:
        facts = await facts_for_all(tx, demo_seal, on=TODAY, now=START, book=BOOK)
    found = {
        each.region_facts["zone"].value: decide(each).arrangement
        for each in facts.values()
        if not each.health_gate and each.employment is not Employment.NON_ASN
    }
    assert len(facts) == 41
    assert found == {
        "hijau": Arrangement.WFO,
        "kuning": Arrangement.WFH,
        "merah": Arrangement.WFH,
        "oranye": Arrangement.UNDECIDED,
    }


async def test_whom_the_circular_does_not_name_is_told_so(seeded: Db, demo_seal: Seal) -> None:
    async with seeded.reading() as tx:
        facts = await facts_for_all(tx, demo_seal, on=TODAY, now=START, book=BOOK)
    verdicts = [decide(each) for each in facts.values() if each.employment is Employment.NON_ASN]
    assert [verdict.arrangement for verdict in verdicts] == [Arrangement.UNDECIDED]
    assert "non-asn" in {note.id for note in verdicts[0].not_stated}


async def test_the_history_is_complete(seeded: Db) -> None:
    """Each linked person was told, and reported health, plan and output, on every day that they worked."""
    async with seeded.reading() as tx:
        told = await tx.all("SELECT DISTINCT person_id, on_date FROM verdicts")
        healthy = await tx.all("SELECT person_id, on_date FROM health_reports")
        work = await tx.all("SELECT person_id, on_date, kind FROM reports")
        hendra = (await people.ids_by_nip(tx))[HENDRA]
    days = {(row["person_id"], row["on_date"]) for row in told}
    away = {(hendra, f"2020-06-{day:02d}") for day in (8, 9, 10)}
    assert len(days) == 39 * 9
    assert {(row["person_id"], row["on_date"]) for row in healthy} == days - away
    kinds = Counter(row["kind"] for row in work)
    assert kinds == {"plan": len(days - away), "output": len(days - away)}


async def test_the_past_answers_what_was_known_then(seeded: Db, demo_seal: Seal) -> None:
    """Bandar Lampung turned green on 10 June; before that people were told to stay at home."""
    async with seeded.reading() as tx:
        boris = (await people.ids_by_nip(tx))["197709122002121001"]
        told = [
            await verdicts.told(tx, demo_seal, person_id=boris, on=date(2020, 6, day), as_known_at=START)
            for day in (4, 9, 10)
        ]
    assert [verdict and verdict.arrangement for verdict in told] == ["undecided", "WFH", "WFO"]


async def test_who_reported_symptoms_is_kept_out_and_was_told_so(seeded: Db, demo_seal: Seal) -> None:
    async with seeded.reading() as tx:
        joko = (await people.ids_by_nip(tx))[JOKO]
        on = date(2020, 6, 12)
        verdict = await verdicts.told(tx, demo_seal, person_id=joko, on=on, as_known_at=START)
        report = await health.latest(tx, demo_seal, person_id=joko, on=on)
    assert verdict is not None
    assert verdict.barred_from_office
    assert report is not None
    assert report.answers == {"mode": "kmk328", "yes": [6], "risk": "besar", "fit": False}


async def test_who_is_unwell_has_an_open_case_that_waits_for_dewi(seeded: Db, demo_seal: Seal) -> None:
    async with seeded.reading() as tx:
        (waiting,) = await cases_waiting.open_cases(tx, units=None, on=TODAY, now=START)
        events = await cases.events(tx, demo_seal, case_id=waiting.id)
    assert (waiting.since, waiting.until) == (date(2020, 6, 11), None)
    assert [(each.kind, each.by_name.split()[0] if each.by_name else "") for each in events] == [
        (Kind.OPENED, "Joko"),
        (Kind.CONTACTED, "Dewi"),
        (Kind.REPORTED, "Joko"),
    ]


async def test_gita_can_prove_who_she_is_and_eko_cannot(seeded: Db, demo_seal: Seal) -> None:
    cast = {entry["id"]: entry for entry in files.cast()["people"]}
    gita, eko = cast[1009], cast[1005]
    async with seeded.reading() as tx:
        ids = await people.ids_by_nip(tx)
        assert await people.by_address(tx, channel="telegram", address="1009", now=START) is None
        assert [person.name for person in await people.by_phone(tx, phone=gita["phone"], now=START)] == [
            "Gita Permata"
        ]
        assert await people.by_phone(tx, phone=eko["phone"], now=START) == []
    assert gita["note"] == "NIP 199406032020212001, kode D9XV-5TKS"
    async with seeded.transaction() as tx:
        person_id = ids["199406032020212001"]
        assert await enrol.redeem(tx, demo_seal, person_id=person_id, code="D9XV-5TKS", now=START)


async def test_the_cast_is_linked_in_its_roles(seeded: Db) -> None:
    async with seeded.reading() as tx:
        roles = {
            chat: await people.by_address(tx, channel="telegram", address=str(chat), now=START)
            for chat in (1001, 1002, 1003, 1004)
        }
        admins = await all_admins(tx, now=START)
    assert [person and sorted(person.roles) for person in roles.values()] == [
        ["employee"],
        ["employee", "head", "superior"],
        ["admin", "employee"],
        ["employee", "health"],
    ]
    assert [person.name for person in admins] == ["Clara Wijaya"]


def test_the_cast_shows_twelve_people_and_hides_the_others() -> None:
    people_of_cast = files.cast()["people"]
    shown = [entry for entry in people_of_cast if not entry.get("hidden")]
    assert [entry["id"] for entry in shown] == list(range(1001, 1013))
    assert [entry["first_name"] for entry in shown if entry.get("open")] == ["Ana", "Boris", "Clara"]
    assert len(people_of_cast) == 41
    assert {entry["id"] for entry in shown if not entry.get("started")} == {1005, 1009}


async def test_the_report_of_boris_has_somebody_on_the_page_who_receives_it(seeded: Db) -> None:
    async with seeded.reading() as tx:
        found = await periodic_readers.receivers(tx, unit_code="KOMINFO.TIK", on=TODAY, now=START)
        others = await periodic_readers.receivers(tx, unit_code="BAPENDA.PJK", on=TODAY, now=START)
    assert ([each.name for each in found], others) == (["Dedi Kurniawan"], [])


async def test_nobody_holds_the_last_plan_of_the_future(seeded: Db) -> None:
    async with seeded.reading() as tx:
        everybody = await staff.members(tx, on=TODAY, now=START)
        for member in everybody:
            before = await reports.latest_before(tx, person_id=member.id, on=TODAY, kind="plan")
            assert (before is not None) == member.is_linked
            assert before is None or before.on == TODAY - timedelta(days=3)


async def test_superiors_have_verified_all_but_the_last_working_day(seeded: Db) -> None:
    async with seeded.reading() as tx:
        ids = await people.ids_by_nip(tx)
        boris, ana = ids["197709122002121001"], ids["199004172015032001"]
        since = TODAY - timedelta(days=60)
        waiting = await verifications.waiting(tx, by_id=boris, since=since, on=TODAY, now=START)
        last = await verifications.last(tx, person_id=ana, on=TODAY - timedelta(days=4), kind="output")
    assert {each.on for each in waiting} == {TODAY - timedelta(days=3)}
    assert {each.name for each in waiting} >= {"Ana Lestari", "Fajar Nugroho"}
    assert last is not None
    assert (last.decision, last.by_name) == ("approved", "Boris Siregar")


async def test_what_was_owed_in_those_weeks_was_done_in_time_on_its_basis(seeded: Db) -> None:
    async with seeded.reading() as tx:
        owed = await tx.all("SELECT state, basis, COUNT(*) AS n FROM obligations GROUP BY state, basis")
        waiting = await tx.all("SELECT id FROM workdays WHERE look_at IS NOT NULL")
        people_ = await tx.one("SELECT COUNT(DISTINCT person_id) AS n FROM obligations")
    assert {row["state"] for row in owed} == {"closed"}
    assert all("(contoh)" in row["basis"] or row["basis"].startswith("SE ") for row in owed)
    assert waiting == []
    assert people_ is not None
    assert people_["n"] == len(files.chats()) - len(files.unlinked())
