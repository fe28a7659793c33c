"""Binding choices to the prompt they belong to: nonces, and finding out which choice was meant."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from handlers.flow import Wording
from handlers.text import folded
from handlers.update import Choice, Say
from handlers.vocabulary import SYNONYMS

LOCALES = ("id", "en")
_FIELDS = tuple(each.name for each in fields(Choice))


def read_press(press: str) -> tuple[str, int]:
    """Return (nonce, position) of what a button sent; an unreadable one gives ("", -1)."""
    nonce, _, position = press.partition(":")
    return (nonce, int(position)) if position.isdigit() and len(position) < 4 else ("", -1)


def stored(choice: Choice) -> dict[str, Any]:
    """Return a choice as it is kept in a prompt, without what is empty."""
    return {name: value for name in _FIELDS if (value := getattr(choice, name))}


def restored(kept: Mapping[str, Any]) -> Choice:
    """Return the choice that `stored` kept."""
    return Choice(**{"value": "", **kept})


def shown(choices: Sequence[Choice], *, nonce: str) -> list[dict[str, Any]]:
    """Return choices as the outbox carries them: how they are worded, and what comes back when pressed."""
    names = ("value", "label", "words", "hint", "asks_contact", "args")
    return [
        {name: value for name in names if (value := getattr(choice, name))} | {"data": f"{nonce}:{position}"}
        for position, choice in enumerate(choices)
    ]


def body_of(say: Say, *, nonce: str) -> dict[str, Any]:
    """Return what the outbox keeps, sealed, of one message."""
    body: dict[str, Any] = {"params": dict(say.params), "look": str(say.look)}
    if say.choices:
        body["choices"] = shown(say.choices, nonce=nonce)
    if say.leaves:
        body["leaves"] = True
    if say.file:
        body["file"] = say.file
    return body


def meant(text: str, choices: Sequence[Choice], *, wording: Wording, takes_text: bool) -> Choice | None:
    """Return the choice whose label (in any language), number or usual word was typed, or None.

    Where the step takes free text, only the label itself is a choice: "1" may be the answer.
    """
    typed = folded(text)
    for choice in choices:
        if typed in labels(choice, wording=wording):
            return choice
    if takes_text or not typed:
        return None
    if typed.isdigit() and 0 < int(typed) <= len(choices):
        return choices[int(typed) - 1]
    usual = [choice for choice in choices if typed in SYNONYMS.get(choice.label or choice.value, ())]
    return usual[0] if len(usual) == 1 else None


def labels(choice: Choice, *, wording: Wording) -> set[str]:
    """Return a choice's label in every language, as typed text is compared."""
    return {folded(wording.label(choice, locale=locale)) for locale in LOCALES}
