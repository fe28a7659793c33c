"""Random circulars, people and events, for whoever wants to know what always holds.

Whatever of a circular rests on a private condition says "rahasia": nobody but its readers may ever find that word.
"""

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from policy import conditions
from policy.keys import KEYS
from policy.model import (
    Absence,
    AbsenceKind,
    Addressee,
    Amount,
    Arrangement,
    Ask,
    CalendarDay,
    Change,
    ChangeKind,
    Circular,
    Condition,
    Counted,
    DayKind,
    Employment,
    Extension,
    Fact,
    Facts,
    Function,
    HealthGate,
    JobLevel,
    Lasts,
    Modality,
    Outcome,
    Override,
    Part,
    Per,
    Period,
    Quota,
    Rank,
    Rounding,
    Rule,
    Sector,
    Trait,
    Turn,
    Zone,
)
from policy.words import EVERYONE
from tests.policy.made import circular, duty, judgement, rule, silence
from tests.policy.people import HOURS, MONDAY, MORNING, ana

PLACES = (Arrangement.WFO, Arrangement.WFH, Arrangement.WFA)
_NUMBERS = ("satu", "dua", "tiga")
_DAYS = st.sampled_from([date(2020, 6, day) for day in (8, 9, 10, 11, 12, 15, 16, 17, 18, 19)])
_BORN = st.sampled_from([date(year, 6, 15) for year in (1965, 1969, 1970, 1990, 1999)])
_VALUES = {
    "zone": tuple(Zone),
    "ppkm_level": ("1", "2", "3", "4"),
    "psbb": ("ya", "tidak"),
    "urgent": ("ya", "tidak"),
    "cluster": ("ya",),
    "sector": tuple(Sector),
    "function": tuple(Function),
    "job_level": tuple(JobLevel),
    "employment": tuple(Employment),
    "age": ("di atas 50", "maksimal 50", "minimal 30"),
    "trait": tuple(Trait),
    "weekday": conditions.WEEKDAYS[:5],
}


_dice = random.Random(1)


def _conditions(at_most: int) -> tuple[Condition, ...]:
    names = set(_dice.choices([*_VALUES, *["trait"] * 6], k=_dice.randint(1, at_most)))
    return tuple(
        Condition(name, frozenset(_dice.choices(_VALUES[name], k=_dice.randint(1, 6))))
        for name in sorted(names)
    )


def _quota() -> Quota:
    shares = [Fraction(0), Fraction(1, 5), Fraction(1, 4), Fraction(1, 2), Fraction(1)]
    amounts = [*(Amount(share=each) for each in shares), *(Amount(number=each) for each in (0, 2, 6))]
    most, least = _dice.choice([*amounts, None]), _dice.choice(amounts)
    counted = _dice.choice(list(Counted))
    return Quota(
        of=frozenset(_dice.choice([PLACES[:1], PLACES[1:]])),
        at_most=most,
        at_least=_dice.choice([None, most]) if most else least,
        per=Per.PERSON if counted is Counted.WEEK else _dice.choice([Per.UNIT, Per.OFFICE]),
        counted=counted,
        rounding=_dice.choice(list(Rounding)),
        modality=_dice.choice([Modality.WAJIB, Modality.DAPAT]),
        outside=_dice.choice([(), _conditions(1)]),
    )


NOTHING: tuple[Condition, ...] = ()
some_condition = st.sampled_from([_conditions(1) for _ in range(150)])
one_condition = st.just(NOTHING) | some_condition
few_conditions = st.sampled_from(
    [*[NOTHING] * 100, *(_conditions(1) for _ in range(120)), *(_conditions(2) for _ in range(40))]
)
quotas = st.sampled_from([_quota() for _ in range(100)])
outcomes = st.builds(Outcome, st.sampled_from(PLACES), st.sampled_from([Modality.WAJIB] * 4 + list(Modality)))
_others = st.sampled_from(_NUMBERS)
effects = (
    outcomes
    | outcomes
    | outcomes
    | outcomes
    | quotas
    | st.builds(
        Change,
        st.sampled_from(ChangeKind),
        _others,
        st.sampled_from([(), ("p0",), ("p1",), ("p0", "rahasia")]),
    )
    | st.builds(Extension, _others, st.just(date(2020, 6, 1)), st.none() | _DAYS)
)


_drawn_rules = st.tuples(
    few_conditions,
    effects,
    st.one_of(st.just(NOTHING), st.just(NOTHING), st.just(NOTHING), one_condition),
    st.sampled_from([*[None] * 7, Lasts(5, "cluster")]),
    st.sampled_from([*[None] * 5, Period(MONDAY, None)]),
    st.booleans(),
)


@st.composite
def rules(draw: st.DrawFn, place: int) -> Rule:
    """The rule of this place in its circular; it may except the one before it."""
    when, then, unless, lasts, during, is_exception = draw(_drawn_rules)
    name = _named(f"p{place}", when)
    return rule(
        f"{name}-{place}",
        then,
        paragraph=name,
        says=f"{name} {place}",
        when=when,
        unless=unless,
        lasts=lasts,
        during=during,
        excepts=(str(place - 1),) if is_exception and place else (),
    )


