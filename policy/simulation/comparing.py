"""A draft circular against today: the same days twice, with the draft and without it, and what differs.

Both runs have the same seed and the same published turns, so only the draft's effect shows. Lines of these kinds:
`flip` (whose place changes), `shift` (whose shift alone changes), `breach` (where a count leaves its limits, or
cannot keep them), `uncovered` (for whom no rule says anything) and `conflict` (what contradicts what). Of the last
three `already` says that it is so without the draft too.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from policy.model import Arrangement, Audience, Circular, Verdict
from policy.numbers import normalised
from policy.simulation.conflicts import Conflicts
from policy.simulation.counts import Count
from policy.simulation.days import SimulatedDay
from policy.simulation.deciding import deciding
from policy.simulation.lines import Line, Lines, of_group

GAPS = frozenset({"no_circular", "no_rule", "not_stated", "fact_missing", "only_asked", "status_ended"})
_SAYS = frozenset({"rule", "quota", "permitted", "force_not_stated", "judgement"})


def with_draft(
    circulars: Iterable[Circular], draft: Circular
) -> tuple[tuple[Circular, ...], tuple[Circular, ...]]:
    """The circulars without the draft, and with it in the place of the one that has its number.

    A draft that lies among the circulars itself is taken out of the first.
    """
    here = Path(draft.path).resolve()
    before = tuple(each for each in circulars if Path(each.path).resolve() != here)
    kept = (each for each in before if normalised(each.number) != normalised(draft.number))
    return before, (*kept, draft)


class Comparison:
    """Takes both runs day by day; `conflicts` are known once all days are through."""

    def __init__(self, lines: Lines, audience: Audience) -> None:
        self._lines = lines
        self._audience = audience
        self._today = Conflicts(audience)
        self._draft = Conflicts(audience)

    def day(self, today: SimulatedDay, draft: SimulatedDay) -> Iterator[Line]:
        """What changes on one day."""
        self._today.take(today)
        self._draft.take(draft)
        yield from self._changes(today, draft)
        yield from _breaches(today, draft)
        yield from self._uncovered(today, draft)

    def conflicts(self) -> Iterator[Line]:
        """Every contradiction of all the days, each once, with the days and people it touches."""
        known = {key for key, _ in self._today.lines()}
        for key, line in self._draft.lines():
            yield {**line, "already": key in known}

    def _changes(self, today: SimulatedDay, draft: SimulatedDay) -> Iterator[Line]:
        for person, after in draft.verdicts.items():
            before = today.verdicts[person]
            if (before.arrangement, before.shift) == (after.arrangement, after.shift):
                continue
            is_flip = before.arrangement is not after.arrangement
            yield {
                **_head("flip" if is_flip else "shift", draft, person),
                "from": before.arrangement.value if is_flip else before.shift,
                "to": after.arrangement.value if is_flip else after.shift,
                "because": self._lines.because(after),
                "because_before": self._lines.because(before),
            }

    def _uncovered(self, today: SimulatedDay, draft: SimulatedDay) -> Iterator[Line]:
        gaps: dict[int, str | None] = {}
        for person, verdict in draft.verdicts.items():
            for each in (verdict, today.verdicts[person]):
                if id(each) not in gaps:
                    gaps[id(each)] = self._gap(each)
            gap = gaps[id(verdict)]
            if gap is not None:
                yield {
                    **_head("uncovered", draft, person),
                    "reason": gap,
                    "because": self._lines.because(verdict),
                    "already": gaps[id(today.verdicts[person])] is not None,
                }

    def _gap(self, verdict: Verdict) -> str | None:
        """Why no rule says anything of this person; None where one does."""
        if verdict.arrangement is not Arrangement.UNDECIDED:
            return None
        keys = [reason.key for reason in deciding(verdict, self._audience)]
        if not _SAYS.isdisjoint(keys):
            return None
        return next((key for key in keys if key in GAPS), None)


def _head(kind: str, day: SimulatedDay, person: str) -> Line:
    return {
        "kind": kind,
        "date": day.on.isoformat(),
        "nip": person,
        "unit": day.facts[person].unit_code,
    }


def _breaches(today: SimulatedDay, draft: SimulatedDay) -> Iterator[Line]:
    before = {key for key, _ in _broken(today)}
    for key, line in _broken(draft):
        yield {**line, "already": key in before}


def _broken(day: SimulatedDay) -> Iterator[tuple[tuple[str, ...], Line]]:
    """Counts outside their limits, and limits that no rota could keep."""
    for count in day.counts:
        for what in _faults(count):
            rules = [f"{each.circular.number} {each.rule.id}" for each in count.held]
            yield (count.unit, what, *rules), _breach(count, what)
    for trouble in day.troubles:
        line = {"kind": "breach", "date": day.on.isoformat(), "unit": trouble.unit, "what": trouble.key}
        if trouble.key == "week_exceeded":  # it is about one person's days
            line |= {"what": "days", "nip": trouble.group}
        yield (trouble.unit, trouble.key, trouble.group), {**line, "numbers": dict(trouble.numbers)}


def _faults(count: Count) -> Iterator[str]:
    if count.cap is not None and count.wfo > count.cap:
        yield "cap"
    if count.floor is not None and count.least < count.floor:
        yield "floor"
    if count.floor is not None and count.cap is not None and count.floor > count.cap:
        yield "floor_above_cap"


def _breach(count: Count, what: str) -> Line:
    return {
        "kind": "breach",
        "date": count.on.isoformat(),
        "unit": count.unit,
        "what": what,
        "base": count.base,
        "cap": count.cap,
        "floor": count.floor,
        "wfo": count.wfo,
        "wfo_least": count.least,
        "quotas": [of_group(each) for each in count.held],
    }
