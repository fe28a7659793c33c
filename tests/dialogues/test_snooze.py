"""Reminders are paused until a moment that is said; what is owed stays owed, and that is said as well."""

from datetime import UTC, datetime

import pytest

from db import snoozes
from tests.chat import Player
from tests.stage import Stage


async def _until(stage: Stage, who: Player) -> datetime | None:
    async with stage.db.reading() as tx:
        return await snoozes.until(tx, person_id=who.person_id, now=stage.clock.now())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ingatkan 30 menit lagi", "Senin, 15 Juni 2020 pukul 07.15 WIB"),
        ("ingatkan 2 jam lagi", "pukul 08.45 WIB"),
        ("tunda sampai Rabu", "Rabu, 17 Juni 2020 pukul 00.00 WIB"),
        ("jangan ingatkan s.d. Rabu", "Kamis, 18 Juni 2020 pukul 00.00 WIB"),
        ("jangan ingatkan hari ini", "Selasa, 16 Juni 2020 pukul 00.00 WIB"),
        ("tunda 3 hari", "Kamis, 18 Juni 2020 pukul 00.00 WIB"),
    ],
)
async def test_a_sentence_is_enough_and_what_is_owed_is_said(
    stage: Stage, ana: Player, typed: str, shown: str
) -> None:
    await ana.says(typed)
    ana.sees("Pengingat ditunda", shown, "tetap perlu Anda laporkan hari ini", "kondisi kesehatan")
    ana.sees("Menunda pengingat bukan izin")
    assert await _until(stage, ana) is not None


async def test_by_taps_it_takes_two_and_it_ends_by_itself(stage: Stage, ana: Player) -> None:
    await ana.says("/tunda")
    ana.sees_choices("30 menit", "2 jam", "Sampai besok")
    await ana.taps("Sampai besok")
    assert await _until(stage, ana) == datetime(2020, 6, 15, 17, tzinfo=UTC)
    stage.moves_to("2020-06-16 00:00")
    assert await _until(stage, ana) is None


async def test_it_is_ended_by_a_tap_or_a_word(stage: Stage, ana: Player) -> None:
    for ends in ("Aktifkan lagi", "aktifkan lagi"):
        await ana.says("ingatkan 30 menit lagi")
        await (ana.taps(ends) if ends == "Aktifkan lagi" else ana.says(ends))
        ana.sees("Pengingat aktif lagi")
        assert await _until(stage, ana) is None
    await ana.says("aktifkan lagi")
    ana.sees("memang tidak sedang ditunda")


async def test_the_newest_wish_counts(stage: Stage, ana: Player) -> None:
    await ana.says("tunda 3 hari")
    await ana.says("/tunda")
    ana.sees("Sekarang pengingat diam sampai")
    await ana.taps("30 menit")
    until = await _until(stage, ana)
    assert until is not None
    assert until.date() == datetime(2020, 6, 15, tzinfo=UTC).date()


async def test_to_be_off_is_asked_about_for_it_may_be_leave(ana: Player) -> None:
    """I12: a pause is no leave, and nothing is guessed."""
    await ana.says("libur s.d. Senin")
    ana.sees("yang mana maksud Anda")
    ana.can_tap("Izin dan cuti", "Tunda pengingat")
    await ana.taps("Tunda pengingat")
    ana.sees("Pengingat ditunda")


async def test_what_is_no_time_or_too_long_changes_nothing(stage: Stage, ana: Player) -> None:
    """I11"""
    await ana.says("/tunda")
    for typed in ("entah", "99 hari", "kemarin"):
        await ana.says(typed)
        ana.sees("belum saya pahami", "Belum ada yang diubah")
    assert await _until(stage, ana) is None


async def test_a_day_of_leave_owes_nothing(ana: Player, boris: Player) -> None:
    await ana.says("cuti hari ini")
    await ana.taps("Ajukan")
    await boris.taps("Setujui")
    await ana.says("ingatkan 30 menit lagi")
    ana.sees("Pengingat ditunda", "Hari ini Anda tidak bertugas")
    ana.sees_no("tetap perlu Anda laporkan")
