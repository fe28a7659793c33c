"""A verdict as the parameters of a message: every key is always there, dates and times are ISO text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from policy.model import REASONS, Arrangement, Citation, FactUsed, NotStated, Reason, Verdict
from policy.words import Hours

Params = dict[str, Any]
# What stands beside the answer; on the card only the first of them, the others are for who wants to read it all.
_ON_CARD = ("beside", "not_yet_in_force", "no_longer_in_force", "not_bound")
_IN_FULL = (
    "set_aside", "replaced", "outranked", "only_asked", "status_ended", "judgement", "considered"
)  # fmt: skip
_WHILE_OPEN = ("only_asked", "judgement")  # on the card too while the day is undecided, for then they say why
# What keeps one out of the office comes first, then a head's letter before what it departs from.
_FIRST = ("health_barred", "barred_from_office", "override", "override_departs")
# Why a circular decides nothing: the answer itself where the day stays open, and a side line where another decided it.
_SILENT = ("not_stated", "no_rule", "fact_missing")
_FOR_A_WEEK = ("override", "swapped", "turn", "no_turn", "rule", "office_by_default", "quota")
_SAYS_ITSELF = frozenset({"weekend", "holiday", "joint_leave", "absence", "half_absence"})


def card(verdict: Verdict, *, today: date, timezone: str, next_day: date | None = None) -> Params:
    """Return the parameters of `today/verdict`. `next_day` is the next working day, when this is none."""
    decisive, others = _by_weight(verdict)
    shown = _open_points(verdict)
    beside = _ON_CARD + (_WHILE_OPEN if _is_open(verdict) else ())
    return {
        "day": verdict.on.isoformat(),
        "when": _when(verdict.on, today),
        "as_of": verdict.as_of.isoformat(),
        "timezone": timezone,
        **headline(verdict),
        "shift": verdict.shift,
        "hours": _hours(verdict.hours),
        "reasons": [reason_params(reason) for reason in _once(decisive)],
        "others": [reason_params(reason) for reason in others if reason.key in beside],
        "not_stated": shown,
        "ask": verdict.ask and verdict.ask.value,
        "more": {"duties": len(verdict.duties), "notes": len(notes(verdict)) - len(shown)},
        "next_day": next_day and next_day.isoformat(),
    }


def _is_open(verdict: Verdict) -> bool:
    return verdict.arrangement is Arrangement.UNDECIDED and not verdict.barred_from_office


def _open_points(verdict: Verdict) -> list[Params]:
    """Return what leaves the day undecided and no reason says; how a rule is read is for who wants it all."""
    return [note for note in notes(verdict) if note["reading"] is None] if _is_open(verdict) else []


def headline(verdict: Verdict) -> Params:
    """Return what the first line of a card needs: the answer, without its grounds."""
    stays_out = verdict.barred_from_office and verdict.arrangement is Arrangement.UNDECIDED
    return {
        "arrangement": "stay_out" if stays_out else verdict.arrangement.value,
        "barred": verdict.barred_from_office,
        "barred_until": verdict.barred_until and verdict.barred_until.isoformat(),
        "cause": _cause(verdict),
    }


def _cause(verdict: Verdict) -> Params | None:
    """Return what makes the day none of work; an end that is the day itself is left out, for it says nothing."""
    cause = next((reason_params(each) for each in verdict.reasons if each.key in _SAYS_ITSELF), None)
    if cause is None or cause.get("until") != verdict.on.isoformat():
        return cause
    return cause | {"until": None}


def brief(verdict: Verdict) -> Params:
    """Return what a line or two of another card need: the answer, its hours, and the paragraph that decides."""
    decisive, _ = _by_weight(verdict)
    cited = next((each.citation for each in decisive if each.citation is not None), None)
    return {
        **headline(verdict),
        "day": verdict.on.isoformat(),
        "hours": _hours(verdict.hours),
        "citation": citation(cited),
        "ask": verdict.ask and verdict.ask.value,
    }


def rest(verdict: Verdict) -> list[Params]:
    """Return the reasons that the card leaves out: what else was weighed, and what only a person can judge."""
    _, others = _by_weight(verdict)
    said_elsewhere = (*_ON_CARD, "not_stated")  # the one on the card, the other among the notes
    return [reason_params(reason) for reason in others if reason.key not in said_elsewhere]


def line(verdict: Verdict) -> Params:
    """Return what a line of a week needs: the answer, the shift, and in one reason why."""
    by_key = {reason.key: reason for reason in reversed(verdict.reasons)}
    why = next((by_key[key] for key in _FOR_A_WEEK if key in by_key), None)
    return {
        "day": verdict.on.isoformat(),
        "shift": verdict.shift,
        "ask": verdict.ask and verdict.ask.value,
        "why": reason_params(why) if why and not _cause(verdict) else None,
        **headline(verdict),
    }


def duties(verdict: Verdict) -> list[Params]:
    """Return what the circulars ask on that day, as they say it."""
    return [{"paragraph": duty.paragraph, "says": duty.says} for duty in verdict.duties]


def notes(verdict: Verdict) -> list[Params]:
    """Return what the circulars leave open and how it is read, but for what a reason already says."""
    decisive, _ = _by_weight(verdict)
    return [_note(note) for note in verdict.not_stated if not _is_said(note, decisive)]


def reason_params(reason: Reason) -> Params:
    """Return one reason with every parameter of its key; what is not known is None."""
    names = (*REASONS.get(reason.key, ()), *reason.params)
    return {
        "key": reason.key,
        **{name: reason.params.get(name) for name in names},
        "citation": citation(reason.citation),
    }


def _by_weight(verdict: Verdict) -> tuple[list[Reason], list[Reason]]:
    """Split the reasons: what decides (or leaves it open), and what only stands beside it."""
    is_open = verdict.arrangement is Arrangement.UNDECIDED
    beside = {*_ON_CARD, *_IN_FULL, *(() if is_open else _SILENT)}
    decisive = [each for each in verdict.reasons if each.key not in beside and each.key not in _SAYS_ITSELF]
    decisive.sort(key=lambda each: _FIRST.index(each.key) if each.key in _FIRST else len(_FIRST))
    return decisive, [each for each in verdict.reasons if each.key in beside]


def _once(reasons: list[Reason]) -> list[Reason]:
    """Return the reasons; that something is private is said once, whichever steps it concerns."""
    first = next((each for each in reasons if each.key == "private"), None)
    return [each for each in reasons if each.key != "private" or each is first]


def _is_said(note: NotStated, reasons: list[Reason]) -> bool:
    return note.reading is None and any(each.params.get("id") == note.id for each in reasons)


def _when(day: date, today: date) -> str:
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days, "other")


def _hours(hours: Hours | None) -> Mapping[str, str] | None:
    if hours is None:
        return None
    return {"start": hours.start.isoformat("minutes"), "end": hours.end.isoformat("minutes")}


def citation(cited: Citation | None) -> Params | None:
    """Return a paragraph as messages cite it; None for none."""
    if cited is None:
        return None
    return {
        "form": cited.form,
        "circular": cited.circular,
        "paragraph": cited.paragraph,
        "issuer": cited.issuer,
        "says": cited.says,
        "facts": [_fact(fact) for fact in cited.facts],
    }


def _fact(fact: FactUsed) -> Params:
    since = fact.since and fact.since.isoformat()
    return {"name": fact.name, "value": fact.value, "where": fact.where, "since": since}


def _note(note: NotStated) -> Params:
    return {"about": note.about, "reading": note.reading, "ask": note.ask.value}
