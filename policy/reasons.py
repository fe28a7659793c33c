"""Why a verdict is what it is: reasons, citations, open questions, duties."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from policy.rules import Condition, Lasts
from policy.words import EVERYONE, Addressee, Arrangement, Ask, Audience, Obligation, Step

# Every fixed reason and the parameters its text may use (dates are ISO text).
# A text exists for each key, elsewhere.
REASONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "weekend": (),
        "holiday": ("name",),
        "joint_leave": ("name",),
        "absence": ("kind", "since", "until"),  # until may be missing
        "absent": ("until",),  # the absence without its kind; until may be missing
        "half_absence": ("kind", "part"),  # away for half of that day; the rest is as the circulars say
        "half_absent": ("part",),
        "rule": (),  # carries a citation, as the next three do
        "beside": (),  # a rule that stands beside the one that decides
        "set_aside": (),  # a rule that an exception replaces
        "permitted": (),  # a rule that allows or prefers, but does not decide
        "force_not_stated": (),  # a rule of which the text does not say whether it orders or allows
        "no_circular": ("on",),
        "not_yet_in_force": ("circular", "start"),
        "no_longer_in_force": ("circular", "until"),
        "not_bound": ("circular",),
        "no_rule": ("circular",),
        "not_stated": ("circular", "id", "about"),
        "fact_missing": ("circular", "fact", "where"),
        "conflict": ("arrangements",),  # such as "WFH, WFO"
        "only_asked": (
            "circular",
        ),  # the circular asks them, and does not bind them; a citation if it says where
        "status_ended": ("circular", "fact", "value"),  # it was in force only while that status lasted
        "replaced": (
            "by",
            "paragraph",
        ),  # carries the citation that gives way to another circular's paragraph
        "outranked": ("by", "because"),  # carries what gives way; because: rank, newer or specific
        "quota": (),  # carries a citation; who of the unit it is, the rota says
        "no_turn": (),  # no rota is published for that day
        "turn": ("rota", "published_at", "shift"),  # shift may be missing
        "swapped": ("rota",),
        "shift": (),  # carries the citation that sets the shift's hours
        "no_shift": (),  # carries the citation of the shifts, into which no rota has divided them yet
        "office_by_default": (),  # carries a quota of days elsewhere, none of which is planned for this day
        "turn_departs": (),  # carries the citation that wins over the rota
        "judgement": ("id", "who"),  # carries a citation: only a person can decide it
        "override": ("letter", "by", "since", "until"),  # until may be missing
        "override_departs": (),  # carries the citation from which the head's letter departs
        "considered": ("considerations",),
        "health_barred": ("code", "since", "until"),  # until may be missing
        "barred_from_office": ("until",),  # until may be missing
        "private": (),  # "ketentuan pribadi"
    }
)


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A fact that a rule looked at: `zone` of `Bandar Lampung` is `hijau` since 2 June."""

    name: str
    value: str
    where: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a reason stands in the law, and what is said there in our words."""

    circular: str  # the number as printed
    paragraph: str
    rule: str
    says: str
    issuer: str = ""
    form: str = ""  # what kind of text it is: SE, Keputusan, Perpres
    facts: tuple[FactUsed, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a key of REASONS with its parameters, a citation if it has one, and its readers."""

    key: str
    step: Step
    params: Mapping[str, str] = field(default_factory=dict)
    citation: Citation | None = None
    audience: frozenset[Audience] = EVERYONE


@dataclass(frozen=True, slots=True)
class NotStated:
    """Something the circular leaves open. `reading` is how we read it, or None where we do not guess."""

    circular: str
    id: str
    about: str
    reading: str | None
    ask: Ask
    audience: frozenset[Audience] = EVERYONE


@dataclass(frozen=True, slots=True)
class Duty:
    """What a circular asks of people who work under the arrangements named."""

    circular: str
    paragraph: str
    id: str
    says: str
    arrangements: frozenset[Arrangement]
    obligation: Obligation | None = None
    who: Addressee = Addressee.EMPLOYEE
    when: tuple[Condition, ...] = ()  # empty in a verdict: there it holds
    lasts: Lasts | None = None  # the same
    audience: frozenset[Audience] = EVERYONE
