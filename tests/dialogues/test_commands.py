"""Commands, however they are written; leaving a form by word, and taking it up again."""

from tests.chat import Player
from tests.dialogues.marks import HOME, only_telegram
from tests.stage import Stage

WAYS = (
    ("/HARIINI", "045.2"),
    ("/Hari_Ini", "045.2"),
    ("/hariini sekarang juga", "045.2"),
    ("/besok", "16 Juni 2020"),
    ("/rencana", "Apa rencana kerja Anda?"),
    ("/MENU", "Ana"),
)


async def test_a_command_is_known_in_any_case_and_with_words_behind_it(ana: Player) -> None:
    """I16"""
    for typed, told in WAYS:
        await ana.says(typed)
        ana.sees(told)


@only_telegram
async def test_a_command_may_carry_the_bots_name(ana: Player) -> None:
    """I16"""
    for name in ("piket_demo_bot", "Piket_Demo_Bot"):
        await ana.says(f"/hariini@{name}")
        ana.sees("045.2")


async def test_an_unknown_command_is_answered_with_the_closest_one(ana: Player) -> None:
    """I16"""
    for typed, meant in (("/hasi", "/hasil"), ("/rencna", "/rencana"), ("/hariinih", "/hariini")):
        await ana.says(typed)
        ana.sees("tidak dikenal", meant)


async def test_a_command_like_nothing_known_leads_to_help(ana: Player) -> None:
    """I16"""
    await ana.says("/xyzzy")
    ana.sees("tidak dikenal", "bantuan")
    await ana.says("/bantuan")
    ana.sees("Yang bisa saya bantu")


async def test_an_unknown_command_in_a_form_keeps_the_form(ana: Player) -> None:
    """I16, I17"""
    await ana.says("rencana")
    await ana.says("menyusun laporan")
    await ana.says("/xyzzy")
    ana.sees("tidak dikenal")
    await ana.taps("Simpan")
    ana.sees("tercatat")


async def test_a_form_is_left_by_a_word_and_nothing_is_sent(stage: Stage, ana: Player) -> None:
    """I17"""
    for word in ("batal", "STOP", "/batal", "Batalkan", "cancel"):
        await ana.says("hasil")
        await ana.says("Mulai baru")
        await ana.says("menyusun laporan")
        await ana.says(word)
        ana.sees("24 jam")
    assert await stage.rows("SELECT * FROM reports") == []
    ana.can_tap("Rencana kerja")


async def test_a_form_left_half_way_is_offered_again_and_goes_on_where_it_was(
    stage: Stage, ana: Player
) -> None:
    """I17"""
    await ana.says("rencana")
    await ana.says("menyusun laporan")
    await ana.says("batal")
    stage.restarts()
    await ana.says("rencana")
    ana.sees_choices("Lanjutkan", "Mulai baru")
    await ana.taps("Lanjutkan")
    ana.sees("1. menyusun laporan")
    await ana.taps("Simpan")
    ana.sees("tercatat")


async def test_a_form_may_be_begun_afresh(ana: Player) -> None:
    """I17"""
    await ana.says("rencana")
    await ana.says("menyusun laporan")
    await ana.says("batal")
    await ana.says("rencana")
    await ana.taps("Mulai baru")
    ana.sees("Apa rencana kerja Anda?")
    ana.sees_no("menyusun laporan")


async def test_another_command_leaves_the_form_and_its_draft_waits(stage: Stage, ana: Player) -> None:
    """I17"""
    await ana.says("rencana")
    await ana.says("menyusun laporan")
    for command in ("/start", "/menu", "/sehat"):
        await ana.says(command)
        ana.sees_no("Simpan rencana ini?")
    stage.moves_to("2020-06-15 22:00")
    await ana.says("/rencana")
    ana.sees_choices("Lanjutkan", "Mulai baru")


async def test_a_draft_is_not_kept_beyond_its_day(stage: Stage, ana: Player) -> None:
    """I17"""
    await ana.says("rencana")
    await ana.says("menyusun laporan")
    await ana.says("batal")
    stage.moves_to("2020-06-16 08:00")
    await ana.says("rencana")
    ana.sees("Apa rencana kerja Anda?", "16 Juni 2020")


async def test_start_again_shows_everything_one_can_do(ana: Player) -> None:
    """I17"""
    await ana.says("/start")
    ana.sees("Ana", "Dinas Kominfo Provinsi Lampung")
    ana.sees_choices(*HOME)


async def test_a_question_in_the_middle_of_a_form_is_answered_and_the_form_goes_on(ana: Player) -> None:
    """I17"""
    await ana.says("rencana")
    await ana.says("menyusun laporan")
    await ana.says("/hariini")
    ana.sees("045.2", "Simpan rencana ini?")
    await ana.taps("Simpan")
    ana.sees("tercatat")


async def test_every_choice_also_works_typed(ana: Player) -> None:
    """I11"""
    for typed in ("simpan", "Simpan", "SIMPAN!", "ya", "ok"):
        await ana.says("rencana")
        await ana.says(f"menyusun laporan dengan {typed}")
        await ana.says(typed)
        ana.sees("Kode")


async def test_half_a_form_survives_a_restart_at_every_step(stage: Stage, ana: Player) -> None:
    """P01"""
    await ana.says("hasil")
    stage.restarts()
    await ana.says("menyusun laporan\nmembaca surat")
    stage.restarts()
    ana.sees("2. membaca surat")
    await ana.taps("Simpan")
    ana.sees("tercatat", "2 kegiatan")


async def test_the_words_of_homes_choices_open_them_long_after(
    ana: Player, boris: Player, clara: Player, dewi: Player
) -> None:
    """I16, I20: typed, with no home in sight, by whoever has the role; to others they mean nothing."""
    for who, typed, told in (
        (boris, "Unit saya", "Verifikasi"),
        (clara, "pertanyaan masuk", "pertanyaan"),
        (dewi, "Kasus kesehatan", "kasus"),
        (ana, "Lainnya", "Mau apa?"),
        (ana, "Riwayat saya", "Juni 2020"),
    ):
        await who.says(typed)
        who.sees(told)
    await ana.says("Kasus kesehatan")
    ana.sees_no("kasus")