def _named(name: str, when: tuple[Condition, ...]) -> str:
    return name if conditions.readers(when) == EVERYONE else "rahasia"


_RULES = [rules(place) for place in range(3)]
_drawn_circulars = st.tuples(
    st.integers(1, 3),
    st.sampled_from(Rank),
    st.none() | _DAYS,
    st.sampled_from([*[None] * 7, MONDAY]),
    st.lists(st.tuples(one_condition, st.sampled_from(Addressee)), max_size=2),
    st.lists(
        st.tuples(some_condition, st.sampled_from([True, False, False]), st.sampled_from(Ask)), max_size=1
    ),
    st.lists(one_condition, max_size=1),
)


@st.composite
def circulars(draw: st.DrawFn, number: str) -> Circular:
    count, rank, signed, start, tasks, gaps, judged = draw(_drawn_circulars)
    drawn = [draw(each) for each in _RULES[:count]]
    return circular(
        number,
        *(replace(each, excepts=tuple(drawn[int(name)].id for name in each.excepts)) for each in drawn),
        rank=rank,
        signed=signed,
        in_force=Period(start, None),
        duties=tuple(duty(_named("tugas", when), who=who, when=when) for when, who in tasks),
        not_stated=tuple(
            silence(_named("celah", when), is_open=is_open, ask=ask, when=when) for when, is_open, ask in gaps
        ),
        not_automated=tuple(judgement(_named("nilai", when), when=when) for when in judged),
    )


_BOOKS = [st.tuples(*(circulars(number) for number in _NUMBERS[:count])) for count in range(4)]
_NONE: st.SearchStrategy[None] = st.none()
_AGO = st.none() | st.integers(0, 8)
_REGION, _UNIT = ("zone", "ppkm_level", "psbb"), ("urgent", "cluster", "sector", "function")


def _known(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, tuple[str, int | None] | None]]:
    """Of each fact its value and how many days ago it began, or that nobody has recorded it."""
    values = {name: st.sampled_from(tuple(map(str, KEYS[name].words or ()))) for name in names}
    return st.fixed_dictionaries(
        {name: st.one_of(_NONE, *[st.tuples(each, _AGO)] * 4) for name, each in values.items()}
    )


_drawn_people = st.tuples(
    _DAYS,
    st.one_of(*_BOOKS, *_BOOKS[1:], *_BOOKS[2:], *_BOOKS[2:], *_BOOKS[2:]),
    _known(_REGION),
    _known(_UNIT),
    st.sampled_from([None, *JobLevel, *JobLevel]),
    st.sampled_from([None, *Employment, *Employment]),
    st.none() | _BORN,
    st.lists(st.sampled_from(Trait), max_size=6),
    st.booleans(),
)


@st.composite
def people(draw: st.DrawFn) -> Facts:
    """A person on a working day under up to three circulars, with whatever may be recorded of them."""
    day, book, region, unit, level, employment, born, traits, leads = draw(_drawn_people)
    return replace(
        ana(),
        on=day,
        day=CalendarDay(day, DayKind.WORKING, hours=HOURS),
        circulars=book,
        region_facts=_dated(region, day),
        unit_facts=_dated(unit, day),
        job_level=level,
        employment=employment,
        born=born,
        traits={trait.value: day - timedelta(days=2) for trait in traits},
        leads_unit=leads,
    )


def _dated(known: dict[str, tuple[str, int | None] | None], day: date) -> dict[str, Fact]:
    return {
        name: Fact(said[0], since=None if said[1] is None else day - timedelta(days=said[1]))
        for name, said in known.items()
        if said is not None
    }


turns = st.builds(
    Turn,
    arrangement=st.sampled_from(PLACES),
    rota=st.just("J-1"),
    published_at=st.just(MORNING),
    shift=st.none() | st.just("1"),
    is_swapped=st.booleans(),
)
_letters = st.builds(
    Override,
    arrangement=st.sampled_from(PLACES),
    letter=st.just("800/7"),
    by=st.just("Boris"),
    since=st.just(date(2020, 6, 1)),
    until=st.none() | st.just(date(2020, 12, 31)),
)
_absences = st.builds(
    Absence,
    st.sampled_from(AbsenceKind),
    st.just(date(2020, 6, 1)),
    st.none(),
    st.none() | st.sampled_from(Part),
)
_gates = st.just(HealthGate(date(2020, 6, 1), None, "unfit"))
_events = st.fixed_dictionaries(
    {
        "turn": _NONE | turns,
        "override": st.one_of(_NONE, _NONE, _letters),
        "absence": st.one_of(_NONE, _NONE, _NONE, _absences),
        "health_gate": st.one_of(_NONE, _NONE, _gates),
    }
)


def days() -> st.SearchStrategy[Facts]:
    """Random circulars, a person and whatever happened to them: a turn, a letter, an absence, a health gate."""
    return st.builds(lambda facts, event: replace(facts, **event), people(), _events)
