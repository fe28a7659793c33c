"""Circulars made up for a test: the plain one, with other rules and cases."""

from pathlib import Path

from policy.loader import Examined, examine

HEAD = """\
number: "1/2020"
form: SE
issuer: Gubernur Contoh
rank: Gubernur
title: Contoh
signed: 2020-06-01
in_force: {from: 2020-06-01, until: 2020-12-31}
sources: [{title: Contoh, url: "https://example.org/1", checked_on: 2026-11-22}]
"""
WFO, WFH = "{arrangement: WFO, modality: wajib}", "{arrangement: WFH, modality: wajib}"


def quota(more: str = 'at_most: "25 %"', *, of: str = "WFO", per: str = "unit kerja") -> str:
    """A `then` with a quota of one day."""
    return (
        f"{{quota: {{of: {of}, {more}, per: {per}, counted: sehari, rounding: ke bawah, modality: wajib}}}}"
    )


def rule(name: str, then: str, *, more: str = "") -> str:
    """One rule, whose paragraph is called as the rule is; it stands on a line of its own."""
    return f"  - {{id: {name}, paragraph: {name}, says: Isi., {more}{', ' if more else ''}then: {then}}}\n"


def circular(*rules: str, cases: str = "", rest: str = "", head: str = HEAD) -> str:
    """A circular with these rules, the first of them on line 10."""
    always = "  - {name: sebelum berlaku, on: 2020-05-01, given: {}, expect: not covered}\n"
    return f"{head}rules:\n{''.join(rules)}cases:\n{always}{cases}{rest}"


def sentences(text: str, **others: str) -> list[str]:
    """What is wrong with a circular by itself, but for rules that no case shows; `others` stand beside it."""
    examined = looked_at(text, **others)
    return [each.sentence for each in examined.problems if not each.sentence.startswith("No case cites")]


def looked_at(text: str, **others: str) -> Examined:
    """The circular of this text looked at whole, as the file contoh.yaml beside the others by their names."""
    texts = {f"{name}.yaml": body for name, body in others.items()} | {"contoh.yaml": text}
    return next(each for each in examine(texts) if Path(each.file).stem == "contoh")
