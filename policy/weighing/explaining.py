"""From what holds to the reasons that say it, each with the paragraph it stands in and who may read it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policy import conditions
from policy.model import (
    Arrangement,
    Ask,
    Audience,
    Circular,
    Citation,
    Facts,
    Modality,
    Outcome,
    Quota,
    Reason,
    Rule,
    Silence,
    Step,
)
from policy.weighing.applying import Reading
from policy.weighing.changing import Lift
from policy.weighing.circumstances import shown_beside
from policy.weighing.precedence import Held, Outweighed
from policy.weighing.prepared import prepared
from policy.weighing.standing import Stand
from policy.words import EVERYONE

Said = tuple[tuple[Reason, ...], Ask]
_KEPT = 4096
_said: dict[tuple[object, ...], tuple[Stand, Said]] = {}


def reasons(held: Stand, facts: Facts) -> Said:
    """Every reason of the circulars, and whom to ask if nothing else settles the day.

    It is said once for all who stand there and of whom the citations name the same: a unit's people read the same
    words. The stand is kept too, so that its identity stays its own.
    """
    told = (
        id(held),
        facts.turn is None,
        held.lacks and (facts.unit_name, facts.unit_code),
        *shown_beside(facts),
    )
    kept = _said.get(told)
    if kept is None:
        if len(_said) >= _KEPT:
            _said.clear()
        kept = _said[told] = (held, _say(held, facts))
    return kept[1]


def _say(held: Stand, facts: Facts) -> Said:
    speaking = held.speaking
    if not speaking:
        gap = Reason("no_circular", Step.CIRCULAR, {"on": facts.on.isoformat()})
        return (gap, *(each.out for each in held.readings if each.out is not None)), Ask.HEAD
    claims = _claims(held, facts)
    found = [_conflict(claims)] if claims and claims is not held.settling else []
    for reading in sorted(speaking, key=lambda each: not each.settling):  # what settles is read first
        found += _of_reading(reading, claims, held, facts)
    found += [_outranked(each, facts) for each in held.outweighed]
    found += [_refused(change, target, facts) for change, target in held.changes.refused]
    return tuple(found), _whom_to_ask(held, speaking)


def _claims(held: Stand, facts: Facts) -> tuple[Held, ...]:
    """What is cited first: what settles the day, or what contradicts each other and leaves it open."""
    if held.conflict:
        return held.conflict
    is_open = held.arrangement is None and not held.quotas and facts.turn is None
    return held.left_open if is_open and held.left_open else held.settling


def _of_reading(reading: Reading, claims: tuple[Held, ...], held: Stand, facts: Facts) -> Iterator[Reason]:
    circular = reading.circular
    is_settled = held.arrangement not in (None, Arrangement.UNDECIDED)
    for each in claims:
        if each.circular is circular:
            yield cited("rule", circular, each.rule, facts)
    for each in _beside(reading, held, facts):
        yield cited("beside", each.circular, each.rule, facts)
    for each in held.quotas:
        if each.circular is circular and each not in claims:
            yield cited("beside" if is_settled else "quota", circular, each.rule, facts)
    for rule in reading.preferences:
        yield cited(_key_of(rule), circular, rule, facts)
    for rule, audience in reading.set_aside:
        yield cited("set_aside", circular, rule, facts, audience=audience)
    for rule, lift in reading.lifted:
        yield _replaced(circular, rule, lift, facts)
    if reading.is_asked:
        yield _only_asked(circular)
    yield from _left_open(reading, held, facts)


def _beside(reading: Reading, held: Stand, facts: Facts) -> Iterator[Held]:
    """The rules beside those that decide; and the extension without which the circular would have ended."""
    for rule in reading.beside:
        yield Held(reading.circular, rule)
    added = held.changes.goes_on.get(reading.circular.id)
    if added is not None and not reading.circular.in_force.covers(facts.on):
        _, by = added
        if not any(by.rule in each.beside for each in held.readings if each.circular is by.circular):
            yield by


def _only_asked(circular: Circular) -> Reason:
    reason = _plain("only_asked", prepared(circular).circle, circular=circular.number)
    if circular.asks_paragraph is None:
        return reason
    where = Citation(circular.number, circular.asks_paragraph, "asks", "", circular.issuer, circular.form)
    return replace(reason, citation=where)


def _key_of(preference: Rule) -> str:
    is_unsaid = getattr(preference.then, "modality", None) is Modality.NOT_STATED
    return "force_not_stated" if is_unsaid else "permitted"


def _left_open(reading: Reading, held: Stand, facts: Facts) -> Iterator[Reason]:
    """What the circular does not settle; a silence is only of interest while nobody else speaks."""
    circular = reading.circular
    if reading.gap is not None:
        yield _not_stated(circular, reading.gap)
    if held.arrangement is Arrangement.UNDECIDED:
        for missing in reading.missing:
            params = {
                "circular": circular.number,
                "fact": missing.fact,
                "where": _where(missing.fact, facts),
            }
            yield Reason("fact_missing", Step.CIRCULAR, params, audience=missing.audience)
    if held.arrangement is not None or held.quotas:
        return
    for each in reading.judgements:
        yield _judgement(circular, each.id, facts)
    if reading.is_silent and not (reading.judgements or reading.lifted or held.preferences):
        yield _plain("no_rule", prepared(circular).circle, circular=circular.number)


def cited(
    key: str,
    circular: Circular,
    rule: Rule,
    facts: Facts,
    *,
    step: Step = Step.CIRCULAR,
    audience: frozenset[Audience] | None = None,
    **params: str,
) -> Reason:
    """A reason that rests on a rule: who may not know that the rule meets the person does not read it."""
    readers = prepared(circular).readers[rule.id] if audience is None else audience
    return Reason(key, step, params, cite(circular, rule, facts), readers)


def cite(circular: Circular, rule: Rule, facts: Facts) -> Citation:
    """Where the rule stands and what it says, with the facts that it looked at."""
    return Citation(
        circular=circular.number,
        paragraph=rule.paragraph,
        rule=rule.id,
        says=rule.says,
        issuer=circular.issuer,
        form=circular.form,
        facts=conditions.facts_used(rule.when, facts),
    )


def _conflict(claims: Iterable[Held]) -> Reason:
    return _plain("conflict", arrangements=", ".join(sorted(_places(claims))))


def _places(claims: Iterable[Held]) -> set[Arrangement]:
    """The places that the claims name; a quota stands for the places that it speaks of."""
    places: set[Arrangement] = set()
    for claim in claims:
        effect = claim.rule.then
        if isinstance(effect, Quota):
            places |= effect.of
        elif isinstance(effect, Outcome):
            places.add(effect.arrangement)
    return places


def _outranked(each: Outweighed, facts: Facts) -> Reason:
    winner = each.by.circular
    readers = (
        prepared(winner).readers[each.by.rule.id] & prepared(each.held.circular).readers[each.held.rule.id]
    )
    return cited(
        "outranked",
        each.held.circular,
        each.held.rule,
        facts,
        audience=readers,
        by=winner.number,
        because=each.because.value,
    )


def _refused(change: Held, target: Circular, facts: Facts) -> Reason:
    return cited("outranked", change.circular, change.rule, facts, by=target.number, because="rank")


def _replaced(circular: Circular, rule: Rule, lift: Lift, facts: Facts) -> Reason:
    by = lift.by
    readers = prepared(circular).readers[rule.id] & prepared(by.circular).readers[by.rule.id]
    return cited(
        "replaced",
        circular,
        rule,
        facts,
        audience=readers,
        by=by.circular.number,
        paragraph=by.rule.paragraph,
    )


def _not_stated(circular: Circular, silence: Silence) -> Reason:
    note = silence.note
    params = {"circular": circular.number, "id": note.id, "about": note.about}
    return Reason("not_stated", Step.CIRCULAR, params, audience=prepared(circular).notes[note.id].audience)


def _judgement(circular: Circular, name: str, facts: Facts) -> Reason:
    each = next(judgement for judgement in circular.not_automated if judgement.id == name)
    citation = Citation(
        circular=circular.number,
        paragraph=each.paragraph,
        rule=each.id,
        says=each.says,
        issuer=circular.issuer,
        form=circular.form,
        facts=conditions.facts_used(each.when, facts),
    )
    params = {"id": each.id, "who": each.who.value}
    readers = prepared(circular).circle & conditions.readers(each.when)
    return Reason("judgement", Step.CIRCULAR, params, citation, readers)


def _whom_to_ask(held: Stand, speaking: Iterable[Reading]) -> Ask:
    if held.arrangement is Arrangement.UNDECIDED:
        return next(_answering(held, speaking), Ask.ADMIN)
    if held.quotas:
        return Ask.HEAD
    gap = next((reading.gap for reading in speaking if reading.gap is not None), None)
    if gap is not None:
        return gap.note.ask
    if held.preferences or any(reading.judgements for reading in speaking):
        return Ask.HEAD
    return next((ask for reading in speaking for ask in _named_by_a_note(reading)), Ask.ADMIN)


def _answering(held: Stand, speaking: Iterable[Reading]) -> Iterator[Ask]:
    """Whom the note on a contradiction inside one circular names."""
    for reading in speaking:
        against = {each.rule.id for each in held.conflict if each.circular is reading.circular}
        for silence in reading.silences:
            if len(against.intersection(silence.rules)) > 1:
                yield silence.note.ask


def _named_by_a_note(reading: Reading) -> Iterator[Ask]:
    """Whom the notes on such a person name; one on the whole circular is not about their place."""
    yield from (each.note.ask for each in reading.silences if each.when)
    yield from (each.note.ask for each in reading.silences if each.rules)


def _where(name: str, facts: Facts) -> str:
    if conditions.KEYS[name].regional is not None:
        return facts.region_name or facts.region_code or facts.unit_name
    return facts.unit_name or facts.unit_code


def _plain(key: str, audience: frozenset[Audience] = EVERYONE, **params: str) -> Reason:
    return Reason(key, Step.CIRCULAR, params, audience=audience)
