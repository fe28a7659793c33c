"""What is no text: the person is told, nothing of it is kept, and the form stays where it was."""

from tests.chat import Player
from tests.dialogues.marks import only_telegram
from tests.dialogues.written import only, stored
from tests.platforms import MEDIA
from tests.stage import Stage


async def test_every_kind_of_media_gets_a_sentence_and_keeps_the_step(ana: Player) -> None:
    """I01"""
    await ana.says("rencana")
    for kind in MEDIA:
        await ana.sends(kind)
        ana.sees("hanya bisa membaca teks dan tombol", "tidak saya simpan")
    await ana.says("menyusun laporan")
    ana.sees("Simpan rencana ini?", "1. menyusun laporan")


async def test_media_at_home_is_answered_too_and_home_stays(ana: Player) -> None:
    """I01"""
    await ana.says("menu")
    for kind, told in (
        ("voice", "hanya bisa membaca teks"),
        ("photo", "belum jelas untuk apa"),
        ("sticker", "teks"),
    ):
        await ana.sends(kind)
        ana.sees(told, "tidak saya simpan")
        ana.can_tap("WFO hari ini?", "Bantuan")
    await ana.taps("WFO hari ini?")
    ana.sees("045.2")


@only_telegram
async def test_a_kind_of_message_that_nobody_has_heard_of_is_taken_and_changes_nothing(
    stage: Stage, ana: Player
) -> None:
    """I01, C18"""
    await ana.says("rencana")
    await stage.deliver(stage.telegram.media(ana, "something_new", at=int(stage.clock.now().timestamp())))
    await stage.deliver(stage.telegram.unknown())
    await ana.says("menyusun laporan")
    ana.sees("Simpan rencana ini?")


async def test_a_contact_that_nobody_asked_for_is_not_kept(ana: Player) -> None:
    """I01"""
    await ana.says("rencana")
    await ana.shares_contact("+6281311111111", own=False)
    ana.sees("tidak saya simpan")
    await ana.says("menyusun laporan")
    ana.sees("Simpan rencana ini?")


async def test_a_strangers_sticker_is_answered_and_the_next_word_greeted(eko: Player) -> None:
    """I01"""
    await eko.sends("sticker")
    eko.sees("hanya bisa membaca teks dan tombol")
    await eko.says("halo")
    eko.sees("Selamat datang di Piket")


async def test_a_forwarded_message_is_nobodys_own_answer(stage: Stage, ana: Player) -> None:
    """I04"""
    await ana.says("rencana")
    await ana.forwards("menyusun laporan")
    ana.sees("diteruskan", "ketik sendiri")
    assert await stage.rows("SELECT * FROM reports") == []
    await ana.says("membaca surat")
    ana.sees("1. membaca surat")
    ana.sees_no("menyusun laporan")


@only_telegram
async def test_what_another_bot_wrote_is_no_answer_either(stage: Stage, ana: Player) -> None:
    """I04"""
    await ana.says("rencana")
    at = int(stage.clock.now().timestamp())
    await stage.deliver(stage.telegram.by_way_of_a_bot(ana, "menyusun laporan", at=at))
    ana.sees("bot lain")


async def test_an_album_is_answered_once_however_many_pictures_it_has(ana: Player) -> None:
    """I05"""
    await ana.says("rencana")
    for _ in range(4):
        await ana.sends("photo", album="13579", after=0.2)
    answers = [seen for seen in ana.seen if "hanya bisa membaca teks" in seen.text]
    assert len(answers) == 1
    await ana.sends("photo", album="24680")
    ana.sees("hanya bisa membaca teks")


@only_telegram
async def test_words_edited_before_they_are_saved_count_once_as_they_are_now(
    stage: Stage, ana: Player
) -> None:
    """I03"""
    await ana.says("rencana")
    await ana.says("menyusun lapran")
    await ana.edits("menyusun laporan")
    ana.sees("Simpan rencana ini?", "1. menyusun laporan")
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == ["menyusun laporan"]


@only_telegram
async def test_words_edited_after_they_are_saved_become_a_new_version_when_confirmed(
    stage: Stage, ana: Player
) -> None:
    """I02"""
    await ana.says("rencana")
    await ana.says("menyusun laporan")
    written = stage.telegram.last
    await ana.taps("Simpan")
    await ana.edits("menyusun dua laporan", message=written)
    ana.sees("Simpan rencana ini?", "1. menyusun dua laporan")
    await ana.taps("Simpan")
    ana.sees("diperbarui")
    rows = await stored(stage)
    assert [row["items"] for row in rows] == [["menyusun laporan"], ["menyusun dua laporan"]]


@only_telegram
async def test_an_edit_of_anything_else_changes_nothing_and_says_so(ana: Player) -> None:
    """I02"""
    await ana.says("WFO hari ini?")
    await ana.edits("WFO besok?")
    ana.sees("tidak mengubah apa pun")
