"""What people type is made safe without losing what they meant."""

import pytest

from handlers.text import clean, folded, lines


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  halo  ", "halo"),
        ("\u200b\u200e \u2066\u2069", ""),
        ("abc\x00def", "abcdef"),
        ("harga\u202egnalub", "hargagnalub"),
        ("cafe\u0301", "café"),
        ("baris\r\ndua", "baris\ndua"),
        ("rusak \ud83d ini", "rusak  ini"),
        ("👩\u200d⚕️ sehat", "👩\u200d⚕️ sehat"),
        ("\u200d", ""),
        ("a" + "\u0301" * 500, "á" + "\u0301" * 4),
    ],
)
def test_i07_odd_characters_are_normalised(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_i08_emoji_stay_as_they_were_written() -> None:
    assert clean("🙏" * 2000) == "🙏" * 2000


def test_i19_attack_strings_are_plain_text() -> None:
    for attack in (
        "'; DROP TABLE people;--",
        "../../etc/passwd",
        "{{7*7}}",
        "${jndi:ldap://x}",
        "=cmd|'/c calc'!A1",
    ):
        assert clean(attack) == attack


def test_words_are_compared_without_case_emoji_and_punctuation() -> None:
    assert folded("WFO  hari ini?!") == "wfo hari ini"
    assert folded("✅ Kirim") == "kirim"


def test_lines_lose_their_bullets_and_nothing_else() -> None:
    assert lines("1. Rapat\n- Surat keluar\n\n• 2 dokumen\n3,5 jam arsip") == [
        "Rapat",
        "Surat keluar",
        "2 dokumen",
        "3,5 jam arsip",
    ]
