"""The word for where somebody is on a day, for themself or for others: ours, never the reasons behind it."""

from policy.model import Arrangement, DayKind, Reason, Verdict
from policy.words import AbsenceKind

_LEAVE = "leave"
_AWAY = {
    AbsenceKind.PERMISSION: "permission",
    AbsenceKind.TRAINING: "training",
    AbsenceKind.STUDY: "study",
    AbsenceKind.TRAVEL: "travel",
    AbsenceKind.SUSPENDED: "away",
}
# To others these read only that somebody was not on duty.
_PRIVATE = frozenset({AbsenceKind.SICK_LEAVE, AbsenceKind.MATERNITY_LEAVE, AbsenceKind.SUSPENDED})
_REST = frozenset({DayKind.WEEKEND.value, DayKind.HOLIDAY.value, DayKind.JOINT_LEAVE.value})


def place_of(verdict: Verdict | None, *, for_others: bool = False) -> str:
    """Return the word for where somebody was; for others without what is the person's own business."""
    if verdict is None:
        return "unknown"
    cause = cause_of(verdict)
    if cause is not None and cause.key in _REST:
        return "rest"
    if cause is not None:
        kind = AbsenceKind(cause.params["kind"])
        return "away" if for_others and kind in _PRIVATE else _AWAY.get(kind, _LEAVE)
    if verdict.barred_from_office and verdict.arrangement is Arrangement.UNDECIDED:
        return "stay_out"
    return verdict.arrangement.value


def cause_of(verdict: Verdict | None) -> Reason | None:
    """Return what makes the day none of work: a holiday, a weekend, an absence."""
    says_itself = (*_REST, "absence")
    return (
        next((reason for reason in verdict.reasons if reason.key in says_itself), None) if verdict else None
    )
