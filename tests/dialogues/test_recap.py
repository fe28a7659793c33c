"""The recap of one's people: asked for in the chat, made after it of those who are one's own at that moment."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from db import absences, appointments, people, superiors
from db.appointments import Post
from policy.model import AbsenceKind
from policy.nip import grouped
from tests import factories
from tests.chat import Player
from tests.dialogues.test_board import owing
from tests.dialogues.written import reports
from tests.documents import text
from tests.factories import AGENCY, BY, SINCE
from tests.stage import Stage

FRIDAY = date(2020, 6, 19)


async def a_week(stage: Stage, ana: Player, clara: Player) -> None:
    """Monday all in time, Tuesday Ana late, Wednesday nothing of hers; Clara ill on Tuesday."""
    for day in (15, 16, 17):
        await owing(stage, ana, clara, on=date(2020, 6, day))
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx, person_id=clara.person_id, kind=AbsenceKind.SICK_LEAVE, valid_from=date(2020, 6, 16),
            valid_until=date(2020, 6, 16), by=BY, now=stage.clock.now(),
        )  # fmt: skip
    stage.moves_to("2020-06-15 08:00")
    await reports(ana, "rencana", "Rapat")
    stage.moves_to("2020-06-16 19:00")
    await reports(ana, "hasil", "Rapat")
    stage.moves_to("2020-06-17 19:00")


async def gets(stage: Stage, boris: Player) -> list[Any]:
    boris._since = len(boris.seen)
    await stage.works()
    return sorted(
        boris.files, key=lambda file: file.name, reverse=True
    )  # the workbook first: both are made at once


def rows_of(body: bytes, sheet: str) -> list[dict[str, Any]]:
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_name(sheet).to_python()[4:]
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


async def test_a_head_gets_a_workbook_that_counts_what_was_done(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await a_week(stage, ana, clara)
    await boris.says("menu")
    await boris.taps("Unit saya")
    await boris.taps("Ekspor rekap")
    await boris.taps("Pekan ini")
    await boris.taps("1 Dinas Kominfo Pro…")
    boris.sees("2 pegawai, 15 Juni 2020 – 17 Juni 2020")
    await boris.taps("Excel")
    boris.sees("sedang saya siapkan")
    [file] = await gets(stage, boris)
    boris.sees("Rekap Excel 15 Juni 2020 – 17 Juni 2020, 2 pegawai, per 17 Juni 2020 pukul 19.00 WIB")
    assert file.name == "rekap-unit-2020-06-15-2020-06-17.xlsx"
    first, second = rows_of(file.body, "Rekap")
    assert (first["Nama"], first["NIP"], first["Jenis"]) == ("Ana Lestari", factories.ANA.nip, "PNS")
    assert [first[name] for name in ("Hari kerja", "WFO", "Lapor rencana", "Lapor hasil")] == [3, 3, 1, 1]
    assert [first[name] for name in ("Hasil tepat waktu", "Hasil terlambat", "Hasil belum ada")] == [0, 1, 2]
    assert (second["Hari kerja"], second["Cuti, izin, dll."]) == (2, 1)
    daily = rows_of(file.body, "Harian")
    assert len(daily) == 6
    assert [row["Hasil kerja"] for row in daily if row["Nama"] == "Ana Lestari"] == [
        "belum ada",
        "terlambat",
        "belum ada",
    ]
    clara_ill = next(row for row in daily if row["Nama"] == "Clara Wijaya" and row["Hari"] == "Selasa")
    assert clara_ill["Tempat kerja"] == "Tidak bertugas"
    assert b"sakit" not in b"".join(str(row).encode() for row in daily)
    notes = {row["Hal"]: row["Isi"] for row in rows_of(file.body, "Keterangan")}
    assert notes["Aturan yang mengikat"] == "SE Gubernur Lampung nomor 045.2/1656/06/2020"
    assert notes["Dibuat oleh"] == "Boris Siregar (Pimpinan unit kerja)"


async def test_days_and_form_can_be_said_at_once(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await a_week(stage, ana, clara)
    await boris.says("rekap 15-16 Juni pdf")
    await boris.taps("Semua unit saya")
    boris.sees("sedang saya siapkan (1 berkas)")
    [file] = await gets(stage, boris)
    shown = text(file.body)
    for words in (
        "DINAS KOMINFO PROVINSI LAMPUNG", "REKAP PELAKSANAAN KERJA PEGAWAI", "15 Juni 2020 – 16 Juni 2020",
        "Ana Lestari", grouped(factories.ANA.nip), "Dewi Anggraini", "Pimpinan unit kerja", "Boris Siregar",
        "Bandar Lampung, 17 Juni 2020", "Pangkat/Gol.:", "SK 1", "Diisi oleh unit kerja",
    ):  # fmt: skip
        assert words in shown, words
    for words in ("sakit", "Cuti sakit"):
        assert words not in shown


async def test_who_stands_in_signs_as_such(stage: Stage, ana: Player, clara: Player) -> None:
    async with stage.db.transaction() as tx:
        await appointments.appoint(
            tx, unit_code=AGENCY, person_id=clara.person_id, post=Post.PLH, valid_from=date(2020, 6, 15),
            valid_until=FRIDAY, by=BY, now=stage.clock.now(),
        )  # fmt: skip
    await clara.says("ekspor hari ini pdf")
    await clara.taps("Semua unit saya")
    [file] = await gets(stage, clara)
    assert "Plh. pimpinan unit kerja" in text(file.body)


@pytest.mark.parametrize("said", ["ekspor", "/ekspor", "rekap 1-15 Juni", "rekap unit bulan ini"])
async def test_a10_who_leads_nobody_sees_their_own_days(stage: Stage, ana: Player, said: str) -> None:
    await ana.says(said)
    ana.sees_no("Rekap pegawai Anda", "pegawai, ")
    assert await gets(stage, ana) == []


async def test_v05_who_leads_nobody_any_more_gets_nothing(stage: Stage, ana: Player, boris: Player) -> None:
    await boris.says("ekspor hari ini pdf")
    await boris.taps("Semua unit saya")
    async with stage.db.transaction() as tx:
        now, since = stage.clock.now(), {"first": SINCE, "by": BY}
        await appointments.dismiss(tx, unit_code=AGENCY, post=Post.HEAD, now=now, **since)
        await superiors.name(
            tx, person_id=ana.person_id, superior_id=stage.players["clara"].person_id,
            valid_from=SINCE, by=BY, now=now,
        )  # fmt: skip
    assert await gets(stage, boris) == []
    boris.sees_nothing()
    (row,) = await stage.rows("SELECT ended_because FROM work WHERE kind = 'recap'")
    assert row["ended_because"] == "nobody of the unit is under them any more"


async def test_v05_of_a_unit_that_is_anothers_now_nothing_is_in_it(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await boris.says("ekspor hari ini excel")
    await boris.taps("Semua unit saya")
    async with stage.db.transaction() as tx:
        await superiors.name(
            tx, person_id=ana.person_id, superior_id=clara.person_id, valid_from=SINCE, by=BY,
            now=stage.clock.now(),
        )  # fmt: skip
    [file] = await gets(stage, boris)
    assert [row["Nama"] for row in rows_of(file.body, "Rekap")] == ["Clara Wijaya", "Dewi Anggraini"]


async def test_a11_the_twenty_first_of_a_day_is_refused_in_a_sentence(stage: Stage, boris: Player) -> None:
    for _ in range(20):
        await boris.says("ekspor hari ini pdf")
        await boris.taps("Semua unit saya")
        boris.sees("sedang saya siapkan")
    await boris.says("ekspor hari ini pdf")
    await boris.taps("Semua unit saya")
    boris.sees("sudah meminta 20 rekap")
    assert len(await stage.rows("SELECT id FROM work WHERE kind = 'recap'")) == 20
    noted = await stage.rows("SELECT actor FROM audit WHERE action = 'recap_asked'")
    assert [row["actor"] for row in noted] == [boris.person_id] * 20
    stage.moves_to("2020-06-16 08:00")
    await boris.says("ekspor hari ini pdf")
    await boris.taps("Semua unit saya")
    boris.sees("sedang saya siapkan")


async def test_other_days_are_typed_and_what_is_unread_is_asked_again(stage: Stage, boris: Player) -> None:
    await boris.says("ekspor")
    await boris.taps("Rentang lain")
    boris.sees("Ketik harinya")
    await boris.says("besok")
    boris.sees("belum terbaca, atau belum tiba")
    await boris.says("1 Januari 2018 s.d. 1 Juni 2020")
    boris.sees("Paling panjang 366 hari")
    await boris.says("Mei 2020")
    await boris.taps("2 UPTD Pusat Data")
    boris.sees("1 pegawai, 1 Mei 2020 – 31 Mei 2020")
    await boris.taps("Excel dan PDF")
    boris.sees("(2 berkas)")
    assert [file.name[-4:] for file in await gets(stage, boris)] == ["xlsx", ".pdf"]


async def test_i10_a_name_like_a_formula_is_shown_as_it_is(stage: Stage, ana: Player, boris: Player) -> None:
    async with stage.db.transaction() as tx:
        await people.correct(tx, person_id=ana.person_id, name="=1+1", phone=ana.phone, employment="pns")
    stage.passes(timedelta(minutes=1).total_seconds())
    await boris.says("ekspor hari ini keduanya")
    await boris.taps("Semua unit saya")
    sheet, paper = await gets(stage, boris)
    assert "=1+1" in [row["Nama"] for row in rows_of(sheet.body, "Rekap")]
    assert "=1+1" in text(paper.body)
