"""A recap as the data of the agency's form (recap.typ): week by week, means, reports in time, and by person.

The fields are those of the weekly evaluations that agencies send upward; what only the unit knows is left blank.
"""

from collections.abc import Sequence
from typing import Any

from bot.documents.plain import plain
from bot.documents.recap_counts import PNS, PPPK, Tally, by_person, by_week, share, tally
from bot.documents.recap_days import Line
from bot.documents.recap_parts import Recap, employment

Data = dict[str, Any]
_AWAY = ("leave", "permission", "training", "study", "away")
_BY_HAND = ("service", "tests", "clean", "cases", "tracing")


def form(recap: Recap) -> Data:
    """Return the data of recap.typ."""
    say, words = recap.wording, recap.wording.list("recap")
    whole = tally(recap.days.lines, now=recap.now)
    return {
        "locale": say.locale,
        "words": {**say.list("words"), **words},
        "agency": plain(recap.papers.agency),
        "unit": plain(recap.unit_name),
        "title": recap.title,
        "subtitle": recap.period,
        "particulars": _particulars(recap),
        "weeks": [_week(recap, lines) for _, lines in sorted(by_week(recap.days).items())],
        "means": _means(recap, whole),
        "by_hand": [words[f"hand_{name}"] for name in _BY_HAND] if recap.keeps_health else [],
        "reports": _reports(recap, whole),
        "persons": _persons(recap),
        "place_and_date": plain(f"{recap.papers.place}, {say.date(recap.printed_on, 'long')}"),
        "signer": {
            "role": recap.signs_as,
            "unit": plain(recap.leads),
            "name": plain(recap.papers.name),
            "nip": say.nip(recap.papers.nip),
        },
        "footer": plain(say.say("printed", at=say.moment(recap.now))),
    }


def _particulars(recap: Recap) -> list[list[str]]:
    words, members = recap.wording.list("recap"), recap.days.members
    kinds = [employment(each.employment).casefold() for each in members]
    pns, pppk = sum(kind in PNS for kind in kinds), sum(kind in PPPK for kind in kinds)
    counts = [(words["pns"], pns), (words["pppk"], pppk), (words["others"], len(kinds) - pns - pppk)]
    people = ", ".join(f"{name} {count}" for name, count in counts if count)
    rows = [
        [words["unit"], recap.unit_name],
        [words["period"], recap.period],
        [words["working_days"], str(len(recap.days.on))],
        [words["people"], f"{len(members)} ({people})" if people else "0"],
        [words["rules"], "; ".join(recap.days.circulars) or "–"],
        *([[words["bases"], "; ".join(recap.days.bases)]] if recap.days.bases else []),
        [words["as_of"], recap.as_of],
    ]
    return [[plain(cell) for cell in row] for row in rows]


def _week(recap: Recap, lines: Sequence[Line]) -> list[str]:
    of, say = tally(lines, now=recap.now), recap.wording
    days = sorted({line.on for line in lines})
    kinds = {each.person_id: employment(each.employment).casefold() for each in recap.days.members}
    people = [kinds[person] for person in {line.person_id for line in lines}]
    first, last = say.date(days[0], "short"), say.date(days[-1], "short")
    return [
        first if len(days) == 1 else f"{first} – {last}",
        str(len(days)),
        str(sum(kind in PNS for kind in people)),
        str(sum(kind in PPPK for kind in people)),
        str(len(people)),
        str(of.places["WFO"]),
        str(of.home),
        str(of.complete),
        share(of.complete, of.home),
    ]


def _means(recap: Recap, of: Tally) -> list[list[str]]:
    """The mean of people a working day, as the weekly reports of 2020 ask for it."""
    words, days = recap.wording.list("recap"), len(recap.days.on)
    shifts = {name: count for name, count in sorted(of.shifts.items()) if name}
    rows = [
        (words["mean_travel"], of.places["travel"]),
        (words["mean_home"], of.places["WFH"]),
        (words["mean_office"], of.places["WFO"]),
        *((f"{words['mean_shift']} {name}", count) for name, count in shifts.items()),
        *([(words["mean_normal"], of.shifts[""])] if shifts else []),
        (words["mean_away"], sum(of.places[name] for name in _AWAY)),
    ]
    return [[plain(name), _mean(count, days)] for name, count in rows]


def _mean(count: int, days: int) -> str:
    return f"{count / days:.1f}".replace(".", ",") if days else "–"


def _reports(recap: Recap, of: Tally) -> list[list[str]]:
    words = recap.wording.list("recap")
    rows = []
    for kind in ("health", "plan", "output"):
        in_time, late, missing, excused = (
            of.states[kind, word] for word in ("in_time", "late", "missing", "excused")
        )
        owed = in_time + late + missing
        if owed + excused:
            numbers = (owed, in_time, late, missing, excused)
            rows.append([words[kind], *map(str, numbers), share(in_time, owed)])
    return rows


def _persons(recap: Recap) -> list[list[str]]:
    lines = by_person(recap.days)
    return [
        [
            str(number),
            plain(each.name),
            recap.wording.nip(each.nip) or "–",
            *_of_person(recap, lines[each.person_id]),
        ]
        for number, each in enumerate(recap.days.members, 1)
    ]


def _of_person(recap: Recap, lines: Sequence[Line]) -> list[str]:
    of = tally(lines, now=recap.now)
    numbers = (
        of.worked, of.places["WFO"], of.places["WFH"], sum(of.places[name] for name in _AWAY),
        of.reported["plan"], of.reported["output"],
        of.states["output", "late"], of.states["output", "missing"], of.approved,
    )  # fmt: skip
    return [*map(str, numbers), "–" if of.score is None else f"{of.score:.1f}".replace(".", ",")]
