"""What a recap counts: of one person, of a week, of everybody. Late is not missing; what is not due yet is neither."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.documents.recap_days import Days, Line
from policy.calendar import monday_of

PNS = ("pns", "cpns")
PPPK = ("pppk",)
_HIDDEN = {"stay_out": "undecided"}  # on paper that travels nothing is said of who may not come to the office


def place(line: Line) -> str:
    """The word for where somebody was, as paper says it."""
    return _HIDDEN.get(line.place, line.place)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts of person-days. `states`: by (kind, in_time | late | missing | excused | awaited)."""

    worked: int
    places: Counter[str]
    shifts: Counter[str]
    reported: Counter[str]  # health, plan, output
    states: Counter[tuple[str, str]]
    approved: int  # outputs
    scores: Sequence[int]
    home: int  # days of working from home
    complete: int  # of them those with plan and output
    people: int

    @property
    def score(self) -> float | None:
        """The mean of the scores, or None where nobody gave any."""
        return round(sum(self.scores) / len(self.scores), 1) if self.scores else None


def tally(lines: Iterable[Line], *, now: datetime) -> Tally:
    """Count these lines."""
    lines = list(lines)
    worked = [line for line in lines if line.is_worked]
    home = [line for line in worked if line.place == "WFH"]
    return Tally(
        worked=len(worked),
        places=Counter(place(line) for line in lines),
        shifts=Counter(line.shift for line in worked if line.place == "WFO"),
        reported=Counter(kind for line in lines for kind in line.kept.reported),
        states=Counter((kind, due.word(now)) for line in lines for kind, due in line.kept.owed.items()),
        approved=sum(line.kept.checked.get("output") == "approved" for line in lines),
        scores=[line.kept.score for line in lines if line.kept.score is not None],
        home=len(home),
        complete=sum({"plan", "output"} <= line.kept.reported for line in home),
        people=len({line.person_id for line in lines}),
    )


def by_person(days: Days) -> dict[str, list[Line]]:
    """Return the lines of each member, in the order of the members."""
    found: dict[str, list[Line]] = {each.person_id: [] for each in days.members}
    for line in days.lines:
        found[line.person_id].append(line)
    return found


def by_week(days: Days) -> dict[date, list[Line]]:
    """Return the lines of each week that has any, by its Monday."""
    found: dict[date, list[Line]] = {}
    for line in days.lines:
        found.setdefault(monday_of(line.on), []).append(line)
    return found


def share(part: int, whole: int) -> str:
    """Return per cent with one decimal, or a dash where there is nothing to share."""
    return f"{100 * part / whole:.1f}".replace(".", ",") if whole else "–"
