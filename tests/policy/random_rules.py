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
    names = _dice.sample(sorted(_VALUES), _dice.randint(1, at_most))
    return tuple(
        Condition(name, frozenset(_dice.choices(_VALUES[name], k=_dice.randint(1, 3)))) for name in names
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
one_condition = st.sampled_from([NOTHING, *(_conditions(1) for _ in range(150))])
few_conditions = st.sampled_from([NOTHING] * 30 + [_conditions(2) for _ in range(300)])
quotas = st.sampled_from([_quota() for _ in range(100)])
outcomes = st.builds(Outcome, st.sampled_from(PLACES), st.sampled_from([Modality.WAJIB] * 4 + list(Modality)))
_others = st.sampled_from(_NUMBERS)
effects = (
    outcomes
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


@st.composite
def rules(draw: st.DrawFn, place: int) -> Rule:
    """The rule of this place in its circular; it may except any before it."""
    when = draw(few_conditions)
    name = _named(f"p{place}", when)
    lasts = draw(st.sampled_from([None, None, None, Lasts(5, "cluster")]))
    return rule(
        name + f"-{place}",
        draw(effects),
        paragraph="rahasia" if name.startswith("rahasia") else name,
        says=f"{name} {place}",
        when=when,
        unless=draw(st.just(()) | one_condition),
        lasts=lasts,
        during=draw(st.none() | st.just(Period(MONDAY, None))),
    )


def _named(name: str, when: tuple[Condition, ...]) -> str:
    return name if conditions.readers(when) == EVERYONE else "rahasia"


@st.composite
def circulars(draw: st.DrawFn, number: str) -> Circular:
    drawn = [draw(rules(place)) for place in range(draw(st.integers(1, 3)))]
    law = []
    for place, each in enumerate(drawn):
        before = [other.id for other in drawn[:place]]
        excepts = draw(st.lists(st.sampled_from(before), unique=True)) if before else []
        law.append(replace(each, excepts=tuple(excepts)))
    gaps = [draw(one_condition) for _ in range(draw(st.integers(0, 1)))]
    tasks = [draw(one_condition) for _ in range(draw(st.integers(0, 2)))]
    return circular(
        number,
        *law,
        rank=draw(st.sampled_from(Rank)),
        signed=draw(st.none() | _DAYS),
        in_force=Period(draw(st.none() | _DAYS), None),
        duties=tuple(
            duty(_named("tugas", when), who=draw(st.sampled_from(Addressee)), when=when) for when in tasks
        ),
        not_stated=tuple(
            silence(
                _named("celah", when), is_open=draw(st.booleans()), ask=draw(st.sampled_from(Ask)), when=when
            )
            for when in gaps
        ),
        not_automated=tuple(
            judgement(_named("nilai", when), when=when) for when in draw(st.lists(one_condition, max_size=1))
        ),
    )


@st.composite
def books(draw: st.DrawFn) -> tuple[Circular, ...]:
    """Up to three circulars that may change and extend each other."""
    return tuple(draw(circulars(number)) for number in _NUMBERS[: draw(st.integers(0, 3))])


@st.composite
def people(draw: st.DrawFn) -> Facts:
    """A person on a working day under random circulars, with whatever may be recorded of them and their place."""
    day = draw(_DAYS)
    dated = st.builds(lambda days: day - timedelta(days=days), st.integers(0, 8))
    region = {name: draw(st.none() | _facts(name, dated)) for name in ("zone", "ppkm_level", "psbb")}
    unit = {
        name: draw(st.none() | _facts(name, dated)) for name in ("urgent", "cluster", "sector", "function")
    }
    return replace(
        ana(),
        on=day,
        day=CalendarDay(day, DayKind.WORKING, hours=HOURS),
        circulars=draw(books()),
        region_facts={name: fact for name, fact in region.items() if fact is not None},
        unit_facts={name: fact for name, fact in unit.items() if fact is not None},
        job_level=draw(st.none() | st.sampled_from(JobLevel)),
        employment=draw(st.none() | st.sampled_from(Employment)),
        born=draw(st.none() | _BORN),
        traits={trait.value: draw(dated) for trait in draw(st.lists(st.sampled_from(Trait), max_size=3))},
        leads_unit=draw(st.booleans()),
    )


def _facts(name: str, dated: st.SearchStrategy[date]) -> st.SearchStrategy[Fact]:
    return st.builds(Fact, st.sampled_from(KEYS[name].words or ("ya",)), st.none() | dated)


def turns() -> st.SearchStrategy[Turn]:
    return st.builds(
        Turn,
        arrangement=st.sampled_from(PLACES),
        rota=st.just("J-1"),
        published_at=st.just(MORNING),
        shift=st.none() | st.just("1"),
        is_swapped=st.booleans(),
    )


@st.composite
def events(draw: st.DrawFn, facts: Facts) -> Facts:
    """The same person, with a turn, a letter, an absence and a health gate, or without."""
    since = facts.on - timedelta(days=1)
    letters = st.builds(
        Override,
        arrangement=st.sampled_from(PLACES),
        letter=st.just("800/7"),
        by=st.just("Boris"),
        since=st.just(since),
        until=st.none() | st.just(facts.on),
    )
    absences = st.builds(
        Absence, st.sampled_from(AbsenceKind), st.just(since), st.none(), st.none() | st.sampled_from(Part)
    )
    return replace(
        facts,
        turn=draw(st.none() | turns()),
        override=draw(st.none() | st.none() | letters),
        absence=draw(st.none() | st.none() | st.none() | absences),
        health_gate=draw(
            st.none() | st.none() | st.builds(HealthGate, st.just(since), st.none(), st.just("unfit"))
        ),
    )


@st.composite
def days(draw: st.DrawFn) -> Facts:
    """Random circulars, a person and whatever happened to them."""
    return draw(events(draw(people())))
