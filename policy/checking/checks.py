"""What must be true of a circular as a whole: its names lead somewhere, and its rules do not fight unseen."""

from collections.abc import Iterator, Mapping, Sequence

from policy.checking.overlaps import can_meet
from policy.checking.precedence import check_precedence
from policy.format.conditions import NOT_STATED
from policy.format.strict_yaml import LoaderError
from policy.model import Circular, Per, Period, Quota, Shifts


def check_whole(circular: Circular) -> list[LoaderError]:
    """Everything that does not hold together in the circular by itself; its cases are not run."""
    return [*check_names(circular, None), *check_sense(circular)]


def check_names(circular: Circular, known: Mapping[str, Circular] | None) -> list[LoaderError]:
    """Names that lead nowhere; `known` are the circulars by id that a case may stand `beside` (None: not looked at)."""
    return [
        *_rules_lead_to_rules(circular),
        *_silences_lead_to_rules(circular),
        *_cases_lead_somewhere(circular),
        *_unit_cases_lead_to_quotas(circular),
        *(() if known is None else _cases_stand_beside_circulars(circular, known)),
    ]


def check_sense(circular: Circular) -> list[LoaderError]:
    """Rules that meet nobody or fight unseen, and silences that say too much or are missing."""
    return [
        *_rules_can_meet_somebody(circular),
        *_silences_can_be_met(circular),
        *_conflicts_are_read(circular),
        *_what_is_not_stated_is_read(circular),
        *check_precedence(circular),
    ]


def _wrong(circular: Circular, line: int, sentence: str) -> LoaderError:
    return LoaderError(circular.path, line, sentence)


def _rules_lead_to_rules(circular: Circular) -> Iterator[LoaderError]:
    ids = {rule.id for rule in circular.rules}
    for rule in circular.rules:
        for key in ("excepts", "beside", "conflicts_with"):
            where = f"`{key}` of `{rule.id}`"
            yield from _lead(circular, getattr(rule, key), ids - {rule.id}, where, rule.line)
        if isinstance(rule.then, Quota):
            where = f"`counts_also` of `{rule.id}`"
            yield from _lead(circular, rule.then.counts_also, ids - {rule.id}, where, rule.line)


def _silences_lead_to_rules(circular: Circular) -> Iterator[LoaderError]:
    ids = {rule.id for rule in circular.rules}
    for silence in circular.not_stated:
        yield from _lead(circular, silence.rules, ids, f"`rules` of `{silence.note.id}`", silence.line)


def _lead(
    circular: Circular, names: Sequence[str], ids: set[str], where: str, line: int
) -> Iterator[LoaderError]:
    for name in names:
        if name not in ids:
            known = ", ".join(sorted(ids)) or "none"
            sentence = f"{where} names `{name}`, which is not another rule here; the others are {known}."
            yield _wrong(circular, line, sentence)


def _cases_lead_somewhere(circular: Circular) -> Iterator[LoaderError]:
    silences = {silence.note.id for silence in circular.not_stated}
    paragraphs: set[str | None] = {rule.paragraph for rule in circular.rules}
    paragraphs |= {judgement.paragraph for judgement in circular.not_automated}
    paragraphs |= {circular.asks_paragraph}
    shifts = {
        shift.name for rule in circular.rules if isinstance(rule.then, Shifts) for shift in rule.then.shifts
    }
    for case in circular.cases:
        if case.shift is not None and case.shift not in shifts and not case.beside:
            sentence = f"The case `{case.name}` names shift {case.shift}, which no rule here sets."
            yield _wrong(circular, case.line, sentence)
        for name in case.not_stated:
            if name not in silences and not case.beside:
                sentence = f"The case `{case.name}` names `{name}`, which is not an id under `not_stated`."
                yield _wrong(circular, case.line, sentence)
        for paragraph in case.because:
            if paragraph not in paragraphs and not case.beside:
                sentence = f"The case `{case.name}` cites paragraph {paragraph}, which no rule here has."
                yield _wrong(circular, case.line, sentence)


def _unit_cases_lead_to_quotas(circular: Circular) -> Iterator[LoaderError]:
    rules = {rule.id: rule for rule in circular.rules}
    for case in circular.unit_cases:
        rule = rules.get(case.rule)
        if rule is None:
            sentence = f"The unit case `{case.name}` names `{case.rule}`, which is not a rule here."
            yield _wrong(circular, case.line, sentence)
        elif not isinstance(rule.then, Quota) or rule.then.per is Per.PERSON:
            sentence = (
                f"The unit case `{case.name}` names `{case.rule}`, which sets no quota of a unit's people."
            )
            yield _wrong(circular, case.line, sentence)


def _cases_stand_beside_circulars(circular: Circular, known: Mapping[str, Circular]) -> Iterator[LoaderError]:
    for case in circular.cases:
        for id in case.beside:
            if id == circular.id or id not in known:
                sentence = (
                    f"The case `{case.name}` stands beside `{id}`, but no other circular's file in this folder, "
                    "and none that comes with Piket, is called so and can be read."
                )
                yield _wrong(circular, case.line, sentence)


def _rules_can_meet_somebody(circular: Circular) -> Iterator[LoaderError]:
    for rule in circular.rules:
        if rule.during is not None and not _touch(rule.during, circular.in_force):
            yield _wrong(
                circular, rule.line, f"`during` of `{rule.id}` lies wholly outside the circular's `in_force`."
            )
        elif not can_meet([rule], also=[*circular.binds, *circular.lasts_while], within=[circular.in_force]):
            sentence = (
                f"`{rule.id}` can never meet anybody: its `when`, `unless`, `during` and the circular's "
            )
            yield _wrong(circular, rule.line, sentence + "`binds` and `in_force` leave nobody and no day.")


def _touch(first: Period, second: Period) -> bool:
    starts = [period.start for period in (first, second) if period.start]
    ends = [period.until for period in (first, second) if period.until]
    return not starts or not ends or max(starts) <= min(ends)


def _silences_can_be_met(circular: Circular) -> Iterator[LoaderError]:
    """An undecided answer without a condition would silence the whole circular."""
    for silence in circular.not_stated:
        if silence.leaves_undecided and not silence.when and not silence.rules:
            sentence = f"`{silence.note.id}` leaves everybody undecided; say `when` it applies."
            yield _wrong(circular, silence.line, sentence)


def _conflicts_are_read(circular: Circular) -> Iterator[LoaderError]:
    for rule in circular.rules:
        for other in rule.conflicts_with:
            if not any({rule.id, other} <= set(silence.rules) for silence in circular.not_stated):
                sentence = (
                    f"`{rule.id}` conflicts with `{other}`, but no `rules` under `not_stated` names both."
                )
                yield _wrong(circular, rule.line, sentence)


def _what_is_not_stated_is_read(circular: Circular) -> Iterator[LoaderError]:
    for rule in circular.rules:
        left_open = [
            key for key in ("per", "counted", "modality") if getattr(rule.then, key, None) == NOT_STATED
        ]
        if left_open and not any(rule.id in silence.rules for silence in circular.not_stated):
            what = " and ".join(f"`{key}`" for key in left_open)
            sentence = (
                f"`{rule.id}` leaves {what} not stated, so an entry under `not_stated` must name it in `rules` "
                "and say how it is read."
            )
            yield _wrong(circular, rule.line, sentence)
