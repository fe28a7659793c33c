"""The panel beside a chat of the example province: in words of the office, and sealed where it must be."""

import json
from datetime import timedelta

import pytest

from bot.demo import entries, province
from bot.demo.entries import Reader
from bot.demo.stored import beside_chat
from db import stored
from db.engine import Db
from db.sealed import Seal

FRIDAY_EVENING = province.start() - timedelta(days=2, hours=12)
ANA, BORIS, EKO, GITA = "1001", "1002", "1005", "1009"


async def test_anas_friday_is_told_in_words(seeded: Db, demo_seal: Seal) -> None:
    found = await beside_chat(seeded, demo_seal, channel="telegram", address=ANA, now=FRIDAY_EVENING)
    titles = [card["title"] for card in found["stored"]]
    assert titles[:4] == [
        "Jawaban untuk Jum, 12 Jun",
        "Laporan kesehatan",
        "Rencana kerja",
        "Laporan hasil",
    ]
    verdict, health, plan = found["stored"][:3]
    assert verdict["lines"] == ["WFO, bekerja dari kantor", "SE 045.2/1656/06/2020 angka 1 (a)"]
    assert plan["lines"][0].startswith("1. ")
    assert health["lines"] == []
    assert health["readers"] == "Hanya Ana dan petugas kesehatan yang dapat membacanya."
    assert (found["who"], found["sent"]) == ("Ana Lestari, Bidang Teknologi Informasi", [])


async def test_no_health_word_stands_in_any_panel(seeded: Db, demo_seal: Seal) -> None:
    for chat in range(1001, 1010):
        found = await beside_chat(
            seeded, demo_seal, channel="telegram", address=str(chat), now=FRIDAY_EVENING
        )
        said = json.dumps(found)
        assert not [word for word in ("risiko", "gejala", "demam", "kmk328") if word in said]


@pytest.mark.parametrize("chat", [EKO, GITA])
async def test_whoever_is_not_known_has_an_empty_panel(seeded: Db, demo_seal: Seal, chat: str) -> None:
    found = await beside_chat(seeded, demo_seal, channel="telegram", address=chat, now=FRIDAY_EVENING)
    assert (found["who"], found["stored"], found["sent"]) == ("", [], [])


def test_every_table_that_is_read_has_its_card() -> None:
    read = {*stored._OF_PERSON, *stored._OF_CHAT} - {"verdicts"}
    assert read == set(entries._ENTRIES)


def test_a_clock_time_is_that_of_the_persons_zone() -> None:
    assert Reader("Ana", "Asia/Makassar").clock(FRIDAY_EVENING) == "19.45"
