"""An absence is taken back before it is decided, or from any day that is not over; whoever must know is told."""

from tests.chat import Player
from tests.stage import Stage

STATES = "SELECT state, valid_until FROM absence_requests"
ABSENCES = "SELECT valid_from, valid_until FROM absences WHERE superseded_at IS NULL"


async def _asks(who: Player, text: str = "cuti 15-19 Juni") -> None:
    await who.says(text)
    await who.taps("Ajukan")


async def test_before_the_decision_it_is_taken_back_freely(stage: Stage, ana: Player, boris: Player) -> None:
    await _asks(ana)
    await ana.taps("Batalkan")
    ana.sees("Batalkan pengajuan ini?", "menunggu keputusan")
    await ana.taps("Ya, batalkan")
    ana.sees("Dibatalkan", "Cuti tahunan")
    boris.sees("Ana Lestari", "membatalkan")
    await boris.taps("Setujui")
    boris.sees("sudah dibatalkan", "tidak ada yang diubah")
    assert [row["state"] for row in await stage.rows(STATES)] == ["cancelled"]


async def test_it_may_stay_as_it_is(stage: Stage, ana: Player, boris: Player) -> None:
    await _asks(ana)
    await ana.taps("Batalkan")
    await ana.taps("Tidak jadi")
    ana.sees("tetap berlaku")
    assert [row["state"] for row in await stage.rows(STATES)] == ["asked"]


async def test_from_a_day_on_the_rest_of_it_is_work_again(stage: Stage, ana: Player, boris: Player) -> None:
    await _asks(ana)
    await boris.taps("Setujui")
    stage.moves_to("2020-06-17 06:00")
    await ana.says("izin")
    await ana.taps("Pengajuan saya")
    ana.sees("1. Cuti tahunan", "disetujui")
    await ana.says("1")
    await ana.taps("Batalkan")
    await ana.taps("Mulai besok")
    ana.sees("mulai Kamis, 18 Juni 2020", "Hari sebelumnya tetap tercatat", "WFO: bekerja dari kantor")
    boris.sees("membatalkan", "mulai Kamis, 18 Juni 2020")
    row = (await stage.rows(ABSENCES))[0]
    assert (row["valid_from"], row["valid_until"]) == ("2020-06-15", "2020-06-17")


async def test_the_day_may_be_typed_and_must_be_one_of_it(stage: Stage, ana: Player, boris: Player) -> None:
    await _asks(ana, "cuti 22-26 Juni")
    await boris.taps("Setujui")
    await ana.taps("Batalkan")
    for typed in ("30 Juni", "entah"):
        await ana.says(typed)
        ana.sees("ketik tanggal dari Senin, 22 Juni 2020 sampai Jumat, 26 Juni 2020", "Belum ada yang diubah")
    await ana.says("Rabu depan")
    ana.sees("mulai Rabu, 24 Juni 2020")
    assert [tuple(row) for row in await stage.rows(STATES)] == [("approved", "2020-06-23")]


async def test_what_is_over_cannot_be_taken_back(stage: Stage, ana: Player, boris: Player) -> None:
    await _asks(ana, "cuti hari ini")
    await boris.taps("Setujui")
    stage.moves_to("2020-06-16 07:00")
    await ana.taps("Batalkan")
    ana.sees("sudah selesai", "tidak ada yang diubah")
    assert len(await stage.rows(ABSENCES)) == 1


async def test_nobody_takes_back_what_is_not_theirs(stage: Stage, ana: Player, boris: Player) -> None:
    await _asks(ana)
    await boris.says("izin")
    assert "Pengajuan saya" not in boris.choices


async def test_two_taps_take_it_back_once(stage: Stage, ana: Player, boris: Player) -> None:
    """C02"""
    await _asks(ana)
    await ana.taps("Batalkan")
    await ana.taps("Ya, batalkan")
    await ana.says("Ya, batalkan", after=0.2)
    ana.sees("Sudah tercatat")
    assert sum("membatalkan" in seen.text for seen in boris.seen) == 1


async def test_the_button_under_a_request_means_the_request_also_while_a_form_is_open(
    stage: Stage, ana: Player
) -> None:
    await _asks(ana)
    await ana.says("rencana")
    await ana.says("Rapat data")
    await ana.taps("Batalkan")
    ana.sees("Batalkan pengajuan ini?", "Cuti tahunan")
    await ana.taps("Ya, batalkan")
    assert [row["state"] for row in await stage.rows(STATES)] == ["cancelled"]
    await ana.says("rencana")
    ana.sees("belum selesai")
