"""One's own days as they were: where one worked, what was reported, what became of it. Reading tells nobody."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db import overview
from db.engine import Tx
from db.facts import facts_between
from db.overview import Receipt, Reported
from db.sealed import Seal
from handlers.places import cause_of, place_of
from policy.book import Book
from policy.engine import decide
from policy.model import Audience, Reason, Verdict, visible_to
from policy.words import Step

_PLACES_OF_WORK = frozenset({"WFO", "WFH", "WFA", "field", "undecided", "stay_out"})


class Mark(StrEnum):
    """What became of a plan or an output report."""

    GIVEN = "given"
    APPROVED = "approved"
    RETURNED = "returned"
    MISSING = "missing"
    NOTHING = ""  # none is there, and none is missed


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of one person. `place` is a word of ours: WFO, leave, rest, undecided, unknown, …"""

    on: date
    verdict: Verdict | None
    plan: Reported | None
    output: Reported | None
    health: Receipt | None
    is_missed: bool  # what is not there should have been

    @property
    def place(self) -> str:
        return place_of(self.verdict)

    @property
    def rest_name(self) -> str:
        """The name of the holiday, if it is one."""
        cause = cause_of(self.verdict)
        return str(cause.params.get("name") or "") if cause else ""

    @property
    def half(self) -> str:
        """The kind of absence that takes half of the day, or ""."""
        reason = _half(self.verdict)
        return str(reason.params["kind"]) if reason else ""

    def mark(self, report: Reported | None) -> Mark:
        """Return what became of one of the day's two reports."""
        if report is None:
            return Mark.MISSING if self.is_missed else Mark.NOTHING
        return Mark(report.check.decision) if report.check else Mark.GIVEN


async def days_between(
    tx: Tx, seal: Seal, *, person_id: str, first: date, last: date, today: date, now: datetime, book: Book
) -> list[Day]:
    """Return somebody's days from `first` to `last`, as they were told of them or as is known now."""
    facts = await facts_between(tx, seal, person_id=person_id, first=first, last=last, now=now, book=book)
    kept = await overview.records(tx, seal, person_id=person_id, first=first, last=last)
    begun = await overview.since(tx, person_id=person_id)
    known = {on: visible_to(decide(each), Audience.SELF) for on, each in facts.items()}
    days = []
    for number in range(first.toordinal(), last.toordinal() + 1):
        on = date.fromordinal(number)
        told = kept.told.get(on) if on <= today else None  # of a day to come only what is known now counts
        verdict = standing(told, known.get(on))
        days.append(
            Day(
                on=on,
                verdict=verdict,
                plan=kept.plans.get(on),
                output=kept.outputs.get(on),
                health=kept.health.get(on),
                is_missed=begun is not None and begun <= on < today and place_of(verdict) in _PLACES_OF_WORK,
            )
        )
    return days


def standing(told: Verdict | None, known: Verdict | None) -> Verdict | None:
    """Return what counts for a day: what the person was told, unless a holiday or leave was recorded since."""
    if told is None or (known is not None and (cause_of(known) or _half(known) or _half(told))):
        return known
    return told


def basis(verdict: Verdict | None) -> Reason | None:
    """Return the paragraph that decided, if a circular did."""
    if verdict is not None and place_of(verdict) == "stay_out":
        return None  # the circular speaks of an office that the person must not go to
    reasons = verdict.reasons if verdict else ()
    cited = (reason for reason in reasons if reason.step is Step.CIRCULAR and reason.citation)
    return next((reason for reason in cited if reason.key == "rule"), None)


def _half(verdict: Verdict | None) -> Reason | None:
    return (
        next((reason for reason in verdict.reasons if reason.key == "half_absence"), None)
        if verdict
        else None
    )
