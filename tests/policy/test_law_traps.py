"""The traps of the texts: whoever mends a circular the wrong way is told so by its own worked cases."""

import re
from datetime import date
from pathlib import Path

import pytest

from policy.checking.cases import check_cases
from policy.checking.unit_cases import check_unit_cases
from policy.format.strict_yaml import LoaderError
from policy.loader import SHIPPED, parse, shipped
from policy.model import Circular
from policy.weighing.standing import stand
from tests.policy.law_grids import S0, S1, S3, S4, SE67, facts_of
from tests.policy.law_oracle import Who
from tests.policy.orgs import loaded, plain

ASKS = "asks: {agency_kind: [pemkab/pemkot, instansi vertikal, perguruan tinggi, BUMD]}"
COME = """\
  - id: officials-come
    paragraph: pejabat
    says: Pejabat masuk kantor.
    when: {job_level: [JPT Pratama, Administrator]}
    then: {arrangement: WFO, modality: wajib}
    excepts: one-fifth-in-office
"""
URGENT = """\
then:
      quota: {of: WFO, at_most: "100 %", per: perangkat daerah, counted: not stated, rounding: not stated, \
modality: dapat}"""
# The wrong mend: of which circular, what is replaced by what, and which open questions are struck out with it.
Mend = tuple[str, str, str, tuple[str, ...]]
MENDS: dict[str, Mend] = {
    "orange is as red": (
        S0,
        "when: {zone: [kuning, merah]}",
        "when: {zone: [kuning, oranye, merah]}",
        ("orange-zone",),
    ),
    "orange is as green": (S0, "when: {zone: hijau}", "when: {zone: [hijau, oranye]}", ("orange-zone",)),
    "unaffected is as green": (
        S0,
        "when: {zone: hijau}",
        "when: {zone: [hijau, tidak terdampak]}",
        ("unaffected-region",),
    ),
    "who is asked is bound": (S0, ASKS, "", ("who-is-bound",)),
    "a fifth is rounded up": (S1, "rounding: not stated", "rounding: ke atas", ()),
    "a fifth is rounded to the nearest": (S1, "rounding: not stated", "rounding: terdekat", ()),
    "officials are in the denominator": (
        S1,
        "        outside: {job_level: [JPT Pratama, Administrator]}\n",
        "",
        ("officials",),
    ),
    "only JPT Pratama is outside": (
        S1,
        "[JPT Pratama, Administrator]}\n\n",
        "JPT Pratama}\n\n",
        ("officials",),
    ),
    "Pengawas is outside too": (
        S1,
        "[JPT Pratama, Administrator]}\n\n",
        "[JPT Pratama, Administrator, Pengawas]}\n\n",
        (),
    ),
    "officials must come": (S1, "\nduties:\n", f"\n{COME}\nduties:\n", ("officials",)),
    "all who are urgently needed must": (S3, URGENT, "then: {arrangement: WFO, modality: wajib}", ()),
    "both quotas count the UPTD": (
        S3,
        "modality: dapat}\n    excepts: essential-office",
        "modality: dapat}",
        (),
    ),
    "the whole UPTD may be half in": (
        S3,
        "unit_kind: UPTD, function: layanan}\n    then",
        "unit_kind: UPTD}\n    then",
        (),
    ),
    "urgent or not": (S3, "function: lapangan, urgent: ya}", "function: lapangan}", ("field-not-urgent",)),
    "25 % at home, as one paper has it": (
        S3,
        'quota: {of: WFO, at_most: "25 %"',
        'quota: {of: WFH, at_most: "25 %"',
        (),
    ),
    "officials are staff": (S3, "sector: esensial", "sector: esensial", ("officials-among-staff",)),
    "over fifty begins at 52": (S4, "{age: di atas 50}", "{age: di atas 51}", ()),
    "a permission is a duty": (S4, "modality: dapat", "modality: wajib", ()),
    "orange is a quarter too, as one paper has it": (SE67, 'at_most: "50 %"', 'at_most: "25 %"', ()),
}


def mended(folder: Path, mend: Mend) -> Circular:
    circular, right, wrong, struck = mend
    text = (SHIPPED / f"{circular}.yaml").read_text(encoding="utf-8")
    assert right in text
    text = text.replace(right, wrong, 1)
    for name in struck:
        text = re.sub(rf"  - id: {name}\n(?:    .+\n)+", "", text, count=1)
        text = re.sub(rf", not_stated: {name}(?=}})|(?<=\[){name}, |, {name}(?=[,\]])", "", text)
    file = folder / f"{circular}.yaml"
    file.write_text(text, encoding="utf-8")
    return parse(file)


def is_noticed(folder: Path, mend: Mend) -> bool:
    try:
        wrong = mended(folder, mend)
    except (
        LoaderError
    ) as problem:  # the loader itself sees two rules that quarrel, or a case that has lost its rule
        return "can both meet" in str(problem) or "sets no quota" in str(problem)
    return bool(check_cases(wrong, {**shipped(), wrong.id: wrong}) or check_unit_cases(wrong))


@pytest.mark.parametrize("name", MENDS)
def test_a_wrong_mend_is_noticed(tmp_path: Path, name: str) -> None:
    assert is_noticed(tmp_path, MENDS[name])


@pytest.mark.parametrize(
    ("born", "on", "is_permitted"),
    [
        ("1969-06-14", "2020-06-15", True),
        ("1969-06-15", "2020-06-15", True),  # fifty-one on the day itself
        ("1969-06-16", "2020-06-15", False),
        ("1970-06-15", "2020-06-15", False),  # fifty is not over fifty
        ("1972-02-29", "2023-02-28", False),
        ("1972-02-29", "2023-03-01", True),
    ],
)
def test_over_fifty_is_by_whole_years_on_the_working_day(born: str, on: str, is_permitted: bool) -> None:
    who = Who(on=date.fromisoformat(on), born=date.fromisoformat(born))
    allowed = {held.rule.id for held in stand(facts_of(who, (S4,))).preferences}
    assert ("over-fifty-home" in allowed) is is_permitted


def test_a_pppk_whose_number_has_no_month_is_read_from_a_file(tmp_path: Path) -> None:
    number = "199009132025242014"
    org = loaded(tmp_path, plain() | {"people": [{"nip": number, "unit": "sek", "employment": "PPPK"}]})
    assert org.people[number].born == date(1990, 9, 13)
