"""Whatever is doubtful in a circular is an error that names the file, the line and the matter."""

from pathlib import Path

import pytest

from policy.loader import LoaderError, load, load_all
from tests.policy.people import PLAIN

LOOSE_END = '\n  - id: office-too\n    paragraph: "2"\n    says: Rumah.\n'
HOME = "    then: {arrangement: WFH, modality: wajib}\n"
OPEN = "\nnot_stated:\n  - {id: a, about: sesuatu, ask: admin, "
BESIDE = (
    LOOSE_END + "    beside: office\n    conflicts_with: office\n"
    '    then: {extends: "9/2020", signed: 2020-05-01, until: not stated}\n'
)


def replaced(old: str, new: str) -> str:
    assert old in PLAIN
    return PLAIN.replace(old, new)


def rule(extra: str) -> str:
    return replaced("\ncases:", extra + "cases:")


BROKEN = {
    "an unknown key": (replaced("title: Contoh\ns", "judul: x\ntitle: Contoh\ns"), 3, "`judul` is not a key"),
    "an unknown key of a rule": (
        replaced("    then:", "    exept: office\n    then:"),
        11,
        "`exept` is not a key of `rules` (did you mean `excepts`?)",
    ),
    "a key that stands twice": (replaced("signed:", "title: Lagi\nsigned:"), 4, "`title` stands twice"),
    "a number that is read as a number": (replaced('"1/2020"', "045.2"), 1, "is read as a number"),
    "a paragraph that is read as a number": (replaced('paragraph: "1"', "paragraph: 1"), 9, "quotes"),
    "a title that is read as true": (replaced("title: Contoh\ns", "title: true\ns"), 3, "true or false"),
    "a date that does not exist": (replaced("signed: 2020-06-01", "signed: 2020-06-31"), 4, "2020-06-31"),
    "a date written the other way round": (replaced("signed: 2020-06-01", "signed: 01-06-2020"), 4, "date"),
    "an end before the beginning": (
        replaced("until: not stated", "until: 2020-05-01"),
        5,
        "`until` (2020-05-01) is before",
    ),
    "an end that is left out": (replaced(", until: not stated", ""), 5, "has no `until`"),
    "a source without a date": (replaced(", checked_on: 2026-11-22", ""), 6, "has no `checked_on`"),
    "a source that is no address": (replaced("https://example.org/1", "koran"), 6, "address of a page"),
    "no sources at all": (
        replaced('[{title: Contoh, url: "https://example.org/1", checked_on: 2026-11-22}]', "[]"),
        6,
        "`sources` is empty",
    ),
    "a rule without a paragraph": (replaced('    paragraph: "1"\n', ""), 8, "has no `paragraph`"),
    "a rule that says nothing": (replaced("    says: Semua bekerja dari kantor.\n", ""), 8, "has no `says`"),
    "a rule whose words are empty": (replaced("Semua bekerja dari kantor.", ""), 10, "`says` is empty"),
    "a rule that is undecided": (replaced("{arrangement: WFO", "{arrangement: undecided"), 11, "not_stated"),
    "an arrangement nobody knows": (replaced("{arrangement: WFO", "{arrangement: kantor"), 11, "one of WFO"),
    "a modality nobody knows": (replaced("modality: wajib", "modality: harus"), 11, "one of wajib"),
    "a condition outside the list": (
        replaced("    then:", "    when: {umur: lima puluh}\n    then:"),
        11,
        "`umur` is not a condition; the conditions are zone",
    ),
    "a colour that is none": (
        replaced("    then:", "    when: {zone: [hijau, ungu]}\n    then:"),
        11,
        "`zone` cannot be ungu",
    ),
    "a day written out": (
        replaced("    then:", "    when: {date: 12 Juni 2026}\n    then:"),
        11,
        "`date` cannot be 12 Juni 2026; a day is written year, month, day: 2026-06-12.",
    ),
    "a condition without a value": (replaced("    then:", "    when: {zone: []}\n    then:"), 11, "no value"),
    "an exception that names nothing": (
        rule(LOOSE_END + "    excepts: kantor\n" + HOME),
        12,
        "`excepts` of `office-too` names `kantor`",
    ),
    "overlapping rules without precedence": (rule(LOOSE_END + HOME), 12, "can both meet one person"),
    "two rules that except each other": (
        replaced("    then:", "    excepts: office-too\n    then:").replace(
            "\ncases:", LOOSE_END + "    excepts: office\n" + HOME + "cases:"
        ),
        13,
        "each except the other",
    ),
    "two rules of one name": (
        rule(LOOSE_END.replace("office-too", "office") + HOME),
        12,
        "are called `office`",
    ),
    "a conflict that nobody reads": (rule(BESIDE), 12, "names both"),
    "something not stated without an answer": (
        PLAIN + OPEN + "when: {zone: oranye}}\n",
        18,
        "has no `answer`",
    ),
    "a reading that is not written": (PLAIN + OPEN + "answer: reading}\n", 18, "say how it is read"),
    "an answer that is a guess": (PLAIN + OPEN + "answer: WFO}\n", 18, "cannot be WFO"),
    "an open question that silences all": (PLAIN + OPEN + "answer: undecided}\n", 18, "leaves everybody"),
    "a case that fails": (replaced("expect: WFO", "expect: WFH"), 13, "`biasa` fails: WFH is expected"),
    "a case decided by another paragraph": (
        replaced('because: "1"', 'because: "2"'),
        13,
        "cites paragraph 2, which no rule here has",
    ),
    "a case with two values": (replaced("given: {}", "given: {zone: [hijau, merah]}"), 13, "is one value"),
    "a case on another weekday": (replaced("given: {}", "given: {weekday: Selasa}"), 13, "not a Selasa"),
    "a case naming an open question that is not there": (
        replaced('because: "1"', "not_stated: oranye"),
        13,
        "names `oranye`",
    ),
    "a text where a list belongs": (
        PLAIN.split("cases:", maxsplit=1)[0] + "form: SE\nrank: Gubernur\ncases: nanti\n",
        14,
        "must be a list",
    ),
    "a list where a text belongs": (replaced("issuer: Gubernur Contoh", "issuer: [a]"), 2, "must be text"),
    "a tab": (replaced("    says:", "\tsays:"), 10, "This is not YAML"),
    "an empty file": ("", 1, "The file is empty"),
}


