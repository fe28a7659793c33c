"""Weighing what several circulars make of one person and day, by the written order of `precedence`."""

from collections.abc import Sequence

from policy.model import Amount, Arrangement, Counted, Modality, Outcome, Quota, Rule
from policy.weighing import precedence
from policy.weighing.meeting import PERSONAL
from policy.weighing.precedence import Held, Outweighed


def place_of(rule: Rule) -> Arrangement | None:
    """Where the rule puts the people it meets, if it does."""
    return rule.then.arrangement if isinstance(rule.then, Outcome) else None


def contradicting_of(settling: Sequence[Rule]) -> list[Rule]:
    """The rules of one circular among which the text contradicts itself."""
    return [
        rule
        for rule in settling
        if any(rule.id in other.conflicts_with or other.id in rule.conflicts_with for other in settling)
    ]


def winners_of(
    claims: tuple[Held, ...],
) -> tuple[tuple[Held, ...], tuple[Outweighed, ...], tuple[Held, ...]]:
    """The claims that agree and win, those that give way, and those that nobody can order."""
    if len(claims) < 2 or len({place_of(claim.rule) for claim in claims}) == 1:
        return claims, (), ()
    unbeaten = [
        claim for claim in claims if not any(_beats(other, claim) for other in claims if other is not claim)
    ]
    if len({place_of(claim.rule) for claim in unbeaten}) != 1:
        return (), (), claims
    winner = unbeaten[0]
    agreeing = tuple(claim for claim in claims if place_of(claim.rule) == place_of(winner.rule))
    lost = [claim for claim in claims if claim not in agreeing]
    return agreeing, tuple(_outweighed(claim, (*agreeing, *lost)) for claim in lost), ()


def _outweighed(claim: Held, others: Sequence[Held]) -> Outweighed:
    """What the claim gives way to: a winner, or else what itself gives way to one."""
    return next(
        Outweighed(claim, other, because) for other in others if (because := _beats(other, claim)) is not None
    )


def _beats(first: Held, second: Held) -> precedence.Because | None:
    if first.circular is second.circular or place_of(first.rule) == place_of(second.rule):
        return None
    return precedence.outweighs(first, second)


def against_quotas(
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


def withstand(winners: tuple[Held, ...], doubts: Sequence[Held]) -> bool:
    """Whether the place of the winners is the same, whichever of the doubtful rules turn out to hold."""
    left = [claim for claim in winners if not any(_may_replace(doubt, claim) for doubt in doubts)]
    return bool(left) and not any(_may_move(doubt, left) for doubt in doubts)


def _may_replace(doubt: Held, claim: Held) -> bool:
    is_exception = doubt.circular is claim.circular and claim.rule.id in doubt.rule.excepts
    return is_exception and doubt.rule.then != claim.rule.then


def _may_move(doubt: Held, claims: Sequence[Held]) -> bool:
    """Whether the rule would put the person elsewhere, or leave no room for the place that the claims give."""
    if any(precedence.outweighs(claim, doubt) for claim in claims if claim.circular is not doubt.circular):
        return False
    effect = doubt.rule.then
    if isinstance(effect, Outcome):
        return effect.modality is Modality.WAJIB and effect.arrangement is not place_of(claims[0].rule)
    return any(_leaves_no_room(doubt, claim) for claim in claims)


def _leaves_no_room(quota: Held, claim: Held) -> bool:
    """Whether the quota cannot be kept once this rule has settled everybody's place."""
    limit, place = quota.rule.then, place_of(claim.rule)
    if not isinstance(limit, Quota) or place is None or quota.circular is claim.circular:
        return False
    if limit.modality is not Modality.WAJIB or limit.counted is Counted.WEEK or not _is_for_all(claim):
        return False
    if place in limit.of:
        return _is_less_than_all(limit.at_most)
    return _is_some(limit.at_least)


def _is_for_all(claim: Held) -> bool:
    looked_at = (*claim.circular.binds, *claim.rule.when, *claim.rule.unless)
    return not any(condition.key in PERSONAL for condition in looked_at)


def _is_less_than_all(amount: Amount | None) -> bool:
    return amount is not None and (amount.share is None or amount.share < 1)


def _is_some(amount: Amount | None) -> bool:
    return amount is not None and bool(amount.share or amount.number)
