"""A circular as `piket circular show` prints it: where it only asks, and what it leaves open."""

from dataclasses import replace

from bot.commands.circular_words import readable
from tests.policy.made import circular, silence, when


def test_what_is_only_asked_has_its_paragraph_and_what_yields_is_open_only_without_a_rule() -> None:
    text = circular("satu", not_stated=(silence("a", yields=True), silence("b"), silence("c", is_open=False)))
    said = list(readable(replace(text, asks=when(agency_kind="BUMD"), asks_paragraph="9")))
    assert "  only asks agency_kind is BUMD (paragraph 9)" in said
    assert "      not guessed, where no rule decides: ask admin" in said
    assert "      not guessed: ask admin" in said
    assert "      read as: Kami membacanya begini." in said
    assert not any("only asks" in line for line in readable(text))
