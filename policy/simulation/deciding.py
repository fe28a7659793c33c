"""Which of a verdict's reasons decide it, as one reader may see them: the decisive one first of all.

Where the day is settled, citations come first; where it is open, what leaves it open does. What stands beside,
was set aside or allows without deciding is left to the whole list of reasons.
"""

from collections.abc import Sequence

from policy.model import Arrangement, Audience, Reason, Verdict

_HEALTH = ("health_barred", "barred_from_office")
_LETTER = ("override",)
_DAY = ("weekend", "holiday", "joint_leave", "absence", "absent")
_RULE = ("rule",)
_ROTA = ("office_by_default", "quota", "turn", "swapped")
_OPEN = (
    "rule",
    "quota",
    "conflict",
    "not_stated",  # what the text leaves open for this person says more than what somebody may judge
    "fact_missing",
    "permitted",
    "force_not_stated",
    "only_asked",
    "no_turn",
    "judgement",
    "status_ended",
    "no_rule",
    "no_circular",
)


def deciding(verdict: Verdict, audience: Audience) -> tuple[Reason, ...]:
    """The reasons that decide; where all of them are hidden from this reader, one that says "private"."""
    found = _found(verdict)
    shown = tuple(reason for reason in found if audience in reason.audience)
    if found and not shown:
        return (Reason("private", found[0].step),)
    return shown


def _found(verdict: Verdict) -> list[Reason]:
    if verdict.arrangement is not Arrangement.UNDECIDED:
        tiers: tuple[Sequence[str], ...] = (_LETTER, _DAY, _RULE, _ROTA)
    elif verdict.barred_from_office:
        tiers = (_HEALTH,)
    else:
        tiers = (_OPEN,)
    for tier in tiers:
        found = [reason for key in tier for reason in verdict.reasons if reason.key == key]
        if found:
            return found if tier is _OPEN else sorted(found, key=lambda reason: reason.citation is None)
    return list(verdict.reasons[:1])
