"""Long messages are cut where nothing breaks, and always at the same places."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.cutting import cut, shortened, units
from tests.bot.messages import TELEGRAM, choices, renderer_with, stored

TEXT = "{# params: text #}\n{{ text | bold }}\n"


def test_i08_4096_emoji_are_counted_as_the_platform_counts_them(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said="{# params: text #}\n{{ text }}\n")
    parts = renderer.outgoing(stored(params={"text": "😀" * 4096}), TELEGRAM)
    assert [units(part.text) for part in parts] == [4096, 4096]
    assert "".join(part.text for part in parts) == "😀" * 4096


def test_i08_an_emoji_made_of_several_is_not_torn() -> None:
    family = "👨‍👩‍👧"
    parts = cut(family * 20, most=50, has_tags=False)
    assert all(set(part.split(family)) == {""} for part in parts)
    assert "".join(parts) == family * 20


def test_c10_a_long_message_is_cut_at_line_ends_and_nothing_is_lost(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said="{# params: text #}\n{{ text }}\n")
    lines = [f"baris {number} " + "x" * 60 for number in range(200)]
    parts = renderer.outgoing(stored(params={"text": "\n".join(lines)}), TELEGRAM)
    assert len(parts) > 2
    assert "\n".join(part.text for part in parts).splitlines() == lines


def test_c10_an_open_tag_is_closed_and_opened_again_at_a_cut(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said=TEXT)
    parts = renderer.outgoing(stored(params={"text": "a & b\n" * 2000}), TELEGRAM)
    assert all(part.text.startswith("<b>") and part.text.endswith("</b>") for part in parts)
    assert all(units(part.text) <= 4096 for part in parts)
    assert all("&" not in part.text.replace("&amp;", "") for part in parts)


def test_c10_the_choices_stand_on_the_last_part_only(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said=TEXT)
    message = stored(params={"text": "x " * 3000}, choices=choices("Ya", "Tidak"), look="keyboard")
    *earlier, last = renderer.outgoing(message, TELEGRAM)
    assert earlier
    assert all(part.shown == () for part in earlier)
    assert [choice.label for choice in last.shown] == ["Ya", "Tidak"]


def test_a_repeat_is_marked_and_its_earlier_parts_stay_the_same(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said=TEXT)
    params = {"text": "kata " * 1500}
    first = renderer.outgoing(stored(params=params), TELEGRAM)
    again = renderer.outgoing(stored(params=params, is_repeat=True), TELEGRAM)
    assert [part.text for part in again[: len(first) - 1]] == [part.text for part in first[:-1]]
    assert again[-1].text.endswith("(Mungkin sudah Anda terima.)")


@given(
    text=st.lists(
        st.sampled_from(["<b>", "</b>", "&amp;", "kata", " ", "\n", "😀", "é", "e\u0301"]), max_size=120
    ),
    most=st.integers(min_value=24, max_value=60),
)
def test_no_cut_tears_a_tag_or_goes_over_the_limit(text: list[str], most: int) -> None:
    balanced = _balanced(text)
    parts = cut(balanced, most=most, has_tags=True)
    assert all(units(part) <= most for part in parts)
    assert all(part.count("<b>") == part.count("</b>") for part in parts)
    assert _letters("".join(parts)) == _letters(balanced)


def test_cuts_depend_only_on_what_stands_before_them() -> None:
    text = "\n".join(f"baris {number}" for number in range(100))
    shorter, longer = cut(text, most=50, has_tags=False), cut(text + "\n\nakhir", most=50, has_tags=False)
    assert longer[: len(shorter) - 1] == shorter[:-1]
    assert all(len(a) <= 50 for a, _ in pairwise(longer))


def test_a_shortened_label_keeps_within_its_units() -> None:
    assert shortened("Dinas Komunikasi dan Informatika", 20) == "Dinas Komunikasi da…"
    assert units(shortened("😀" * 30, 20)) <= 20


def _balanced(pieces: list[str]) -> str:
    kept, is_open = [], False
    for piece in pieces:
        if (piece == "<b>") == is_open and piece in ("<b>", "</b>"):
            continue
        is_open = piece == "<b>" or (is_open and piece != "</b>")
        kept.append(piece)
    return "".join(kept) + ("</b>" if is_open else "")


def _letters(text: str) -> str:
    return "".join(text.replace("<b>", "").replace("</b>", "").split())
