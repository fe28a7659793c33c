"""What an import says of people's own function and birthday, and which units and regions it notes as changed."""

from datetime import date, datetime, timedelta

import pytest

from db import changes, people, staff
from db.changes import ChangeKind
from db.engine import Db
from db.staff import Member
from handlers.admin.importing.reading import read
from tests.admin.lists import ANA, GITA, HEAD, HEADER, OFFICE, applied, csv_file, wrong

JULY = date(2020, 7, 1)
MORE = HEADER + ";fungsi;strategis;lahir"
OWN = (f"{HEAD};;;", f"{ANA};lapangan;ya;", f"{GITA};Layanan;tidak;3/6/1994")
GITA_NIP = "199406032020212001"


async def member(db: Db, nip: str, *, now: datetime, on: date = JULY) -> Member:
    async with db.reading() as tx:
        return next(each for each in await staff.members(tx, on=on, now=now) if each.nip == nip)


async def noted(db: Db, *, now: datetime) -> list[tuple[ChangeKind, str]]:
    """What was noted; it is marked as looked at."""
    async with db.transaction() as tx:
        found = await changes.waiting(tx)
        for each in found:
            await changes.looked_at(tx, change_id=each.id, now=now)
    return [(each.kind, each.subject) for each in found]


async def test_function_and_strategic_are_read_and_kept_by_a_list_that_does_not_name_them(
    db: Db, now: datetime
) -> None:
    await applied(db, csv_file(*OWN, header=MORE), now=now)
    ana, gita = await member(db, ANA[:18], now=now), await member(db, GITA_NIP, now=now)
    assert (ana.function, ana.is_strategic, ana.born) == ("lapangan", True, None)
    assert (gita.function, gita.is_strategic, gita.born) == ("layanan", False, None)  # as the NIP tells
    later = now + timedelta(hours=1)
    moved = csv_file(HEAD, ANA.replace(";TIK;Bidang TIK;bidang;KOMINFO;", ";KOMINFO;;;;"), GITA)
    await applied(db, moved, now=later, start=JULY)
    ana = await member(db, ANA[:18], now=later)
    assert (ana.unit_code, ana.function, ana.is_strategic) == ("KOMINFO", "lapangan", True)


async def test_an_empty_cell_gives_back_what_the_unit_says(db: Db, now: datetime) -> None:
    await applied(db, csv_file(*OWN, header=MORE), now=now)
    later = now + timedelta(hours=1)
    outlook = await applied(
        db, csv_file(f"{HEAD};;;", f"{ANA};;;", f"{GITA};layanan;tidak;", header=MORE), now=later, start=JULY
    )
    assert outlook.plan is not None
    assert [change.what for change in outlook.plan.changes] == [("fungsi", "strategis")]
    ana = await member(db, ANA[:18], now=later)
    assert (ana.function, ana.is_strategic) == (None, None)


async def test_a_birthday_that_is_not_the_number_s_counts_and_is_pointed_out(db: Db, now: datetime) -> None:
    content = read(csv_file(HEAD + ";;;", ANA + ";;;1990-04-18", header=MORE), name="pegawai.csv")
    assert any("1990-04-18 is not the date in the NIP, 1990-04-17" in note for note in content.findings.notes)
    await applied(db, csv_file(HEAD + ";;;", ANA + ";;;1990-04-18", header=MORE), now=now)
    assert (await member(db, ANA[:18], now=now)).born == date(1990, 4, 18)
    await applied(db, csv_file(HEAD + ";;;", ANA + ";;;", header=MORE), now=now + timedelta(hours=1))
    async with db.reading() as tx:
        person_id = await people.id_with_nip(tx, nip=ANA[:18])
        row = await tx.one("SELECT born FROM people WHERE id = :id", id=person_id)
    assert row is not None
    assert row["born"] is None


@pytest.mark.parametrize(
    ("cells", "says"), [("lapang;;", "Did you mean `lapangan`?"), (";mungkin;", "Known are: ya, tidak")]
)
def test_a_wrong_word_is_named_by_its_cell(cells: str, says: str) -> None:
    found = wrong(read(csv_file(HEAD + ";;;", f"{ANA};{cells}", header=MORE), name="pegawai.csv"))
    assert len(found) == 1
    assert says in found[0]


async def test_an_import_notes_each_unit_and_region_that_it_touches_once(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    assert await noted(db, now=now) == []  # nobody there was told anything yet
    later = now + timedelta(hours=1)
    moved = ANA.replace(";TIK;Bidang TIK;bidang;KOMINFO;", ";KOMINFO;;;;")
    await applied(db, csv_file(HEAD, moved, GITA.replace("Fungsional", "Pelaksana")), now=later, start=JULY)
    assert sorted(await noted(db, now=later)) == [
        (ChangeKind.MEMBERSHIP, "KOMINFO"),
        (ChangeKind.MEMBERSHIP, "TIK"),
    ]


async def test_a_new_name_or_telephone_changes_nobody_s_day(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    await applied(
        db, csv_file(HEAD, ANA.replace("Lestari", "Lestari, S.Kom."), GITA), now=now + timedelta(hours=1)
    )
    assert await noted(db, now=now) == []


async def test_who_leaves_and_who_comes_changes_their_unit(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    later = now + timedelta(hours=1)
    await applied(db, csv_file(HEAD, ANA), now=later, start=JULY, deactivates=True, typed=1)
    assert await noted(db, now=later) == [(ChangeKind.MEMBERSHIP, "TIK")]
    await applied(db, csv_file(*OFFICE), now=later + timedelta(hours=1), start=JULY)
    assert await noted(db, now=later) == [(ChangeKind.MEMBERSHIP, "TIK")]
