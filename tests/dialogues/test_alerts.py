"""A head and what is overdue: ten seconds to see what needs them, and everything about it by tap."""

from db.alerting import alerts
from db.alerting import readers as alert_readers
from db.appointments import Post, Power
from tests.chat import Player, button
from tests.scheduler.alerting import appoints, done, looks, morning, the_alerts, works_below
from tests.scheduler.days import MONDAY, states
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
    boris.sees("Tidak ada yang diingatkan", "2 orang tidak diingatkan sekarang")
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
    ana.sees(
        "Anda dimaafkan", "gangguan jaringan", "laporan kesehatan dan rencana", "tidak tercatat terlambat"
    )
    assert await states(stage, ana) == {"health": "excused", "plan": "excused"}
    assert (await states(stage, clara))["health"] == "overdue"
    (row,) = await stage.rows("SELECT because, by_id FROM obligations WHERE state = 'excused' LIMIT 1")
    assert (row["because"], row["by_id"]) == ("head:signal", boris.person_id)


async def test_several_are_excused_in_the_heads_own_words_which_no_table_can_read(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await told(stage, boris)
    take = button(boris, "Saya tangani")
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
    await boris.presses(**take)
    boris.sees("semua sudah melapor atau dimaafkan (2 orang)")


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


async def test_to_whom_it_was_given_the_head_is_neither_shown_nor_theirs_to_excuse(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await morning(stage, stage.players["dewi"])
    await looks(stage, "2020-06-15 09:30")
    boris.sees("3 dari 3 pegawai", "Boris Siregar (Anda)")
    await boris.taps("Saya tangani")
    await boris.taps("Serahkan")
    await boris.says("clara")
    boris.sees("kepada Clara Wijaya")
    boris.sees_no("tetap diingatkan")  # it is dealt with already
    clara.sees("menyerahkan ini kepada Anda", "Ditangani Boris Siregar", "2 dari 3 pegawai", "Ana Lestari")
    clara.sees_no("Boris Siregar: ")
    await clara.taps("Maafkan")
    clara.sees("Apa alasannya?", "Ana Lestari")
    clara.sees_no("Boris Siregar")


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


async def goes_up(stage: Stage, fajar: Player) -> None:
    """Let Fajar be missing, and nobody answer until the level above is told."""
    await morning(stage, *(player for player in stage.players.values() if player is not fajar))
    for local in ("2020-06-15 09:30", "2020-06-15 11:30", "2020-06-15 14:30", "2020-06-16 08:00"):
        assert await looks(stage, local) == 1


async def test_one_level_above_takes_it_over_and_reminds_without_seeing_names(
    stage: Stage, boris: Player, dewi: Player
) -> None:
    fajar = await works_below(stage)
    await goes_up(stage, fajar)
    await boris.taps("Ingatkan mereka")
    boris.sees("1 orang diingatkan secara pribadi")
    boris.sees_no("Fajar")
    fajar.sees("Boris Siregar menunggu laporan Anda")
    await boris.taps("Lihat keadaan")
    boris.sees("UPTD Pusat Data: 1 dari 2 pegawai")
    boris.sees_no("Fajar", "Maafkan")
    boris.sees_choices("Saya tangani", "Ingatkan mereka", "Menu")
    await boris.taps("Saya tangani")
    boris.sees("Anda yang menangani")
    assert await looks(stage, "2020-06-16 14:00") == 0
    await dewi.taps("Pilihan lain")
    dewi.sees("Ditangani Boris Siregar sejak 08.00", "Fajar Hidayat")


async def test_the_head_still_may_excuse_when_it_has_gone_up(
    stage: Stage, boris: Player, dewi: Player
) -> None:
    fajar = await works_below(stage)
    await goes_up(stage, fajar)
    await dewi.taps("Pilihan lain")
    await dewi.taps("Maafkan")
    dewi.sees("Apa alasannya?", "Fajar Hidayat")
    await dewi.taps("Sudah lapor lisan")
    fajar.sees("Anda dimaafkan", "sudah melapor langsung kepada pimpinan")
    await looks(stage, "2020-06-16 08:10")
    boris.sees("Selesai: laporan pagi UPTD Pusat Data")


async def test_a_plh_handles_it_on_their_days_and_not_after(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    """Fault V05: the letter's last day is Monday."""
    await appoints(stage, clara, post=Post.PLH, first=MONDAY, last=MONDAY)
    await morning(stage, boris, clara, stage.players["dewi"])
    await looks(stage, "2020-06-15 09:30")
    boris.sees_nothing()
    take = button(clara, "Saya tangani")
    await clara.taps("Ingatkan mereka")
    ana.sees("Clara Wijaya menunggu laporan Anda")
    stage.moves_to("2020-06-16 07:00")
    await clara.presses(**take)
    clara.sees("ditangani pimpinan lain")
    clara.sees_no("Ana Lestari")
    await looks(stage, "2020-06-16 07:45")
    boris.sees("Ana Lestari")
    await boris.taps("Saya tangani")
    boris.sees("Anda yang menangani")


async def test_without_the_power_in_the_letter_nobody_but_the_head_may_act(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await told(stage, boris, clara)
    await appoints(stage, clara, post=Post.PLH, first=MONDAY, last=MONDAY, powers={Power.ROTA})
    async with stage.db.reading() as tx:
        row = await tx.one("SELECT id FROM alerts")
    assert row is not None
    assert await may_act(stage, clara, row["id"]) is None
    assert await may_act(stage, boris, row["id"]) == "head"


async def may_act(stage: Stage, who: Player, alert_id: str) -> str | None:
    """As what somebody may act on an alert now."""
    async with stage.db.reading() as tx:
        alert = await alerts.by_id(tx, alert_id=alert_id)
        assert alert is not None
        reader = await alert_readers.standing(
            tx, alert, person_id=who.person_id, on=MONDAY, now=stage.clock.now()
        )
    return reader.capacity if reader else None


async def test_of_a_day_that_is_taken_no_more_nobody_is_reminded(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await told(stage, boris)
    stage.moves_to("2020-06-17 08:00")
    await boris.taps("Ingatkan mereka")
    boris.sees("Laporan Senin, 15 Juni 2020 sudah tidak diterima lagi", "Ana Lestari")
    boris.sees_choices("Saya tangani", "Maafkan", "Serahkan", "Menu")
    ana.sees_nothing()
