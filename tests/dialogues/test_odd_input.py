"""Whatever is typed at any question gets an answer of ours, and never an error (I06, I07, I19)."""

import os
from itertools import product

import pytest

from tests.chat import Player
from tests.engines import ENGINES
from tests.stage import CHANNELS, Stage

ODD = (
    "9999-12-31", "0001-01-01", "9999-12-31 s.d. 9999-12-31", "31/12/9999", "1 januari 0001", "31 februari",
    "99999999999999999999", "²", "٣", "999 bulan", "999 jam", "-1", "0", "1" * 400, "%", "101 %", "٥٠ %",
    "javascript:alert(1)", "https://" + "a" * 290 + ".id/x", "https://a:b@contoh.id/x", "1,2,3", "hapus 99",
    "{{ 7*7 }}",
    "9999-12-31 30 hari", "\u200b\u202e", "besok s/d kemarin", "30 - 2 januari", "00/00", "s/d", "tanggal 31",
)  # fmt: skip
DOORS: dict[str, tuple[str, ...]] = {
    "home": (),
    "plan": ("rencana",),
    "card": ("rencana", "Rapat\nSurat"),
    "line": ("hasil", "Rapat", "ubah 1"),
    "amount": ("hasil", "Rapat", "ubah 1", "Volume dan satuan"),
    "percent": ("hasil", "Rapat", "ubah 1", "Capaian"),
    "proof": ("hasil", "Rapat", "ubah 1", "Bukti"),
    "move": ("rencana", "Rapat", "ubah 1", "Pindah hari"),
    "kind": ("izin",),
    "dates": ("cuti",),
    "snooze": ("jeda pengingat",),
    "history": ("riwayat",),
    "day": ("riwayat 15 juni",),
    "question": ("/tanya",),
    "health": ("lapor kesehatan",),
    "morning": ("lapor pagi",),
}


PAIRS = tuple(zip(ENGINES, reversed(CHANNELS), strict=True))  # each engine and each channel, once


def plays() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Half of the odd words at each door on each pair, the other half at the next; at length all in every pair."""
    if "AT_LENGTH" in os.environ:
        return [(*each, ODD) for each in product(DOORS, ENGINES, CHANNELS)]
    return [
        (door, *pair, ODD[(number + turn) % 2 :: 2])
        for number, door in enumerate(DOORS)
        for turn, pair in enumerate(PAIRS)
    ]


@pytest.mark.parametrize(
    ("door", "engine_name", "channel_name", "words"),
    plays(),
    indirect=["engine_name", "channel_name"],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} words",
)
async def test_odd_words_are_answered_at_every_question(
    stage: Stage, ana: Player, door: str, words: tuple[str, ...]
) -> None:
    for odd in words:
        await ana.says("batal")
        for way in DOORS[door]:
            await ana.says(way, after=10)
        await ana.says(odd, after=10)
        assert ana.texts, odd
    assert await stage.rows("SELECT channel FROM quarantine") == []


async def test_days_at_the_ends_of_time_are_answered_wherever_a_day_is_named(
    stage: Stage, ana: Player
) -> None:
    """T04"""
    for day in ("9999-12-31", "0001-01-01", "29 februari", "1/1/0001"):
        for words in (
            "wfo",
            "rencana",
            "hasil",
            "riwayat",
            "izin",
            "cuti",
            "jeda pengingat",
            "pdf",
            "minggu ini",
        ):
            await ana.says("batal", after=10)
            await ana.says(f"{words} {day}", after=10)
            assert ana.texts, f"{words} {day}"
    assert await stage.rows("SELECT channel FROM quarantine") == []
