"""A working day as it comes to somebody's chat: what is said when, to whom it is not, and what is marked."""

from datetime import time

import pytest

from db import absences, preferences, snoozes, verdicts
from db.preferences import Preferences
from policy.model import AbsenceKind, Part
from policy.reminder_stages import Profile, Quiet
from tests.chat import Player
from tests.factories import BY
from tests.scheduler.reminding import TUESDAY, asks, at, day_of, fates, looked, opened, owed, texts, until
from tests.stage import Stage

EVE = """\
Besok Anda di kantor. Selasa, 16 Juni 2020, pukul 07.30–16.00 WIB (SE Gubernur Lampung nomor 045.2/1656/06/2020, \
angka 1 huruf (a))."""
START = """\
Selasa, 16 Juni 2020
Hari ini Anda di kantor, pukul 07.30–16.00 WIB (SE Gubernur Lampung nomor 045.2/1656/06/2020, angka 1 huruf (a)).

Yang ditunggu dari Anda:
• kondisi kesehatan: sampai pukul 08.30 WIB
• rencana kerja: sampai pukul 09.00 WIB"""
HEALTH_80 = """\
Sebentar lagi batasnya. Yang belum kami terima dari Anda:
• kondisi kesehatan: sampai pukul 08.30 WIB
• rencana kerja: sampai pukul 09.00 WIB"""
HEALTH_DUE = """\
Belum kami terima dari Anda:
• kondisi kesehatan: batas 08.30 baru saja lewat
• rencana kerja: sampai pukul 09.00 WIB

Masih diterima sampai pukul 24.00 hari ini, dan tercatat terlambat."""
PLAN_DUE = """\
Belum kami terima dari Anda:
• kondisi kesehatan: batas 08.30 sudah lewat
• rencana kerja: batas 09.00 baru saja lewat

Yang lewat masih diterima dan tercatat terlambat: kondisi kesehatan sampai pukul 24.00 hari ini, \
rencana kerja sampai pukul 24.00 besok."""
OUTPUT_OPEN = """\
Jam kerja hampir selesai. Yang belum kami terima dari Anda:
• kondisi kesehatan: batas 08.30 sudah lewat
• rencana kerja: batas 09.00 sudah lewat
• laporan hasil kerja: sampai pukul 17.00 WIB

Yang lewat masih diterima dan tercatat terlambat: kondisi kesehatan sampai pukul 24.00 hari ini, \
rencana kerja sampai pukul 24.00 besok."""
OUTPUT_DUE = """\
Belum kami terima dari Anda:
• kondisi kesehatan: batas 08.30 sudah lewat
• rencana kerja: batas 09.00 sudah lewat
• laporan hasil kerja: batas 17.00 baru saja lewat

Yang lewat masih diterima dan tercatat terlambat: kondisi kesehatan sampai pukul 24.00 hari ini, \
rencana kerja sampai pukul 24.00 besok, laporan hasil kerja sampai pukul 24.00 besok."""


@pytest.fixture
def ana(stage: Stage) -> Player:
    return stage.players["ana"]


async def test_the_whole_day_of_somebody_who_answers_nothing(stage: Stage, ana: Player) -> None:
    await opened(stage)
    await until(stage, "2020-06-17 00:00")
    assert texts(ana) == [EVE, START, HEALTH_80, HEALTH_DUE, PLAN_DUE, OUTPUT_OPEN, OUTPUT_DUE]
    assert ana.seen[0].labels == ("Dasar lengkap", "Mengapa pesan ini?")
    assert ana.seen[1].labels == ("Seperti kemarin", "30 menit lagi", "Mengapa pesan ini?")
    assert ana.seen[5].labels == ("Seperti kemarin", "Lapor hasil", "Mengapa pesan ini?")
    day = await day_of(stage, ana)
    assert (day.pings, day.look_at) == (7, None)
    assert await owed(stage, ana) == {
        "health": ("overdue", at("2020-06-16 08:30")),
        "plan": ("overdue", at("2020-06-16 09:00")),
        "output": ("overdue", at("2020-06-16 17:00")),
    }


async def test_who_answers_some_hears_of_the_rest_and_who_is_done_of_nothing(
    stage: Stage, ana: Player
) -> None:
    await opened(stage)
    await until(stage, "2020-06-16 07:10")
    await ana.says("sehat")
    await ana.taps("Semua tidak")
    await ana.taps("Kirim")
    await until(stage, "2020-06-16 08:40")
    assert "kesehatan" not in ana.last
    assert ana.last.startswith("Sebentar lagi batasnya.")
    assert ana.seen[-1].labels == ("Seperti kemarin", "Rencana kerja", "Mengapa pesan ini?")
    await ana.taps("Rencana kerja")
    await ana.says("menyusun laporan")
    await ana.taps("Simpan")
    seen = len(ana.seen)
    await until(stage, "2020-06-16 15:00")
    assert texts(ana, since=seen) == []
    assert (await fates(stage, ana))["plan_due"] == "done"
    await until(stage, "2020-06-16 15:45")
    assert "• laporan hasil kerja: sampai pukul 17.00 WIB" in ana.last
    assert ana.seen[-1].labels == ("Lapor hasil", "30 menit lagi", "Mengapa pesan ini?")


async def test_what_a_reminder_says_of_the_place_is_kept_as_told(stage: Stage, ana: Player) -> None:
    await opened(stage)
    await until(stage, "2020-06-16 07:01")  # both reminders said the same
    async with stage.db.reading() as tx:
        told = await verdicts.versions(tx, stage.seal, person_id=ana.person_id, on=TUESDAY)
    assert [each.verdict.arrangement for each in told] == ["WFO"]


