"""Behind the answer: what was told before, what could change it, and the reasons that a card leaves out."""

from datetime import date

import pytest

from db import regions
from tests.chat import Player
from tests.factories import BY, CITY
from tests.rota_office import published
from tests.stage import Stage


async def _turns_red(stage: Stage) -> None:
    async with stage.db.transaction() as tx:
        await regions.record_fact(
            tx,
            region_code=CITY,
            value="merah",
            valid_from=date(2020, 6, 15),
            by=BY,
            now=stage.clock.now(),
        )


async def test_everything_told_of_a_day_is_still_on_record(stage: Stage, ana: Player) -> None:
    await ana.says("WFO?")
    stage.moves_to("2020-06-15 12:00")
    await _turns_red(stage)
    await ana.says("WFO?")
    await ana.says("tadi saya diberi tahu apa")
    ana.sees("pukul 06.45", "WFO: bekerja dari kantor", "Diganti 15 Juni 2020 pukul 12.00")
    ana.sees("pukul 12.00", "WFH: bekerja dari rumah", "1 huruf (b)")


@pytest.mark.parametrize(
    ("asked", "told", "untold"),
    [
        ("apa jawaban saya 15 Juni jam 7?", "WFO: bekerja dari kantor", "WFH"),
        ("apa jawaban saya tanggal 15 Juni pukul 12.30?", "WFH: bekerja dari rumah", "WFO"),
        ("apa jawaban saya 15 Juni jam 5?", "belum mendapat jawaban", "bekerja dari"),
        ("apa jawaban saya 12 Februari jam 7?", "belum mendapat jawaban", "bekerja dari"),
        ("apa jawaban saya 15 Juni jam 99?", "WFO: bekerja dari kantor", "Keadaan pada"),
    ],
)
async def test_what_stood_at_an_hour(stage: Stage, ana: Player, asked: str, told: str, untold: str) -> None:
    await ana.says("WFO?")
    stage.moves_to("2020-06-15 12:00")
    await _turns_red(stage)
    await ana.says("WFO?")
    await ana.says(asked)
    ana.sees(told)
    ana.sees_no(untold)


async def test_what_could_change_the_answer_names_paragraphs(stage: Stage, ana: Player) -> None:
    await ana.says("apa yang bisa mengubah jawaban ini?")
    ana.sees("Zona menjadi merah", "angka 1 huruf (b)", "Surat atasan yang menyebut nama Anda")
    await ana.says("WFO?")
    await ana.taps("Dasar lengkap")
    await ana.taps("Bisa berubah?")
    ana.sees("Zona menjadi merah")
    await ana.taps("Jawaban sebelumnya")
    ana.sees("Yang pernah Anda dapat", "WFO: bekerja dari kantor")


async def test_under_a_rota_a_swap_could(stage: Stage, boris: Player, ana: Player) -> None:
    await published(stage, boris)
    await ana.says("WFO 22/6?")
    await ana.taps("Dasar lengkap")
    await ana.taps("Bisa berubah?")
    ana.sees("Anda bertukar jadwal dengan rekan")


async def test_on_a_day_off_there_is_nothing_more_to_read(ana: Player) -> None:
    await ana.says("WFO sabtu?")
    assert "Dasar lengkap" not in ana.choices
