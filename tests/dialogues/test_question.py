"""A question to the office: asked, answered, gone on with, and clear; its words are for those two sides alone."""

from datetime import timedelta

import pytest

from db import roles
from db.roles import Role
from tests.chat import Player, button
from tests.dialogues.marks import only_telegram
from tests.stage import LOCAL, Stage

WORDS = "Kapan kenaikan pangkat diproses?"
THREADS = "SELECT code, answered_at, closed_at FROM threads"


async def _asks(who: Player, words: str = WORDS) -> None:
    await who.says("tanya")
    await who.says(words)
    await who.taps("Kirim")
    who.sees("Pertanyaan terkirim")


async def _answers(who: Player, words: str) -> None:
    await who.taps("Buka")
    await who.taps("Jawab")
    await who.says(words)
    await who.taps("Kirim")
    who.sees("Jawaban terkirim")


async def test_a_question_goes_to_the_office_and_its_answer_comes_back(ana: Player, clara: Player) -> None:
    await ana.says("tanya kantor")
    ana.sees("Apa pertanyaan Anda?", "jangan menulis keterangan medis", "petugas kesehatan")
    await ana.says(WORDS)
    ana.sees("Kirim ini?", WORDS, "Belum ada yang terkirim")
    clara.sees_nothing()
    await ana.taps("Kirim")
    ana.sees("T-", "06.45 WIB", "Jawabannya datang ke sini")
    clara.sees("Pertanyaan baru", "Ana Lestari", WORDS)
    await _answers(clara, "Mulai Oktober.")
    ana.sees("Jawaban untuk pertanyaan Anda", "Clara Wijaya", "Mulai Oktober.")
    await ana.taps("Sudah jelas")
    ana.sees("saya tandai selesai")


async def test_a_question_about_leave_is_no_request_for_leave(ana: Player) -> None:
    """I11"""
    await ana.says("tanya hak cuti saya berapa?")
    ana.sees("Apa pertanyaan Anda?")


async def test_a_reply_goes_on_in_the_same_thread(stage: Stage, ana: Player, clara: Player) -> None:
    await _asks(ana)
    await _answers(clara, "Mulai Oktober.")
    await ana.taps("Balas")
    await ana.says("Tahun ini?")
    await ana.taps("Kirim")
    ana.sees("Balasan terkirim")
    clara.sees("Pertanyaan lanjutan", "Tahun ini?")
    await _answers(clara, "Ya.")
    ana.sees("Ya.")
    assert len(await stage.rows(THREADS)) == 1
    assert len(await stage.rows("SELECT * FROM thread_messages")) == 4


async def test_the_office_is_told_once_of_a_question_that_waits(ana: Player, clara: Player) -> None:
    await _asks(ana)
    await ana.says("tanya")
    await ana.taps(ana.choices[0])
    ana.sees(WORDS)
    await ana.taps("Balas")
    await ana.says("Mohon segera")
    await ana.taps("Kirim")
    assert len(clara.seen) == 1
    await clara.taps("Buka")
    clara.sees(WORDS, "Mohon segera")


async def test_waiting_questions_are_listed_a_page_at_a_time(
    stage: Stage, ana: Player, clara: Player
) -> None:
    for number in range(9):
        await _asks(ana, f"Pertanyaan nomor {number}")
        stage.passes(60)
    await clara.says("menu")
    await clara.taps("Pertanyaan masuk")
    clara.sees("Menunggu jawaban", "8. ")
    assert len(clara.choices) == 9
    await clara.taps("Berikutnya")
    clara.sees("1. ")
    assert len(clara.choices) == 1
    await clara.says("1")
    clara.sees("Pertanyaan nomor 8")
    await clara.taps("Tutup")
    ana.sees("ditutup oleh Clara Wijaya")


async def test_an_empty_inbox_says_so(clara: Player) -> None:
    await clara.says("/pertanyaan")
    clara.sees("Tidak ada pertanyaan yang menunggu")


async def test_several_answers_are_all_kept_and_all_told(
    stage: Stage, ana: Player, clara: Player, dewi: Player
) -> None:
    await _give_admin(stage, dewi)
    await _asks(ana)
    await _answers(clara, "Mulai Oktober.")
    await _answers(dewi, "Lewat SIASN.")
    assert [seen.text.splitlines()[-1] for seen in ana.seen if "untuk pertanyaan" in seen.text] == [
        "Mulai Oktober.",
        "Lewat SIASN.",
    ]


