"""What a superior says of a report beyond approving it: a score, or that it is to be put right by another day."""

import pytest

from db import closing
from tests.chat import Player
from tests.dialogues.test_board import MONDAY, owing
from tests.dialogues.test_verifying import a_day_of_work, at_the_report, gives_back
from tests.dialogues.written import reports
from tests.stage import Stage

SCORES = "SELECT kind, decision, score FROM verifications ORDER BY decided_at, kind"
OWED = "SELECT kind, state, because FROM obligations ORDER BY kind DESC"


async def test_a_score_is_picked_typed_or_left_out(stage: Stage, ana: Player, boris: Player) -> None:
    await a_day_of_work(ana)
    await at_the_report(boris)
    await boris.taps("Setujui + nilai")
    boris.sees("Berapa nilai hasil kerja", "boleh dilewati")
    await boris.says("101")
    boris.sees("angka 0 sampai 100")
    await boris.taps("90 %")
    boris.sees("Disetujui", "Nilai: 90")
    assert [tuple(dict(row).values()) for row in await stage.rows(SCORES)] == [
        ("output", "approved", 90),
        ("plan", "approved", None),
    ]
    await ana.says("rencana")
    ana.sees("oleh Boris Siregar (atasan langsung)", "versi 1")
    ana.sees_no("nilai 90")
    await ana.says("hasil")
    ana.sees("versi 1, nilai 90")
    await ana.says("riwayat 15 juni")
    ana.sees("Disetujui Boris Siregar (atasan langsung)", "nilai 90")


@pytest.mark.parametrize(("typed", "score"), [("nilai 85", 85), ("setujui 70 %", 70), ("100", 100)])
async def test_a_score_is_said_at_the_report_itself(
    stage: Stage, ana: Player, boris: Player, typed: str, score: int
) -> None:
    await a_day_of_work(ana)
    await at_the_report(boris)
    await boris.says(typed)
    boris.sees("2 laporan Ana Lestari", f"Nilai: {score}")
    assert {row["score"] for row in await stage.rows(SCORES)} == {score, None}


async def test_a_plan_alone_has_no_score_and_all_at_once_have_none(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await reports(ana, "rencana", "Rapat")
    await at_the_report(boris)
    assert "Setujui + nilai" not in boris.choices
    await boris.says("nilai 90")
    boris.sees_no("Disetujui")
    await boris.taps("Setujui")
    await reports(ana, "hasil", "Rapat")
    await boris.says("/verifikasi")
    await boris.taps("Setujui semua")
    await boris.taps("Setujui")
    assert {row["score"] for row in await stage.rows(SCORES)} == {None}


async def test_what_was_approved_is_given_a_score_afterwards(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await a_day_of_work(ana)
    await at_the_report(boris)
    await boris.taps("Setujui")
    await boris.taps("Kembalikan")
    await boris.says("nilai 80")
    boris.sees("Nilai: 80")
    await boris.taps("Kembalikan")
    boris.sees("Sudah diverifikasi oleh Boris Siregar, nilai 80")


async def test_what_is_given_back_is_owed_again_until_the_new_deadline(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await owing(stage, ana)
    stage.moves_to("2020-06-15 16:00")
    await a_day_of_work(ana)
    assert [row["state"] for row in await stage.rows(OWED)] == ["late", "closed"]
    await at_the_report(boris)
    await gives_back(boris)
    assert [row["state"] for row in await stage.rows(OWED)] == ["late", "open"]
    assert "sebagai atasan langsung, versi 1" in ana.last
    await ana.says("menu")
    ana.sees("Dikembalikan: hasil Senin, 15 Juni 2020, mohon diperbaiki s.d. Selasa, 16 Juni 2020")
    stage.moves_to("2020-06-16 20:00")
    await ana.says("hasil 15 juni")
    await ana.says("Notula")
    await ana.taps("Simpan")
    assert [row["state"] for row in await stage.rows(OWED)] == ["late", "closed"]
    await ana.says("menu")
    ana.sees_no("Dikembalikan")


async def test_who_was_late_stays_late_when_it_is_put_right(stage: Stage, ana: Player, boris: Player) -> None:
    await owing(stage, ana)
    stage.moves_to("2020-06-15 19:00")
    await a_day_of_work(ana)
    await at_the_report(boris)
    await gives_back(boris)
    async with (
        stage.db.transaction() as tx
    ):  # a change of the day does not take what stands for what is put right
        await closing.settle(tx, people=[ana.person_id], on=MONDAY, now=stage.clock.now())
    assert [row["state"] for row in await stage.rows(OWED)] == ["late", "open"]
    await ana.says("hasil 15 juni")
    await ana.says("Notula")
    await ana.taps("Simpan")
    assert [row["state"] for row in await stage.rows(OWED)] == ["late", "late"]
