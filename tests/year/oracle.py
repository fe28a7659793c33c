"""What must have become of every day of the story: plain arithmetic over it, and nothing of the code under test.

For each person and day: what is owed and how it must end, and each reminder's fate with the minute in which it was
said. Written from the promises: opening, 80 % of the window, the deadline; only who is missing; never on leave, in
quiet hours, while paused, or beyond eight (light: four) a day; what lies within ten minutes is one message.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from tests.year.story import (
    ABSENCES,
    B_DEADLINES,
    DAY,
    HOLIDAYS,
    JOINS,
    LATE_HOLIDAY,
    LETTERS,
    LIGHT,
    NEW_DEADLINES,
    OF,
    QUIET,
    RAMADAN,
    SNOOZES,
    WORKED_SATURDAY,
    Away,
    report_at,
    turn,
)

FIVE = {0: "0730-1600", 1: "0730-1600", 2: "0730-1600", 3: "0730-1600", 4: "0730-1630"}
FIVE_RAMADAN = {0: "0800-1500", 1: "0800-1500", 2: "0800-1500", 3: "0800-1500", 4: "0800-1530"}
SIX = {**dict.fromkeys(range(4), "0730-1430"), 4: "0730-1100", 5: "0730-1200"}
SIX_RAMADAN = {**dict.fromkeys(range(4), "0800-1330"), 4: "0800-1130", 5: "0800-1230"}
SHIFTS = {"1": "0730-1530", "2": "1030-1830"}
BREAK = {False: ("1200", "1300"), True: ("1200", "1230")}  # of A and C, by whether it is Ramadan
FRIDAY_BREAK = {False: ("1130", "1300"), True: ("1130", "1230")}
MINUTE = timedelta(minutes=1)
TEN = 10 * MINUTE
ONLY_LIGHT = {"start", "health_80", "plan_80", "output_open", "awake"}


@dataclass
class Expected:
    """Of one person and day. `fates`: stage -> how it ended; `said`: the stages of each message, by its moment."""

    owed: dict[str, tuple[datetime, datetime]]  # kind -> opens, due
    ends: dict[str, str] = field(default_factory=dict)  # kind -> closed, late, overdue, excused
    fates: dict[str, str] = field(default_factory=dict)
    said: dict[datetime, set[str]] = field(default_factory=dict)
    reports: dict[str, datetime] = field(default_factory=dict)
    ends_at: datetime | None = None  # when it was heard that the day is not worked


def expected(who: str, day: date) -> Expected | None:
    """What must have become of this day at its end; None if it was never opened for this person."""
    hours = _hours(who, day)
    if hours is None or day < JOINS.get(who, date.min):
        return None
    leave = [each for each in ABSENCES if each.is_of(who, day) and not each.part and each.kind != "travel"]
    evening = at_local(who, day - DAY, time(18))
    if leave and leave[0].known < evening:
        return None
    start, end = hours
    owed = {kind: _window(who, kind, day, start, end) for kind in OF[who[0]].asks}
    ends_at = _closed_at(who, day, leave)
    found = Expected(owed=owed, ends_at=ends_at)
    for kind, (opens, due) in owed.items():
        at = report_at(who, kind, day, opens, due)
        if at is not None and (ends_at is None or at < ends_at):
            found.reports[kind] = at
    _play(found, who, day, start=start, end=end, ends_at=ends_at)
    _settle(found, ends_at)
    return found


def _closed_at(who: str, day: date, leave: Sequence[Away]) -> datetime | None:
    """When it became known, after its evening, that the day is not worked."""
    agency, on, at = LATE_HOLIDAY
    if (agency.code, on) == (who[0], day):
        return at_local(who, day, at)
    if leave:
        return max(leave[0].known, at_local(who, day - DAY, time(18)))
    return None


def is_holiday(who: str, day: date) -> bool:
    """Whether it was known the evening before that the agency does not work that day."""
    if (OF[who[0]], day) == WORKED_SATURDAY:
        return False
    week = SIX if who[0] == "B" else FIVE
    return day in HOLIDAYS or day.weekday() not in week


def _hours(who: str, day: date) -> tuple[datetime, datetime] | None:
    """From when until when somebody works that day, as was known the evening before."""
    if is_holiday(who, day):
        return None
    fasting = RAMADAN[0] <= day <= RAMADAN[1]
    if who[0] == "B":
        written = (SIX_RAMADAN if fasting else SIX)[day.weekday()]
    else:
        week = FIVE_RAMADAN if fasting else FIVE
        written = week.get(day.weekday(), week[0])
    if who[0] == "C" and (place := turn(who, day))[1]:
        written = SHIFTS[place[1] or ""]
    start, end = (at_local(who, day, clock(each)) for each in written.split("-"))
    half = next((each for each in ABSENCES if each.is_of(who, day) and each.part), None)
    if half is not None:
        return _halved(who, day, start, end, half.part or "", fasting=fasting)
    return start, end


def _halved(
    who: str, day: date, start: datetime, end: datetime, part: str, *, fasting: bool
) -> tuple[datetime, datetime]:
    """What is left: up to the break or from its end on; without a break, up to and from the middle."""
    pause = None if who[0] == "B" else (FRIDAY_BREAK if day.weekday() == 4 else BREAK)[fasting]
    middle = start + (end - start) / 2
    stop, go = (at_local(who, day, clock(each)) for each in pause) if pause else (middle, middle)
    return (go, end) if part == "morning" else (start, stop)


def _window(who: str, kind: str, day: date, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    if who[0] == "B" and kind == "plan":
        written = B_DEADLINES["plan@Jumat" if day.weekday() == 4 else "plan"]
        usual = _usual_start(who, day)
        moved = start - usual  # who begins later has as much longer
        opens, due = (at_local(who, day, clock(each.replace(".", ""))) + moved for each in written)
        return opens, due
    if kind == "health" and who[0] == "C" and day >= NEW_DEADLINES[1]:
        return start - 60 * MINUTE, start + 30 * MINUTE
    return {
        "health": (start - 30 * MINUTE, start + 60 * MINUTE),
        "plan": (start - 30 * MINUTE, start + 90 * MINUTE),
        "output": (end - 30 * MINUTE, end + 60 * MINUTE),
    }[kind]


def _usual_start(who: str, day: date) -> datetime:
    fasting = RAMADAN[0] <= day <= RAMADAN[1]
    return at_local(who, day, clock((SIX_RAMADAN if fasting else SIX)[day.weekday()].split("-")[0]))


def _stages(
    found: Expected, who: str, day: date, *, start: datetime, end: datetime
) -> list[tuple[datetime, datetime, str, tuple[str, ...]]]:
    """(from, until, name, kinds) of every stage of the day, in their order."""
    stages: list[tuple[datetime, datetime, str, tuple[str, ...]]] = []
    if _is_office(who, day):
        stages.append((at_local(who, day - DAY, time(19)), at_local(who, day, time(0)), "shift_eve", ()))
    morning = [kind for kind in ("health", "plan") if kind in found.owed]
    spans = [found.owed[kind] for kind in morning]
    until = min(opens + 0.8 * (due - opens) for opens, due in spans)
    stages.append((min(opens for opens, _ in spans), until, "start", tuple(morning)))
    for kind in morning:
        opens, due = found.owed[kind]
        stages.append((opens + 0.8 * (due - opens), due, f"{kind}_80", (kind,)))
        stages.append((due, _passes(due, end), f"{kind}_due", (kind,)))
    opens, due = found.owed["output"]
    stages.append((opens, due, "output_open", ("output",)))
    stages.append((due, _passes(due, end), "output_due", ("output",)))
    for snoozer, _, wakes in SNOOZES:
        kinds = tuple(kind for kind, (opens, _) in found.owed.items() if opens <= wakes)
        if snoozer == who and wakes.date() == day and kinds:
            stages.append((wakes, wakes + 120 * MINUTE, f"awake:{wakes.astimezone(UTC):%H%M%S}", kinds))
    return sorted(stages, key=lambda each: each[0])


def _passes(due: datetime, end: datetime) -> datetime:
    return max(min(due + 120 * MINUTE, end), due + 60 * MINUTE)


def _play(
    found: Expected,
    who: str,
    day: date,
    *,
    start: datetime,
    end: datetime,
    ends_at: datetime | None,
) -> None:
    stages = _stages(found, who, day, start=start, end=end)
    for at, until, name, kinds in stages:
        if name in found.fates:
            continue
        now = _after_quiet(who, at)
        if ends_at is not None and now >= ends_at:
            continue
        fate = _fate(found, who, now, until, name, kinds)
        found.fates[name] = fate
        if fate == "sent":
            joined = {
                other
                for later, _, other, about in stages
                if other not in found.fates
                and later <= now + TEN
                and not other.startswith("awake")
                and all(found.owed[kind][1] <= now for kind in about if other.endswith("_due"))
                and _fate(found, who, now, later + DAY, other, about) == "sent"
            }
            found.said[now] = {name, *joined}
            found.fates |= dict.fromkeys(joined, "sent")


def _after_quiet(who: str, at: datetime) -> datetime:
    """Nothing is said from nine in the evening until five, or until when somebody wishes."""
    until = QUIET.get(who, time(5))
    if at.time() >= time(21):
        return at_local(who, at.date() + DAY, until)
    return at_local(who, at.date(), until) if at.time() < until else at


def _fate(
    found: Expected, who: str, now: datetime, until: datetime, name: str, kinds: tuple[str, ...]
) -> str:
    if kinds and all(kind in found.reports and found.reports[kind] <= now for kind in kinds):
        return "done"
    if who == LIGHT and name.split(":")[0] not in ONLY_LIGHT:
        return "profile"
    if now >= until:
        return "quiet"
    if any(snoozer == who and begin <= now < wakes for snoozer, begin, wakes in SNOOZES):
        return "snoozed"
    return "sent" if len(found.said) < (4 if who == LIGHT else 8) else "budget"


def _is_office(who: str, day: date) -> bool:
    if any(each.is_of(who, day) and each.kind == "travel" for each in ABSENCES):
        return False
    if who[0] == "C":
        return turn(who, day)[0] == "WFO"
    letter = next((e for e in LETTERS if e[0] == who and e[2] <= day <= e[3]), None)
    return letter is None or letter[1] == "WFO"


def _settle(found: Expected, ends_at: datetime | None) -> None:
    for kind, (_, due) in found.owed.items():
        at = found.reports.get(kind)
        if at is not None:
            found.ends[kind] = "closed" if at <= due else "late"
        else:
            found.ends[kind] = "overdue" if ends_at is None else "excused"


def at_local(who: str, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=OF[who[0]].zone)


def clock(written: str) -> time:
    return time(int(written[:2]), int(written[2:]))