async def test_nobody_else_can_read_or_answer(ana: Player, boris: Player, eko: Player, stage: Stage) -> None:
    """A09"""
    await _asks(ana)
    boris.sees_nothing()
    await boris.says("/pertanyaan")
    boris.sees_no(WORDS, "Menunggu jawaban")
    raw = await stage.rows("SELECT words FROM thread_messages")
    assert WORDS.encode() not in bytes(raw[0]["words"])


async def test_who_is_admin_no_more_cannot_answer_a_minute_later(
    stage: Stage, ana: Player, clara: Player
) -> None:
    """A09"""
    await _asks(ana)
    await clara.taps("Buka")
    await clara.taps("Jawab")
    await clara.says("Mulai Oktober.")
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        today = now.astimezone(LOCAL).date()
        await roles.revoke(tx, person_id=clara.person_id, role=Role.ADMIN, first=today, by="seed", now=now)
    stage.clock.move_to(stage.clock.now() + timedelta(minutes=1))
    await clara.taps("Kirim")
    clara.sees("bukan wewenang Anda lagi")
    assert ana.last.count("Mulai Oktober") == 0


async def test_a_closed_thread_takes_no_more_words(ana: Player, clara: Player) -> None:
    await _asks(ana)
    await _answers(clara, "Mulai Oktober.")
    await ana.taps("Sudah jelas")
    await ana.presses(**button(ana, "Balas"))
    ana.sees("sudah selesai, jadi tidak ada yang dikirim")


async def test_two_taps_send_one_question(stage: Stage, ana: Player, clara: Player) -> None:
    """C02"""
    await _asks(ana)
    await ana.says("Kirim", after=0.2)
    ana.sees("Sudah tercatat")
    assert len(await stage.rows(THREADS)) == 1
    assert len(clara.seen) == 1


@pytest.mark.parametrize("kind", ["sticker", "photo", "document", "voice"])
async def test_only_words_are_taken(ana: Player, kind: str) -> None:
    """I01"""
    await ana.says("tanya")
    await ana.sends(kind)
    ana.sees("tidak saya simpan")
    await ana.says(WORDS)
    ana.sees("Kirim ini?")


async def test_forwarded_words_are_not_ones_own(ana: Player) -> None:
    """I04"""
    await ana.says("tanya")
    await ana.forwards(WORDS)
    ana.sees("diteruskan")


async def test_a_thousand_characters_are_taken_and_one_more_is_refused(ana: Player, clara: Player) -> None:
    """I06"""
    await ana.says("tanya")
    await ana.says("a" * 1001)
    ana.sees("1001 karakter", "1000")
    await ana.says("b" * 1000)
    await ana.taps("Kirim")
    clara.sees("b" * 1000)


async def test_invisible_words_are_no_question(ana: Player) -> None:
    """I07"""
    await ana.says("tanya")
    await ana.says("\u200b\u200d ")
    ana.sees("kosong")


async def test_signs_of_markup_stay_as_they_are(ana: Player, clara: Player) -> None:
    """I09"""
    await _asks(ana, "<b>kapan</b> & {{7*7}}")
    clara.sees("<b>kapan<", "& {{7", "7}}")


async def test_leaving_keeps_the_words_for_a_day(stage: Stage, ana: Player, clara: Player) -> None:
    """I17"""
    await ana.says("tanya")
    await ana.says(WORDS)
    await ana.says("batal")
    ana.sees("tidak ada yang dikirim", "24 jam")
    clara.sees_nothing()
    stage.moves_to("2020-06-16 05:00")
    await ana.says("tanya")
    await ana.taps("Lanjutkan")
    ana.sees(WORDS)


@only_telegram
async def test_a_button_made_for_the_office_is_nobody_elses(
    ana: Player, boris: Player, clara: Player
) -> None:
    """A06"""
    await _asks(ana)
    await boris.presses(**button(clara, "Buka"))
    boris.sees_no(WORDS)


async def _give_admin(stage: Stage, who: Player) -> None:
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await roles.grant(
            tx,
            person_id=who.person_id,
            role=Role.ADMIN,
            valid_from=now.astimezone(LOCAL).date(),
            by="seed",
            now=now,
        )
