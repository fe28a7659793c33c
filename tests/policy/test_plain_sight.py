"""Who may not know of a private matter reads what they would read of anybody, while the answer is the same."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from policy.engine import decide
from policy.loader import shipped
from policy.model import Arrangement, Audience, Facts, Trait, Turn, Verdict, visible_to
from tests.policy.people import ana, on

MONDAY = date(2026, 3, 2)
FLEXIBLE = on(MONDAY, ana(circulars=(shipped()["permenpanrb-4-2025"],)))
AT_HOME = Turn(arrangement=Arrangement.WFH, rota="R-1", published_at=datetime(2026, 2, 27, tzinfo=UTC))


def read_by(reader: Audience, verdict: Verdict) -> Verdict:
    """What the reader sees, whoever else may see it."""
    seen = visible_to(verdict, reader)
    return replace(
        seen,
        reasons=tuple(replace(each, audience=frozenset()) for each in seen.reasons),
        not_stated=tuple(replace(each, audience=frozenset()) for each in seen.not_stated),
        duties=tuple(replace(each, audience=frozenset()) for each in seen.duties),
    )


def with_trait(trait: Trait, facts: Facts = FLEXIBLE) -> Facts:
    return replace(facts, traits={trait.value: date(2026, 1, 1)})


@pytest.mark.parametrize("reader", [Audience.HEAD, Audience.HEALTH])
def test_whom_discipline_keeps_in_the_office_cannot_be_told_from_colleagues(reader: Audience) -> None:
    own = decide(with_trait(Trait.HUKUMAN_DISIPLIN))
    assert read_by(reader, own) == read_by(reader, decide(FLEXIBLE))
    assert [each.citation.paragraph for each in visible_to(own, Audience.SELF).reasons if each.citation] == [
        "Pasal 13",
        "Pasal 25",
    ]


def test_the_health_role_reads_of_health_and_the_head_does_not() -> None:
    """By the guidance of June 2020 a vulnerable person may be let home; the head reads of nobody that they are."""
    facts = ana("hijau", circulars=(*ana().circulars, shipped()["menpan-2020-06-03"]))
    own = decide(replace(facts, traits={Trait.RENTAN.value: date(2020, 6, 1)}))
    head, health, self = (read_by(reader, own) for reader in (Audience.HEAD, Audience.HEALTH, Audience.SELF))
    assert head == read_by(Audience.HEAD, decide(facts))
    assert health == self != head


def test_where_the_answer_is_another_one_it_says_that_there_is_something_private() -> None:
    away = replace(with_trait(Trait.HUKUMAN_DISIPLIN), turn=AT_HOME)
    head = visible_to(decide(away), Audience.HEAD)
    assert head.arrangement is Arrangement.WFO
    assert {reason.key for reason in head.reasons} == {"private"}


def test_it_is_kept_as_it_was_decided() -> None:
    own = decide(with_trait(Trait.HUKUMAN_DISIPLIN))
    assert Verdict.from_json(own.to_json()) == own
    assert "in_plain_sight" not in {
        key for key, value in visible_to(own, Audience.HEAD).to_json().items() if value
    }
