"""Who stands in for a head may do what their letter names; the rest stays where it was, and a sentence says so."""

from datetime import date, timedelta

from db.appointments import Post, Power
from tests.chat import Player
from tests.dialogues.written import reports
from tests.scheduler.alerting import appoints
from tests.stage import Stage

MONDAY = date(2020, 6, 15)


async def stands_in(stage: Stage, clara: Player, *powers: Power) -> None:
    await appoints(
        stage, clara, post=Post.PLH, first=MONDAY, last=MONDAY + timedelta(days=4), powers=powers or None
    )


async def test_with_the_power_to_verify_reports_come_to_who_stands_in(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await stands_in(stage, clara, Power.VERIFY)
    await reports(ana, "rencana", "Rapat data")
    await clara.says("verifikasi")
    clara.sees("Ana Lestari")
    await boris.says("verifikasi")
    boris.sees("Ana Lestari")  # still her direct superior


async def test_without_it_the_letter_is_named_and_nothing_shown(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await stands_in(stage, clara, Power.ROTA, Power.ABSENCES)
    await reports(ana, "rencana", "Rapat data")
    await clara.says("verifikasi")
    clara.sees(
        "22/77/2020 sebagai Plh Dinas Kominfo Provinsi Lampung",
        "memutuskan izin dan cuti, menyusun jadwal piket.",
        "memverifikasi laporan",
        "tidak disebut di sana",
        "Tidak ada yang diubah",
    )
    clara.sees_no("Ana Lestari", "Rapat data")
    await boris.says("verifikasi")
    boris.sees("Ana Lestari")


async def test_the_rota_stays_with_the_head(stage: Stage, boris: Player, clara: Player) -> None:
    await stands_in(stage, clara, Power.VERIFY)
    await clara.says("jadwal piket")
    clara.sees("menyusun jadwal piket", "tidak disebut di sana")
    await boris.says("jadwal piket")
    boris.sees_no("tidak disebut")


async def test_leave_of_those_below_comes_to_who_has_the_power(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await stands_in(stage, ana, Power.ABSENCES)
    await dewi.says("cuti besok")
    await dewi.taps("Ajukan")
    ana.sees("Dewi Anggraini", "Cuti tahunan")
    boris.sees_nothing()
    await ana.taps("Setujui")
    dewi.sees("Disetujui", "Ana Lestari")


async def test_who_acts_for_a_superior_decides_for_those_under_them_too(
    stage: Stage, ana: Player, boris: Player, clara: Player, dewi: Player
) -> None:
    """Boris is Ana's direct superior by name."""
    await stands_in(stage, dewi, Power.ABSENCES)
    await ana.says("cuti besok")
    await ana.taps("Ajukan")
    dewi.sees("Ana Lestari", "Cuti tahunan")
    boris.sees_nothing()
    await dewi.says("/persetujuan")
    dewi.sees("1. Ana Lestari: Cuti tahunan")
    await dewi.says("1")
    await dewi.taps("Setujui")
    ana.sees("Disetujui", "Dewi Anggraini")


async def test_without_it_leave_stays_with_the_head(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await stands_in(stage, ana, Power.ROTA)
    await dewi.says("cuti besok")
    await dewi.taps("Ajukan")
    boris.sees("Dewi Anggraini", "Cuti tahunan")
    ana.sees_nothing()
    await ana.says("/persetujuan")
    ana.sees("menyebut wewenang: menyusun jadwal piket", "memutuskan izin dan cuti", "tidak disebut di sana")


async def test_a_letter_that_names_no_powers_brings_all(stage: Stage, ana: Player, clara: Player) -> None:
    await stands_in(stage, clara)
    await reports(ana, "rencana", "Rapat data")
    await clara.says("verifikasi")
    clara.sees("Ana Lestari")
    await clara.says("jadwal piket")
    clara.sees_no("tidak disebut")


async def test_after_the_last_day_of_the_letter_nothing_is_left(
    stage: Stage, ana: Player, clara: Player
) -> None:
    await stands_in(stage, clara, Power.VERIFY)
    await reports(ana, "rencana", "Rapat data")
    stage.moves_to("2020-06-22 08:00")
    await clara.says("verifikasi")
    clara.sees_no("Ana Lestari", "Surat penunjukan")
