"""What one circular says of one person and day, before anything else is weighed against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from policy import conditions
from policy.model import (
    Audience,
    Circular,
    Condition,
    Facts,
    Judgement,
    Modality,
    Outcome,
    Quota,
    Reason,
    Rule,
    Shifts,
    Silence,
    Step,
)
from policy.weighing import changing, doubting, meeting
from policy.weighing.changing import Changes, Lift
from policy.weighing.doubting import Missing, is_wajib
from policy.weighing.preferring import contradicting_of
from policy.words import EVERYONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One circular's rules that hold for the person. `out` says why it is not about them or the day at all.

    While something is `missing` the reading is uncertain: each of `doubtful` may hold too, and where `may_be_open`,
    it may leave the person open.
    """

    circular: Circular
    out: Reason | None = None
    is_asked: bool = False  # the circular asks them and does not bind them
    settling: tuple[Rule, ...] = ()
    quotas: tuple[Rule, ...] = ()
    shifts: tuple[Rule, ...] = ()
    preferences: tuple[Rule, ...] = ()
    others_only: tuple[Rule, ...] = ()  # these give an arrangement only to people other than this one
    beside: tuple[Rule, ...] = ()
    set_aside: tuple[tuple[Rule, frozenset[Audience]], ...] = ()  # replaced by an exception, and who may know
    lifted: tuple[tuple[Rule, Lift], ...] = ()
    lifts: tuple[Lift, ...] = ()
    silences: tuple[Silence, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    contradicting: tuple[Rule, ...] = ()  # rules that settle it differently, and an entry leaves that open
    missing: tuple[Missing, ...] = ()
    doubtful: tuple[Rule, ...] = ()
    may_be_open: bool = False

    @property
    def gap(self) -> Silence | None:
        """What the circular itself leaves open for this person."""
        return next((silence for silence in self.silences if silence.leaves_undecided), None)

    @property
    def is_silent(self) -> bool:
        """Whether nothing in it says where this person works, or how many do."""
        return not (self.settling or self.quotas or self.preferences or self.missing or self.gap)


def read(circular: Circular, facts: Facts, changes: Changes) -> Reading:
    """Apply the circular's dates, its status, its circle of people, its rules, and what it leaves open."""
    if not changing.is_running(circular, facts, changes):
        return Reading(circular=circular, out=_out_of_force(circular, facts))
    circle = (("status_ended", circular.lasts_while), ("not_bound", circular.binds))
    for key, wanted in circle:
        if wanted and conditions.all_hold(wanted, facts) is False:
            return Reading(circular=circular, out=_not_about(key, circular, wanted, facts))
    for _, wanted in circle:  # only whom it may be about needs to know what is not recorded
        if wanted and conditions.all_hold(wanted, facts) is None:
            return _of_whom_nobody_knows(circular, wanted, facts)
    lifts = tuple(changes.lifts.get(circular.id, ()))
    if any(lift.is_sure and not lift.paragraphs for lift in lifts):
        return _lifted_whole(circular, facts, lifts)
    return _by_rules(circular, facts, lifts)


def _of_whom_nobody_knows(circular: Circular, wanted: Sequence[Condition], facts: Facts) -> Reading:
    """It may bind the person: then any of its rules may hold that does not certainly miss them."""
    is_asked = _is_only_asked(circular, facts)
    rules = () if is_asked else circular.rules
    return Reading(
        circular=circular,
        missing=doubting.missing_of(wanted, facts),
        doubtful=tuple(rule for rule in rules if meeting.meets(rule, facts) is not False),
    )


def _by_rules(circular: Circular, facts: Facts, lifts: tuple[Lift, ...]) -> Reading:
    met: list[Rule] = []
    unsure: list[Rule] = []
    others: list[Rule] = []
    outside: list[Rule] = []
    lifted: list[tuple[Rule, Lift]] = []
    for rule in circular.rules:
        holds = meeting.meets(rule, facts)
        if holds is False:
            if isinstance(rule.then, Outcome) and rule.then.modality is Modality.HANYA_BAGI:
                others.append(rule)
            continue
        lift = doubting.lift_of(rule.paragraph, lifts) if lifts else None
        if lift is not None and lift.is_sure:
            lifted.append((rule, lift))
        elif holds is None or lift is not None:
            unsure.append(rule)
        elif isinstance(rule.then, Quota) and rule.then.outside:
            (met, outside, unsure)[_side(rule.then, facts)].append(rule)
        else:
            met.append(rule)
    return _sorted_out(circular, facts, met, unsure, others, outside, lifted, lifts)


def _is_only_asked(circular: Circular, facts: Facts) -> bool:
    """Whether it only asks the person; not where their own agency has decided to follow it."""
    return (
        bool(circular.asks)
        and circular.id not in facts.taken_on
        and conditions.all_hold(circular.asks, facts) is True
    )


def _side(quota: Quota, facts: Facts) -> int:
    is_outside = meeting.is_outside(quota, facts)
    return 2 if is_outside is None else int(is_outside)


def _sorted_out(
    circular: Circular,
    facts: Facts,
    met: list[Rule],
    unsure: list[Rule],
    others: list[Rule],
    outside: list[Rule],
    lifted: list[tuple[Rule, Lift]],
    lifts: tuple[Lift, ...],
) -> Reading:
    replaced = {name for rule in met for name in rule.excepts}
    holding = [rule for rule in met if rule.id not in replaced] if replaced else met
    outcomes = [rule for rule in holding if isinstance(rule.then, Outcome)]
    is_asked = _is_only_asked(circular, facts)
    settling = [] if is_asked else [rule for rule in outcomes if is_wajib(rule)]
    quotas = [] if is_asked else _counted(circular, holding, facts, lifts)
    shifts = [rule for rule in holding if isinstance(rule.then, Shifts)]
    silences, possible = _silences(circular, [*outcomes, *quotas, *shifts, *outside], facts)
    missing: tuple[Missing, ...] = ()
    doubtful: list[Rule] = []
    if unsure and not is_asked:
        doubtful = doubting.doubtful(settling, quotas, unsure, replaced)
        missing = doubting.missing(doubtful, facts, lifts)
        doubted = {name for rule in doubtful for name in rule.excepts}
        quotas = [rule for rule in quotas if rule.id not in doubted]  # nor is who may belong to another
    if settling or quotas or missing:
        silences = tuple(silence for silence in silences if not silence.yields)
    contradicting: list[Rule] = []
    if any(silence.leaves_undecided for silence in silences):
        contradicting = contradicting_of(settling)
        settling, quotas, missing, possible = [], [], (), ()  # whom nobody can place is in no base either
    elif possible and not (settling or quotas):
        possible = ()  # open or not, nothing here would settle the day
    elif possible:
        quotas, missing = [], doubting.with_silences(missing, possible, facts)
    return Reading(
        circular=circular,
        is_asked=is_asked,
        settling=tuple(settling),
        quotas=tuple(quotas),
        shifts=tuple(shifts),
        preferences=tuple(rule for rule in outcomes if is_asked or not is_wajib(rule)),
        others_only=_others_only(others, outcomes) if others else (),
        beside=_beside(holding),
        set_aside=_set_aside(met, replaced) if replaced else (),
        lifted=tuple(lifted),
        lifts=lifts,
        silences=silences,
        judgements=_judgements(circular, facts, lifts),
        contradicting=tuple(contradicting),
        missing=missing,
        doubtful=tuple(doubtful),
        may_be_open=bool(possible),
    )


def _counted(circular: Circular, holding: Sequence[Rule], facts: Facts, lifts: Sequence[Lift]) -> list[Rule]:
    """The quotas in whose base the person is: those that hold, and those that count a rule that does."""
    names = {rule.id for rule in holding}
    return [
        rule
        for rule in circular.rules
        if isinstance(rule.then, Quota)
        and (rule.id in names or _is_counted_in(rule, rule.then, names, facts, lifts))
    ]


def _is_counted_in(rule: Rule, quota: Quota, names: set[str], facts: Facts, lifts: Sequence[Lift]) -> bool:
    return (
        not names.isdisjoint(quota.counts_also)
        and meeting.is_at_hand(rule, facts)
        and meeting.is_outside(quota, facts) is False
        and not _is_lifted(rule.paragraph, lifts)
    )


def _others_only(others: Sequence[Rule], outcomes: Sequence[Rule]) -> tuple[Rule, ...]:
    allowed = {rule.then.arrangement for rule in outcomes if isinstance(rule.then, Outcome)}
    return tuple(
        rule for rule in others if isinstance(rule.then, Outcome) and rule.then.arrangement not in allowed
    )


def _beside(holding: Sequence[Rule]) -> tuple[Rule, ...]:
    names = {rule.id for rule in holding}
    return tuple(
        rule
        for rule in holding
        if rule.beside and not isinstance(rule.then, Outcome | Quota) and not names.isdisjoint(rule.beside)
    )


def _set_aside(met: Sequence[Rule], replaced: set[str]) -> tuple[tuple[Rule, frozenset[Audience]], ...]:
    """Who may read of a rule that is replaced: whoever may read that rule and every exception to it."""
    found = []
    for rule in met:
        if rule.id in replaced and isinstance(rule.then, Outcome | Quota):
            allowed = meeting.readers(rule)
            for other in met:
                if rule.id in other.excepts:
                    allowed &= meeting.readers(other)
            found.append((rule, allowed))
    return tuple(found)


def _silences(
    circular: Circular, touching: Sequence[Rule], facts: Facts
) -> tuple[tuple[Silence, ...], tuple[Silence, ...]]:
    """What the circular leaves open here; and what, for all that is known, may leave the person undecided."""
    if not circular.not_stated:
        return (), ()
    names = {rule.id for rule in touching}
    found, possible = [], []
    for silence in circular.not_stated:
        if silence.rules and names.isdisjoint(silence.rules):
            continue
        holds = meeting.is_left_open(silence, facts)
        if holds:
            found.append(silence)
        elif holds is None and silence.leaves_undecided and not silence.yields:
            possible.append(silence)
    return tuple(found), tuple(possible)


def _judgements(circular: Circular, facts: Facts, lifts: Sequence[Lift]) -> tuple[Judgement, ...]:
    return tuple(
        each
        for each in circular.not_automated
        if (not each.when or conditions.all_hold(each.when, facts)) and not _is_lifted(each.paragraph, lifts)
    )


def _is_lifted(paragraph: str, lifts: Sequence[Lift]) -> bool:
    return any(lift.is_sure and lift.covers(paragraph) for lift in lifts)


def _lifted_whole(circular: Circular, facts: Facts, lifts: tuple[Lift, ...]) -> Reading:
    lift = next(each for each in lifts if each.is_sure and not each.paragraphs)
    lifted = tuple(
        (rule, lift)
        for rule in circular.rules
        if isinstance(rule.then, Outcome | Quota) and meeting.meets(rule, facts)
    )
    return Reading(circular=circular, lifted=lifted, lifts=lifts)


def _out_of_force(circular: Circular, facts: Facts) -> Reason:
    first, until_day = circular.first_day, circular.in_force.until
    if first is not None and facts.on < first:
        return _reason("not_yet_in_force", circular=circular.number, start=first.isoformat())
    until = until_day.isoformat() if until_day else ""
    return _reason("no_longer_in_force", circular=circular.number, until=until)


def _not_about(key: str, circular: Circular, wanted: Sequence[Condition], facts: Facts) -> Reason:
    readers = conditions.readers(wanted)
    if key == "not_bound":
        return _reason(key, readers, circular=circular.number)
    ended = next(each for each in wanted if conditions.holds(each, facts) is False)
    value = ", ".join(sorted(ended.values))
    return _reason(key, readers, circular=circular.number, fact=ended.key, value=value)


def _reason(key: str, audience: frozenset[Audience] = EVERYONE, **params: str) -> Reason:
    return Reason(key, Step.CIRCULAR, params, audience=audience)
