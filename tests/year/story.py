"""What happens in the year 2026: three agencies in three zones, their people, and everything that becomes known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

FIRST, LAST = date(2026, 1, 5), date(2026, 12, 31)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Agency:
    """One agency in one zone. `asks`: what it has recorded with a legal basis.

    `repeats`: how often its head is told again of what is overdue, two working hours after the last time.
    """

    code: str
    zone: ZoneInfo
    asks: tuple[str, ...]
    repeats: int = 0


A = Agency(code="A", zone=ZoneInfo("Asia/Jakarta"), asks=("health", "plan", "output"), repeats=2)
B = Agency(code="B", zone=ZoneInfo("Asia/Makassar"), asks=("plan", "output"))
C = Agency(code="C", zone=ZoneInfo("Asia/Jayapura"), asks=("health", "plan", "output"))
AGENCIES = (A, B, C)
OF = {agency.code: agency for agency in AGENCIES}
PEOPLE = tuple(f"{agency.code}{number}" for agency in AGENCIES for number in range(5))
JOINS = {"A4": date(2026, 3, 2)}  # everybody else is there from the start
LIGHT, QUIET = "A1", {"A2": time(7, 30)}  # A2 wishes to hear nothing before half past seven
RAMADAN = (date(2026, 2, 18), date(2026, 3, 19))

# Public holidays and joint leave of 2026 (SKB 1497/2025, 2/2025 and 5/2025).
HOLIDAYS = frozenset(
    date(2026, month, day)
    for month, days in {
        1: (1, 16), 2: (16, 17), 3: (18, 19, 20, 21, 22, 23, 24), 4: (3, 5), 5: (1, 14, 15, 27, 28, 31),
        6: (1, 16), 8: (17, 25), 12: (24, 25),
    }.items()
    for day in days
) | {date(2027, 1, 1)}  # fmt: skip
LATE_HOLIDAY = (A, date(2026, 9, 15), time(7, 31))  # announced that very morning
WORKED_SATURDAY = (A, date(2026, 10, 3))  # said a week before
NEW_DEADLINES = (
    C,
    date(2026, 7, 1),
)  # health from 60 minutes before work to 30 after it begins; said long before

B_CALENDAR = """
title: Enam hari kerja (contoh)
public_holidays: true
week:
  Senin: {from: "07.30", to: "14.30"}
  Selasa: {from: "07.30", to: "14.30"}
  Rabu: {from: "07.30", to: "14.30"}
  Kamis: {from: "07.30", to: "14.30"}
  Jumat: {from: "07.30", to: "11.00"}
  Sabtu: {from: "07.30", to: "12.00"}
season_weeks:
  Ramadan:
    Senin: {from: "08.00", to: "13.30"}
    Selasa: {from: "08.00", to: "13.30"}
    Rabu: {from: "08.00", to: "13.30"}
    Kamis: {from: "08.00", to: "13.30"}
    Jumat: {from: "08.00", to: "11.30"}
    Sabtu: {from: "08.00", to: "12.30"}
"""
B_DEADLINES = {"plan": ["07.00", "09.00"], "plan@Jumat": ["07.00", "08.30"]}


@dataclass(frozen=True, kw_only=True)
class Away:
    """An absence: whole days, or a half of each. `known` is local time; a later one is heard in the midst of a day."""

    who: str
    kind: str
    first: date
    last: date
    known: datetime
    part: str | None = None

    def is_of(self, who: str, day: date) -> bool:
        """Whether it is this person's, and holds on that day."""
        return self.who == who and self.first <= day <= self.last


def _local(who: str, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=OF[who[0]].zone)


def _away(
    who: str, kind: str, first: date, last: date, *, known: tuple[date, time], part: str | None = None
) -> Away:
    return Away(who=who, kind=kind, first=first, last=last, part=part, known=_local(who, *known))


# Nobody of agency C is away, nor is anything decided for it meanwhile: its rota would be drawn anew, and who then
# works where is the planner's to say.
ABSENCES = (
    _away("A3", "annual_leave", date(2026, 4, 6), date(2026, 4, 10), known=(date(2026, 4, 1), time(10))),
    _away(
        "B2",
        "permission",
        date(2026, 5, 12),
        date(2026, 5, 12),
        known=(date(2026, 5, 11), time(9)),
        part="morning",
    ),
    _away(
        "A3",
        "permission",
        date(2026, 8, 5),
        date(2026, 8, 5),
        known=(date(2026, 8, 3), time(9)),
        part="afternoon",
    ),
    _away("A0", "sick_leave", date(2026, 6, 9), date(2026, 6, 11), known=(date(2026, 6, 9), time(10))),
    # Seconds before something is said: nobody has looked at the change yet.
    _away(
        "A4", "sick_leave", date(2026, 9, 16), date(2026, 9, 16), known=(date(2026, 9, 16), time(8, 11, 30))
    ),
    _away(
        "A3", "sick_leave", date(2026, 9, 18), date(2026, 9, 18), known=(date(2026, 9, 18), time(8, 59, 30))
    ),
    _away("A3", "travel", date(2026, 7, 2), date(2026, 7, 3), known=(date(2026, 6, 30), time(9))),
    _away("B0", "annual_leave", date(2026, 12, 21), date(2026, 12, 31), known=(date(2026, 12, 1), time(9))),
)
STANDS_IN = (
    "B1",
    date(2026, 12, 23),
    date(2026, 12, 31),
)  # for B0, who is away two days longer; said on the 1st
LETTERS = (("A1", "WFH", date(2026, 8, 3), date(2026, 8, 14)),)  # by the head, said in July
SNOOZES = tuple(  # (who, from, until), local
    (who, _local(who, day, begin), _local(who, day, end))
    for who, day, begin, end in (
        ("B1", date(2026, 4, 14), time(6, 50), time(8, 0)),
        ("A4", date(2026, 10, 6), time(8, 5), time(8, 20)),
        ("C3", date(2026, 11, 10), time(12, 0), time(23, 0)),
    )
)


# Nobody is heard, and nothing is looked at; what people sent meanwhile comes afterwards, with its own time.
OUTAGE = tuple(_local("A", date(2026, 5, 19), at) for at in (time(8, 5), time(8, 45)))


def heard(at: datetime) -> datetime:
    """When we notice what happens at that moment."""
    began, ended = OUTAGE
    return ended.astimezone(at.tzinfo) if began <= at < ended else at


def turn(who: str, day: date) -> tuple[str, str | None]:
    """Of agency C: where somebody's published rota puts them, and on which shift."""
    week = day.isocalendar().week
    pair = ("C1", "C2") if week % 2 == 0 else ("C3", "C4")
    return ("WFO", str(1 + pair.index(who))) if who in pair else ("WFH", None)


def report_at(who: str, kind: str, day: date, opens: datetime, due: datetime) -> datetime | None:
    """When somebody reports of a day, if they do: their habits, drawn once and for all."""
    drawn = Random(f"{who}:{kind}:{day.isoformat()}").random()
    habits: Mapping[float, datetime | None] = {
        0.10: opens - timedelta(minutes=20),
        0.50: opens + 0.25 * (due - opens),
        0.72: opens + 0.90 * (due - opens),
        0.86: due + timedelta(minutes=33),
        1.00: None,
    }
    return next(at for share, at in habits.items() if drawn < share)
