"""Which paragraphs contradict each other over a run, and which of them wins, by the reasons of the verdicts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from policy.model import Audience, Citation, Reason, Verdict, visible_to
from policy.numbers import normalised
from policy.simulation.counts import Count
from policy.simulation.days import SimulatedDay
from policy.simulation.lines import Line, cited, of_group

_SETTLING = ("rule", "quota")


@dataclass(slots=True)
class _Met:
    """Where one contradiction was met."""

    line: Line
    days: set[date] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)


class Conflicts:
    """Collects what one reader may know of the contradictions, each pair of paragraphs once."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._met: dict[str, _Met] = {}

    def take(self, day: SimulatedDay) -> None:
        """Look through one day's verdicts and counts."""
        found: dict[int, list[Line]] = {}
        for person, verdict in day.verdicts.items():
            if id(verdict) not in found:
                found[id(verdict)] = list(_of_verdict(visible_to(verdict, self._audience)))
            for line in found[id(verdict)]:
                met = self._at(line, day.on, day.facts[person].unit_code)
                met.people.add(person)
        for count in day.counts:
            for line in _of_count(count):
                met = self._at(line, day.on, count.unit)
                met.people.update(who for each in count.held for who in each.members)

    def lines(self) -> Iterator[tuple[str, Line]]:
        """Each contradiction with a key that names it: both paragraphs, what wins and by which order."""
        for key, met in self._met.items():
            yield (
                key,
                {
                    "kind": "conflict",
                    "date": min(met.days).isoformat(),
                    "until": max(met.days).isoformat(),
                    **met.line,
                    "people": len(met.people),
                    "units": sorted(met.units),
                },
            )

    def _at(self, line: Line, on: date, unit: str) -> _Met:
        met = self._met.setdefault(repr(line), _Met(line))
        met.days.add(on)
        met.units.add(unit)
        return met


def _of_verdict(verdict: Verdict) -> Iterator[Line]:
    settling = [each.citation for each in verdict.reasons if each.key in _SETTLING and each.citation]
    for reason in verdict.reasons:
        if reason.key == "conflict":
            yield from _undecided(settling)
        elif reason.key == "outranked" and reason.citation:
            winner = _winner(reason, settling)
            yield _line([winner, cited(reason.citation)], winner, reason.params.get("because", ""))
        elif reason.key == "replaced" and reason.citation:
            by = {"circular": reason.params["by"], "paragraph": reason.params["paragraph"]}
            yield _line([by, cited(reason.citation)], by, "replaced")


def _undecided(settling: list[Citation]) -> Iterator[Line]:
    """No order decides between these; a paragraph that this reader may not see leaves the other alone."""
    if len(settling) < 2:
        yield _line([*map(cited, settling), {"key": "private"}], None, "undecided")
    for first, second in combinations(settling, 2):
        yield _line([cited(first), cited(second)], None, "undecided")


def _winner(reason: Reason, settling: list[Citation]) -> Line:
    number = reason.params.get("by", "")
    for citation in settling:
        if normalised(citation.circular) == normalised(number):
            return cited(citation)
    return {"circular": number}


def _of_count(count: Count) -> Iterator[Line]:
    """A floor above a cap: two quotas over the same people that cannot both be kept."""
    for low in count.held:
        for high in count.held:
            if low.cap is not None and high.floor is not None and high.floor > low.cap:
                yield _line([of_group(low), of_group(high)], None, "floor_above_cap")


def _line(paragraphs: list[Line], wins: Line | None, because: str) -> Line:
    return {"paragraphs": paragraphs, "wins": wins, "because": because}
