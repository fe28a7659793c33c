"""The whole morning on one card: as yesterday one tap and one yes, and never more than the budgets allow."""

from datetime import date

from tests.chat import Player
from tests.dialogues.marks import HOME
from tests.dialogues.modes import set_mode
from tests.dialogues.written import stored
from tests.stage import Stage

_HEALTH = "SELECT on_date, version, code FROM health_reports ORDER BY on_date, version"


class Taps:
    """Counts what somebody does: taps, and texts that they type."""

    def __init__(self, who: Player) -> None:
        self.who, self.taps, self.texts = who, 0, 0

    async def tap(self, *labels: str) -> None:
        for label in labels:
            await self.who.taps(label)
            self.taps += 1

    async def type(self, text: str) -> None:
        await self.who.says(text)
        self.texts += 1


async def works_a_day(ana: Player, plan: str = "Rapat koordinasi data\nMemantau server") -> None:
    """Report a first morning, typed out, with nothing to take over yet."""
    await ana.says("lapor pagi")
    await ana.taps("Semua tidak")
    await ana.says(plan)
    await ana.taps("Kirim")
    ana.sees("Laporan pagi tercatat")


async def test_the_first_morning_is_asked_for_and_then_shown_on_one_card(stage: Stage, ana: Player) -> None:
    await ana.says("/pagi")
    ana.sees("Dalam 14 hari terakhir")
    await ana.taps("Semua tidak")
    ana.sees("Apa rencana kerja Anda?")
    await ana.says("Rapat koordinasi data\nMemantau server")
    ana.sees("Senin, 15 Juni 2020", "WFO: bekerja dari kantor", "045.2/1656/06/2020", "zona", "hijau")
    ana.sees("Kontak erat ODP, PDP, atau terkonfirmasi", "1. Rapat koordinasi data", "Benar semua?")
    await ana.taps("Kirim")
    ana.sees(
        "Laporan pagi tercatat",
        "pukul 06.45 WIB",
        "2 kegiatan",
        "risiko kecil",
        "Hari ini:",
        "WFO: bekerja dari kantor",
    )
    ana.sees("Selasa, 16 Juni 2020:")
    assert len(await stage.rows(_HEALTH)) == len(await stored(stage)) == 1


async def test_an_ordinary_morning_is_one_tap_and_one_yes(stage: Stage, ana: Player) -> None:
    await works_a_day(ana)
    stage.moves_to("2020-06-16 06:50")
    count = Taps(ana)
    await count.tap("Lapor pagi")
    ana.sees("Selasa, 16 Juni 2020", "WFO", "seperti Sen, 15 Jun", "1. Rapat koordinasi data")
    await count.tap("Kirim")
    ana.sees("Laporan pagi tercatat")
    assert (count.taps, count.texts) == (2, 0)
    rows = await stored(stage)
    assert rows[1]["items"] == ["Rapat koordinasi data", "Memantau server"]
    assert [row["on_date"] for row in await stage.rows(_HEALTH)] == ["2020-06-15", "2020-06-16"]


async def test_the_receipt_is_one_message_with_home_below_it(ana: Player) -> None:
    await works_a_day(ana)
    assert len(ana.fresh) == 1
    ana.sees_choices(*HOME)


async def test_a_changed_morning_is_at_most_four_taps_and_one_text(stage: Stage, ana: Player) -> None:
    await works_a_day(ana)
    stage.moves_to("2020-06-16 06:50")
    count = Taps(ana)
    await count.tap("Lapor pagi", "Ubah rencana")
    ana.sees("Yang sekarang:", "1. Rapat koordinasi data")
    await count.type("Menyusun laporan bulanan")
    ana.sees("1. Menyusun laporan bulanan", "Benar semua?")
    await count.tap("Kirim")
    assert count.taps <= 4
    assert count.texts == 1
    assert (await stored(stage))[1]["items"] == ["Menyusun laporan bulanan"]


async def test_an_ill_morning_is_five_taps_and_says_what_follows(stage: Stage, ana: Player) -> None:
    await works_a_day(ana)
    stage.moves_to("2020-06-16 06:50")
    count = Taps(ana)
    await count.tap("Lapor pagi", "Ubah kesehatan", "6 Ada gejala", "Selesai", "Kirim")
    assert (count.taps, count.texts) == (5, 0)
    ana.sees("belum boleh masuk kantor", "petugas kesehatan", "bukan sebabnya")


async def test_after_a_high_risk_the_morning_asks_for_health_again(stage: Stage, ana: Player) -> None:
    await works_a_day(ana)
    stage.moves_to("2020-06-16 06:50")
    for tap in ("Lapor pagi", "Ubah kesehatan", "6 Ada gejala", "Selesai", "Kirim"):
        await ana.taps(tap)
    stage.moves_to("2020-06-17 06:50")
    await ana.taps("Lapor pagi")
    ana.sees("Dalam 14 hari terakhir")
    ana.sees_no("seperti")


