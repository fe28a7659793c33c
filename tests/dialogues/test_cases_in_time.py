"""The clock of health cases: what waits is asked about each working morning, and the gate never ends silently."""

from datetime import date

from db import calendars
from policy.words import DayKind
from scheduler import cases
from tests.chat import Player
from tests.factories import AGENCY
from tests.stage import BOOK, Stage


async def _looks(stage: Stage, local: str) -> int:
    stage.moves_to(local)
    for player in stage.players.values():
        player._since = len(player.seen)
    found = await cases.follow_up(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    return found


async def _ill(who: Player) -> None:
    await who.says("sehat")
    await who.says("6")
    await who.taps("Selesai")
    await who.taps("Kirim")


async def _states(dewi: Player, last: str) -> None:
    await dewi.says("/kasus")
    await dewi.says("1")
    await dewi.taps("Perpanjang")
    await dewi.says(last)
    await dewi.taps("Simpan")


async def test_without_a_date_dewi_is_asked_every_working_morning(
    stage: Stage, ana: Player, dewi: Player, boris: Player
) -> None:
    await _ill(ana)
    assert await _looks(stage, "2020-06-15 08:00") == 0
    assert await _looks(stage, "2020-06-16 08:00") == 1
    dewi.sees("Menunggu keputusan petugas kesehatan", "Ana Lestari", "tanggal belum ditetapkan")
    assert await _looks(stage, "2020-06-16 08:01") == 0
    await dewi.taps("Buka kasus")
    dewi.can_tap("Boleh masuk kantor")
    assert await _looks(stage, "2020-06-17 09:30") == 1
    assert ana.texts == boris.seen == []


async def test_on_the_eve_dewi_is_asked_and_after_the_last_day_ana_hears_that_it_holds(
    stage: Stage, ana: Player, dewi: Player
) -> None:
    await _ill(ana)
    await _states(dewi, "18 Juni")
    assert await _looks(stage, "2020-06-16 12:00") == 0
    assert await _looks(stage, "2020-06-17 08:00") == 1
    dewi.sees("Ana Lestari", "s.d. Kam, 18 Jun")
    assert ana.texts == []
    assert await _looks(stage, "2020-06-19 06:30") == 1
    ana.sees("Kamis, 18 Juni 2020 sudah lewat", "jangan ke kantor dulu", "Dewi Anggraini")
    assert dewi.texts == []
    assert await _looks(stage, "2020-06-19 08:00") == 1
    dewi.sees("tanggalnya lewat")
    assert ana.texts == []
    await ana.says("WFO?")
    ana.sees("belum boleh masuk kantor sampai petugas kesehatan menyatakan boleh")


async def test_found_late_everybody_still_hears_it_once(stage: Stage, ana: Player, dewi: Player) -> None:
    """T05: the agency names a day off at the last moment, and the service was down meanwhile."""
    await _ill(ana)
    await _states(dewi, "18 Juni")
    async with stage.db.transaction() as tx:
        await calendars.name_day(
            tx, unit_code=AGENCY, kind=DayKind.HOLIDAY, name="Hari jadi", on=date(2020, 6, 23), by="clara",
            now=stage.clock.now(),
        )  # fmt: skip
    assert await _looks(stage, "2020-06-22 10:00") == 1
    ana.sees("sudah lewat")
    dewi.sees("tanggalnya lewat")
    assert await _looks(stage, "2020-06-23 09:00") == 0
    assert await _looks(stage, "2020-06-24 08:00") == 1
    assert ana.texts == []


async def test_several_cases_are_one_message_a_morning(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await _ill(ana)
    await _ill(boris)
    assert await _looks(stage, "2020-06-16 08:00") == 2
    dewi.sees("Ana Lestari", "Boris Siregar")
    assert len(dewi.texts) == 1
    await dewi.taps("Kasus kesehatan")
    dewi.sees("Kasus terbuka: 2")


async def test_what_was_cleared_or_taken_back_is_not_asked_about(
    stage: Stage, ana: Player, dewi: Player
) -> None:
    await _ill(ana)
    await ana.taps("Batalkan laporan")
    assert await _looks(stage, "2020-06-16 08:00") == 0
    await _ill(ana)
    await dewi.taps("Buka kasus")
    await dewi.taps("Boleh masuk kantor")
    await dewi.taps("Mulai hari ini")
    assert await _looks(stage, "2020-06-17 08:00") == 0
    assert dewi.texts == []
