"""A simulated day -> the lines that `piket simulate --json` prints, as one reader may see them."""

from collections.abc import Iterator
from typing import Any

from policy.model import Audience, Citation, Reason, Verdict, visible_to
from policy.simulation.counts import Count
from policy.simulation.days import SimulatedDay
from policy.simulation.deciding import deciding
from policy.simulation.rotas import PROPOSED, Proposal
from policy.weighing.quotas import Group

Line = dict[str, Any]


class Lines:
    """The lines of a run for one reader; what of them colleagues share is made once."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience

    def of(self, day: SimulatedDay) -> Iterator[Line]:
        """The rotas proposed for the week, every person's verdict, then every unit's count."""
        yield from map(_rota, day.proposals)
        shared: dict[int, Line] = {}
        for person, verdict in day.verdicts.items():
            if id(verdict) not in shared:
                shared[id(verdict)] = self.answer(verdict)
            yield {
                "kind": "verdict",
                "date": day.on.isoformat(),
                "nip": person,
                "unit": day.facts[person].unit_code,
                **shared[id(verdict)],
            }
        yield from map(count_line, day.counts)

    def answer(self, verdict: Verdict) -> Line:
        """What colleagues with equal facts have in common."""
        shown = visible_to(verdict, self._audience)
        return {
            "arrangement": verdict.arrangement.value,
            "shift": verdict.shift,
            "modality": verdict.modality and verdict.modality.value,
            "because": self.because(verdict),
            "not_stated": list(dict.fromkeys(note.id for note in shown.not_stated)),
            "ask": verdict.ask and verdict.ask.value,
            "reasons": [_reason(reason) for reason in shown.reasons],
        }

    def because(self, verdict: Verdict) -> list[Line]:
        return [_entry(reason) for reason in deciding(verdict, self._audience)]


def count_line(count: Count) -> Line:
    return {
        "kind": "unit",
        "date": count.on.isoformat(),
        "unit": count.unit,
        "base": count.base,
        "cap": count.cap,
        "floor": count.floor,
        "wfo": count.wfo,
        "wfo_least": count.least,
        "counted": count.counted.value,
        "people": count.people,
        "quotas": [of_group(each) for each in count.held],
    }


def of_group(group: Group) -> Line:
    """Where the quota stands."""
    return {
        "circular": group.circular.number,
        "paragraph": group.rule.paragraph,
        "rule": group.rule.id,
    }


def cited(citation: Citation) -> Line:
    """Where something stands in the law."""
    return {"circular": citation.circular, "paragraph": citation.paragraph, "rule": citation.rule}


def _entry(reason: Reason) -> Line:
    return cited(reason.citation) if reason.citation else _reason(reason)


def _rota(proposal: Proposal) -> Line:
    return {
        "kind": "rota",
        "date": proposal.monday.isoformat(),
        "unit": proposal.unit,
        "seed": proposal.seed,
        "published": False,
        "people": len({who for turns in proposal.turns.values() for who in turns}),
        "problems": [
            {"date": each.on.isoformat(), "group": each.group, "problem": each.key, **each.numbers}
            for each in proposal.troubles
        ],
    }


def _reason(reason: Reason) -> Line:
    if reason.params.get("rota") == PROPOSED:
        kept = {name: value for name, value in reason.params.items() if name not in ("rota", "published_at")}
        return {"key": reason.key, **kept, "published": False}
    return {"key": reason.key, **(cited(reason.citation) if reason.citation else {}), **reason.params}
