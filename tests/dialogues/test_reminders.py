"""How one is reminded is everybody's own choice; and each reminder says why it came."""

from datetime import time, timedelta

import pytest

from db import preferences, settings
from db.preferences import Preferences
from policy.reminder_stages import Profile, Quiet
from scheduler.days import workday
from scheduler.reminding import reminders
from tests.chat import Player
from tests.factories import AGENCY, BY, SINCE
from tests.stage import BOOK, Stage


async def _wish(stage: Stage, who: Player) -> Preferences:
    async with stage.db.reading() as tx:
        return await preferences.of(tx, person_id=who.person_id)


async def _reminded(stage: Stage, local: str = "2020-06-15 07:01") -> None:
    """Let the agency ask for plans and reports, and the morning come."""
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        await settings.set_value(
            tx, unit_code=AGENCY, name="reporting", value="plan,output", basis="SK Kepala Dinas 800/14/2020",
            valid_from=SINCE, by=BY, now=now - timedelta(days=1),
        )  # fmt: skip
    await workday.open_due(stage.db, stage.seal, BOOK, now)
    stage.moves_to(local)
    await reminders.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()


async def test_the_settings_show_how_one_is_reminded(ana: Player) -> None:
    await ana.says("/pengingat")
    ana.sees("Profil standar", "paling banyak 8 sehari", "Jam tenang: 21.00–05.00")
    ana.sees("Yang harus dilaporkan tidak berubah")


async def test_less_often_is_one_tap_and_back_again_too(stage: Stage, ana: Player) -> None:
    await ana.says("pengaturan pengingat")
    await ana.taps("Lebih jarang")
    ana.sees("Tersimpan", "Profil ringan", "paling banyak 4 sehari")
    assert (await _wish(stage, ana)).profile is Profile.LIGHT
    await ana.taps("Lebih lengkap")
    ana.sees("Profil standar")
    assert await _wish(stage, ana) == Preferences()


@pytest.mark.parametrize(
    ("answer", "hours"),
    [
        ("20.30-06.00", (time(20, 30), time(6))),
        ("jam 22 sampai jam 4", (time(22), time(4))),
        ("22:15 – 05:45", (time(22, 15), time(5, 45))),
        ("3", (time(18), time(7))),
        ("tanpa", (time(0), time(0))),
    ],
)
async def test_quiet_hours_are_typed_as_one_likes(
    stage: Stage, ana: Player, answer: str, hours: tuple[time, time]
) -> None:
    await ana.says("jam tenang")
    ana.sees("Kapan kami tidak boleh mengganggu?", "Sekarang: 21.00–05.00")
    await ana.says(answer)
    ana.sees("Tersimpan")
    assert (await _wish(stage, ana)).quiet == Quiet(*hours)


async def test_quiet_hours_are_picked_by_a_tap(stage: Stage, ana: Player) -> None:
    await ana.says("/pengingat")
    await ana.taps("Jam tenang")
    await ana.taps("20.00-06.00")
    assert (await _wish(stage, ana)).quiet == Quiet(time(20), time(6))


async def test_what_is_no_time_or_leaves_no_time_changes_nothing(stage: Stage, ana: Player) -> None:
    """I11"""
    await ana.says("jam tenang")
    for typed in ("nanti", "25.00-99.00", "20.30"):
        await ana.says(typed)
        ana.sees("belum saya pahami", "Belum ada yang diubah")
    await ana.says("06.00-05.00")
    ana.sees("paling lama 14 jam")
    assert await _wish(stage, ana) == Preferences()


async def test_a_reminder_says_why_it_came_and_how_to_have_less_of_it(stage: Stage, ana: Player) -> None:
    await _reminded(stage)
    assert ana.seen[-1].labels == ("Seperti kemarin", "30 menit lagi", "Mengapa pesan ini?")
    await ana.taps("Mengapa pesan ini?")
    ana.sees("kondisi kesehatan, pukul 07.00–08.30 WIB\nDasar: SK Kepala Dinas 800/12/2020.")
    ana.sees("rencana kerja, pukul 07.00–09.00 WIB", "ditetapkan instansi Anda")
    ana.sees(
        "Pengingat untuk hari itu: 1 dari paling banyak 8 (profil standar)", "Jam tenang Anda: 21.00–05.00"
    )
    await ana.taps("Atur pengingat")
    ana.sees("Pengingat Anda")


async def test_why_is_asked_in_words_as_well(ana: Player) -> None:
    await ana.says("kenapa saya dapat pesan ini?")
    ana.sees("Mengapa Anda mendapat pesan ini", "Pengingat untuk hari itu: 0 dari paling banyak 8")


async def test_to_ask_why_leaves_a_form_where_it_is(stage: Stage, ana: Player) -> None:
    await _reminded(stage)
    await ana.says("rencana")
    await ana.says("menyusun laporan")
    await ana.taps("Mengapa pesan ini?")
    ana.sees("Mengapa Anda mendapat pesan ini", "Simpan rencana ini?")


async def test_the_one_tap_of_a_reminder_opens_the_morning(stage: Stage, ana: Player) -> None:
    await _reminded(stage)
    await ana.taps("Seperti kemarin")
    assert ana.fresh
    ana.sees("kesehatan")


async def test_the_pause_of_a_reminder_is_one_tap(stage: Stage, ana: Player) -> None:
    await _reminded(stage)
    await ana.taps("30 menit lagi")
    ana.sees("Pengingat ditunda", "pukul 07.31 WIB")