async def test_on_leave_nothing_comes_and_half_a_day_of_leave_moves_it(stage: Stage, ana: Player) -> None:
    dewi = stage.players["dewi"]
    async with stage.db.transaction() as tx:
        for who, part in ((ana, None), (dewi, Part.MORNING)):
            await absences.excuse(
                tx, person_id=who.person_id, kind=AbsenceKind.ANNUAL_LEAVE, part=part, valid_from=TUESDAY,
                valid_until=TUESDAY, by=BY, now=stage.clock.now(),
            )  # fmt: skip
    await opened(stage)
    await until(stage, "2020-06-17 00:00")
    assert texts(ana) == []
    assert "13.00–16.00" in dewi.seen[0].text
    assert (await owed(stage, dewi))["health"] == ("overdue", at("2020-06-16 14:00"))


async def test_a_pause_is_kept_and_when_it_ends_the_reminder_comes(stage: Stage, ana: Player) -> None:
    await opened(stage)
    await until(stage, "2020-06-16 07:01")
    stage.moves_to("2020-06-16 08:05")
    await ana.taps("30 menit lagi")
    ana.sees("Pengingat ditunda")
    seen = len(ana.seen)
    await until(stage, "2020-06-16 08:34")
    assert texts(ana, since=seen) == []
    assert (await fates(stage, ana))["health_80"] == "snoozed"
    assert (await owed(stage, ana))["health"] == ("overdue", at("2020-06-16 08:30"))  # what is owed goes on
    await until(stage, "2020-06-16 08:36")
    (text,) = texts(ana, since=seen)
    assert text.startswith("Seperti yang Anda minta, kami ingatkan lagi.")
    assert "rencana kerja: sampai pukul 09.00" in text


async def test_half_an_hour_after_the_last_reminder_of_the_day_is_half_an_hour(
    stage: Stage, ana: Player
) -> None:
    await opened(stage)
    await until(stage, "2020-06-16 17:05")
    assert (await day_of(stage, ana)).look_at is None
    await ana.says("ingatkan 30 menit lagi")
    await until(stage, "2020-06-16 17:40")
    assert ana.last.startswith("Seperti yang Anda minta")


async def test_quiet_hours_and_the_light_profile_are_kept_to(stage: Stage, ana: Player) -> None:
    async with stage.db.transaction() as tx:
        wish = Preferences(profile=Profile.LIGHT, quiet=Quiet(time(15), time(7, 20)))
        await preferences.choose(tx, person_id=ana.person_id, preferences=wish, now=stage.clock.now())
    await opened(stage)
    await until(stage, "2020-06-17 00:00")
    assert [text.split("\n")[0] for text in texts(ana)] == [
        "Selasa, 16 Juni 2020",
        "Sebentar lagi batasnya. Yang belum kami terima dari Anda:",
        "Sebentar lagi batasnya. Yang belum kami terima dari Anda:",
    ]
    assert await fates(stage, ana) == {
        "shift_eve": "profile", "start": "sent", "health_80": "sent", "health_due": "profile", "plan_80": "sent",
        "plan_due": "profile", "output_open": "quiet", "output_due": "profile",
    }  # fmt: skip


@pytest.mark.parametrize("blocks", [True, False])
async def test_who_has_no_chat_is_reminded_of_nothing_and_overdue_all_the_same(
    stage: Stage, ana: Player, blocks: bool
) -> None:
    """C06"""
    await (ana.blocks() if blocks else stage.unlinks(ana))
    await opened(stage)
    await until(stage, "2020-06-17 00:00")
    assert set((await fates(stage, ana)).values()) == {"no_chat"}
    assert {state for state, _ in (await owed(stage, ana)).values()} == {"overdue"}
    assert (await day_of(stage, ana)).pings == 0


async def test_a_pause_of_the_evening_holds_for_the_evenings_reminder(stage: Stage, ana: Player) -> None:
    await opened(stage)
    async with stage.db.transaction() as tx:
        await snoozes.begin(
            tx, person_id=ana.person_id, until_at=at("2020-06-15 19:30"), now=stage.clock.now()
        )
    await until(stage, "2020-06-15 23:00")
    assert texts(ana) == []
    assert (await fates(stage, ana))["shift_eve"] == "snoozed"


async def test_in_ramadan_it_goes_by_the_hours_of_ramadan(stage: Stage, ana: Player) -> None:
    await asks(stage, "season", "Ramadan")
    await opened(stage)
    await until(stage, "2020-06-17 00:00")
    assert "pukul 08.00–15.00 WIB" in texts(ana)[0]
    assert "kondisi kesehatan: sampai pukul 09.00 WIB" in texts(ana)[1]
    assert (await owed(stage, ana))["output"] == ("overdue", at("2020-06-16 16:00"))


async def test_on_friday_it_goes_by_the_hours_of_friday(stage: Stage, ana: Player) -> None:
    await opened(stage, "2020-06-18 18:00")
    await until(stage, "2020-06-20 00:00")
    assert texts(ana)[0].startswith("Besok Anda di kantor. Jumat, 19 Juni 2020, pukul 07.30–16.30 WIB")
    assert "• laporan hasil kerja: sampai pukul 17.30 WIB" in texts(ana)[-2]
    output = (await owed(stage, ana))["output"]
    assert output == ("overdue", at("2020-06-19 17:30"))


async def test_nothing_is_due_twice(stage: Stage) -> None:
    await opened(stage)
    stage.moves_to("2020-06-16 07:01")
    assert await looked(stage) > 0
    assert await looked(stage) == 0
