"""Beside the chat: what the bot keeps of a person and what it sent them; above it, the day and its moments."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Photograph
from tests.browser.phone import Phone

SARI, WULAN = 1006, 1008
BYTES = re.compile(r"([0-9a-f]{2} ){11}[0-9a-f]{2} …")

pytestmark = pytest.mark.browser


def test_what_is_reported_stands_beside_the_chat_and_stays_sealed(desk: Page, photograph: Photograph) -> None:
    sari = Phone(desk, SARI)
    record = desk.locator("[data-role=record]")
    expect(record.get_by_text("tentang Sari Handayani")).to_be_visible()
    sari.say("sehat")
    sari.reads("Dalam 14 hari terakhir")
    expect(record.get_by_text("Isian terbuka: Laporan kesehatan")).to_be_visible()
    sari.choose("Semua tidak")
    sari.reads("Kirim laporan ini?")
    sari.choose("Kirim")
    code = re.search(r"S-[A-Z0-9]{4}-[A-Z0-9]{2}", sari.reads("Laporan kesehatan tercatat"))
    assert code
    card = record.locator(".card", has_text=code[0])
    expect(card).to_contain_text("Hanya Sari dan petugas kesehatan yang dapat membacanya.")
    expect(card.locator("code")).to_have_text(BYTES)
    expect(card).not_to_contain_text("risiko")
    photograph("30-stored")


def test_what_was_sent_is_listed_with_its_fate(desk: Page, photograph: Photograph) -> None:
    wulan = Phone(desk, WULAN)
    wulan.say("WFO hari ini?")
    wulan.reads("045.2/1656/06/2020")
    desk.locator("button[name=tab-sent]").click()
    newest = desk.locator("[data-role=sent] .card").first
    expect(newest).to_contain_text("today/verdict")
    expect(newest).to_contain_text("terkirim")
    expect(newest.locator(".card-ms")).to_have_text(re.compile(r"^[\d,]+ (md|dtk)$"))
    photograph("31-sent")
    desk.locator("button[name=tab-stored]").click()
    expect(desk.locator("[data-role=stored] .card", has_text="Jawaban untuk")).to_contain_text(
        "SE 045.2/1656/06/2020 angka"
    )


def test_the_day_goes_on_and_what_was_can_be_looked_at(desk: Page, photograph: Photograph) -> None:
    """A moment that comes is moved to; one that is over shows who was heard then, and brings it back into view."""
    sari = Phone(desk, SARI)
    desk.locator("button[name=tomorrow]").click()
    expect(desk.locator("[data-role=clock]")).to_contain_text("06.45")
    expect(desk.locator("[data-role=record]")).not_to_contain_text("Laporan kesehatan")
    sari.say("WFO hari ini?")
    sari.reads("Hari ini")
    desk.locator('button[name=moment][value="12:00"]').click()
    expect(desk.locator("[data-role=clock]")).to_contain_text("12.00")
    morning = desk.locator('button[name=moment][value="06:45"]')
    expect(morning.locator(".stop-face")).to_have_text("S")
    morning.click()
    expect(sari.section.locator(".message.is-shown")).to_contain_text("WFO hari ini?")
    expect(desk.locator("[data-role=clock]")).to_contain_text("12.00")
    photograph("32-day")


def test_the_record_is_reached_by_keyboard(desk: Page) -> None:
    desk.locator("button[name=tab-stored]").focus()
    desk.keyboard.press("ArrowRight")
    expect(desk.locator("button[name=tab-sent]")).to_be_focused()
    expect(desk.locator("[data-role=sent]")).to_be_visible()
    desk.keyboard.press("Tab")
    expect(desk.locator("[data-role=sent]")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(desk.locator("[data-role=record]")).to_be_hidden()
    desk.locator(".tool[name=record]").click()
    expect(desk.locator("[data-role=stored]")).to_be_visible()


def test_on_a_phone_the_record_lies_over_the_chat(narrow: Page, photograph: Photograph) -> None:
    record, button = narrow.locator("[data-role=record]"), narrow.locator(".tool[name=record]")
    expect(record).to_be_hidden()
    Phone(narrow, WULAN).say("WFO besok?")
    expect(button).to_have_class(re.compile("is-marked"))
    button.tap()
    expect(record.locator(".card", has_text="Jawaban untuk").first).to_be_visible()
    assert narrow.evaluate("document.scrollingElement.scrollWidth") <= 390
    photograph("33-record")
    narrow.locator("button[name=close-record]").tap()
    expect(record).to_be_hidden()
