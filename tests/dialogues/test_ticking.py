"""Yesterday's and unfinished work is offered with ticks; the evening's output is ticked against the plan."""

from tests.chat import Player
from tests.dialogues.marks import only_telegram
from tests.dialogues.written import only, reports, stored
from tests.stage import Stage

NEXT_DAY = "2020-06-16 07:00"


async def works(ana: Player, *, plan: str, done: tuple[str, ...] = ()) -> None:
    """Plan, and report in the evening what is ticked; without `done` all of it."""
    await reports(ana, "rencana", plan)
    await ana.says("hasil")
    for number in done:
        await ana.says(number)
    await ana.taps("Lanjut" if done else "Semua selesai")
    await ana.taps("Simpan")


async def test_an_ordinary_evening_takes_three_taps(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapat data\nSurat keluar")
    for label in ("Lapor hasil", "Semua selesai", "Simpan"):
        await ana.taps(label)
    ana.sees("Laporan hasil tercatat", "2 kegiatan")
    plan, output = await stored(stage)
    assert output["items"] == plan["items"]


async def test_what_was_not_ticked_is_offered_again_and_ticked_already(stage: Stage, ana: Player) -> None:
    await works(ana, plan="Rapat data\nSurat keluar\nArsip", done=("2",))
    ana.sees("2 rencana yang belum selesai")
    stage.moves_to(NEXT_DAY)
    await ana.taps("Rencana kerja")
    ana.sees("Centang yang akan dikerjakan", "✓ 1. Rapat data", "✓ 2. Arsip")
    ana.sees_no("Surat keluar")
    ana.sees_choices("✓ 1 Rapat data", "✓ 2 Arsip", "Lanjut")
    await ana.taps("✓ 2 Arsip")
    ana.sees("✓ 1. Rapat data\n2. Arsip")
    await ana.taps("Lanjut")
    await ana.taps("Simpan")
    assert (await stored(stage))[-1]["items"] == ["Rapat data"]


async def test_finished_work_of_yesterday_is_offered_unticked(stage: Stage, ana: Player) -> None:
    await works(ana, plan="Rapat data\nSurat keluar")
    stage.moves_to(NEXT_DAY)
    for label in ("Rencana kerja", "Pilih semua", "Simpan"):
        await ana.taps(label)
    ana.sees("Rencana tercatat", "2 kegiatan")


async def test_to_type_is_enough_whatever_is_offered(stage: Stage, ana: Player) -> None:
    """Two taps and one text, as on the first day; a text that says an offered line ticks it."""
    await works(ana, plan="Rapat data\nSurat keluar")
    stage.moves_to(NEXT_DAY)
    await ana.taps("Rencana kerja")
    await ana.says("Surat keluar\nMonitoring jaringan")
    await ana.taps("Simpan")
    assert (await stored(stage))[-1]["items"] == ["Surat keluar", "Monitoring jaringan"]


async def test_numbers_tick_and_other_words_are_added(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapat data\nSurat keluar\nArsip")
    await ana.says("hasil")
    await ana.says("1 dan 3")
    ana.sees("✓ 1. Rapat data\n2. Surat keluar\n✓ 3. Arsip")
    await ana.says("Menjawab pertanyaan warga")
    ana.sees("1. Rapat data\n2. Arsip\n3. Menjawab pertanyaan warga")
    await ana.taps("Simpan")
    assert (await stored(stage))[-1]["items"] == ["Rapat data", "Arsip", "Menjawab pertanyaan warga"]


async def test_adding_to_what_stands_offers_what_is_left_of_the_plan(stage: Stage, ana: Player) -> None:
    await works(ana, plan="Rapat data\nSurat keluar", done=("1",))
    await ana.taps("Ubah")
    await ana.taps("Tambah")
    ana.sees("Apa yang mau ditambahkan?", "1. Surat keluar")
    await ana.taps("Semua selesai")
    await ana.taps("Simpan")
    ana.sees("Laporan hasil diperbarui", "2 kegiatan")


async def test_a_long_plan_is_ticked_by_number_alone(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "\n".join(f"Kegiatan {letter}" for letter in "abcdefghijkl"))
    await ana.says("hasil")
    ana.sees_choices("Semua selesai")
    await ana.says("11 12")
    await ana.taps("Lanjut")
    await ana.taps("Simpan")
    assert (await stored(stage))[-1]["items"] == ["Kegiatan k", "Kegiatan l"]


async def test_words_before_the_form_are_its_first_lines(stage: Stage, ana: Player) -> None:
    """I12: asked which was meant, nothing that was typed is lost."""
    await ana.says("menyusun bahan paparan untuk pimpinan")
    ana.sees("belum memahami")
    await ana.taps("Rencana kerja")
    ana.sees("✓ 1. menyusun bahan paparan untuk pimpinan")
    await ana.taps("Lanjut")
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == ["menyusun bahan paparan untuk pimpinan"]


async def test_a_form_may_come_with_its_lines(stage: Stage, ana: Player) -> None:
    """I12"""
    stage.moves_to("2020-06-16 08:00")
    await ana.says("hasil kemarin: rapat data\nsurat keluar")
    ana.sees("Untuk Senin, 15 Juni 2020", "✓ 1. rapat data\n✓ 2. surat keluar")
    await ana.taps("Lanjut")
    await ana.taps("Simpan")
    row = await only(stage)
    assert (row["on_date"], row["items"]) == ("2020-06-15", ["rapat data", "surat keluar"])


async def test_words_that_only_name_a_form_are_no_work(ana: Player) -> None:
    """I12"""
    await ana.says("rencana hasil")
    ana.sees("yang mana maksud Anda?")
    await ana.taps("Rencana kerja")
    ana.sees("Ketik satu kegiatan per baris")


async def test_ticks_alone_are_kept_when_the_form_is_left(stage: Stage, ana: Player) -> None:
    """I17"""
    await reports(ana, "rencana", "Rapat data\nSurat keluar")
    await ana.says("hasil")
    await ana.says("batal")
    ana.sees_no("24 jam")
    await ana.says("hasil")
    await ana.says("2")
    await ana.says("batal")
    ana.sees("24 jam")
    await ana.says("hasil")
    await ana.taps("Lanjutkan")
    ana.sees("✓ 2. Surat keluar")


@only_telegram
async def test_an_edit_changes_only_the_lines_of_its_message(stage: Stage, ana: Player) -> None:
    """I02, I03: what was ticked stays."""
    await reports(ana, "rencana", "Rapat data\nSurat keluar")
    await ana.says("hasil")
    await ana.says("1")
    await ana.says("Menjwab warga")
    written = stage.telegram.last
    await ana.edits("Menjawab warga")
    ana.sees("1. Rapat data\n2. Menjawab warga")
    await ana.taps("Simpan")
    await ana.edits("Menjawab warga\nNotula", message=written)
    ana.sees("1. Rapat data\n2. Menjawab warga\n3. Notula")
    await ana.taps("Simpan")
    ana.sees("Laporan hasil diperbarui")


@only_telegram
async def test_an_edit_keeps_what_else_its_line_holds(stage: Stage, ana: Player) -> None:
    """I02: the amount and the evidence stay with the line."""
    await ana.says("hasil")
    await ana.says("Menjwab warga")
    written = stage.telegram.last
    await ana.says("1")
    await ana.says("12 surat")
    await ana.taps("Simpan")
    await ana.edits("Menjawab warga", message=written)
    ana.sees("1. Menjawab warga\n   volume: 12 surat")
    await ana.taps("Simpan")
    first, second = await stored(stage)
    assert second["lines"] == [{**first["lines"][0], "activity": "Menjawab warga"}]


async def test_more_than_the_limit_is_not_ticked_together(stage: Stage, ana: Player) -> None:
    """I06: words that came with the form count too."""
    lines = "\n".join(f"kegiatan {number}" for number in range(16))
    await ana.says(f"rencana:\n{lines}")
    ana.sees("Ada 16 kegiatan")
    await reports(ana, "rencana", "\n".join(f"Rapat {letter}" for letter in "abcdefghij"))
    stage.moves_to(NEXT_DAY)
    await ana.says(f"rencana:\n{lines[:80]}")
    await ana.taps("Lanjut")
    ana.sees("Ada", "sedangkan batasnya 15")
    assert len(await stored(stage)) == 1


async def test_a_number_that_no_line_has_is_said_to_be_none(stage: Stage, ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("Rapat\nSurat")
    await ana.taps("Simpan")
    await ana.says("hasil")
    for wrong in ("7", "2 9"):
        await ana.says(wrong)
        ana.sees("yang ada 1 sampai 2")
    await ana.says("semua")
    ana.sees("Simpan hasil ini?", "1. Rapat", "2. Surat")
