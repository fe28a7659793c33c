"""Entities: offsets in UTF-16 units, marks found by themselves, texts that come through whole."""

import html
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.entities import Formatted, find_entities, trimmed, utf16_length, with_found
from simulator.errors import ApiError
from simulator.html_mode import parse_html
from simulator.markdown_mode import parse_markdown, parse_markdown_v2

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def _cut(text: str, offset: int, length: int) -> str:
    units = text.encode("utf-16-le")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le")


@given(TEXTS, TEXTS)
def test_escaped_text_comes_through_html_whole(before: str, inside: str) -> None:
    """Fault I09: what a person typed is shown literally."""
    formatted = parse_html(f"{html.escape(before)}<b>{html.escape(inside)}</b>")
    assert formatted.text.replace("'", "&#x27;") == (before + inside).replace("'", "&#x27;")
    for entity in formatted.entities:
        assert _cut(formatted.text, entity["offset"], entity["length"]) == inside


def _outcome(parse: Callable[[str], Formatted], text: str) -> Formatted | str:
    try:
        return parse(text)
    except ApiError as error:
        return error.description


@given(TEXTS)
@example("0[]")
@example("0[](http://example.org)")
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for parse in (parse_html, parse_markdown_v2, parse_markdown):
        outcome = _outcome(parse, text)
        if isinstance(outcome, str):
            assert outcome.startswith("Bad Request: can't parse entities: ")
        else:
            assert all(entity["length"] > 0 for entity in outcome.entities)


@given(TEXTS, st.integers(0, 5), st.integers(0, 5))
def test_trimming_moves_the_entities_along(core: str, before: int, after: int) -> None:
    text = " " * before + core + "\n" * after
    whole = {"type": "bold", "offset": 0, "length": utf16_length(text)}
    result = trimmed(Formatted(text, [whole] if text else []))
    assert result.text == text.strip()
    assert [_cut(result.text, row["offset"], row["length"]) for row in result.entities] == [
        result.text
    ] * bool(result.text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", ["bot_command:/start"]),
        ("ke /lapor. lalu /batal@x_bot!", ["bot_command:/lapor", "bot_command:/batal@x_bot"]),
        ("a/b 1/2 http://x.id/a", ["url:http://x.id/a"]),
        ("😀 @ana_l a@b.go.id #piket", ["mention:@ana_l", "email:a@b.go.id", "hashtag:#piket"]),
    ],
)
def test_marks_are_found_in_plain_text(text: str, found: list[str]) -> None:
    rows = [f"{row['type']}:{_cut(text, row['offset'], row['length'])}" for row in find_entities(text)]
    assert rows == found


def test_found_marks_stay_out_of_given_ones() -> None:
    given_code = {"type": "code", "offset": 0, "length": 6}
    assert with_found(Formatted("/start", [given_code])).entities == [given_code]


def test_code_in_pre_names_its_language() -> None:
    (entity,) = parse_html('<pre><code class="language-python">x = 1</code></pre>').entities
    assert entity == {"type": "pre", "offset": 0, "length": 5, "language": "python"}
    (plain,) = parse_html('<code class="language-python">x</code>').entities
    assert plain == {"type": "code", "offset": 0, "length": 1}


@pytest.mark.parametrize(
    "source", ["<blockquote expandable>x</blockquote>", "<a href='tg://user?id=7'>x</a>"]
)
def test_newer_marks_are_known(source: str) -> None:
    (entity,) = parse_html(source).entities
    assert entity["type"] in {"expandable_blockquote", "text_mention"}
