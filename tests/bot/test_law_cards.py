"""The cards of typical verdicts under the shipped circulars: short, in order, and nothing private for others."""

from dataclasses import replace
from datetime import date

import pytest

from bot.templating import LOCALES, Templates
from policy.card import card, duties, notes, rest
from policy.engine import decide
from policy.model import Arrangement, Audience, Facts, HealthGate, Override, visible_to
from tests.policy.law_grids import PERMEN, S0, S1, S2, S3, S4, SE67, facts_of
from tests.policy.law_oracle import Who

TEMPLATES = Templates()
JUNE, JULY, AUTUMN, TODAY = date(2020, 6, 15), date(2021, 7, 14), date(2020, 9, 14), date(2026, 11, 25)
KALTIM = Who(on=JUNE, region="Kalimantan Timur")
CRITICAL = Who(on=JULY, status="PPKM Darurat", sector="kritikal")
PHONE = 850  # characters that fit a phone's screen or two

LETTER = Override(
    arrangement=Arrangement.WFO, letter="800/77", by="Kepala Dinas", since=JUNE, until=date(2020, 6, 19)
)
VERDICTS: dict[str, Facts] = {
    "green": facts_of(Who(on=JUNE, zone="hijau"), (S0, S2)),
    "yellow": facts_of(Who(on=JUNE, zone="kuning"), (S0, S2)),
    "orange": facts_of(Who(on=JUNE, zone="oranye"), (S0, S2)),
    "open": facts_of(Who(on=JUNE), (S2,)),
    "asked": facts_of(Who(on=JUNE, zone="hijau", agency="BUMD"), (S0,)),
    "no rota": facts_of(KALTIM, (S1,)),
    "rota": facts_of(replace(KALTIM, turn="WFO"), (S1,)),
    "official": facts_of(replace(KALTIM, job="Administrator"), (S1,)),
    "service": facts_of(replace(CRITICAL, function="layanan"), (S3,)),
    "field": facts_of(replace(CRITICAL, function="lapangan", urgent=True), (S3,)),
    **{
        f"67 {zone}": facts_of(Who(on=AUTUMN, zone=zone, turn="WFH"), (SE67, S2))
        for zone in ("hijau", "kuning", "oranye", "merah")
    },
    "by default": facts_of(Who(on=TODAY), (PERMEN,)),
    "override": replace(facts_of(Who(on=JUNE, zone="merah"), (S0, S2)), override=LETTER),
    "barred": replace(
        facts_of(Who(on=JUNE, zone="hijau"), (S0, S2)), health_gate=HealthGate(JUNE, None, "kmk328:besar")
    ),
    "newer": facts_of(Who(on=JULY, status="PPKM Darurat", sector="non-esensial", zone="hijau"), (S0, S3)),
    "vulnerable": facts_of(Who(on=JUNE, traits=("rentan",), turn="WFO"), (S4,)),
    "disciplined": facts_of(Who(on=TODAY, traits=("hukuman disiplin",), turn="WFH"), (PERMEN,)),
}
PRIVATE = {  # of which verdict, what these readers must not meet in any part of it
    ("vulnerable", Audience.HEAD): ("rentan)", "diberi izin"),
    ("disciplined", Audience.HEAD): ("disiplin", "Pasal 25"),
    ("disciplined", Audience.HEALTH): ("disiplin", "Pasal 25"),
    ("barred", Audience.HEAD): ("laporan kesehatan", "KMK", "Kementerian Kesehatan", "risiko"),
}


def card_of(name: str, audience: Audience = Audience.SELF, locale: str = "id") -> str:
    verdict = visible_to(decide(VERDICTS[name]), audience)
    params = card(verdict, today=verdict.on, timezone="Asia/Jakarta")
    return TEMPLATES.word("today/verdict", params, locale=locale, markup="plain")


def in_full(name: str, audience: Audience) -> str:
    verdict = visible_to(decide(VERDICTS[name]), audience)
    params = {
        "day": verdict.on.isoformat(),
        "notes": notes(verdict),
        "duties": duties(verdict),
        "rest": rest(verdict),
    }
    return card_of(name, audience) + TEMPLATES.word("today/grounds", params, locale="id", markup="plain")


@pytest.mark.parametrize("name", VERDICTS)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_card_fits_a_phone_and_says_why(locale: str, name: str) -> None:
    said = card_of(name, locale=locale)
    assert len(said) < PHONE
    assert any(circular.number in said for circular in VERDICTS[name].circulars)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", VERDICTS)
def test_nothing_private_is_told_to_others(name: str, audience: Audience) -> None:
    said = in_full(name, audience)
    for word in PRIVATE.get((name, audience), ()):
        assert word not in said
        assert word in in_full(name, Audience.SELF) or name == "barred"


def test_the_head_learns_of_a_bar_but_not_why() -> None:
    assert "Tidak ke kantor." in card_of("barred", Audience.HEAD)
    assert "laporan kesehatan" in card_of("barred", Audience.SELF)


def test_that_something_is_private_is_said_once() -> None:
    assert card_of("disciplined", Audience.HEAD).count("ketentuan pribadi") == 1


def test_a_letter_is_named_before_what_it_departs_from() -> None:
    said = card_of("override")
    assert said.index("surat 800/77") < said.index("menyimpang dari")


def test_who_is_kept_out_does_not_read_the_rule_as_an_order() -> None:
    said = card_of("barred")
    assert said.index("laporan kesehatan") < said.index("Seandainya") < said.index("bekerja dari kantor")


def test_an_open_day_says_who_must_judge_it_and_leaves_our_readings_to_the_full_grounds() -> None:
    for name in ("orange", "open"):
        said = card_of(name)
        assert "Perlu pertimbangan PPK" in said
        assert "Kami meminta laporan" not in said
        assert "Kami meminta laporan" in in_full(name, Audience.SELF)
    assert "mengimbau instansi Anda" in card_of("asked")
