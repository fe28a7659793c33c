"""What is wrong between rows, and with what is known already (fault E03): nothing is written."""

from datetime import datetime

import pytest

from db.engine import Db
from handlers.admin.importing.circles import circles
from handlers.admin.importing.service import ImportRefused
from policy.words import JobLevel
from tests.admin.lists import ANA, GITA, HEAD, OFFICE, applied, csv_file, looked


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # only reads, and those of db/ are tested on both


async def problems(db: Db, *rows: str, now: datetime) -> list[str]:
    return [str(problem) for problem in (await looked(db, csv_file(*rows), now=now)).problems]


async def test_e03_a_number_used_twice_names_both_cells(db: Db, now: datetime) -> None:
    found = await problems(db, HEAD, ANA, ANA.replace("Ana", "Ani"), now=now)
    assert found == ["pegawai!A4: The NIP 19900417 201503 2 001 stands also in pegawai!A3."]


async def test_e03_an_unknown_unit_offers_the_closest(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    found = await problems(db, GITA.replace(";TIK;", ";TIC;"), now=now)
    assert found == [
        "pegawai!F2: There is no unit TIC yet. Did you mean `TIK`? A new one needs its name in `unit`."
    ]


async def test_e03_nobody_is_their_own_superior(db: Db, now: datetime) -> None:
    own = ANA.replace("197709122002121001", "199004172015032001")
    assert "Nobody is their own superior" in (await problems(db, HEAD, own, now=now))[0]


async def test_e03_superiors_in_a_circle_block_the_import(db: Db, now: datetime) -> None:
    circle = HEAD.replace(";;;ya", ";;199004172015032001;ya")
    found = await problems(db, circle, ANA, now=now)
    assert found == [
        "pegawai!N2: Superiors of each other in a circle: Boris Siregar -> Ana Lestari -> Boris Siregar."
    ]
    with pytest.raises(ImportRefused):
        await applied(db, csv_file(circle, ANA), now=now)


async def test_e03_a_circle_with_somebody_who_is_not_in_the_file_is_seen(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    found = await problems(db, HEAD.replace(";;;ya", ";;199004172015032001;ya"), now=now)
    assert "in a circle" in found[0]


async def test_e03_a_superior_whom_nobody_knows_is_named(db: Db, now: datetime) -> None:
    found = await problems(db, HEAD, ANA.replace("197709122002121001", "197709122002121002"), now=now)
    assert found == [
        "pegawai!N3: Nobody here has the NIP 19770912 200212 1 002. Did you mean 19770912 200212 1 001?"
    ]


async def test_e03_a_unit_without_region_and_a_region_without_time_zone(db: Db, now: datetime) -> None:
    assert "needs its `zona_waktu`" in (await problems(db, HEAD.replace("WIB", ""), now=now))[0]
    bare = HEAD.replace("18.71;Bandar Lampung;WIB", ";;")
    assert "needs its region" in (await problems(db, bare, now=now))[0]


async def test_e03_a_region_without_a_zone_is_said_and_blocks_nothing(db: Db, now: datetime) -> None:
    outlook = await looked(db, csv_file(), now=now)
    assert outlook.problems == ()
    assert any("Bandar Lampung has no zone yet" in note for note in outlook.notes)


async def test_units_above_each_other_are_a_circle(db: Db, now: datetime) -> None:
    found = await problems(db, HEAD.replace("pemprov;;", "bidang;TIK;"), ANA, now=now)
    assert "Units stand above each other in a circle: KOMINFO -> TIK -> KOMINFO." in found[0]


async def test_an_agency_needs_its_kind(db: Db, now: datetime) -> None:
    found = await problems(db, HEAD.replace("pemprov", "pemprof"), now=now)
    assert "pegawai!H2" in found[0]
    assert "Did you mean `pemprov`?" in found[0]


async def test_a_unit_has_one_head_and_one_name(db: Db, now: datetime) -> None:
    second = GITA.replace(";TIK;;", ";KOMINFO;Dinas Lain;").replace("tidak", "ya")
    found = await problems(db, HEAD, second, now=now)
    assert found == [
        "pegawai!G3: `unit` of KOMINFO is `Dinas Lain` here and `Dinas Kominfo` in pegawai!G2.",
        "pegawai!O3: The unit KOMINFO has another head in pegawai!O2.",
    ]


async def test_a_nip_is_needed_but_for_non_asn(db: Db, now: datetime) -> None:
    assert (
        "only non-ASN have none"
        in (await problems(db, HEAD, GITA.replace("199406032020212001", ""), now=now))[0]
    )
    without = GITA.replace("199406032020212001", "").replace("PPPK", "non-ASN")
    assert await problems(db, HEAD, ANA, without, now=now) == []


async def test_a_shared_telephone_is_said(db: Db, now: datetime) -> None:
    outlook = await looked(db, csv_file(*OFFICE[:2], GITA.replace(";;1977", ";081200001001;1977")), now=now)
    assert any("The same phone number stands in pegawai!M3, pegawai!M4" in note for note in outlook.notes)


def test_circles_are_found_once_and_long_chains_do_not_hang() -> None:
    chain: dict[str, str | None] = {str(number): str(number + 1) for number in range(50_000)}
    assert circles(chain | {"50000": "49998"}) == [["49998", "49999", "50000"]]


async def test_e03_whoever_stands_in_a_wrong_row_is_not_also_said_to_be_unknown(
    db: Db, now: datetime
) -> None:
    found = await problems(db, HEAD.replace("JPT Pratama", "Bos"), ANA, now=now)
    assert len(found) == 1
    assert found[0].startswith("pegawai!E2: `Bos` is not known as jenjang.")


@pytest.mark.parametrize(
    "written", ["Pimpinan Tinggi Pratama", "Jabatan Pimpinan Tinggi Pratama", "II.a", "Eselon II.b"]
)
async def test_a_level_may_be_written_as_offices_write_it(db: Db, now: datetime, written: str) -> None:
    outlook = await looked(db, csv_file(HEAD.replace("JPT Pratama", written)), now=now)
    assert outlook.plan is not None, outlook.problems
    assert [row.level for row in outlook.plan.newcomers] == [JobLevel.JPT_PRATAMA]
