"""stand(facts): what the circulars make of one person and day, before any rota, override or health gate.

Several circulars are weighed by the written order of `precedence`. Absences and the calendar are not looked at:
who is on leave stays in the base of a quota.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from policy import applying, changing, precedence
from policy.applying import Reading
from policy.changing import Changes
from policy.model import Amount, Arrangement, Counted, Facts, Modality, Outcome, Quota, Rule
from policy.precedence import Held, Outweighed

__all__ = ["Held", "Outweighed", "Stand", "stand"]

HOME = frozenset({Arrangement.WFH, Arrangement.WFA})
# Conditions that tell people of one unit apart; a rule without them settles the whole unit.
_PERSONAL = frozenset({"employment", "job_level", "age", "trait", "function", "strategic"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What holds for one person and day.

    `arrangement`: settled by `settling`; UNDECIDED where the circulars contradict each other or a fact is missing,
    so that no rota may speak; None where they leave it open, to the rota under `quotas` or to the head.
    """

    arrangement: Arrangement | None
    settling: tuple[Held, ...] = ()
    quotas: tuple[Held, ...] = ()  # those in whose base the person is
    shifts: Held | None = None
    preferences: tuple[Held, ...] = ()  # outcomes that allow or prefer an arrangement for this person
    others_only: tuple[Held, ...] = ()  # outcomes that keep an arrangement for other people
    outweighed: tuple[Outweighed, ...] = ()
    conflict: tuple[Held, ...] = ()  # what contradicts each other, and the written order cannot tell
    readings: tuple[Reading, ...] = ()
    changes: Changes = changing.NONE

    @property
    def speaking(self) -> tuple[Reading, ...]:
        """The circulars that are in force and are about this person."""
        return tuple(reading for reading in self.readings if reading.out is None)


def stand(facts: Facts) -> Stand:
    """Read every circular, and weigh what they say against each other."""
    changes = changing.changes(facts)
    readings = tuple(applying.read(circular, facts, changes) for circular in facts.circulars)
    winners, outweighed, conflict = _winners(_held(readings, "settling"))
    quotas = _held(readings, "quotas")
    if quotas and not conflict:
        winners, quotas, more, conflict = _against_quotas(winners, quotas)
        outweighed = (*outweighed, *more)
    is_undecided = bool(conflict) or _is_doubtful(readings, winners)
    return Stand(
        arrangement=Arrangement.UNDECIDED if is_undecided else _arrangement(winners),
        settling=winners,
        quotas=quotas,
        shifts=_strongest(_held(readings, "shifts")),
        preferences=_held(readings, "preferences"),
        others_only=_held(readings, "others_only"),
        outweighed=outweighed,
        conflict=conflict,
        readings=readings,
        changes=changes,
    )


def _held(readings: Sequence[Reading], name: str) -> tuple[Held, ...]:
    return tuple(Held(reading.circular, rule) for reading in readings for rule in getattr(reading, name))


def _arrangement(winners: Sequence[Held]) -> Arrangement | None:
    return _place(winners[0].rule) if winners else None


def _place(rule: Rule) -> Arrangement | None:
    return rule.then.arrangement if isinstance(rule.then, Outcome) else None


def _winners(
    claims: tuple[Held, ...],
) -> tuple[tuple[Held, ...], tuple[Outweighed, ...], tuple[Held, ...]]:
    """The claims that agree and win, those that give way, and those that nobody can order."""
    if len(claims) < 2 or len({_place(claim.rule) for claim in claims}) == 1:
        return claims, (), ()
    unbeaten = [
        claim for claim in claims if not any(_beats(other, claim) for other in claims if other is not claim)
    ]
    if len({_place(claim.rule) for claim in unbeaten}) != 1:
        return (), (), claims
    winner = unbeaten[0]
    agreeing = tuple(claim for claim in claims if _place(claim.rule) == _place(winner.rule))
    lost = [(claim, _beater(claim, agreeing)) for claim in claims if claim not in agreeing]
    outweighed = tuple(
        Outweighed(claim, by, because)
        for claim, by in lost
        if (because := precedence.outweighs(by, claim)) is not None
    )
    return agreeing, outweighed, ()


def _beats(first: Held, second: Held) -> bool:
    return (
        first.circular is not second.circular
        and _place(first.rule) != _place(second.rule)
        and precedence.outweighs(first, second) is not None
    )


def _beater(claim: Held, agreeing: Sequence[Held]) -> Held:
    return next((each for each in agreeing if _beats(each, claim)), agreeing[0])


def _against_quotas(
    winners: tuple[Held, ...], quotas: tuple[Held, ...]
) -> tuple[tuple[Held, ...], tuple[Held, ...], tuple[Outweighed, ...], tuple[Held, ...]]:
    """A rule that puts a whole unit where another circular's quota has no room for it: one gives way.

    Returns the winners and quotas that are left, what gave way, and what nobody can order.
    """
    outweighed: list[Outweighed] = []
    for quota in quotas:
        for claim in winners:
            if not _leaves_no_room(quota, claim):
                continue
            if because := precedence.outweighs(claim, quota):
                outweighed.append(Outweighed(quota, claim, because))
            elif because := precedence.outweighs(quota, claim):
                outweighed.append(Outweighed(claim, quota, because))
            else:
                return (), quotas, (), (claim, quota)
    lost = [each.held for each in outweighed]
    return (
        tuple(claim for claim in winners if claim not in lost),
        tuple(quota for quota in quotas if quota not in lost),
        tuple(outweighed),
        (),
    )


def _leaves_no_room(quota: Held, claim: Held) -> bool:
    """Whether the quota cannot be kept once this rule has settled everybody's place."""
    limit, place = quota.rule.then, _place(claim.rule)
    if not isinstance(limit, Quota) or place is None or quota.circular is claim.circular:
        return False
    if limit.modality is not Modality.WAJIB or limit.counted is Counted.WEEK or not _is_for_all(claim):
        return False
    if place in limit.of:
        return _is_less_than_all(limit.at_most)
    return _is_some(limit.at_least)


def _is_for_all(claim: Held) -> bool:
    looked_at = (*claim.circular.binds, *claim.rule.when, *claim.rule.unless)
    return not any(condition.key in _PERSONAL for condition in looked_at)


def _is_less_than_all(amount: Amount | None) -> bool:
    return amount is not None and (amount.share is None or amount.share < 1)


def _is_some(amount: Amount | None) -> bool:
    return amount is not None and bool(amount.share or amount.number)


def _is_doubtful(readings: Sequence[Reading], winners: Sequence[Held]) -> bool:
    """Whether a circular is uncertain that the winners do not stand over anyhow."""
    return any(
        reading.is_uncertain and not any(precedence.over(each.circular, reading.circular) for each in winners)
        for reading in readings
    )


def _strongest(shifts: Sequence[Held]) -> Held | None:
    return max(shifts, key=lambda each: precedence.height(each.circular), default=None)
