"""What holds for every organisation under the shipped circulars: a reason for every reader, and no cap broken."""

import json
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.loader import shipped
from policy.model import Audience, Employment, Function, JobLevel, Sector, Trait, Zone
from policy.org.people import Org, load_org
from policy.simulation.days import simulate
from policy.simulation.lines import Lines
from tests.policy.orgs import MONDAY, nips, plain

# What only the person and the health officer may read, and what only the person may.
HEALTH = ["hamil", "menyusui", "komorbid", "rentan", "divaksin", "perjalanan 14", "kontak 14", "kmk328"]
HEALTH += ["sick_leave", "maternity_leave"]
OWN = ["hukuman", "suspended"]
SPAN = {"since": "2020-06-01"}

people = st.fixed_dictionaries(
    {},
    optional={
        "employment": st.sampled_from([*Employment]),
        "job_level": st.sampled_from([*JobLevel]),
        "function": st.sampled_from([*Function]),
        "traits": st.lists(st.sampled_from([*Trait]), min_size=1, max_size=3, unique=True).map(
            lambda found: [{"trait": each, **SPAN} for each in found]
        ),
        "absences": st.sampled_from(["sick_leave", "maternity_leave", "suspended", "annual_leave"]).map(
            lambda kind: [{"kind": kind, **SPAN}]
        ),
        "health_gates": st.just([{**SPAN, "code": "kmk328:besar"}]),
        "overrides": st.just([{**SPAN, "arrangement": "WFO", "letter": "800/1/2020", "by": "Kepala"}]),
    },
)


@st.composite
def organisations(draw: st.DrawFn) -> dict[str, Any]:
    told = plain()
    told["regions"][1]["facts"] = {"zone": draw(st.sampled_from([*Zone])), "island": "luar Jawa-Bali"}
    told["regions"][1]["facts"] |= {"ppkm_level": draw(st.sampled_from("1234")), "jabodetabek": "ya"}
    told["regions"][1]["facts"]["psbb"] = draw(st.sampled_from(["ya", "tidak"]))
    told["units"][1]["facts"] = {"sector": draw(st.sampled_from([*Sector]))}
    found = draw(st.lists(people, min_size=1, max_size=9))
    numbers = nips(len(found), born=draw(st.sampled_from([1962, 1985])))
    told["people"] = [
        {"nip": nip, "unit": draw(st.sampled_from(["din", "sek"])), **each}
        for nip, each in zip(numbers, found, strict=True)
    ]
    return told


def _read(told: dict[str, Any]) -> Org:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "ORG.json"
        file.write_text(json.dumps(told), encoding="utf-8")
        return load_org(file)


subsets = st.lists(st.sampled_from(sorted(shipped())), unique=True, max_size=4)
first_days = st.sampled_from([MONDAY, date(2020, 9, 14), date(2021, 7, 12), date(2021, 11, 15)])


@given(organisations(), subsets, first_days)
def test_every_reader_has_a_reason_for_every_verdict_and_none_that_is_not_theirs(
    told: dict[str, Any], names: list[str], first: date
) -> None:
    days = list(simulate(_read(told), [shipped()[each] for each in names], first=first, last=first))
    hidden = {Audience.HEAD: HEALTH + OWN, Audience.HEALTH: OWN, Audience.SELF: []}
    for audience, words in hidden.items():
        found = [line for day in days for line in Lines(audience).of(day) if line["kind"] == "verdict"]
        assert len(found) == len(told["people"])
        assert all(line["because"] and line["reasons"] for line in found)
        text = json.dumps([[line["because"], line["reasons"], line["not_stated"]] for line in found])
        assert [word for word in words if word in text] == []


@given(organisations(), subsets, first_days)
def test_no_proposed_rota_breaks_a_cap_and_a_missed_floor_is_said(
    told: dict[str, Any], names: list[str], first: date
) -> None:
    circulars = [shipped()[each] for each in names]
    for day in simulate(_read(told), circulars, first=first, last=first + timedelta(days=4)):
        settled = {who for who in day.verdicts if who not in day.proposed}
        said = {trouble.on for trouble in day.troubles}
        for count in day.counts:
            members = {who for each in count.held for who in each.members}
            forced = sum(day.verdicts[who].arrangement == "WFO" for who in members & settled)
            assert count.cap is None or count.wfo <= max(count.cap, forced)
            assert count.floor is None or count.wfo >= count.floor or day.on in said


@pytest.mark.parametrize("audience", Audience)
def test_the_words_looked_for_do_appear_where_they_may(audience: Audience) -> None:
    """Else the property above could never fail."""
    told = plain()
    told["people"][0]["absences"] = [{"kind": "sick_leave", **SPAN}]
    (day,) = simulate(_read(told), [], first=MONDAY, last=MONDAY)
    assert ("sick_leave" in str([*Lines(audience).of(day)])) == (audience is not Audience.HEAD)
