"""A superior records an absence of their own people, told at once; nobody else's, and by right alone."""

from datetime import date

import pytest

from db import superiors
from tests.chat import Player, button
from tests.factories import BY, SINCE
from tests.stage import Stage

ABSENCES = "SELECT kind, letter, valid_from, valid_until FROM absences WHERE superseded_at IS NULL ORDER BY valid_from"


async def records(boris: Player, *, kind: str = "Cuti tahunan", days: str = "22-24 Juni") -> None:
    await boris.says("menu")
    await boris.taps("Unit saya")
    await boris.taps("Izin & penugasan")
    await boris.taps("Catat izin")
    await boris.taps("1 Ana Lestari")
    await boris.taps(kind)
    await boris.says(days)
    await boris.says("851/12/2020")
    boris.sees("Catat izin ini?", "Ana Lestari", "851/12/2020")
    await boris.taps("Simpan")


async def test_an_absence_is_recorded_told_and_counts(stage: Stage, ana: Player, boris: Player) -> None:
    await records(boris)
    boris.sees("Tercatat", "Cuti tahunan", "Ana Lestari sudah saya beri tahu")
    assert "Boris Siregar mencatat untuk Anda: " in ana.last
    [row] = await stage.rows(ABSENCES)
    assert dict(row) == {
        "kind": "annual_leave", "letter": "851/12/2020", "valid_from": "2020-06-22", "valid_until": "2020-06-24",
    }  # fmt: skip
    [change] = await stage.rows("SELECT kind, subject, first_day FROM changes")
    assert tuple(dict(change).values()) == ("person", ana.person_id, "2020-06-22")
    noted = await stage.rows("SELECT detail FROM audit WHERE action = 'absence_recorded'")
    assert [row["detail"] for row in noted] == ['{"from": "2020-06-22", "until": "2020-06-24"}']
    await ana.says("WFO 22 Juni?")
    ana.sees("Cuti tahunan")


async def test_kind_and_days_are_said_at_once(stage: Stage, ana: Player, boris: Player) -> None:
    await boris.says("catat izin")
    await boris.says("lestari")
    await boris.says("sakit besok")
    boris.sees("Nomor suratnya?")
    await boris.taps("Tanpa surat dulu")
    boris.sees("Cuti sakit, Selasa, 16 Juni 2020", "Surat: belum ada")
    await boris.taps("Simpan")
    [row] = await stage.rows(ABSENCES)
    assert (row["kind"], row["letter"]) == ("sick_leave", None)


async def test_what_is_recorded_already_is_not_recorded_twice(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await records(boris)
    await boris.says("catat izin")
    await boris.says("1")
    await boris.says("dinas luar 23 Juni")
    boris.sees("Untuk tanggal itu sudah tercatat: ", "Cuti tahunan")
    await boris.says("20-21 Juni")
    boris.sees("memang hari libur")
    await boris.says("30 Juni")
    await boris.says("100")
    await boris.taps("Simpan")
    assert [row["kind"] for row in await stage.rows(ABSENCES)] == ["annual_leave", "travel"]


async def test_it_is_taken_back_from_today_on(stage: Stage, ana: Player, boris: Player) -> None:
    await records(boris)
    stage.moves_to("2020-06-23 07:00")
    await boris.taps("Batalkan izin")
    boris.sees("Dibatalkan", "Selasa, 23 Juni 2020 s.d. Rabu, 24 Juni 2020")
    assert "membatalkan catatan izin Anda" in ana.last
    [row] = await stage.rows(ABSENCES)
    assert (row["valid_from"], row["valid_until"]) == ("2020-06-22", "2020-06-22")
    await boris.taps("Batalkan izin")
    boris.sees("Tidak ada izin Ana Lestari")


async def test_v05_who_is_no_superior_any_more_records_and_takes_back_nothing(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await records(boris)
    off = button(boris, "Batalkan izin")
    await boris.says("catat izin")
    await boris.says("1")
    await boris.says("izin 30 Juni")
    await boris.says("1")
    async with stage.db.transaction() as tx:
        await superiors.name(
            tx, person_id=ana.person_id, superior_id=clara.person_id, valid_from=SINCE, by=BY,
            now=stage.clock.now(),
        )  # fmt: skip
    await boris.taps("Simpan")
    boris.sees("bukan wewenang Anda")
    await boris.presses(**off)
    boris.sees("bukan wewenang Anda")
    [row] = await stage.rows(ABSENCES)
    assert date.fromisoformat(row["valid_until"]) == date(2020, 6, 24)


@pytest.mark.parametrize("name", ["ana", "clara", "dewi"])
async def test_a09_who_leads_nobody_records_nothing(stage: Stage, name: str) -> None:
    other = stage.players[name]
    await other.says("catat izin")
    other.sees_no("Izin siapa", "Ana Lestari", "Boris")
