"""The self-assessment of KMK HK.01.07/MENKES/328/2020, and what follows from it for the office door.

Only yes or no is asked: the instrument needs no medical detail, and so none is taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from policy.reasons import Citation

KMK_328 = "HK.01.07/MENKES/328/2020"


class HealthMode(StrEnum):
    """How an agency lets its people report health; OFF until it has recorded its legal basis."""

    KMK328 = "kmk328"
    FIT_UNFIT = "fit/unfit"
    OFF = "off"


class Risk(StrEnum):
    KECIL = "kecil"
    SEDANG = "sedang"
    BESAR = "besar"


@dataclass(frozen=True, slots=True)
class Question:
    """One of the six questions about the last 14 days; `key` names its text in the templates."""

    number: int
    key: str
    weight: int


QUESTIONS = (
    Question(1, "public_places", 1),
    Question(2, "public_transport", 1),
    Question(3, "travel", 1),
    Question(4, "gatherings", 1),
    Question(5, "close_contact", 5),
    Question(6, "symptoms", 5),
)
WEIGHTS = {question.number: question.weight for question in QUESTIONS}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a report comes to. `risk` and `score` exist in mode kmk328 only."""

    mode: HealthMode
    may_enter_office: bool
    risk: Risk | None = None
    score: int | None = None

    @property
    def code(self) -> str:
        """The word kept with a health gate: `kmk328:besar`, `fit`, `unfit`."""
        if self.risk is not None:
            return f"{self.mode}:{self.risk}"
        return "fit" if self.may_enter_office else "unfit"


def assess(answers: Iterable[int]) -> Assessment:
    """The risk by KMK 328 from the numbers of the questions answered yes: 0 kecil, 1 to 4 sedang, 5 up besar.

    Raises ValueError for a number that is not a question.
    """
    yes = frozenset(answers)
    strange = yes - WEIGHTS.keys()
    if strange:
        raise ValueError(f"There is no question {min(strange)}: the assessment has questions 1 to 6.")
    score = sum(WEIGHTS[number] for number in yes)
    risk = Risk.KECIL if score == 0 else Risk.SEDANG if score < 5 else Risk.BESAR
    return Assessment(HealthMode.KMK328, may_enter_office=risk is not Risk.BESAR, risk=risk, score=score)


def declare(*, is_fit: bool) -> Assessment:
    """The report in mode fit/unfit: one answer, no score."""
    return Assessment(HealthMode.FIT_UNFIT, may_enter_office=is_fit)


HIGH_RISK = f"{HealthMode.KMK328}:{Risk.BESAR}"  # the code of the gate that a health case shuts


def citation_for(code: str) -> Citation | None:
    """What the instrument says about the risk in a gate's code; None where no circular speaks (fit/unfit)."""
    if code != HIGH_RISK:
        return None
    return Citation(
        circular=KMK_328,
        issuer="Menteri Kesehatan",
        form="Keputusan",
        paragraph="Instrumen Self Assessment Risiko COVID-19",
        rule="risk-high-stays-out",
        says="Risiko besar: belum boleh masuk kantor; perlu ditelusuri dan diperiksa lebih dulu.",
    )
