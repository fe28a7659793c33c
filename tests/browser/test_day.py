"""Ana's whole day, as a person at a desk plays it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Photograph
from tests.browser.phone import Phone

ANA = 1001
CIRCULAR = "045.2/1656/06/2020"

pytestmark = pytest.mark.browser


def test_ana_plays_a_whole_working_day(desk: Page, photograph: Photograph) -> None:
    """Issued receipts, an answer with its source, and a correction: everything stands on the page."""
    photograph("01-first")
    ana = Phone(desk, ANA)
    _asks_and_reports_health(ana, photograph)
    _plans_and_corrects(ana, photograph)
    desk.locator('button[name=moment][value="16:00"]').click()
    expect(desk.locator("[data-role=clock]")).to_contain_text("16.0")
    _reports_output_and_asks_for_tomorrow(ana, photograph)


def _asks_and_reports_health(ana: Phone, photograph: Photograph) -> None:
    ana.say("WFO hari ini?")
    card = ana.reads("bekerja dari kantor", CIRCULAR, "angka 1 huruf (a)", "zona Kota Bandar Lampung hijau")
    assert card.startswith("WFO")
    photograph("04-verdict")
    ana.choose("Lapor kesehatan")
    ana.reads("Dalam 14 hari terakhir")
    photograph("05-health")
    ana.choose("Semua tidak")
    ana.reads("Kirim laporan ini?")
    ana.choose("Kirim")
    assert _receipt(ana.reads("Laporan kesehatan tercatat", "risiko kecil"))
    photograph("06-health-saved")


def _plans_and_corrects(ana: Phone, photograph: Photograph) -> None:
    ana.choose("Rencana kerja")
    ana.reads("Apa rencana kerja Anda?")
    ana.say("Memantau server kantor\nMenyusun laporan bulanan")
    ana.reads("Simpan rencana ini?", "1. Memantau server kantor", "2. Menyusun laporan bulanan")
    ana.choose("Simpan")
    first = _receipt(ana.reads("Rencana tercatat: 2 kegiatan"))
    photograph("07-plan-saved")
    ana.press("Ubah")
    ana.reads("Simpan rencana ini?", "1. Memantau server kantor")
    ana.choose("Ubah 1")
    ana.reads("Nomor 1")
    ana.choose("Ganti kalimat")
    ana.say("Memantau server dan jaringan")
    ana.reads("Simpan rencana ini?", "1. Memantau server dan jaringan")
    ana.choose("Simpan")
    assert _receipt(ana.reads("Rencana diperbarui: 2 kegiatan")) != first
    photograph("08-plan-corrected")


def _reports_output_and_asks_for_tomorrow(ana: Phone, photograph: Photograph) -> None:
    ana.choose("Lapor hasil")
    ana.reads("Apa hasil kerja Anda?", "1. Memantau server dan jaringan")
    ana.say("Server dan jaringan berjalan baik\nLaporan bulan Mei selesai")
    ana.reads("Simpan hasil ini?")
    photograph("09-output-confirm")
    ana.choose("Simpan")
    assert _receipt(ana.reads("Laporan hasil tercatat: 2 kegiatan", "pukul 16.0"))
    ana.reads("Semua laporan hari ini sudah masuk")
    photograph("10-output-saved")
    ana.choose("WFO besok?")
    ana.reads("Besok, Selasa, 16 Juni 2020", CIRCULAR)
    photograph("11-tomorrow")


def _receipt(text: str) -> str:
    found = re.search(r"Kode ([SRH]-[A-Z0-9]{4}-[A-Z0-9]{2}),", text)
    assert found, text
    return found[1]
