"""Circulars made by hand for a test: what is not said of one is the plainest there is."""

from datetime import date
from fractions import Fraction
from typing import Any

from policy.model import (
    Addressee,
    Amount,
    Arrangement,
    Ask,
    Circular,
    Condition,
    Counted,
    Duty,
    Effect,
    Judgement,
    Modality,
    NotStated,
    Outcome,
    Per,
    Period,
    Quota,
    Rank,
    Rounding,
    Rule,
    Silence,
)

JUNE_1 = date(2020, 6, 1)


def when(**keys: str | tuple[str, ...]) -> tuple[Condition, ...]:
    """`zone="merah"`, `job_level=("Administrator", "Pengawas")`."""
    return tuple(
        Condition(name, frozenset((value,) if isinstance(value, str) else value))
        for name, value in keys.items()
    )


def settles(place: Arrangement, modality: Modality = Modality.WAJIB) -> Outcome:
    return Outcome(place, modality)


def quota(at_most: Amount | str | None = None, at_least: Amount | str | None = None, **changes: Any) -> Quota:
    """A quota of the office; amounts as "1/5", or "15 orang"."""
    said: dict[str, Any] = {
        "of": frozenset({Arrangement.WFO}),
        "at_most": amount(at_most),
        "at_least": amount(at_least),
        "per": Per.UNIT,
        "counted": Counted.DAY,
        "rounding": Rounding.NOT_STATED,
        "modality": Modality.WAJIB,
    }
    return Quota(**said | changes)


def days_elsewhere(at_most: int = 2) -> Quota:
    """At most so many days a week away from the office, for each person."""
    return quota(
        Amount(number=at_most),
        of=frozenset({Arrangement.WFH, Arrangement.WFA}),
        per=Per.PERSON,
        counted=Counted.WEEK,
        modality=Modality.DAPAT,
    )


def amount(text: Amount | str | None) -> Amount | None:
    if text is None or isinstance(text, Amount):
        return text
    if text.endswith(" orang"):
        return Amount(number=int(text.removesuffix(" orang")))
    return Amount(share=Fraction(text))


def rule(id: str, then: Effect, **changes: Any) -> Rule:
    """A rule that meets everybody; its paragraph is its id."""
    said: dict[str, Any] = {
        "paragraph": id,
        "says": f"Bunyi {id}.",
        "when": (),
        "excepts": (),
        "beside": (),
        "conflicts_with": (),
        "line": 1,
    }
    return Rule(id=id, then=then, **said | changes)


def circular(id: str, *rules: Rule, **changes: Any) -> Circular:
    """A governor's circular, signed and in force since 1 June 2020, that binds everybody; its number is its id."""
    said: dict[str, Any] = {
        "number": id,
        "form": "SE",
        "issuer": "Gubernur Contoh",
        "rank": Rank.GUBERNUR,
        "title": "Contoh",
        "signed": JUNE_1,
        "in_force": Period(JUNE_1, None),
        "path": f"{id}.yaml",
    }
    empty = (
        "lasts_while", "binds", "asks", "based_on", "sources", "duties", "not_stated", "not_automated", "cases",
        "unit_cases",
    )  # fmt: skip
    return Circular(id=id, rules=rules, **dict.fromkeys(empty, ()) | said | changes)


def duty(id: str, *places: Arrangement, **changes: Any) -> Duty:
    wanted = frozenset(places or (Arrangement.WFO, Arrangement.WFH))
    return Duty("contoh", id, id, f"Kewajiban {id}.", wanted, **changes)


def judgement(id: str, who: Addressee = Addressee.PPK, **changes: Any) -> Judgement:
    said: dict[str, Any] = {"considers": ("jenis pekerjaan",), "when": (), "line": 1}
    return Judgement(id=id, paragraph=id, says=f"Dinilai {id}.", who=who, **said | changes)


def silence(id: str, *rules: str, is_open: bool = True, ask: Ask = Ask.ADMIN, **changes: Any) -> Silence:
    note = NotStated("contoh", id, f"soal {id}", None if is_open else "Kami membacanya begini.", ask)
    said: dict[str, Any] = {"when": (), "during": None, "line": 1}
    return Silence(note=note, rules=rules, leaves_undecided=is_open, **said | changes)
