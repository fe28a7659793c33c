"""Every error is found, not only the first, and those of one file do not hide those of the next."""

from pathlib import Path

import pytest

from policy.loader import LoaderError, examine, examine_files, load, load_all, parse_text
from tests.policy.circular_texts import HEAD, WFO, circular, looked_at, quota, rule, sentences

CITED = "  - {name: biasa, on: 2020-06-15, given: {}, expect: WFO, because: satu}\n"
SENT_HOME = CITED.replace("WFO", "WFH")


def test_a_text_in_order_has_no_problems() -> None:
    examined = looked_at(circular(rule("satu", WFO), cases=CITED))
    assert examined.problems == ()
    assert examined.circular is not None


def test_errors_of_several_rules_and_keys_are_all_found_in_the_order_of_the_file() -> None:
    text = circular(
        rule("satu", "{arrangement: kantor, modality: wajib}"),
        rule("dua", quota("at_most: 25 %"), more="when: {zone: ungu, umur: lima}"),
        head=HEAD.replace("rank: Gubernur", "rank: gubernur\njudul: x").replace("signed: 2020-06-01\n", ""),
    )
    found = looked_at(text).problems
    assert [(each.line, each.sentence.split(";")[0].split(",")[0]) for each in found] == [
        (1, "`contoh.yaml` has no `signed`."),
        (4, "`rank` cannot be gubernur"),
        (5, "`judul` is not a key of `contoh.yaml`"),
        (10, "`arrangement` cannot be kantor"),
        (11, "`zone` cannot be ungu"),
        (11, "`umur` is not a condition"),
        (11, '`at_most` is written in quotes: "25 %".'),
    ]


def test_a_problem_is_told_once_and_ends_like_a_sentence() -> None:
    found = sentences(circular(rule("satu", WFO), rule("satu", WFO)))
    assert found == ["Two entries of `rules` are called `satu`."]


def test_sense_and_cases_are_told_together_when_the_form_is_right() -> None:
    text = circular(rule("satu", WFO, more="during: {from: 2021-01-01, until: not stated}"), cases=SENT_HOME)
    found = sentences(text)
    assert "lies wholly outside" in found[0]
    assert "`biasa` fails" in found[1]


def test_cases_wait_until_every_name_leads_somewhere() -> None:
    found = sentences(circular(rule("satu", WFO, more="excepts: dua"), cases=SENT_HOME))
    assert len(found) == 1
    assert "names `dua`, which is not another rule here" in found[0]


def test_a_rule_that_no_case_shows_is_an_error() -> None:
    examined = looked_at(circular(rule("satu", WFO, more="when: {zone: merah}")))
    assert [(each.line, each.sentence) for each in examined.problems] == [
        (10, "No case cites `satu`: add one that shows what it does.")
    ]


def test_a_case_that_cites_a_namesake_paragraph_does_not_cover_the_other_rule() -> None:
    same = rule("dua", WFO, more="when: {zone: merah}").replace("paragraph: dua", "paragraph: satu")
    text = circular(
        rule("satu", WFO, more="when: {zone: hijau}"), same, cases=CITED.replace("{}", "{zone: hijau}")
    )
    assert [each.sentence for each in looked_at(text).problems] == [
        "No case cites `dua`: add one that shows what it does."
    ]


def test_one_broken_text_does_not_hide_the_next() -> None:
    broken, whole = examine({"a.yaml": "- x", "b.yaml": circular(rule("satu", WFO), cases=CITED)})
    assert (broken.circular, len(broken.problems)) == (None, 1)
    assert whole.problems == ()


def test_a_file_that_cannot_be_read_is_one_problem_among_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(circular(rule("satu", WFO), cases=CITED), encoding="utf-8")
    whole, missing = examine_files([tmp_path / "a.yaml", tmp_path / "nix.yaml"])
    assert whole.problems == ()
    assert missing.problems[0].sentence.startswith("The file cannot be read: No such file")


def test_a_circular_of_the_same_folder_may_stand_beside_and_is_found_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "tetangga.yaml").write_text(
        circular(rule("satu", WFO), cases=CITED, head=HEAD.replace("1/2020", "2/2020")), encoding="utf-8"
    )
    file = tmp_path / "contoh.yaml"
    beside = CITED.replace("because: satu", "because: satu, beside: tetangga")
    file.write_text(circular(rule("satu", WFO), cases=beside), encoding="utf-8")
    assert load(file).cases[1].beside == ("tetangga",)
    file.write_text(circular(rule("satu", WFO), cases=beside.replace("tetangga}", "jauh}")), encoding="utf-8")
    with pytest.raises(LoaderError, match="stands beside `jauh`, but no other circular's file"):
        load(file)


def test_what_is_shipped_may_stand_beside_too(tmp_path: Path) -> None:
    case = CITED.replace("because: satu", "because: satu, beside: lampung-2020-06-04")
    case = case.replace("given: {}", "given: {zone: hijau, region: Lampung}")
    (tmp_path / "contoh.yaml").write_text(circular(rule("satu", WFO), cases=case), encoding="utf-8")
    assert [each.id for each in load_all(tmp_path)] == ["contoh"]


def test_a_text_without_a_file_names_its_id() -> None:
    with pytest.raises(LoaderError) as caught:
        parse_text("- x", circular_id="contoh")
    assert caught.value.file == "contoh"


WHY = {
    "a fact that is not known": (
        rule("satu", WFO, more="when: {zone: hijau}"),
        "",
        "cited: nothing; not known, and not in `given`: zone",
    ),
    "a quota without a rota": (rule("satu", quota()), "", "cited: satu; no `rota` is given"),
    "people who are only asked": (
        rule("satu", WFO),
        "binds: {agency_kind: BUMD}\nasks: {agency_kind: BUMD}\n",
        "the circular only asks these people",
    ),
}


@pytest.mark.parametrize(("rules", "head", "words"), WHY.values(), ids=WHY)
def test_a_case_that_fails_says_what_the_verdict_rests_on(rules: str, head: str, words: str) -> None:
    found = sentences(circular(rules, cases=CITED, head=HEAD + head))
    assert any(words in sentence for sentence in found), found


def test_the_person_of_a_case_is_one_whom_the_circular_binds_and_does_not_only_ask() -> None:
    head = HEAD + "binds: {agency_kind: [BUMD, pemprov]}\nasks: {agency_kind: BUMD}\n"
    assert looked_at(circular(rule("satu", WFO), cases=CITED, head=head)).problems == ()
