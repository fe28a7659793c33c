"""A head and what is overdue: ten seconds to see what needs them, and everything about it by tap."""

from tests.chat import Player, button
from tests.scheduler.alerting import done, looks, morning, the_alerts
from tests.scheduler.days import states
from tests.stage import Stage


async def told(stage: Stage, boris: Player, *reported: Player) -> None:
    """Let Boris have been told at 09.30 that everybody is missing but himself and these."""
    await morning(stage, boris, stage.players["dewi"], *reported)
    assert await looks(stage, "2020-06-15 09:30") == 1


async def test_who_takes_it_over_hears_no_more_of_it(stage: Stage, boris: Player) -> None:
    await told(stage, boris)
    await boris.taps("Saya tangani")
    boris.sees("Anda yang menangani", "2 orang belum mengirim", "tidak naik ke atasan")
    assert await looks(stage, "2020-06-15 14:00") == 0
    assert await looks(stage, "2020-06-16 09:00") == 0
    assert await the_alerts(stage) == [("morning", "acknowledged", 0, 1)]
    await boris.taps("Saya tangani")
    boris.sees("Ditangani Boris Siregar sejak 09.30")


async def test_each_who_is_missing_is_reminded_privately_and_once_in_two_hours(
    stage: Stage, ana: Player, boris: Player, clara: Player, dewi: Player
) -> None:
    await told(stage, boris)
    await boris.taps("Ingatkan mereka")
    boris.sees("2 orang diingatkan secara pribadi")
    ana.sees("Boris Siregar menunggu laporan Anda", "kesehatan (batas 08.30), rencana (batas 09.00)")
    ana.sees_no("Clara")
    clara.sees("Boris Siregar menunggu")
    dewi.sees_nothing()
    seen = len(ana.seen)
    await boris.taps("Ingatkan mereka")
    boris.sees("0 orang diingatkan", "2 orang tidak diingatkan sekarang")
    assert len(ana.seen) == seen
    await done(stage, clara)
    stage.moves_to("2020-06-15 11:31")
    await boris.taps("Ingatkan mereka")
    boris.sees("1 orang diingatkan")
    assert len(ana.seen) == seen + 1


async def test_a_reminder_from_the_head_opens_the_report(stage: Stage, ana: Player, boris: Player) -> None:
    await told(stage, boris)
    await boris.taps("Ingatkan mereka")
    ana.sees_choices("Lapor kesehatan", "Rencana kerja")
    await ana.taps("Rencana kerja")
    ana.sees("Rencana kerja", "15 Juni 2020")


async def test_who_is_excused_hears_why_and_is_not_overdue(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await told(stage, boris)
    await boris.taps("Pilihan lain")
    boris.sees_choices("Saya tangani", "Ingatkan mereka", "Maafkan", "Serahkan", "Menu")
    await boris.taps("Maafkan")
    boris.sees("Maafkan siapa?", "1. Ana Lestari", "2. Clara Wijaya")
    await boris.says("1")
    boris.sees("Apa alasannya?", "Ana Lestari")
    await boris.taps("Gangguan jaringan")
    boris.sees("Dimaafkan", "Ana Lestari (gangguan jaringan atau aplikasi)", "Masih belum mengirim: 1")
    ana.sees("Anda dimaafkan", "gangguan jaringan", "kesehatan dan rencana", "tidak tercatat terlambat")
    assert await states(stage, ana) == {"health": "excused", "plan": "excused"}
    assert (await states(stage, clara))["health"] == "overdue"
    (row,) = await stage.rows("SELECT because, by_id FROM obligations WHERE state = 'excused' LIMIT 1")
    assert (row["because"], row["by_id"]) == ("head:signal", boris.person_id)


async def test_several_are_excused_in_the_heads_own_words_which_no_table_can_read(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await told(stage, boris)
    await boris.taps("Pilihan lain")
    await boris.taps("Maafkan")
    await boris.says("1 dan 2")
    await boris.says("Banjir di jalan utama")
    boris.sees("Ana Lestari dan Clara Wijaya (Banjir di jalan utama)")
    for who in (ana, clara):
        who.sees("Banjir di jalan utama")
    (row,) = await stage.rows("SELECT log FROM alerts")
    assert "Banjir" not in row["log"]
    assert "own" in row["log"]
    assert await looks(stage, "2020-06-15 09:40") == 0
    assert await the_alerts(stage) == [("morning", "closed", 0, 1)]
    boris.sees_nothing()


async def test_whom_it_is_given_to_may_do_the_same_and_only_for_this_alert(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await told(stage, boris)
    take = button(boris, "Saya tangani")
    await boris.taps("Pilihan lain")
    await boris.taps("Serahkan")
    boris.sees("Serahkan kepada siapa?", "Clara Wijaya")
    await boris.says("clara")
    boris.sees("kepada Clara Wijaya, hanya untuk pemberitahuan ini")
    clara.sees("2 dari 3 pegawai", "Ana Lestari", "Clara Wijaya (Anda)", "menyerahkan ini kepada Anda")
    ana.sees_nothing()
    await clara.taps("Saya tangani")
    clara.sees("Anda yang menangani")
    await boris.presses(**take)
    boris.sees("Ditangani Clara Wijaya")
    noted = await stage.rows("SELECT action, actor FROM audit WHERE action LIKE 'alert_%' ORDER BY at, id")
    assert [(row["action"], row["actor"]) for row in noted] == [
        ("alert_delegated", boris.person_id),
        ("alert_acknowledged", clara.person_id),
    ]


async def test_a_button_pressed_days_later_says_what_is_true_then(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await told(stage, boris)
    stage.moves_to("2020-06-15 10:12")
    await done(stage, ana, clara)
    await looks(stage, "2020-06-15 10:13")
    boris.sees_nothing()
    stage.moves_to("2020-06-18 08:00")
    for label in ("Saya tangani", "Ingatkan mereka", "Pilihan lain"):
        await boris.taps(label)
        boris.sees("Sudah selesai", "semua sudah melapor", "Sen, 15 Jun pukul 10.12 WIB")
    ana.sees_nothing()


async def test_who_does_not_lead_them_is_told_so_whatever_button_they_press(
    stage: Stage, ana: Player, boris: Player
) -> None:
    """Fault V05: rights are those of the moment."""
    await told(stage, boris)
    pressed = button(boris, "Saya tangani")
    await ana.presses(**pressed)
    ana.sees_no("Clara", "pegawai belum")
    assert await the_alerts(stage) == [("morning", "open", 0, 1)]