@pytest.mark.parametrize(("text", "line", "words"), BROKEN.values(), ids=BROKEN)
def test_the_loader_names_the_file_the_line_and_the_matter(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    file = tmp_path / "contoh.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LoaderError) as caught:
        load(file)
    assert caught.value.file == str(file)
    assert caught.value.line == line
    assert words in caught.value.sentence
    assert caught.value.sentence.endswith(".")


def test_the_example_that_the_broken_ones_come_from_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "contoh.yaml"
    file.write_text(PLAIN, encoding="utf-8")
    assert load(file).number == "1/2020"


def test_a_recorded_conflict_with_a_reading_loads(tmp_path: Path) -> None:
    file = tmp_path / "contoh.yaml"
    reading = OPEN + "answer: reading, reading: Begini., rules: [office, office-too]}\n"
    shown = rule(BESIDE).replace('because: "1"', 'because: ["1", "2"]')
    file.write_text(shown + reading, encoding="utf-8")
    assert load(file).rules[1].conflicts_with == ("office",)


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(LoaderError, match="cannot be read"):
        load(tmp_path / "tidak-ada.yaml")
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LoaderError, match="not UTF-8"):
        load(tmp_path / "a.yaml")


def test_two_files_with_one_number_are_refused_also_when_a_slash_is_lost(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(PLAIN.replace('"1/2020"', '"12020"'), encoding="utf-8")
    with pytest.raises(LoaderError, match=r"also that of a\.yaml"):
        load_all(tmp_path)
