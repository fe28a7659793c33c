"""Health, where it is switched off, asked as fit or unfit, and kept from everybody else's eyes."""

import logging
from datetime import date

import pytest

from db import health
from db.health import HealthReport
from tests.chat import Player
from tests.dialogues.modes import set_mode
from tests.stage import Stage

_VERSIONS = "SELECT version FROM health_reports ORDER BY on_date, version"
_DETAIL = (
    "demam",
    "batuk",
    "pilek",
    "sesak",
    "kontak",
    "kerumunan",
    "nomor",
    "angkutan",
    "besar",
    "risiko",
    "gejala",
)


async def _report(stage: Stage, who: Player) -> HealthReport | None:
    async with stage.db.reading() as tx:
        return await health.latest(tx, stage.seal, person_id=who.person_id, on=date(2020, 6, 15))


async def _sends(who: Player, numbers: str) -> None:
    await who.says("sehat")
    await who.says(numbers)
    if numbers != "semua tidak":
        await who.taps("Selesai")
    await who.taps("Kirim")


async def test_where_it_is_off_nothing_is_asked_and_nothing_stored(stage: Stage, ana: Player) -> None:
    await set_mode(stage, "off")
    await ana.says("saya demam dan batuk")
    ana.sees("belum dibuka di instansi Anda", "tidak ada yang saya simpan", "atasan langsung")
    assert await stage.rows(_VERSIONS) == []


async def test_switched_off_while_a_form_is_open_nothing_is_stored(stage: Stage, ana: Player) -> None:
    """V01"""
    await ana.says("sehat")
    await ana.says("semua tidak")
    await set_mode(stage, "off")
    await ana.taps("Kirim")
    ana.sees("tidak ada yang saya simpan")
    assert await stage.rows(_VERSIONS) == []


async def test_fit_or_unfit_is_one_question_and_a_confirmation(stage: Stage, ana: Player) -> None:
    await set_mode(stage, "fit")
    await ana.says("sehat")
    ana.sees("Apakah Anda sehat untuk bekerja hari ini?")
    await ana.taps("Kurang sehat")
    ana.sees("Kirim laporan ini?", "kurang sehat")
    await ana.taps("Kirim")
    ana.sees("tercatat", "belum boleh masuk kantor", "Jangan ke kantor dulu")
    ana.sees_no("risiko", "KMK")
    report = await _report(stage, ana)
    assert report is not None
    assert report.answers == {"mode": "fit", "yes": [], "risk": None, "fit": False}


async def test_confirmation_and_receipt_repeat_no_question(stage: Stage, ana: Player) -> None:
    """V06: whoever finds the phone reads numbers and the outcome, not the symptoms."""
    await ana.says("sehat")
    await ana.says("5 6")
    await ana.taps("Selesai")
    ana.sees_no("demam", "batuk", "kontak", "kerumunan")
    await ana.taps("Kirim")
    ana.sees_no("demam", "batuk", "kontak", "5 dan 6", "kerumunan")


async def test_nobody_else_sees_and_no_log_holds_a_health_word(
    stage: Stage, ana: Player, boris: Player, caplog: pytest.LogCaptureFixture
) -> None:
    """V03"""
    caplog.set_level(logging.DEBUG)
    await _sends(ana, "5 6")
    await ana.says("WFO?")
    for other in stage.players.values():
        assert other.name in ("Ana", "Dewi") or other.seen == []
    stage.players["dewi"].sees_no(*_DETAIL)
    await boris.says("WFO?")
    boris.sees("WFO: bekerja dari kantor")
    boris.sees_no("Lestari", "laporan kesehatan", *_DETAIL[:6])
    logged = caplog.text.casefold()
    assert [word for word in _DETAIL if word in logged] == []


async def test_what_lies_in_the_database_is_sealed(stage: Stage, ana: Player) -> None:
    """V03, V07: answers, drafts and messages; only names of messages and codes can be read."""
    await ana.says("sehat")
    await ana.says("5 6")
    half_filled = await stage.rows("SELECT state FROM conversations")
    await ana.taps("Selesai")
    await ana.taps("Kirim")
    sealed = [
        *half_filled,
        *await stage.rows("SELECT answers FROM health_reports"),
        *await stage.rows("SELECT body FROM verdicts"),
        *await stage.rows("SELECT body FROM outbox WHERE body IS NOT NULL"),
    ]
    assert len(sealed) >= 3
    for row in sealed:
        for value in dict(row).values():
            raw = bytes(value or b"").lower()
            assert not any(word in raw for word in (b"besar", b'"yes"', b"kmk328", b"demam"))
