"""Whatever a digest says has words in every language and markup; an ordinary one fits under its picture."""

from dataclasses import replace

import pytest

from bot.cutting import units
from bot.dress import DRESSES
from bot.templating import LOCALES, Templates
from policy import digest_card
from policy.deadlines import Owed
from policy.figures import Barred, Broken, Changes, Figures, Kind, Missing, NewAbsence, Outcome, Seats, Tally
from policy.figures_added import rolled_up
from scheduler.digesting.telling import quiet
from tests.bot.documents.test_digest_picture import MORNING
from tests.bot.messages import MANNERS

TEMPLATES = Templates()
CAPTION = 1024
ZONE = "Asia/Jakarta"
FULL = replace(
    MORNING,
    missing=tuple(
        Missing(person_id=f"p{n}", name=name, kinds=("health", "plan"), count=2)
        for n, name in enumerate(("Ana <Lestari>", "Boris *Siregar*", "Clara Wijaya"))
    ),
    barred=(Barred("Dewi Anggraini", "2020-06-28"), Barred("Fitri", None)),
    changes=Changes(
        absences=(NewAbsence("Gita Maharani", "permission", "2020-06-15", "2020-06-16"),),
        streaks=(Broken("Ana <Lestari>", 12),),
        seats=(
            Seats(unit=MORNING.units[0], on="2020-06-16", inside=14, cap=12),
            Seats(unit="UPTD", on="2020-06-23", inside=1, floor=2),
        ),
        outages=(("2020-06-15T00:40:00+00:00", "2020-06-15T01:10:00+00:00"),),
        forgiven=3,
    ),
    waiting=5,
)
WITH_BELOW = replace(FULL, below=rolled_up([replace(FULL, units=("Bidang <A>",))], pending=1, headless=1))


def _said(figures: Figures, kind: Kind, *, locale: str, markup: str) -> str:
    card = digest_card.card(replace(figures, kind=kind), timezone=ZONE, head_id="p1")
    return TEMPLATES.word(f"digest/{kind}", card, locale=locale, markup=markup)


@pytest.mark.parametrize("kind", Kind)
def test_it_can_be_worded_and_an_ordinary_one_fits_under_its_picture(kind: Kind) -> None:
    for locale, markup in MANNERS:
        said = _said(FULL, kind, locale=locale, markup=markup)
        assert units(DRESSES[markup].undress(said)) <= CAPTION
        for figures in (FULL, WITH_BELOW, MORNING, replace(MORNING, owed={}, missing=())):
            said = _said(figures, kind, locale=locale, markup=markup)
            assert "None" not in said
            assert "\n\n\n" not in said


@pytest.mark.parametrize("locale", LOCALES)
def test_of_units_below_there_are_counts_and_none_that_gives_somebody_away(locale: str) -> None:
    """Fault V04."""
    said = _said(WITH_BELOW, Kind.MORNING, locale=locale, markup="plain")
    whole = said[said.index({"id": "Unit di bawahnya", "en": "Units below"}[locale]) :]
    below = whole[: whole.index({"id": "Nama", "en": "Names"}[locale])]
    assert "<5" in below
    assert "Clara" not in below


@pytest.mark.parametrize(("locale", "word"), [("id", "Anda sendiri"), ("en", "you yourself")])
def test_the_head_reads_of_themself_as_you(locale: str, word: str) -> None:
    said = _said(FULL, Kind.MORNING, locale=locale, markup="plain")
    assert word in said
    assert "Boris" not in said


def test_no_word_of_health_but_fit_or_not() -> None:
    """Fault V03."""
    for locale, markup in MANNERS:
        said = _said(WITH_BELOW, Kind.MORNING, locale=locale, markup=markup).casefold()
        assert not [
            word
            for word in ("sakit", "risiko", "covid", "gejala", "ill", "risk", "symptom")
            if word in said.split()
        ]


def test_one_line_when_everybody_is_away_and_a_correction_of_everything() -> None:
    wrong = replace(MORNING, places={}, owed={kind.value: Tally(*range(5, 10)) for kind in Owed})
    for locale, markup in MANNERS:
        assert (
            TEMPLATES.word("digest/quiet", quiet(MORNING, ZONE), locale=locale, markup=markup).count("\n")
            == 1
        )
        told = digest_card.corrected(wrong, MORNING, timezone=ZONE)
        said = TEMPLATES.word("digest/corrected", told, locale=locale, markup=markup)
        assert said.count("→") == 5 + len(Owed) * len(Outcome)
