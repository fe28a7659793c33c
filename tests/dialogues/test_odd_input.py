"""Whatever is typed at any question gets an answer of ours, and never an error (I06, I07, I19)."""

import pytest

from tests.chat import Player
from tests.stage import Stage

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


@pytest.mark.parametrize("door", DOORS)
async def test_odd_words_are_answered_at_every_question(stage: Stage, ana: Player, door: str) -> None:
    for odd in ODD:
        await ana.says("batal")
        for words in DOORS[door]:
            await ana.says(words, after=10)
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
