"""Figures as the parameters of a digest's text and picture: every key is always there, dates and times are ISO text.

Of the head's own people there are numbers and names; of the units below only counts that give nobody away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from policy import under_five
from policy.deadlines import Owed
from policy.figures import Below, Broken, Figures, Missing, Outcome, Place, Seats, Tally, together

Params = dict[str, Any]
MOST_NAMES = 8  # the text fits under a picture; the unit's list in the chat has them all
MOST_UNITS = 3
MOST_SEATS = 3
_ABOUT = 5  # shares upward are rounded to so many per cent


def card(figures: Figures, *, timezone: str, head_id: str) -> Params:
    """Return the parameters of `digest/morning`, `evening`, `weekly` and `monthly`."""
    own = next((each.name for each in figures.missing if each.person_id == head_id), None)
    return {
        "kind": figures.kind.value,
        "first": figures.first.isoformat(),
        "on": figures.on.isoformat(),
        "as_of": figures.as_of.isoformat(),
        "timezone": timezone,
        "unit": figures.units[0],
        "others": len(figures.units) - 1,
        "changes": _changes(figures),
        "people": figures.people,
        "places": {place.value: figures.places.get(place.value, 0) for place in Place},
        "owed": rows(figures),
        "nobody": is_silent(figures),
        "fit": _fit(figures),
        "waiting": figures.waiting,
        "below": below(figures),
        "missing": _named([_missing(each, head_id) for each in figures.missing]),
        "barred": _named([asdict(each) for each in figures.barred]),
        "absences": _named([asdict(each) for each in figures.changes.absences]),
        "streaks": _named([_broken(each, own) for each in figures.changes.streaks]),
    }


def rows(figures: Figures) -> list[Params]:
    """Return a row for each kind of report of which some are due by now, in the day's order."""
    return [{"kind": kind, **tally_row(tally)} for kind, tally in _due(figures.owed)]


def tally_row(tally: Tally) -> Params:
    return {**asdict(tally), "total": tally.total}


def is_silent(figures: Figures) -> bool:
    """Whether something was due, and nobody reported anything."""
    all_ = figures.all_owed
    return all_.missing > 0 and not (all_.in_time or all_.late)


def is_quiet(figures: Figures) -> bool:
    """Whether there is nobody to say anything of: all are away, and there is no unit below."""
    return figures.kind.is_of_a_day and not figures.at_work and figures.below is None


def _fit(figures: Figures) -> Params | None:
    """How many reported and may enter the office, and how many may not; None where health is not asked."""
    health = figures.owed.get(Owed.HEALTH.value)
    if health is None or not figures.kind.is_of_a_day:
        return None
    return {"fit": max(0, health.in_time + health.late - figures.not_fit), "not_fit": figures.not_fit}


def _changes(figures: Figures) -> Params:
    changes = figures.changes
    return {
        "absences": len(changes.absences),
        "streaks": len(changes.streaks),
        "seats": [
            {
                **asdict(each),
                "is_over": each.is_over,
                "is_named": len(figures.units) > 1 or each.unit != figures.units[0],
            }
            for each in changes.seats[:MOST_SEATS]
        ],
        "more_seats": max(0, len(changes.seats) - MOST_SEATS),
        "outages": [{"began": began, "ended": ended} for began, ended in changes.outages],
        "forgiven": changes.forgiven,
    }


def _seats(each: Seats, units: Sequence[str]) -> Params:
    """One day; its unit is named where it is not the digest's only one."""
    return {**asdict(each), "is_over": each.is_over, "is_named": tuple(units) != (each.unit,)}


def _missing(each: Missing, head_id: str) -> Params:
    return {
        "name": each.name,
        "is_you": each.person_id == head_id,
        "kinds": list(each.kinds),
        "count": each.count,
    }


def _broken(each: Broken, own: str | None) -> Params:
    return {**asdict(each), "is_you": each.name == own}


def _named(all_: Sequence[Params]) -> Params:
    return {"shown": list(all_[:MOST_NAMES]), "more": max(0, len(all_) - MOST_NAMES)}


def below(figures: Figures) -> Params | None:
    """Return what may be read of the units below, as texts; None if there are none."""
    found = figures.below
    if found is None:
        return None
    is_of_a_day = figures.kind.is_of_a_day
    shown = {
        "units": found.units,
        "pending": found.pending,
        "headless": found.headless,
        "people": under_five.one(found.people),
        "places": _places(found) if is_of_a_day else None,
        "owed": _below_rows(found) if is_of_a_day else [],
        "share": None if is_of_a_day else _share(found),
        "not_fit": under_five.health(found.not_fit)
        if is_of_a_day and Owed.HEALTH.value in found.owed
        else None,
        "worst": worst(found),
    }
    return {**shown, "is_hidden": _is_hidden(shown)}


def _is_hidden(shown: Params) -> bool:
    """Whether anything is not told, which is to be explained."""
    texts = [shown["people"], shown["not_fit"], *(shown["places"] or {}).values()]
    texts += [text for row in shown["owed"] for text in row.values()]
    return under_five.FEW in texts or under_five.LEFT_OUT in texts


def _places(found: Below) -> dict[str, str]:
    _, shown = under_five.row({place.value: found.places.get(place.value, 0) for place in Place})
    return shown


def _below_rows(found: Below) -> list[Params]:
    shown = []
    for kind, tally in _due(found.owed):
        total, counts = under_five.row(asdict(tally))
        shown.append({"kind": kind, **counts, "total": total})
    return shown


def _due(owed: Mapping[str, Tally]) -> list[tuple[str, Tally]]:
    """Those kinds of which some are due by now, in the day's order."""
    found = [(kind.value, owed[kind.value]) for kind in Owed if kind.value in owed]
    return [(kind, tally) for kind, tally in found if tally.ahead < tally.total]


def _share(found: Below) -> int | None:
    """About how many per cent of all reports came in time; None where so few people would be told apart.

    Over several days a count of reports may be that of one person, so none is shown.
    """
    tally = together(found.owed.values())
    owed = tally.total - tally.excused - tally.ahead
    if found.people < under_five.LEAST or not owed:
        return None
    return _ABOUT * round(100 * tally.in_time / owed / _ABOUT)


def worst(found: Below) -> list[Params]:
    """Return the units in which most people miss a report, while neither they nor the rest are under five."""
    listed = [pair for pair in found.worst if pair[1] >= under_five.LEAST][:MOST_UNITS]
    while listed and 0 < found.missing - sum(count for _, count in listed) < under_five.LEAST:
        listed.pop()
    return [{"unit": unit, "missing": count} for unit, count in listed]


def corrected(before: Figures, after: Figures, *, timezone: str) -> Params:
    """Return the parameters of `digest/corrected`: what was said, and what is right."""
    return {
        "kind": before.kind.value,
        "on": before.on.isoformat(),
        "as_of": before.as_of.isoformat(),
        "timezone": timezone,
        "unit": before.units[0],
        "others": len(before.units) - 1,
        "places": [
            {"place": place.value, "was": was, "now": now}
            for place in Place
            if (was := before.places.get(place.value, 0)) != (now := after.places.get(place.value, 0))
        ],
        "owed": [
            {"kind": kind.value, "outcome": outcome.value, "was": was, "now": now}
            for kind in Owed
            for outcome in Outcome
            if (was := _count(before, kind, outcome)) != (now := _count(after, kind, outcome))
        ],
    }


def _count(figures: Figures, kind: Owed, outcome: Outcome) -> int:
    return int(getattr(figures.owed.get(kind.value, Tally()), outcome.value))
