"""The judgement on hours with kills: what should have come and did not, and what came twice.

What is expected is reckoned here, from the calendar and the office alone, and not by the bot's own rules.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.render import REPEATED, Renderer
from tests.kill.hours import Hours

MARK = Renderer().word(REPEATED, {}, locale="id", markup="plain")
STAGES = frozenset({"start", "health_80", "health_due", "plan_80", "plan_due", "output_open", "output_due"})
FATES = frozenset({"sent", "late", "quiet", "budget"})  # nobody reports, pauses, or has no chat
UNITS = 10  # each with a head of its own
DIGESTS = ("morning", "evening")
ENDS = ("its moment has passed", "fate unknown")


@dataclass(frozen=True, kw_only=True)
class HoursAccount:
    """The figures, and in `breaches` what must not be."""

    kills: int
    in_flight: int
    person_days: int
    stages: int
    sent: int
    late: int
    delivered: int
    repeated: int  # came twice, marked
    digests: int
    alerts: int
    breaches: tuple[str, ...]


def hours_account(hours: Hours) -> HoursAccount:
    """Judge; every breach is a sentence."""
    books = hours.books
    fates = Counter(became for stages in books.stages.values() for _, became in stages)
    return HoursAccount(
        kills=hours.kills,
        in_flight=hours.in_flight,
        person_days=len(books.stages),
        stages=sum(fates.values()),
        sent=fates["sent"],
        late=fates["late"],
        delivered=len(hours.shown),
        repeated=_came_twice(hours),
        digests=len(books.digests),
        alerts=len(books.alerts),
        breaches=(*_missed(hours), *_doubled(hours)),
    )


def _missed(hours: Hours) -> Iterator[str]:
    books = hours.books
    if books.due or books.unsent:
        yield f"in the end {books.due} rows are due and {books.unsent} messages unsent"
    yield from (f"set aside: {each}" for each in books.aside)
    for day in hours.days:
        theirs = {person: stages for (person, on), stages in books.stages.items() if on == day.isoformat()}
        if len(theirs) != hours.people:
            yield f"on {day} {len(theirs)} of {hours.people} people had a day"
        for person, stages in theirs.items():
            names = Counter(name for name, _ in stages)
            if lacks := STAGES - names.keys():
                yield f"on {day} nothing is known of {sorted(lacks)} of {person}"
            if odd := [each for each in stages if each[1] not in FATES]:
                yield f"on {day} unexplained for {person}: {odd}"
        yield from _digests_missed(hours, day.isoformat())
    for row in books.rows:
        if row.state != "sent" and not row.because.startswith(ENDS):
            yield f"{row.once} ended as {row.state}: {row.because!r}"


def _digests_missed(hours: Hours, day: str) -> Iterator[str]:
    for kind in DIGESTS:
        made = {unit for unit, what, on in hours.books.digests if (what, on) == (kind, day)}
        skipped = [what for what, because in hours.books.skipped if kind in what and because]
        if len(made) < UNITS and not skipped:
            yield f"on {day} {len(made)} units have a {kind} digest, and none was skipped with a reason"
    parts = {(unit, part) for unit, on, part in hours.books.alerts if on == day}
    if not parts:
        yield f"on {day} nobody reported and nobody was alerted"


def _doubled(hours: Hours) -> Iterator[str]:
    """Each message owed comes once; or a second time, marked, where a kill met it on its way."""
    for (person, on), stages in hours.books.stages.items():
        yield from (
            f"{name} of {person} on {on} ended {times} times"
            for name, times in Counter(name for name, _ in stages).items()
            if times > 1
        )
    owed = Counter((row.chat, text) for row in hours.books.rows for text in row.texts)
    bare = Counter((each.chat, each.text.strip()) for each in hours.shown if MARK not in each.text)
    for (chat, text), times in bare.items():
        if times > owed[chat, text]:
            yield f"chat {chat} got {times} times, {owed[chat, text]} owed: {text[:80]!r}"
    for row in hours.books.rows:
        if row.state == "sent" and not all(_came(hours, row.chat, text) for text in row.texts):
            yield f"{row.once} is written down as sent and never came"
    lost = len({each.number for each in hours.shown} - hours.books.written)
    if lost > hours.in_flight:
        yield f"{lost} messages came that were not written down, with {hours.in_flight} in flight at the kills"
    if (twice := _came_twice(hours)) > hours.in_flight:
        yield f"{twice} messages came twice, with {hours.in_flight} in flight at the kills"


def _came_twice(hours: Hours) -> int:
    """How many came again, marked. The mark alone is no second copy: the first one may never have arrived."""
    bare = {(each.chat, each.text.strip()) for each in hours.shown if MARK not in each.text}
    marked = [(each.chat, each.text.replace(MARK, "").strip()) for each in hours.shown if MARK in each.text]
    return sum(each in bare for each in marked)


def _came(hours: Hours, chat: int, text: str) -> bool:
    return any(each.chat == chat and each.text.replace(MARK, "").strip() == text for each in hours.shown)
