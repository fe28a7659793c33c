"""Applying an import on both engines: what is new, what changes from a day on, and twice is as once."""

import dataclasses
from datetime import date, datetime, timedelta

from db import appointments, memberships, people, staff, superiors, units
from db.engine import Db
from handlers.admin.importing.plan import Plan
from handlers.admin.importing.reading import read
from tests.admin.lists import ANA, GITA, HEAD, SINCE, applied, csv_file, looked, xlsx_file

ANA_NIP, BORIS_NIP = "199004172015032001", "197709122002121001"
JULY = date(2020, 7, 1)


def counted(plan: Plan | None) -> tuple[int, int, int, int]:
    assert plan is not None
    return len(plan.newcomers), len(plan.changes), plan.unchanged, len(plan.missing)


async def test_people_units_and_regions_are_there_afterwards(db: Db, now: datetime) -> None:
    outlook = await applied(db, csv_file(), now=now)
    assert counted(outlook.plan) == (3, 0, 0, 0)
    async with db.reading() as tx:
        ana = await people.by_nip(tx, nip=ANA_NIP, now=now)
        boris = await people.by_nip(tx, nip=BORIS_NIP, now=now)
        assert ana is not None
        assert boris is not None
        assert (ana.unit_code, ana.agency_code, ana.phone) == ("TIK", "KOMINFO", "+6281200001001")
        assert boris.roles == {"employee", "head", "superior"}
        assert await superiors.of(tx, person_id=ana.id, on=SINCE, as_known_at=now) == boris.id
        assert await units.chain(tx, code="TIK") == ["TIK", "KOMINFO"]


async def test_a_look_writes_nothing(db: Db, now: datetime) -> None:
    await looked(db, csv_file(), now=now)
    async with db.reading() as tx:
        assert await people.ids_by_nip(tx) == {}
        assert await units.all_units(tx) == []


async def test_the_same_file_again_changes_nothing(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    again = await applied(db, csv_file(), now=now + timedelta(hours=1), start=JULY)
    assert counted(again.plan) == (0, 0, 3, 0)
    assert again.plan is not None
    assert again.plan.is_empty
    async with db.reading() as tx:
        row = await tx.one("SELECT COUNT(*) AS n FROM memberships")
    assert row is not None
    assert row["n"] == 3


async def test_a_move_holds_from_its_day_on_and_the_past_stays(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    later = now + timedelta(days=1)
    moved = await applied(
        db,
        csv_file(HEAD, ANA.replace(";TIK;Bidang TIK;bidang;KOMINFO;", ";KOMINFO;;;;"), GITA),
        now=later,
        start=JULY,
    )
    assert moved.plan is not None
    assert [change.what for change in moved.plan.changes] == [("unit",)]
    async with db.reading() as tx:
        ana = (await people.ids_by_nip(tx))[ANA_NIP]
        before = await memberships.of(tx, person_id=ana, on=JULY - timedelta(days=1), as_known_at=later)
        after = await memberships.of(tx, person_id=ana, on=JULY, as_known_at=later)
        as_was_known = await memberships.of(tx, person_id=ana, on=JULY, as_known_at=now)
    assert before is not None
    assert after is not None
    assert as_was_known is not None
    assert (before.unit_code, after.unit_code, as_was_known.unit_code) == ("TIK", "KOMINFO", "TIK")


async def test_a_new_head_takes_the_place_of_the_old_one(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    rows = (HEAD.replace(";ya", ";tidak"), ANA, GITA.replace(";TIK;", ";KOMINFO;").replace("tidak", "ya"))
    await applied(db, csv_file(*rows), now=now + timedelta(hours=1), start=JULY)
    async with db.reading() as tx:
        gita = (await people.ids_by_nip(tx))["199406032020212001"]
        known = now + timedelta(hours=1)
        assert await appointments.leader(tx, unit_code="KOMINFO", on=JULY, as_known_at=known) == gita
        assert await appointments.leader(tx, unit_code="KOMINFO", on=SINCE, as_known_at=known) != gita


async def test_columns_that_are_not_there_change_nothing(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    header = "nip;nama;jenis;jenjang;kode_unit"
    file = csv_file(f"{ANA_NIP};Ana Lestari;PNS;Fungsional;TIK", header=header)
    outlook = await applied(db, file, now=now + timedelta(hours=1))
    assert outlook.plan is not None
    assert (outlook.plan.unchanged, outlook.plan.changes) == (1, ())


async def test_one_wrong_row_keeps_the_whole_file_out(db: Db, now: datetime) -> None:
    """E01: never half an import."""
    rows = [line.split(";") for line in csv_file().decode().splitlines()]
    rows[3][0] = 199406032020212001  # type: ignore[call-overload]
    outlook = await looked(db, read(xlsx_file({"pegawai": rows}), name="x.xlsx"), now=now)
    assert outlook.plan is None
    assert [problem.where for problem in outlook.problems] == ["pegawai!A4"]


async def test_i10_names_that_begin_like_a_formula_are_kept_as_they_are(db: Db, now: datetime) -> None:
    names = ["=cmd|' /C calc'!A0", "+62 Budi", "-1", "@x"]
    rows = [
        HEAD,
        *(
            f"1990041720150320{n:02d};{name};PNS;@post;Pelaksana;KOMINFO;;;;;;;;;"
            for n, name in enumerate(names, 1)
        ),
    ]
    await applied(db, csv_file(*rows), now=now)
    async with db.reading() as tx:
        kept = {member.name: member.position for member in await staff.members(tx, on=SINCE, now=now)}
    assert all(kept[name] == "@post" for name in names)


async def test_non_asn_without_a_number_are_known_again(db: Db, now: datetime) -> None:
    agus = ";Agus Salim;non-ASN;Petugas;Pelaksana;KOMINFO;;;;;;;{};;"
    await applied(db, csv_file(HEAD, agus.format("0812-0000-1042")), now=now)
    again = await applied(db, csv_file(HEAD, agus.format("0812-0000-1043")), now=now + timedelta(hours=1))
    assert again.plan is not None
    assert [change.what for change in again.plan.changes] == [("phone",)]


async def test_the_summary_is_written_to_the_audit_without_names(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    async with db.reading() as tx:
        row = await tx.one("SELECT actor, action, detail FROM audit")
    assert row is not None
    assert (row["actor"], row["action"]) == ("clara", "people_imported")
    assert '"new": 3' in row["detail"]
    assert "Ana" not in row["detail"]


def test_a_plan_says_everything_that_would_be_written() -> None:
    assert {field.name for field in dataclasses.fields(Plan)} >= {
        "newcomers",
        "changes",
        "missing",
        "units",
        "zones",
    }
