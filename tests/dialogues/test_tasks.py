"""A superior gives a task: its person is told, it stands in their plan, and its giver sees what became of it."""

from tests.chat import Player
from tests.dialogues.written import reports, stored
from tests.stage import Stage

TASKS = "SELECT person_id, on_date, activity, ended_as FROM tasks ORDER BY given_at"


async def gives(boris: Player, words: str = "Siapkan undangan rapat", day: str = "Hari ini") -> None:
    await boris.says("menu")
    await boris.taps("Unit saya")
    await boris.taps("Beri tugas")
    await boris.taps("1 Ana Lestari")
    await boris.says(words)
    await boris.taps(day)
    boris.sees("Kirim tugas ini?", "Kepada Ana Lestari", words)
    await boris.taps("Kirim")


async def test_a_task_is_told_and_stands_in_the_plan(stage: Stage, ana: Player, boris: Player) -> None:
    await gives(boris)
    boris.sees("Tugas tercatat", "Ana Lestari sudah saya beri tahu")
    assert "Tugas baru dari Boris Siregar" in ana.last.replace("*", "")
    await ana.says("rencana")
    ana.sees("✓ 1. Siapkan undangan rapat (tugas dari atasan)")
    await ana.taps("Lanjut")
    await ana.taps("Simpan")
    assert (await stored(stage))[0]["items"] == ["Siapkan undangan rapat"]


async def test_the_giver_sees_what_became_of_it(stage: Stage, ana: Player, boris: Player) -> None:
    await gives(boris)
    for label in ("Rencana kerja", "Lanjut", "Simpan", "Lapor hasil", "Semua selesai"):
        await ana.taps(label) if label in ana.choices else await ana.says(label)
    await boris.says("/tugas")
    boris.sees("Siapkan undangan rapat – belum selesai")
    await ana.taps("Simpan")
    await boris.says("/tugas")
    boris.sees("Siapkan undangan rapat – selesai")
    await ana.taps("Batalkan laporan")
    await boris.says("/tugas")
    boris.sees("– belum selesai")


async def test_a_task_waits_for_its_day_and_until_it_is_done(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await gives(boris, day="Besok")
    await ana.says("rencana")
    ana.sees_no("undangan")
    await ana.says("batal")
    stage.moves_to("2020-06-16 07:00")
    await ana.says("rencana")
    await ana.says("1")
    await ana.says("Rapat")
    await ana.taps("Simpan")
    stage.moves_to("2020-06-17 07:00")
    await ana.says("rencana")
    ana.sees("✓ 1. Siapkan undangan rapat (tugas dari atasan)", "✓ 2. Rapat")


async def test_a_task_done_in_part_waits_on(stage: Stage, ana: Player, boris: Player) -> None:
    await gives(boris)
    await ana.says("rencana")
    await ana.taps("Lanjut")
    await ana.taps("Simpan")
    await ana.says("hasil")
    await ana.taps("Semua selesai")
    await ana.taps("Ubah 1")
    await ana.says("50 %")
    await ana.taps("Simpan")
    (task,) = await stage.rows(TASKS)
    assert task["ended_as"] is None


async def test_a_task_is_taken_back(stage: Stage, ana: Player, boris: Player) -> None:
    await gives(boris)
    await boris.taps("Tarik tugas")
    boris.sees("Ditarik")
    assert "menarik kembali tugas" in ana.last
    await ana.says("rencana")
    ana.sees_no("undangan rapat (tugas")
    (task,) = await stage.rows(TASKS)
    assert task["ended_as"] == "withdrawn"


async def test_a_task_taken_back_leaves_the_next_plan(stage: Stage, ana: Player, boris: Player) -> None:
    await gives(boris)
    await reports(ana, "rencana", "Rapat")
    await boris.taps("Tarik tugas")
    stage.moves_to("2020-06-16 07:00")
    await ana.says("rencana")
    ana.sees("1. Rapat")
    ana.sees_no("undangan")


async def test_only_ones_own_people_are_given_tasks(stage: Stage, boris: Player, dewi: Player) -> None:
    """A09: by number, by name and by a part of it."""
    await boris.says("/unit")
    await boris.taps("Beri tugas")
    boris.sees_no("Boris Siregar")
    for typed in ("99", "Eko", "a"):
        await boris.says(typed)
        boris.sees("belum tahu siapa yang dimaksud")
    await boris.says("lestari")
    boris.sees("Apa tugas untuk", "Ana Lestari")
    await dewi.says("/unit")
    dewi.sees_no("Unit Anda")


async def test_a_task_beyond_the_limits_is_refused_and_nothing_is_lost(stage: Stage, boris: Player) -> None:
    """I06"""
    await boris.says("/unit")
    await boris.taps("Beri tugas")
    await boris.says("1")
    await boris.says("x" * 301)
    boris.sees("301")
    await boris.says("Siapkan undangan")
    await boris.says("kemarin")
    boris.sees("hari ini atau sesudahnya")
    await boris.says("Jumat")
    boris.sees("untuk Jumat, 19 Juni 2020")
    await boris.taps("Kirim")
    assert len(await stage.rows(TASKS)) == 1


async def test_a_task_is_given_to_several_and_taken_back_from_all(
    stage: Stage, ana: Player, boris: Player, clara: Player, dewi: Player
) -> None:
    await boris.says("/unit")
    await boris.taps("Beri tugas")
    boris.sees("1. Ana Lestari", "3. Dewi Anggraini", "atau semua")
    await boris.says("1 dan 3")
    boris.sees("Ana Lestari dan Dewi Anggraini")
    await boris.says("Siapkan data")
    await boris.taps("Hari ini")
    await boris.taps("Kirim")
    boris.sees("2 orang sudah saya beri tahu")
    assert [("Tugas baru" in who.last) for who in (ana, clara, dewi)] == [True, False, True]
    await boris.taps("Tarik tugas")
    boris.sees("Ditarik")
    assert {row["ended_as"] for row in await stage.rows(TASKS)} == {"withdrawn"}
    assert all("menarik kembali" in who.last for who in (ana, dewi))


async def test_all_of_ones_own_are_meant_by_all(stage: Stage, boris: Player) -> None:
    await boris.says("/unit")
    await boris.taps("Beri tugas")
    await boris.says("1 9")
    boris.sees("belum tahu siapa yang dimaksud")
    await boris.taps("Semua orang")
    await boris.says("Siapkan data")
    await boris.taps("Besok")
    boris.sees("Kepada Ana Lestari, Clara Wijaya, dan Dewi Anggraini")
    await boris.taps("Kirim")
    assert len(await stage.rows(TASKS)) == 3
