"""A week as the data of a picture: one person's days, or a unit's table. Names and places only, nobody's reasons."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.documents.picture import FILLS
from bot.documents.plain import plain
from bot.documents.wording import Wording
from db.rota.weeks import Week
from handlers.places import place_of
from handlers.rota import showing
from policy.model import Verdict

_MARKS = {"office": "office", "home": "home", "away": "away", "open": "unknown"}


def own_week(
    verdicts: Sequence[Verdict], *, name: str, monday: date, today: date, now: datetime, wording: Wording
) -> dict[str, Any]:
    """Return the data of week.typ: the days that are worked, each with its place, shift and hours."""
    worked = [each for each in verdicts if place_of(each) != "rest"]
    return {
        "locale": wording.locale,
        "title": wording.say("rota_week", day=wording.date(monday, "long")),
        "name": plain(name),
        "days": [_own_day(each, today, wording) for each in worked],
        "as_of": wording.say("as_of", at=wording.moment(now, "full")),
        "today": wording.list("words")["today"],
    }


def _own_day(verdict: Verdict, today: date, wording: Wording) -> dict[str, Any]:
    place, hours = place_of(verdict), verdict.hours
    is_at_work = place in ("WFO", "WFH", "WFA", "field")
    return {
        "date": wording.date(verdict.on, "short"),
        "fill": FILLS[place],
        "word": wording.list("places")[place],
        "shift": wording.say("rota_shift", name=verdict.shift) if verdict.shift else "",
        "hours": wording.hours(hours.start, hours.end) if hours and is_at_work else "",
        "is_today": verdict.on == today,
    }


def unit_week(week: Week, *, now: datetime, wording: Wording) -> dict[str, Any]:
    """Return the data of rota.typ: a row for each person, how many are in the office, and the limit."""
    words, counts = wording.list("rota"), showing.counts(week)
    state = week.rota.state if week.rota else "none"
    return {
        "locale": wording.locale,
        "title": plain(week.unit.name),
        "subtitle": wording.say("rota_week", day=wording.date(week.monday, "long")),
        "state": words[state] + (f" {week.rota.code}" if week.rota else ""),
        "days": [wording.date(day, "cell") for day in week.days],
        "rows": [
            {
                "name": plain(name),
                "cells": [
                    {"fill": _MARKS[mark], "word": words[mark]}
                    for mark in (showing.mark(week, person, day) for day in week.days)
                ],
            }
            for person, name in week.names.items()
        ],
        "counted": words["counted"],
        "counts": [_count(each, wording) for each in counts],
        "as_of": wording.say("as_of", at=wording.moment(now, "full")),
    }


def _count(one: dict[str, Any], wording: Wording) -> str:
    if one["cap"] is None:
        return str(one["inside"])
    return wording.say("rota_of", inside=one["inside"], cap=one["cap"])
