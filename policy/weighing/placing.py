"""From what the circulars leave to one place: the published rota, a head's letter, and the health gate."""

from dataclasses import dataclass, replace

from policy import health
from policy.model import (
    Arrangement,
    Ask,
    Audience,
    Counted,
    Facts,
    HealthGate,
    Modality,
    Override,
    Quota,
    Reason,
    Step,
    Turn,
)
from policy.weighing.explaining import cited, reasons
from policy.weighing.precedence import Held
from policy.weighing.preferring import place_of
from policy.weighing.standing import Stand
from policy.words import HEAD_ONLY, SELF_AND_HEALTH

_ELSEWHERE = frozenset({Arrangement.WFH, Arrangement.WFA})
_HEAD_AND_SELF = frozenset({Audience.SELF, Audience.HEAD})


@dataclass(frozen=True, slots=True)
class Placed:
    """Where somebody works as far as the steps up to now have it, and why."""

    arrangement: Arrangement
    reasons: tuple[Reason, ...]
    ask: Ask | None
    modality: Modality | None = None


def place(held: Stand, facts: Facts) -> Placed:
    """The place by the circulars and the unit's published rota. Rules beat the rota; what is uncertain stays so."""
    found, ask = reasons(held, facts)
    if held.arrangement is Arrangement.UNDECIDED:
        return Placed(held.arrangement, found, ask)
    if held.arrangement is not None:
        return Placed(held.arrangement, (*found, *_beside_rule(held, facts)), None, Modality.WAJIB)
    if facts.turn is not None:
        departs = _departs(held, facts.turn, facts)
        if departs is None:
            return Placed(facts.turn.arrangement, (*found, *_turn(facts.turn)), None)
        found = (*found, departs)
    return _without_turn(held, facts, found, ask)


def _beside_rule(held: Stand, facts: Facts) -> tuple[Reason, ...]:
    if facts.turn is None:
        return ()
    if facts.turn.arrangement == held.arrangement:
        return _turn(facts.turn)
    return (cited("turn_departs", held.settling[0].circular, held.settling[0].rule, facts, step=Step.ROTA),)


def _turn(turn: Turn) -> tuple[Reason, ...]:
    params = {"rota": turn.rota, "published_at": turn.published_at.isoformat()}
    if turn.shift is not None:
        params["shift"] = turn.shift
    found = Reason("turn", Step.ROTA, params)
    return (found, Reason("swapped", Step.ROTA, {"rota": turn.rota})) if turn.is_swapped else (found,)


def _departs(held: Stand, turn: Turn, facts: Facts) -> Reason | None:
    """The rule that keeps the turn from this person: it gives such days only to others, or none at all to them.

    Why somebody may not have what is for others is theirs alone to read, whatever the rule looks at.
    """
    for each in held.others_only:
        if place_of(each.rule) is turn.arrangement:
            return _departing(each, facts, frozenset({Audience.SELF}))
    for each in held.quotas:
        if _gives_no_day(each, turn.arrangement):
            return _departing(each, facts, None)
    return None


def _departing(each: Held, facts: Facts, audience: frozenset[Audience] | None) -> Reason:
    return cited("turn_departs", each.circular, each.rule, facts, step=Step.ROTA, audience=audience)


def _gives_no_day(held: Held, arrangement: Arrangement) -> bool:
    quota = held.rule.then
    if not isinstance(quota, Quota) or quota.counted is not Counted.WEEK or arrangement not in quota.of:
        return False
    is_none = quota.at_most is not None and not (quota.at_most.share or quota.at_most.number)
    return is_none and quota.modality is Modality.WAJIB


def _without_turn(held: Stand, facts: Facts, found: tuple[Reason, ...], ask: Ask) -> Placed:
    """A quota of people waits for the rota. One of days elsewhere leaves the day in the office, unless planned."""
    if any(not _is_of_days_elsewhere(each) for each in held.quotas):
        missing = () if facts.turn else (Reason("no_turn", Step.ROTA),)
        return Placed(Arrangement.UNDECIDED, (*found, *missing), Ask.HEAD)
    if held.quotas and not any(reading.gap for reading in held.speaking):
        days = held.quotas[0]
        default = cited("office_by_default", days.circular, days.rule, facts, step=Step.ROTA)
        kept = tuple(each for each in found if each.key != "quota" or each.citation != default.citation)
        return Placed(Arrangement.WFO, (*kept, default), None)
    return Placed(Arrangement.UNDECIDED, found, ask)


def _is_of_days_elsewhere(held: Held) -> bool:
    quota = held.rule.then
    return isinstance(quota, Quota) and quota.counted is Counted.WEEK and quota.of <= _ELSEWHERE


def overridden(placed: Placed, held: Stand, override: Override) -> Placed:
    """A head's letter that names the person stands over circulars and rota, and says what it departs from."""
    agreeing = {
        (each.circular.number, each.rule.id)
        for each in (*held.settling, *held.conflict, *held.left_open)
        if place_of(each.rule) is override.arrangement
    }
    is_office = override.arrangement is Arrangement.WFO
    kept = tuple(
        replace(each, key="override_departs", step=Step.OVERRIDE)
        if (each.key == "rule" and _named(each) not in agreeing)
        or (each.key == "office_by_default" and not is_office)
        else each
        for each in placed.reasons
        if each.key != "no_turn"
    )
    params = {"letter": override.letter, "by": override.by, "since": override.since.isoformat()}
    if override.until is not None:
        params["until"] = override.until.isoformat()
    found = [Reason("override", Step.OVERRIDE, params)]
    if override.considerations:
        words = {"considerations": "; ".join(override.considerations)}
        found.append(Reason("considered", Step.OVERRIDE, words, audience=_HEAD_AND_SELF))
    return Placed(override.arrangement, (*kept, *found), None)


def _named(reason: Reason) -> tuple[str, str] | None:
    cited_in = reason.citation
    return None if cited_in is None else (cited_in.circular, cited_in.rule)


def behind_gate(placed: Placed, gate: HealthGate) -> Placed:
    """The gate says only "not into the office"; where the person works instead, nobody has stated."""
    until = {"until": gate.until.isoformat()} if gate.until is not None else {}
    known = {"code": gate.code, "since": gate.since.isoformat()} | until
    found = (
        *placed.reasons,
        Reason("health_barred", Step.HEALTH, known, health.citation_for(gate.code), SELF_AND_HEALTH),
        Reason("barred_from_office", Step.HEALTH, until, audience=HEAD_ONLY),
    )
    if placed.arrangement is not Arrangement.WFO:
        return replace(placed, reasons=found)
    return Placed(Arrangement.UNDECIDED, found, Ask.HEAD)
