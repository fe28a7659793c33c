"""Eko, whom no office knows, beside Boris, who has a chat already."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Photograph
from tests.browser.phone import Phone

BORIS, EKO = 1002, 1005
NIP_OF_ANA, NIP_OF_NOBODY = "199004172015032001", "198805122012011009"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)

pytestmark = pytest.mark.browser


def test_an_outsider_gets_one_answer_whatever_is_wrong(desk: Page, photograph: Photograph) -> None:
    eko = Phone(desk, EKO)
    eko.start()
    eko.reads("Apakah Anda setuju?")
    eko.choose("Setuju")
    eko.reads("siapa Anda?")
    eko.say(f"{NIP_OF_ANA} K7QF-2M9E")
    wrong_code = eko.reads("tidak cocok")
    eko.say(f"{NIP_OF_NOBODY} K7QF-2M9D")
    assert eko.reads("tidak cocok") == wrong_code
    photograph("20-outsider")


def test_a_photo_gets_a_polite_sentence(desk: Page, tmp_path: Path, photograph: Photograph) -> None:
    picture = tmp_path / "foto.png"
    picture.write_bytes(PICTURE)
    boris = Phone(desk, BORIS)
    boris.send_photo(picture)
    boris.reads("tidak saya simpan, karena belum jelas untuk apa")
    expect(boris.section.locator('[data-kind="photo"] img')).to_be_visible()
    photograph("21-photo")


def test_two_people_are_played_side_by_side(desk: Page) -> None:
    eko, boris = Phone(desk, EKO), Phone(desk, BORIS)
    before = eko.said.count()
    boris.say("WFO hari ini?")
    boris.reads("045.2/1656/06/2020")
    left, right = boris.place(), eko.place()
    assert left["x"] + left["width"] <= right["x"]
    assert right["x"] + right["width"] <= 1440
    assert eko.said.count() == before


def test_a_person_blocks_the_bot_and_takes_it_back(desk: Page, photograph: Photograph) -> None:
    boris = Phone(desk, BORIS)
    boris.section.locator("button[name=block]").click()
    expect(boris.section.locator("button[name=unblock]")).to_be_visible()
    expect(boris.box).to_be_hidden()
    photograph("22-blocked")
    boris.section.locator("button[name=unblock]").click()
    boris.say("menu")
    boris.reads("Halo, Boris")
