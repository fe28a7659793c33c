"""Where a conversation stands, as data: what is stored between two updates. Names, never objects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from db.moments import from_micros, to_micros
from handlers.prompts import restored, stored
from handlers.update import Choice, Look, Say

FORMAT = 1  # a state of another format reads as empty: the person gets the menu, never an error


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """What was asked last, so that an answer is bound to it, and so that it can be asked again."""

    nonce: str
    say: Say
    day: date
    asked_at: datetime

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.say.choices


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A form that was left half-way."""

    flow: str
    step: str
    draft: Mapping[str, Any]
    prompt: Prompt
    until: datetime


@dataclass(frozen=True, kw_only=True)
class State:
    """Everything of a conversation between two updates."""

    owner: str = ""  # the person it was said to: in whosoever hands the chat is next, it is nobody else's
    flow: str = ""
    step: str = ""
    draft: Mapping[str, Any] = field(default_factory=dict)
    prompt: Prompt | None = None
    last: Prompt | None = None  # the prompt before: its second tap is recognised
    kept: Kept | None = None
    sources: Mapping[str, str] = field(default_factory=dict)  # message key -> the step that read it
    album: str = ""


def to_json(state: State) -> dict[str, Any]:
    """Return `state` as JSON-able data."""
    kept = state.kept
    return {
        "format": FORMAT,
        "owner": state.owner,
        "flow": state.flow,
        "step": state.step,
        "draft": dict(state.draft),
        "prompt": _prompt_out(state.prompt),
        "last": _prompt_out(state.last),
        "sources": dict(state.sources),
        "album": state.album,
        "kept": kept
        and {
            "flow": kept.flow,
            "step": kept.step,
            "draft": dict(kept.draft),
            "prompt": _prompt_out(kept.prompt),
            "until": to_micros(kept.until),
        },
    }


def from_json(kept: Mapping[str, Any]) -> State:
    """Return the state that `to_json` gave; one that cannot be read gives an empty one (fault I20)."""
    if kept.get("format") != FORMAT:
        return State()
    try:
        return _state_in(kept)
    except (KeyError, TypeError, ValueError):  # a field more or less than this release knows
        return State()


def _state_in(kept: Mapping[str, Any]) -> State:
    return State(
        owner=kept["owner"],
        flow=kept["flow"],
        step=kept["step"],
        draft=kept["draft"],
        prompt=_prompt_in(kept["prompt"]),
        last=_prompt_in(kept["last"]),
        kept=_kept_in(kept["kept"]),
        sources=kept["sources"],
        album=kept["album"],
    )


def _prompt_out(prompt: Prompt | None) -> dict[str, Any] | None:
    if prompt is None:
        return None
    return {
        "nonce": prompt.nonce,
        "day": prompt.day.isoformat(),
        "asked_at": to_micros(prompt.asked_at),
        "message": prompt.say.message,
        "params": dict(prompt.say.params),
        "look": str(prompt.say.look),
        "choices": [stored(choice) for choice in prompt.choices],
    }


def _prompt_in(kept: Mapping[str, Any] | None) -> Prompt | None:
    if kept is None:
        return None
    choices = tuple(restored(choice) for choice in kept["choices"])
    say = Say(message=kept["message"], params=kept["params"], look=Look(kept["look"]), choices=choices)
    asked_at = from_micros(kept["asked_at"])
    return Prompt(nonce=kept["nonce"], say=say, day=date.fromisoformat(kept["day"]), asked_at=asked_at)


def _kept_in(kept: Mapping[str, Any] | None) -> Kept | None:
    prompt = _prompt_in(kept["prompt"]) if kept else None
    if not kept or prompt is None:
        return None
    return Kept(
        flow=kept["flow"],
        step=kept["step"],
        draft=kept["draft"],
        prompt=prompt,
        until=from_micros(kept["until"]),
    )
