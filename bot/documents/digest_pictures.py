"""A digest as the data of its picture: bars with their words and numbers; no names of people."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.documents.plain import plain
from bot.documents.wording import Wording
from policy.figures import Outcome, Place

_OUTCOMES = [outcome.value for outcome in Outcome]
_COLUMNS = [Outcome.IN_TIME, Outcome.LATE, Outcome.MISSING, Outcome.EXCUSED]
Data = dict[str, Any]


def picture(card: Mapping[str, Any], days: Sequence[Mapping[str, Any]], *, wording: Wording) -> Data:
    """Return the data of digest.typ from the parameters of the text and, of a week or month, its days."""
    words, as_of = wording.list("digest"), datetime.fromisoformat(card["as_of"])
    return {
        "locale": wording.locale,
        "title": words[card["kind"]],
        "date": _date(card, wording),
        "unit": plain(_unit(card, wording)),
        "strips": [*_places(card, wording), *(_strip(row, wording) for row in card["owed"])],
        "by_day": words["by_day"],
        "days": [_day(each, wording) for each in days],
        "columns": [{"fill": each.value, "word": words[each.value]} for each in _COLUMNS],
        "as_of": wording.say("as_of", at=wording.moment(as_of, "full")),
    }


def _unit(card: Mapping[str, Any], wording: Wording) -> str:
    if not card["others"]:
        return str(card["unit"])
    return wording.say("digest_units", unit=card["unit"], others=card["others"])


def _date(card: Mapping[str, Any], wording: Wording) -> str:
    first, on = date.fromisoformat(card["first"]), date.fromisoformat(card["on"])
    if card["kind"] == "monthly":
        return wording.date(on, "month")
    if first == on:
        return wording.date(on, "full")
    return wording.say("digest_span", first=wording.date(first, "short"), last=wording.date(on, "short"))


def _places(card: Mapping[str, Any], wording: Wording) -> list[Data]:
    """Where people are; of a week or month nothing is said of it."""
    if card["first"] != card["on"]:
        return []
    words = wording.list("digest")
    parts = [
        {"fill": place.value, "word": words[place.value], "count": card["places"][place.value]}
        for place in Place
    ]
    total = wording.say("digest_people", count=card["people"])
    return [{"label": words["where"], "total": total, "parts": parts}]


def _strip(row: Mapping[str, Any], wording: Wording) -> Data:
    words = wording.list("digest")
    return {
        "label": words[row["kind"]],
        "total": wording.say("digest_reports", count=row["total"]),
        "parts": _parts(row, words),
    }


def _parts(row: Mapping[str, Any], words: Mapping[str, str]) -> list[Data]:
    return [{"fill": name, "word": words[name], "count": row[name]} for name in _OUTCOMES]


def _day(row: Mapping[str, Any], wording: Wording) -> Data:
    return {
        "name": wording.date(date.fromisoformat(row["on"]), "short"),
        "parts": _parts(row, wording.list("digest")),
        "numbers": [str(row[each.value]) for each in _COLUMNS],
    }
