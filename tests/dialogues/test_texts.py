"""Whatever is typed: long, odd, hostile or in slang; it is read as text, kept as it is, and shown as it is."""

from db import people
from tests.chat import Player
from tests.dialogues.written import only
from tests.stage import Stage

TWINS = str.maketrans({"∗": "*", "＿": "_", "∼": "~", "ˋ": "`", "⁠": None})


async def plans(stage: Stage) -> list[str]:
    """Return the items of the only plan that is stored."""
    items: list[str] = (await only(stage))["items"]
    return items


async def test_a_text_beyond_the_limit_is_refused_with_its_length_and_nothing_is_cut(
    stage: Stage, ana: Player
) -> None:
    """I06"""
    await ana.says("rencana")
    await ana.says("a" * 4096)
    ana.sees("4096", "4000")
    assert await stage.rows("SELECT * FROM reports") == []
    await ana.says("menyusun laporan")
    ana.sees("Simpan rencana ini?")


async def test_a_paste_in_many_parts_is_answered_without_a_flood(stage: Stage, ana: Player) -> None:
    """I06, I18"""
    await ana.says("rencana")
    before = len(ana.seen)
    for _ in range(25):
        await ana.says("x" * 4096, after=0.1)
    told = [seen.text for seen in ana.seen[before:]]
    assert len(told) <= 13
    assert sum("Mohon tunggu" in text for text in told) == 1
    assert await stage.rows("SELECT * FROM reports") == []


async def test_a_text_that_shows_nothing_is_asked_for_again(ana: Player) -> None:
    """I07"""
    await ana.says("rencana")
    for nothing in ("   ", "\u200b\u200c", "\u202e", "\x00", "\u200d", "\n\n\t"):
        await ana.says(nothing)
        ana.sees("kosong")
    await ana.says("menyusun laporan")
    ana.sees("Simpan rencana ini?")


async def test_control_signs_and_floods_of_marks_are_taken_out_and_the_words_stay(
    stage: Stage, ana: Player
) -> None:
    """I07"""
    await ana.says("rencana")
    await ana.says("lap\x00oran ‮bulanan​ Z" + "́" * 300 + " cafe\u0301 \ud800")
    await ana.taps("Simpan")
    (item,) = await plans(stage)
    assert item.startswith("laporan bulanan \u0179")
    assert "café" in item
    assert len(item) < 40


async def test_emoji_are_stored_as_they_are(stage: Stage, ana: Player) -> None:
    """I08"""
    emoji = ["👍", "👨‍👩‍👧‍👦 🇮🇩", "👍" * 150]
    await ana.says("rencana")
    await ana.says("\n".join(emoji))
    await ana.taps("Simpan")
    assert await plans(stage) == emoji


async def test_as_many_emoji_as_a_message_holds_break_nothing(ana: Player) -> None:
    """I08"""
    await ana.says("rencana")
    await ana.says("👍" * 2048)
    assert ana.fresh
    await ana.says("menyusun laporan")
    ana.sees("Simpan rencana ini?")


MARKUP = "<b>tebal</b> *x* _y_ ~z~ `k` [x](tg://user?id=1) & &lt; https://contoh.go.id"
ATTACKS = (
    "'; DROP TABLE reports; --",
    "../../etc/passwd",
    "{{ 7*7 }} {% raw %}",
    "${7*7} #{7*7}",
    "%s %n {0}",
)
SHEETS = ("=cmd|' /C calc'!A0", "+6281200000001", "-1 pekerjaan", "@SUM(A1:A9)")


async def test_what_is_written_is_stored_as_it_is_and_shown_literally(stage: Stage, ana: Player) -> None:
    """I09, I10, I19"""
    written = [MARKUP, *ATTACKS, *SHEETS]
    await ana.says("rencana")
    await ana.says("\n".join(written))
    shown = ana.last.translate(TWINS)
    assert [item for item in written if item not in shown] == []
    await ana.taps("Simpan")
    assert await plans(stage) == written


async def test_a_name_is_shown_literally_too(stage: Stage, ana: Player) -> None:
    """I09, I19"""
    for name in ("<b>Ana</b>&*Sari*_x_", "{{7*7}}", "[Ana](tg://user?id=1)"):
        async with stage.db.transaction() as tx:
            await people.correct(tx, person_id=ana.person_id, name=name, phone=ana.phone, employment="pns")
        await ana.says("menu")
        assert name in ana.last.translate(TWINS)


async def test_an_attack_at_home_is_a_text_like_any_other(stage: Stage, ana: Player) -> None:
    """I19"""
    for attack in ATTACKS:
        await ana.says(attack)
        assert ana.fresh
        ana.sees_no("49", "Traceback", "gangguan")
    assert len(await stage.rows("SELECT id FROM people")) == 4


SLANG = (
    ("wfh dong", "045.2"),
    ("WFO HARI INI???", "045.2"),
    ("kantor ga hari ini", "045.2"),
    ("sht", "kesehatan"),
    ("skt", "kesehatan"),
    ("rncana", "Apa rencana kerja Anda?"),
    ("hsil", "Apa hasil kerja Anda?"),
    ("bantuin", "bantu"),
)


async def test_slang_and_typos_open_what_was_meant(stage: Stage, ana: Player) -> None:
    """I11"""
    for typed, told in SLANG:
        await ana.says(typed)
        ana.sees(told)
        await ana.says("/batal")
    assert await stage.rows("SELECT * FROM health_reports") == []


async def test_what_nobody_understands_gets_up_to_three_suggestions(stage: Stage, ana: Player) -> None:
    """I11"""
    await ana.says("qwertz uiop")
    ana.sees("belum memahami")
    assert 1 <= len(ana.choices) <= 3
    assert await stage.rows("SELECT * FROM health_reports") == []


async def test_two_answers_in_one_text_are_asked_about(stage: Stage, ana: Player) -> None:
    """I12"""
    await ana.says("sehat tapi anak demam, WFH")
    ana.can_tap("Lapor kesehatan", "WFO hari ini?")
    assert await stage.rows("SELECT * FROM health_reports") == []
    await ana.taps("Lapor kesehatan")
    ana.sees("kesehatan")
    assert await stage.rows("SELECT * FROM health_reports") == []
