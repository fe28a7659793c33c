"""What the engine answers: an arrangement, why, and who may read each reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from policy import stored
from policy.reasons import Duty, NotStated, Reason
from policy.words import Arrangement, Ask, Audience, Hours, Modality, Step

FORM = 2  # raise it when the stored form changes, and keep reading the older ones
_READABLE = (1, FORM)  # in form 1 duties and open points had no audience, and duties nobody they were for


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one person and day. It is stored as told, never rewritten, only superseded."""

    on: date
    as_of: datetime
    arrangement: Arrangement
    reasons: tuple[Reason, ...]
    not_stated: tuple[NotStated, ...] = ()
    duties: tuple[Duty, ...] = ()
    modality: Modality | None = None
    hours: Hours | None = None
    shift: str | None = None
    ask: Ask | None = None  # whom to ask, set when undecided
    barred_from_office: bool = False
    barred_until: date | None = None
    in_plain_sight: frozenset[Audience] = (
        frozenset()
    )  # who reads what they would read of anybody: nothing is missing

    def to_json(self) -> dict[str, object]:
        """A plain dict that `json.dumps` takes and `from_json` reads back as an equal verdict."""
        return {
            "form": FORM,
            "on": self.on.isoformat(),
            "as_of": self.as_of.isoformat(),
            "arrangement": self.arrangement.value,
            "reasons": [stored.reason_out(reason) for reason in self.reasons],
            "not_stated": [stored.not_stated_out(note) for note in self.not_stated],
            "duties": [stored.duty_out(duty) for duty in self.duties],
            "modality": self.modality and self.modality.value,
            "hours": self.hours and stored.hours_out(self.hours),
            "shift": self.shift,
            "ask": self.ask and self.ask.value,
            "barred_from_office": self.barred_from_office,
            "barred_until": stored.day_out(self.barred_until),
            "in_plain_sight": stored.readers_out(self.in_plain_sight),
        }

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> "Verdict":
        """The verdict that `to_json` wrote. Raises ValueError with a sentence for anything else."""
        if told.get("form") not in _READABLE:
            raise ValueError(
                f"This is not a stored verdict of form {FORM}: its form is {told.get('form')!r}."
            )
        try:
            return _read(told)
        except (KeyError, TypeError, AttributeError, ValueError) as problem:
            raise ValueError(f"This stored verdict cannot be read: {problem!r}.") from problem


def _read(told: Mapping[str, Any]) -> Verdict:
    return Verdict(
        on=date.fromisoformat(told["on"]),
        as_of=datetime.fromisoformat(told["as_of"]),
        arrangement=Arrangement(told["arrangement"]),
        reasons=tuple(stored.reason_in(reason) for reason in told["reasons"]),
        not_stated=tuple(stored.not_stated_in(note) for note in told["not_stated"]),
        duties=tuple(stored.duty_in(duty) for duty in told["duties"]),
        modality=Modality(told["modality"]) if told["modality"] else None,
        hours=stored.hours_in(told["hours"]) if told["hours"] else None,
        shift=told["shift"],
        ask=Ask(told["ask"]) if told["ask"] else None,
        barred_from_office=bool(told["barred_from_office"]),
        barred_until=stored.day_in(told["barred_until"]),
        in_plain_sight=stored.readers_in(told.get("in_plain_sight", ())),
    )


def visible_to(verdict: Verdict, audience: Audience) -> Verdict:
    """The verdict as this reader may see it: a reason that is not theirs reads "private", with nothing of it left.

    Duties and open points that are not theirs are left out.
    """
    shown: list[Reason] = []
    for reason in verdict.reasons:
        if audience in reason.audience:
            shown.append(reason)
        elif audience not in verdict.in_plain_sight and not _has_reason_for(verdict, reason.step, audience):
            stand_in = Reason("private", reason.step)
            if stand_in not in shown:
                shown.append(stand_in)
    return replace(
        verdict,
        reasons=tuple(shown),
        not_stated=tuple(note for note in verdict.not_stated if audience in note.audience),
        duties=tuple(duty for duty in verdict.duties if audience in duty.audience),
        in_plain_sight=frozenset(),  # to know that there is something to hide is to know of it
    )


def _has_reason_for(verdict: Verdict, step: Step, audience: Audience) -> bool:
    return any(reason.step is step and audience in reason.audience for reason in verdict.reasons)
