"""The direct superior verifies: one report whole, approved or returned; approved is locked, returned is reopened."""

from datetime import timedelta

import pytest

from db import appointments, superiors
from db.appointments import Post
from tests.chat import Player, button
from tests.dialogues.marks import only_telegram
from tests.dialogues.written import reports, stored
from tests.factories import AGENCY, BY, SINCE
from tests.stage import Stage

DECISIONS = (
    "SELECT report_id, kind, decision, capacity, note, due_at FROM verifications ORDER BY decided_at, kind"
)


async def a_day_of_work(ana: Player) -> None:
    await reports(ana, "rencana", "Rapat data\nSurat keluar")
    await ana.says("hasil")
    await ana.says("1")
    await ana.taps("Lanjut")
    await ana.taps("Simpan")


async def reads(boris: Player) -> None:
    await boris.taps("Verifikasi laporan")
    await boris.taps("1 Ana 15/06")


async def at_the_report(boris: Player) -> None:
    """From wherever they are."""
    await boris.says("menu")
    await boris.taps("Unit saya")
    await reads(boris)


async def gives_back(boris: Player, note: str = "Lengkapi notula", until: str = "Besok") -> None:
    await boris.taps("Kembalikan")
    await boris.says(note)
    await boris.taps(until)


async def test_a_superior_reads_the_day_whole_and_approves_it(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await a_day_of_work(ana)
    await boris.says("menu")
    await boris.taps("Unit saya")
    boris.sees("1 hasil, 1 rencana")
    await reads(boris)
    boris.sees("Senin, 15 Juni 2020", "1. Rapat data – selesai", "2. Surat keluar – belum selesai")
    await boris.taps("Setujui")
    boris.sees("Disetujui", "2 laporan Ana Lestari", "Tidak ada laporan yang menunggu")
    decided = await stage.rows(DECISIONS)
    assert [(row["kind"], row["decision"], row["capacity"]) for row in decided] == [
        ("output", "approved", "superior"),
        ("plan", "approved", "superior"),
    ]


async def test_what_is_approved_is_locked(stage: Stage, ana: Player, boris: Player) -> None:
    await a_day_of_work(ana)
    change, undo = button(ana, "Ubah"), button(ana, "Batalkan laporan")
    await at_the_report(boris)
    await boris.taps("Setujui")
    for pressed in (change, undo):
        await ana.presses(**pressed)
        ana.sees("sudah diverifikasi oleh Boris Siregar", "tidak ada yang diubah")
    await ana.says("rencana")
    ana.sees("sudah diverifikasi oleh Boris Siregar")
    assert len(await stored(stage)) == 2


async def test_what_is_approved_while_the_card_is_open_is_not_changed(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await a_day_of_work(ana)
    await ana.taps("Ubah")
    await ana.says("Arsip")
    await at_the_report(boris)
    await boris.taps("Setujui")
    await ana.taps("Simpan")
    ana.sees("sudah diverifikasi oleh Boris Siregar")
    assert len(await stored(stage)) == 2


@only_telegram
async def test_an_edit_after_approval_changes_nothing(stage: Stage, ana: Player, boris: Player) -> None:
    """I02: else "sudah dikunci"."""
    await reports(ana, "hasil", "Rapat")
    written = stage.telegram.last - 2
    await at_the_report(boris)
    await boris.taps("Setujui")
    await ana.edits("Rapat lain", message=written)
    ana.sees("sudah dikunci")
    assert len(await stored(stage)) == 1


async def test_what_is_returned_comes_with_a_note_and_a_button(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await a_day_of_work(ana)
    await at_the_report(boris)
    await gives_back(boris)
    boris.sees(
        "Dikembalikan", "Lengkapi notula", "sampai Selasa, 16 Juni 2020", "Ana Lestari sudah saya beri tahu"
    )
    assert "dikembalikan oleh Boris Siregar: “Lengkapi notula”" in ana.last
    await ana.taps("Ubah")
    ana.sees("Dikembalikan oleh Boris Siregar", "paling lambat Selasa, 16 Juni 2020", "1. Rapat data")
    await ana.says("Notula rapat")
    await ana.taps("Simpan")
    await at_the_report(boris)
    boris.sees("2. Notula rapat", "diperbarui")


async def test_returned_work_is_open_until_its_new_deadline(stage: Stage, ana: Player, boris: Player) -> None:
    """I14: also when the day itself is closed."""
    await a_day_of_work(ana)
    stage.moves_to("2020-06-18 08:00")
    await ana.says("hasil 15 juni")
    ana.sees("sudah dikunci")
    await at_the_report(boris)
    await gives_back(boris)
    await ana.says("hasil 15 juni")
    ana.sees("Simpan hasil ini?", "Untuk Senin, 15 Juni 2020")
    await ana.says("Notula")
    await ana.taps("Simpan")
    ana.sees("Laporan hasil diperbarui")
    stage.moves_to("2020-06-20 00:01")
    await ana.says("hasil 15 juni")
    ana.sees("sudah dikunci")


async def test_a_newer_version_is_shown_before_it_is_judged(stage: Stage, ana: Player, boris: Player) -> None:
    await a_day_of_work(ana)
    await at_the_report(boris)
    await ana.taps("Ubah")
    await ana.says("Arsip")
    await ana.taps("Simpan")
    await boris.taps("Setujui")
    boris.sees("baru saja mengubah laporannya", "2. Arsip")
    assert await stage.rows(DECISIONS) == []
    await boris.taps("Setujui")
    boris.sees("Disetujui")


async def test_what_was_approved_can_be_given_back(stage: Stage, ana: Player, boris: Player) -> None:
    await a_day_of_work(ana)
    await at_the_report(boris)
    await boris.taps("Setujui")
    await boris.taps("Kembalikan")
    boris.sees("Sudah diverifikasi oleh Boris Siregar")
    await gives_back(boris, until="Hari ini")
    await ana.says("hasil")
    ana.sees("Simpan hasil ini?", "Lengkapi notula")


async def test_all_are_approved_at_once_but_for_what_came_since(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    for who in (ana, clara):
        await reports(who, "hasil", "Rapat")
    await boris.says("/verifikasi")
    boris.sees("2 hari kerja menunggu", "Clara Wijaya")
    await boris.taps("Setujui semua")
    boris.sees("2 hasil dan 0 rencana dari 2 pegawai")
    await ana.taps("Ubah")
    await ana.says("Surat")
    await ana.taps("Simpan")
    await boris.taps("Setujui")
    boris.sees("1 laporan disetujui", "1 lainnya baru saja diubah", "1 hasil, 0 rencana")
    assert [row["capacity"] for row in await stage.rows(DECISIONS)] == ["head"]


async def test_more_than_a_page_is_turned(stage: Stage, ana: Player, boris: Player) -> None:
    for day in range(15, 27):
        stage.moves_to(f"2020-06-{day:02d} 16:00")
        await reports(ana, "hasil", f"Kegiatan {day}")
    await boris.says("/verifikasi")
    boris.sees("12 hari kerja menunggu", "8. Ana Lestari")
    await boris.taps("Berikutnya")
    boris.sees("12. Ana Lestari")
    await boris.says("12")
    boris.sees("Kegiatan 26")


@pytest.mark.parametrize("name", ["ana", "clara", "dewi"])
async def test_nobody_else_reads_or_judges(stage: Stage, ana: Player, boris: Player, name: str) -> None:
    """A09: and nobody learns that there is anything."""
    await a_day_of_work(ana)
    other = stage.players[name]
    for said in ("/verifikasi", "/tugas", "verifikasi laporan"):
        await other.says(said)
        other.sees_no("Rapat data", "menunggu verifikasi")


async def test_a_superior_loses_the_right_the_same_minute(stage: Stage, ana: Player, boris: Player) -> None:
    """V05"""
    await a_day_of_work(ana)
    await at_the_report(boris)
    async with stage.db.transaction() as tx:
        await superiors.name(
            tx, person_id=ana.person_id, superior_id=stage.players["clara"].person_id,
            valid_from=SINCE, by=BY, now=stage.clock.now(),
        )  # fmt: skip
    await boris.taps("Setujui")
    boris.sees("bukan wewenang Anda")
    boris.sees_no("Rapat data")
    assert await stage.rows(DECISIONS) == []


async def test_who_stands_in_for_the_head_verifies(stage: Stage, ana: Player, clara: Player) -> None:
    await a_day_of_work(ana)
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await appointments.appoint(
            tx, unit_code=AGENCY, person_id=clara.person_id, post=Post.PLH,
            valid_from=now.date(), valid_until=now.date() + timedelta(days=3), by=BY, now=now,
        )  # fmt: skip
    await at_the_report(clara)
    await clara.taps("Setujui")
    assert {row["capacity"] for row in await stage.rows(DECISIONS)} == {"plh"}


async def test_a_superior_sees_the_evidence(stage: Stage, ana: Player, boris: Player) -> None:
    await ana.says("hasil")
    await ana.says("Rapat data")
    await ana.taps("Ubah 1")
    await ana.sends("photo")
    await ana.says("https://contoh.go.id/notula")
    await ana.taps("Selesai")
    await ana.taps("Simpan")
    await at_the_report(boris)
    boris.sees("bukti: 1 foto, 1 tautan")
    await boris.taps("Lihat bukti")
    boris.sees("1 berkas belum bisa dibuka", "https://contoh.go.id/notula")
    await stage.works()
    await boris.taps("Lihat bukti")
    boris.sees("Bukti nomor 1: Rapat data", "1 berkas.")
    boris.can_tap("Setujui", "Kembalikan")
    await boris.taps("Setujui")
    boris.sees("Disetujui")
