"""One text -> one Circular: the form of the YAML, key by key, with every error that can be told apart."""

from collections.abc import Callable
from typing import TypeVar

from policy.format import rules as loading_rules
from policy.format.cases import case, unit_case
from policy.format.conditions import conditions, day, lasting, names, period_of
from policy.format.strict_yaml import Entry, LoaderError, read_text
from policy.model import Circular, Condition, Period, Rank, Source

Made = TypeVar("Made")
NEEDS = ("number", "form", "issuer", "rank", "title", "signed", "in_force", "sources", "rules", "cases")
MAY = ("based_on", "binds", "asks", "asks_paragraph", "duties", "not_stated", "not_automated", "unit_cases")
_InForce = tuple[Period, tuple[Condition, ...]]
_ALWAYS: _InForce = (Period(None, None), ())


def circular(text: str, *, file: str, id: str, findings: list[LoaderError]) -> Circular | None:
    """The circular that a text says; None, and what is wrong among the findings, if it cannot be read whole."""
    before = len(findings)
    try:
        made = _circular(read_text(text, file=file, findings=findings), file=file, id=id)
    except LoaderError as problem:
        findings.append(problem)
        return None
    return made if len(findings) == before else None


class _Keys:
    """The keys at the top, each read on its own so that one that is wrong does not hide the next."""

    def __init__(self, top: Entry) -> None:
        self._found = top.mapping(may=(*NEEDS, *MAY))
        for name in NEEDS:
            if name not in self._found:
                top.note(top.wrong(f"`{top.name}` has no `{name}`."))
        where = self._found.get("asks_paragraph")
        if where is not None and "asks" not in self._found:
            where.note(where.wrong("`asks_paragraph` says where it only asks; then `asks` says whom."))

    def get(self, name: str, read: Callable[[Entry], Made], instead: Made) -> Made:
        entry = self._found.get(name)
        return instead if entry is None else entry.attempt(read, instead)

    def each(self, name: str, read: Callable[[Entry], Made], *, named: str = "id") -> tuple[Made, ...]:
        entry = self._found.get(name)
        return () if entry is None else entry.each(read, named=named)


def _circular(top: Entry, *, file: str, id: str) -> Circular:
    keys = _Keys(top)
    number = keys.get("number", Entry.text, "")
    in_force, lasts_while = keys.get("in_force", _in_force, _ALWAYS)
    return Circular(
        id=id,
        number=number,
        form=keys.get("form", Entry.text, ""),
        issuer=keys.get("issuer", Entry.text, ""),
        rank=keys.get("rank", lambda entry: entry.word(Rank), Rank.PIMPINAN_INSTANSI),
        title=keys.get("title", Entry.text, ""),
        signed=keys.get("signed", day, None),
        in_force=in_force,
        lasts_while=lasts_while,
        binds=keys.get("binds", conditions, ()),
        asks=keys.get("asks", conditions, ()),
        based_on=keys.get("based_on", names, ()),
        sources=keys.each("sources", _source, named="url"),
        rules=keys.each("rules", loading_rules.rule),
        duties=keys.each("duties", lambda entry: loading_rules.duty(entry, number=number)),
        not_stated=keys.each("not_stated", lambda entry: loading_rules.silence(entry, number=number)),
        not_automated=keys.each("not_automated", loading_rules.judgement),
        cases=keys.each("cases", case, named="name"),
        unit_cases=keys.each("unit_cases", unit_case, named="name"),
        path=file,
        asks_paragraph=keys.get("asks_paragraph", Entry.text, None),
    )


def _in_force(entry: Entry) -> _InForce:
    keys = entry.mapping(needs=("from", "until"), may=("while",))
    return period_of(keys), lasting(keys.get("while"))


def _source(entry: Entry) -> Source:
    keys = entry.mapping(needs=("title", "url", "checked_on"), may=())
    url = keys["url"].text()
    if not url.startswith(("https://", "http://")):
        raise keys["url"].wrong(f"`url` is not the address of a page: {url}.")
    return Source(keys["title"].text(), url, keys["checked_on"].date())