async def test_what_was_sent_already_is_not_asked_again(stage: Stage, ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("Rapat data")
    await ana.taps("Simpan")
    await ana.taps("Lapor pagi")
    await ana.taps("Semua tidak")
    ana.sees("sudah terkirim", "1. Rapat data")
    ana.sees_choices("Kirim", "Ubah kesehatan", "Batal")
    await ana.taps("Kirim")
    ana.sees("Laporan pagi tercatat")
    assert len(await stored(stage)) == 1


async def test_a_second_morning_report_shows_the_first_and_how_to_change_it(
    stage: Stage, ana: Player
) -> None:
    """C02"""
    await works_a_day(ana)
    await ana.taps("Lapor pagi")
    ana.sees("sudah lengkap", "sudah terkirim", "1. Rapat koordinasi data")
    await ana.taps("Ubah rencana")
    ana.sees("rencana", "Senin, 15 Juni 2020")
    assert len(await stored(stage)) == 1


async def test_a_second_tap_on_send_stores_nothing_twice(stage: Stage, ana: Player) -> None:
    """C02"""
    await works_a_day(ana)
    await ana.says("Kirim", after=0.2)
    ana.sees("Sudah tercatat")
    assert len(await stage.rows(_HEALTH)) == 1


async def test_without_health_reports_the_card_holds_the_plan_alone(stage: Stage, ana: Player) -> None:
    await set_mode(stage, "off")
    await ana.says("lapor pagi")
    await ana.says("Rapat data")
    ana.sees("Rencana kerja", "1. Rapat data")
    ana.sees_no("Kesehatan", "Kontak erat")
    await ana.taps("Kirim")
    assert await stage.rows(_HEALTH) == []


async def test_fit_or_unfit_is_asked_where_the_agency_wants_no_more(stage: Stage, ana: Player) -> None:
    await set_mode(stage, "fit")
    await ana.says("lapor pagi")
    await ana.taps("Sehat")
    await ana.says("Rapat data")
    ana.sees("Kesehatan", ": sehat")
    await ana.taps("Kirim")
    stage.moves_to("2020-06-16 06:50")
    await ana.taps("Lapor pagi")
    ana.sees("seperti Sen, 15 Jun: sehat")


async def test_when_the_agency_changes_its_form_overnight_nothing_old_is_sent(
    stage: Stage, ana: Player
) -> None:
    await works_a_day(ana)
    stage.moves_to("2020-06-16 06:50")
    await ana.taps("Lapor pagi")
    await set_mode(stage, "fit")
    await ana.taps("Kirim")
    ana.sees("Apakah Anda sehat untuk bekerja hari ini?")
    assert len(await stage.rows(_HEALTH)) == 1


async def test_on_a_day_off_there_is_nothing_to_report(stage: Stage, ana: Player) -> None:
    stage.moves_to("2020-06-20 07:00")
    await ana.says("seperti kemarin")
    ana.sees("Libur", "tidak ada yang perlu dilaporkan", "Senin, 22 Juni 2020")


async def test_a_card_opened_before_midnight_still_counts_for_its_day(stage: Stage, ana: Player) -> None:
    """I15"""
    await works_a_day(ana)
    stage.moves_to("2020-06-16 23:58")
    await ana.taps("Lapor pagi")
    stage.moves_to("2020-06-17 00:01")
    await ana.taps("Kirim")
    ana.sees("Laporan pagi tercatat", "Selasa, 16 Juni 2020")
    assert (await stored(stage))[1]["on_date"] == date(2020, 6, 16).isoformat()


async def test_leaving_the_card_sends_nothing_and_keeps_the_draft(stage: Stage, ana: Player) -> None:
    """I17"""
    await ana.says("lapor pagi")
    await ana.taps("Semua tidak")
    await ana.says("batal")
    ana.sees("tidak ada yang dikirim", "24 jam")
    await ana.says("lapor pagi")
    ana.sees("belum selesai")
    await ana.taps("Lanjutkan")
    ana.sees("Apa rencana kerja Anda?")
    assert await stage.rows(_HEALTH) == []


async def test_what_was_offered_on_friday_opens_on_monday(stage: Stage, ana: Player) -> None:
    """I20"""
    stage.moves_to("2020-06-19 06:50")
    await works_a_day(ana)
    stage.moves_to("2020-06-22 06:50")
    await ana.taps("Lapor pagi")
    ana.sees("Senin, 22 Juni 2020", "seperti Jum, 19 Jun", "Benar semua?")


async def test_a_morning_sent_by_mistake_can_be_taken_back_within_ten_minutes(
    stage: Stage, ana: Player
) -> None:
    await works_a_day(ana)
    ana.sees("Keliru?", "dalam 10 menit")
    await ana.taps("Lapor pagi")
    await ana.taps("Batalkan laporan")
    ana.sees("Laporan kesehatan dibatalkan")
    stage.passes(11 * 60)
    await ana.says("lapor pagi")
    ana.sees("Dalam 14 hari terakhir")
    assert len(await stage.rows(_HEALTH)) == 1


async def test_after_ten_minutes_only_changing_is_offered(stage: Stage, ana: Player) -> None:
    await works_a_day(ana)
    stage.passes(11 * 60)
    await ana.taps("Lapor pagi")
    assert all("Batalkan laporan" not in seen.labels for seen in ana.seen)


async def test_while_a_case_is_open_no_office_hours_are_named(ana: Player) -> None:
    await ana.says("sehat")
    await ana.says("6")
    await ana.taps("Selesai")
    await ana.taps("Kirim")
    await ana.says("lapor pagi")
    await ana.says("Rapat data")
    ana.sees("Jangan ke kantor dulu")
    ana.sees_no("07.30")


async def test_what_was_answered_yes_begins_its_line_like_the_others(ana: Player) -> None:
    await ana.says("lapor pagi")
    await ana.says("1 4")
    await ana.taps("Selesai")
    await ana.says("Rapat data")
    ana.sees("• Tempat umum, acara ramai:")
