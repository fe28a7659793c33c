"""A circular that lets an older one go on: told to the person, shown by a case, and checked against the older."""

from tests.policy.circular_texts import HEAD, WFO, circular, looked_at, rule, sentences

OLDER = circular(
    rule("lama", WFO),
    head=HEAD.replace('"1/2020"', '"9/2020"')
    .replace("signed: 2020-06-01", "signed: 2020-05-01")
    .replace("{from: 2020-06-01, until: 2020-12-31}", "{from: 2020-05-01, until: 2020-06-30}"),
    cases="  - {name: lama, on: 2020-06-15, given: {}, expect: WFO, because: lama}\n",
)


def case(more: str, *, on: str = "2020-07-06", place: str = "WFO") -> str:
    return f"  - {{name: c, on: {on}, given: {{}}, beside: lain, expect: {place}{more}}}\n"


def extending(cases: str, signed: str = "2020-05-01") -> str:
    goes_on = rule("terus", f'{{extends: "9/2020", signed: {signed}, until: 2020-08-31}}')
    return circular(goes_on, cases=cases)


def problems(text: str) -> list[str]:
    return [each.sentence for each in looked_at(text, lain=OLDER).problems]


def test_a_case_that_stands_only_by_the_extension_shows_it_whichever_paragraph_it_cites() -> None:
    for because in ("", ", because: lama", ", because: terus", ", because: [lama, terus]"):
        assert problems(extending(case(because))) == [], because


def test_on_a_day_of_the_older_period_itself_the_extension_does_nothing() -> None:
    assert problems(extending(case(", because: lama", on="2020-06-15"))) == [
        "No case cites `terus`: add one that shows what it does."
    ]
    assert problems(extending(case(", because: terus", on="2020-06-15"))) == [
        "The case `c` fails: paragraph terus should decide it, but lama does.",
    ]


def test_after_the_extension_the_older_one_is_over() -> None:
    assert (
        problems(extending(case("") + case("", on="2020-09-01", place="undecided").replace("c,", "d,"))) == []
    )


def test_no_case_is_asked_for_where_the_older_one_is_not_at_hand() -> None:
    assert [each.sentence for each in looked_at(extending("")).problems] == []


def test_the_day_of_the_older_one_is_that_of_its_own_file() -> None:
    assert sentences(extending(case(""), signed="2020-05-02"), lain=OLDER) == [
        "`terus` extends 9/2020 as signed on 2020-05-02, but that one's own file says 2020-05-01."
    ]
    assert problems(extending(case(""), signed="not stated")) == []
    undated = OLDER.replace("signed: 2020-05-01", "signed: not stated")
    assert sentences(extending(case(""), signed="2020-05-02"), lain=undated) == []
