"""Whatever the rules can answer has words: every fixed reason, arrangement, absence and fact, in every language."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from bot.templating import FOLDER, LOCALES, Templates, environment_of
from bot.words import worded_paragraph
from policy.card import card, duties, notes, reason_params, rest
from policy.conditions import KEYS
from policy.engine import decide
from policy.model import (
    REASONS,
    AbsenceKind,
    Arrangement,
    Audience,
    Citation,
    FactUsed,
    HealthGate,
    Reason,
    Step,
    visible_to,
)
from policy.words import Ask
from tests.policy.people import MONDAY, ana

CITED = Citation(
    circular="045.2/1656/06/2020",
    paragraph="1 (a)",
    rule="green-zone-office",
    says="ASN bekerja dari kantor.",
    issuer="Gubernur Lampung",
    facts=(FactUsed("zone", "hijau", where="Bandar Lampung", since=date(2020, 6, 2)),),
)
GIVEN = {
    "name": "Hari Lahir Pancasila",
    "kind": "annual_leave",
    "part": "morning",
    "since": "2020-06-15",
    "until": "2020-06-19",
    "on": "2020-06-15",
    "start": "2020-06-04",
    "circular": "045.2/1656/06/2020",
    "id": "orange-zone",
    "about": "zona oranye",
    "fact": "zone",
    "where": "Bandar Lampung",
    "arrangements": "WFH, WFO",
    "code": "kmk328:besar",
    "value": "darurat",
    "by": "800/1/2026",
    "paragraph": "2",
    "because": "rank",
    "rota": "J-7KQ2-M4",
    "published_at": "2020-06-12T12:00:00+07:00",
    "shift": "1",
    "who": "pimpinan unit",
    "letter": "800/77/2020",
    "considerations": "usia, jarak",
}
TEMPLATES = Templates()
CARRY_A_CITATION = (
    *(
        "rule",
        "beside",
        "set_aside",
        "permitted",
        "force_not_stated",
        "replaced",
        "outranked",
        "quota",
        "shift",
        "no_shift",
    ),
    *("office_by_default", "turn_departs", "judgement", "override_departs"),
)
MAY_LACK = ("until", "shift")


@cache
def _macros(locale: str) -> Any:
    return environment_of(FOLDER, locale, "plain").get_template("today/_words.j2").module


def _macro(locale: str, name: str, value: Any) -> str:
    return str(getattr(_macros(locale), name)(value)).strip()


def _words(locale: str, key: str, *, without: tuple[str, ...] = ()) -> str:
    params = {name: GIVEN[name] for name in REASONS[key] if name not in without}
    citation = CITED if key in CARRY_A_CITATION else None
    return _macro(locale, "reason", reason_params(Reason(key, Step.CIRCULAR, params, citation)))


@pytest.mark.parametrize("key", REASONS)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_has_words_of_its_own(locale: str, key: str) -> None:
    said = _words(locale, key)
    assert said
    assert "None" not in said
    assert [other for other in REASONS if other != key and _words(locale, other) == said] == []


@pytest.mark.parametrize("key", [key for key, names in REASONS.items() if "until" in names])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_reason_without_an_end_is_worded_without_one(locale: str, key: str) -> None:
    assert _words(locale, key, without=MAY_LACK)
    assert "None" not in _words(locale, key, without=MAY_LACK)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_cited_reason_names_issuer_number_paragraph_and_what_it_says(locale: str) -> None:
    for key in ("rule", "permitted"):
        said = _words(locale, key)
        paragraph = worded_paragraph(CITED.paragraph, locale=locale)
        for part in (CITED.issuer, CITED.circular, paragraph, CITED.says, "Bandar Lampung", "hijau"):
            assert part in said


@pytest.mark.parametrize("locale", LOCALES)
def test_every_absence_and_everyone_to_ask_is_named(locale: str) -> None:
    assert len({_macro(locale, "absence", kind.value) for kind in AbsenceKind}) == len(AbsenceKind)
    assert len({_macro(locale, "ask", who.value) for who in Ask} - {""}) == len(Ask)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_fact_that_a_rule_may_use_is_named(locale: str) -> None:
    named = {key: _macro(locale, "fact_name", key) for key in KEYS}
    assert len(set(named.values())) == len(KEYS)
    assert [key for key, words in named.items() if "_" in words] == []


@pytest.mark.parametrize("arrangement", Arrangement)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_arrangement_begins_the_card(locale: str, arrangement: Arrangement) -> None:
    said = str(_macros(locale).headline(arrangement.value, None)).strip()
    assert said
    assert said != "undecided"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("markup", ["html", "whatsapp", "plain"])
@pytest.mark.parametrize("zone", ["hijau", "kuning", "merah", "oranye", "tidak terdampak", None])
def test_the_card_of_any_zone_can_be_worded(locale: str, markup: str, zone: str | None) -> None:
    gate = HealthGate(MONDAY, None, "kmk328:besar")
    for facts in (ana(zone), ana(zone, health_gate=gate), ana(zone, circulars=())):
        verdict = visible_to(decide(facts), Audience.SELF)
        params = card(verdict, today=MONDAY, timezone="Asia/Jakarta")
        said = TEMPLATES.word("today/verdict", params, locale=locale, markup=markup)
        assert "06.58 WIB" in said or "06:58 WIB" in said
        assert TEMPLATES.word(
            "today/grounds",
            {"day": "2020-06-15", "notes": notes(verdict), "duties": duties(verdict), "rest": rest(verdict)},
            locale=locale,
            markup=markup,
        )


def test_who_is_kept_out_reads_that_first_and_why() -> None:
    verdict = decide(ana("hijau", health_gate=HealthGate(MONDAY, None, "kmk328:besar")))
    params = card(visible_to(verdict, Audience.SELF), today=MONDAY, timezone="Asia/Jakarta")
    said = TEMPLATES.word("today/verdict", params, locale="id", markup="plain").splitlines()
    assert said[0] == "Jangan ke kantor dulu"
    assert said[4].startswith("Sesuai laporan kesehatan Anda")
