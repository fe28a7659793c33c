"""A recap as the data of a workbook (sheet.py): sums by person, every day of everybody, a calendar, and notes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.documents.picture import FILLS
from bot.documents.recap_counts import Tally, by_person, place, tally
from bot.documents.recap_days import Line
from bot.documents.recap_parts import Recap, employment
from db.team import Member

Data = dict[str, Any]
_COLOURS = {
    "office": "#BFDCF5", "home": "#FFE0AD", "out": "#BFE8D4", "away": "#E3CDEC",
    "rest": "#E4E4E4", "open": "#FFFFFF", "unknown": "#F7F7F7",
}  # fmt: skip
_AWAY = ("leave", "permission", "training", "study", "away")
_OF_PERSON = (
    ("number", 5, "number"), ("name", 28, "text"), ("nip", 22, "text"), ("employment", 9, "text"),
    ("position", 26, "text"), ("unit", 26, "text"),
)  # fmt: skip
_SUMS = (
    "worked", "WFO", "WFH", "WFA", "field", "travel", "away", "undecided", "health_days", "plan_days", "output_days",
    "output_in_time", "output_late", "output_missing", "output_excused", "approved",
)  # fmt: skip
_OF_DAY = (
    ("date", 12, "day"), ("weekday", 9, "text"), ("name", 28, "text"), ("nip", 22, "text"), ("unit", 26, "text"),
    ("place", 14, "text"), ("shift", 7, "mark"), ("health", 11, "mark"), ("plan", 16, "text"), ("output", 16, "text"),
    ("decided", 14, "text"), ("one_score", 8, "number"), ("by", 24, "text"), ("capacity", 20, "text"),
)  # fmt: skip


def workbook(recap: Recap) -> Data:
    """Return the data of the whole workbook."""
    words = recap.wording.list("recap")
    return {
        "title": f"{recap.title}: {recap.unit_name}",
        "author": recap.papers.name,
        "footer": recap.as_of,
        "sheets": [
            _sheet(recap, words["sheet_recap"], *_persons(recap), frozen=2),
            _sheet(recap, words["sheet_days"], *_daily(recap), frozen=3),
            _sheet(recap, words["sheet_calendar"], *_calendar(recap), frozen=1),
            _sheet(recap, words["sheet_notes"], *_notes(recap), frozen=0, is_filtered=False),
        ],
    }


def _sheet(
    recap: Recap,
    name: str,
    columns: Sequence[Data],
    rows: Sequence[Sequence[Any]],
    *,
    frozen: int,
    is_filtered: bool = True,
) -> Data:
    return {
        "name": name,
        "above": [f"{recap.title}: {recap.unit_name}", recap.period, recap.as_of],
        "columns": columns,
        "rows": rows,
        "frozen": frozen,
        "is_filtered": is_filtered,
    }


def _columns(recap: Recap, shapes: Sequence[tuple[str, float, str]]) -> list[Data]:
    return [{"head": _head(recap, name), "width": width, "kind": kind} for name, width, kind in shapes]


def _head(recap: Recap, name: str) -> str:
    say = recap.wording
    words: dict[str, str] = {
        **say.list("places"),
        "nip": say.list("words")["nip"],
        "capacity": say.list("words")["capacity"],
    }
    return say.list("recap").get(name) or words[name]


def _persons(recap: Recap) -> tuple[list[Data], list[list[Any]]]:
    shapes = (*_OF_PERSON, *((name, 10, "number") for name in _SUMS), ("score", 10, "share"))
    lines = by_person(recap.days)
    rows = [
        [number, *_person(each), *_sums(tally(lines[each.person_id], now=recap.now))]
        for number, each in enumerate(recap.days.members, 1)
    ]
    return _columns(recap, shapes), rows


def _person(member: Member) -> list[str]:
    return [
        member.name,
        member.nip or "",
        employment(member.employment),
        member.position,
        member.unit_name,
    ]


def _sums(of: Tally) -> list[float | int | None]:
    places, outputs = (
        of.places,
        {word: of.states["output", word] for word in ("in_time", "late", "missing", "excused")},
    )
    return [
        of.worked,
        *(places[name] for name in ("WFO", "WFH", "WFA", "field", "travel")),
        sum(places[name] for name in _AWAY),
        places["undecided"],
        *(of.reported[kind] for kind in ("health", "plan", "output")),
        *outputs.values(),
        of.approved,
        of.score,
    ]


def _daily(recap: Recap) -> tuple[list[Data], list[list[Any]]]:
    members = {each.person_id: each for each in recap.days.members}
    return _columns(recap, _OF_DAY), [_day(recap, line, members[line.person_id]) for line in recap.days.lines]


def _day(recap: Recap, line: Line, member: Member) -> list[Any]:
    say, words, kept = recap.wording, recap.wording.list("recap"), line.kept
    decided = kept.checked.get("output") or kept.checked.get("plan")
    return [
        line.on.isoformat(),
        say.date(line.on, "day"),
        member.name,
        member.nip or "",
        member.unit_name,
        say.list("places")[place(line)],
        line.shift,
        words["yes" if "health" in kept.reported else "no"] if line.is_worked else "",
        *(_stands(recap, line, kind) for kind in ("plan", "output")),
        words[f"is_{decided}"] if decided else "",
        kept.score,
        kept.by,
        say.list("capacities").get(kept.capacity, kept.capacity),
    ]


def _stands(recap: Recap, line: Line, kind: str) -> str:
    """How a plan or output stands: against its deadline where it was owed, else whether it is there."""
    words, due = recap.wording.list("recap"), line.kept.owed.get(kind)
    if due is not None:
        return words[due.word(recap.now)].lower()
    return words["given"] if kind in line.kept.reported else ""


def _calendar(recap: Recap) -> tuple[list[Data], list[list[Any]]]:
    days, short = recap.days.on, recap.wording.list("recap_short")
    columns = _columns(recap, (("name", 28, "text"),))
    columns += [{"head": recap.wording.date(on, "cell"), "width": 6, "kind": "mark"} for on in days]
    rows: list[list[Any]] = []
    for member, lines in zip(recap.days.members, by_person(recap.days).values(), strict=True):
        by_day = {line.on: line for line in lines}
        rows.append([member.name, *(_mark(by_day.get(on), short) for on in days)])
    return columns, rows


def _mark(line: Line | None, short: Any) -> Data | None:
    if line is None:
        return None
    word = place(line)
    return {"text": short[word], "fill": _COLOURS[FILLS[word]]}


def _notes(recap: Recap) -> tuple[list[Data], list[list[Any]]]:
    words = recap.wording.list("recap")
    columns = _columns(recap, (("item", 30, "text"), ("content", 110, "text")))
    rows = [
        [words["unit"], recap.unit_name],
        [words["period"], recap.period],
        [words["as_of"], recap.as_of],
        [words["made_by"], f"{recap.papers.name} ({recap.signs_as})"],
        [words["people"], str(len(recap.days.members))],
        [words["rules"], "\n".join(recap.days.circulars) or "–"],
        [words["bases"], "\n".join(recap.days.bases) or "–"],
        [words["legend"], _legend(recap)],
        *(
            [words[f"about_{name}"], words[f"about_{name}_says"]]
            for name in ("time", "home", "health", "people")
        ),
    ]
    return columns, rows


def _legend(recap: Recap) -> str:
    """The short forms of the calendar, each once."""
    short, places = recap.wording.list("recap_short"), recap.wording.list("places")
    said: dict[str, str] = {}
    for name, sign in short.items():
        said.setdefault(sign, places[name])
    return "; ".join(f"{sign} = {word}" for sign, word in said.items())


def file_name(recap_first: date, recap_last: date, *, locale: str, ending: str) -> str:
    """Return a name that says what it is and sorts by its days."""
    kind = "rekap-unit" if locale == "id" else "unit-summary"
    return f"{kind}-{recap_first.isoformat()}-{recap_last.isoformat()}.{ending}"
