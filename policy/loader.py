"""YAML -> Circular, strictly: whatever is doubtful is an error with file, line and a sentence."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from policy import checks
from policy.cases import CaseFailure, check_cases
from policy.conditions import KEYS
from policy.model import (
    Arrangement,
    Ask,
    Case,
    Circular,
    Condition,
    Duty,
    Extension,
    Modality,
    NotStated,
    Obligation,
    Outcome,
    Period,
    Rule,
    Silence,
    Source,
)
from policy.strict_yaml import Entry, LoaderError, read

__all__ = ["CaseFailure", "LoaderError", "check_cases", "load", "load_all", "parse", "shipped"]

SHIPPED = Path(__file__).parent / "circulars"
NOT_STATED = "not stated"
NOT_COVERED = "not covered"
_RULE_MAY = ("when", "excepts", "beside", "conflicts_with")


def load(path: Path) -> Circular:
    """The circular in this file, whole and with all its worked cases passing. Raises LoaderError."""
    circular = parse(path)
    failures = check_cases(circular)
    if failures:
        first = failures[0]
        raise LoaderError(
            circular.path, first.case.line, f"The case `{first.case.name}` fails: {first.sentence}"
        )
    return circular


def load_all(folder: Path) -> tuple[Circular, ...]:
    """Every *.yaml in the folder, by file name. Raises LoaderError, also when two carry the same number."""
    circulars = tuple(load(path) for path in sorted(folder.glob("*.yaml")))
    seen: dict[str, Circular] = {}
    for circular in circulars:
        twin = seen.setdefault(_normalised(circular.number), circular)
        if twin is not circular:
            name = Path(twin.path).name
            raise LoaderError(circular.path, 1, f"The number {circular.number} is also that of {name}.")
    return circulars


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Circular]:
    """The circulars that come with Piket, by id (the file's name)."""
    return MappingProxyType({circular.id: circular for circular in load_all(SHIPPED)})


def parse(path: Path) -> Circular:
    """The circular in this file, its cases not yet run. Raises LoaderError."""
    root = read(path)
    top = root.mapping(
        needs=("number", "form", "issuer", "title", "signed", "in_force", "sources", "rules", "cases"),
        may=("based_on", "binds", "duties", "not_stated"),
    )
    number = top["number"].text()
    circular = Circular(
        id=path.stem,
        number=number,
        form=top["form"].text(),
        issuer=top["issuer"].text(),
        title=top["title"].text(),
        signed=top["signed"].date(),
        in_force=_period(top["in_force"]),
        binds=_conditions(top.get("binds")),
        based_on=top["based_on"].texts() if "based_on" in top else (),
        sources=tuple(_source(entry) for entry in top["sources"].named_entries("url")),
        rules=tuple(_rule(entry) for entry in top["rules"].named_entries("id")),
        duties=tuple(_duty(entry, number=number) for entry in _named(top.get("duties"))),
        not_stated=tuple(_silence(entry, number=number) for entry in _named(top.get("not_stated"))),
        cases=tuple(_case(entry) for entry in top["cases"].named_entries("name")),
        path=str(path),
    )
    checks.check_whole(circular)
    return circular


def _named(entry: Entry | None) -> list[Entry]:
    return [] if entry is None else entry.named_entries("id")


def _normalised(number: str) -> str:
    """Press prints lose slashes and spaces: two numbers are one if their letters and digits agree."""
    return "".join(sign for sign in number.casefold() if sign.isalnum())


def _until(entry: Entry) -> date | None:
    return None if entry.raw() == NOT_STATED else entry.date()


def _period(entry: Entry) -> Period:
    keys = entry.mapping(needs=("from", "until"), may=())
    period = Period(keys["from"].date(), _until(keys["until"]))
    if period.until is not None and period.until < period.start:
        raise keys["until"].wrong(f"`until` ({period.until}) is before `from` ({period.start}).")
    return period


def _source(entry: Entry) -> Source:
    keys = entry.mapping(needs=("title", "url", "checked_on"), may=())
    url = keys["url"].text()
    if not url.startswith(("https://", "http://")):
        raise keys["url"].wrong(f"`url` is not the address of a page: {url}.")
    return Source(keys["title"].text(), url, keys["checked_on"].date())


def _conditions(entry: Entry | None) -> tuple[Condition, ...]:
    if entry is None:
        return ()
    return tuple(_condition(name, value) for name, value in entry.mapping().items())


def _condition(name: str, entry: Entry) -> Condition:
    key = KEYS.get(name)
    if key is None:
        raise entry.wrong(f"`{name}` is not a condition; the conditions are {', '.join(KEYS)}.")
    values = entry.texts()
    if not values:
        raise entry.wrong(f"`{name}` has no value: nobody could meet it.")
    for value in values:
        if key.words is not None and value not in key.words:
            raise entry.wrong(f"`{name}` cannot be {value}; it is one of {', '.join(key.words)}.")
    return Condition(name, frozenset(values))


def _rule(entry: Entry) -> Rule:
    keys = entry.mapping(needs=("id", "paragraph", "says", "then"), may=_RULE_MAY)
    return Rule(
        id=keys["id"].text(),
        paragraph=keys["paragraph"].text(),
        says=keys["says"].text(),
        when=_conditions(keys.get("when")),
        then=_then(keys["then"]),
        excepts=_names(keys.get("excepts")),
        beside=_names(keys.get("beside")),
        conflicts_with=_names(keys.get("conflicts_with")),
        line=entry.line,
    )


def _then(entry: Entry) -> Outcome | Extension:
    if "extends" in entry.mapping():
        keys = entry.mapping(needs=("extends", "signed", "until"), may=())
        return Extension(keys["extends"].text(), keys["signed"].date(), _until(keys["until"]))
    keys = entry.mapping(needs=("arrangement", "modality"), may=())
    arrangement = keys["arrangement"].word(Arrangement)
    if arrangement is Arrangement.UNDECIDED:
        raise keys["arrangement"].wrong("A rule decides; what is open belongs under `not_stated`.")
    return Outcome(arrangement, keys["modality"].word(Modality))


def _names(entry: Entry | None) -> tuple[str, ...]:
    return () if entry is None else entry.texts()


def _duty(entry: Entry, *, number: str) -> Duty:
    keys = entry.mapping(needs=("id", "paragraph", "says", "for"), may=("obligation",))
    return Duty(
        circular=number,
        paragraph=keys["paragraph"].text(),
        id=keys["id"].text(),
        says=keys["says"].text(),
        arrangements=frozenset(keys["for"].words(Arrangement)),
        obligation=keys["obligation"].word(Obligation) if "obligation" in keys else None,
    )


def _silence(entry: Entry, *, number: str) -> Silence:
    keys = entry.mapping(needs=("id", "about", "answer", "ask"), may=("when", "rules", "during", "reading"))
    answer = keys["answer"].one_of("undecided", "reading")
    if (answer == "reading") != ("reading" in keys):
        raise keys["answer"].wrong("A `reading` and the answer `reading` go together: say how it is read.")
    reading = keys["reading"].text() if "reading" in keys else None
    note = NotStated(number, keys["id"].text(), keys["about"].text(), reading, keys["ask"].word(Ask))
    return Silence(
        note=note,
        when=_conditions(keys.get("when")),
        rules=_names(keys.get("rules")),
        during=_period(keys["during"]) if "during" in keys else None,
        leaves_undecided=answer == "undecided",
        line=entry.line,
    )


def _case(entry: Entry) -> Case:
    keys = entry.mapping(needs=("name", "on", "given", "expect"), may=("because", "not_stated"))
    given = {name: _given(name, value) for name, value in keys["given"].mapping().items()}
    covered = keys["expect"].text() != NOT_COVERED
    return Case(
        name=keys["name"].text(),
        on=keys["on"].date(),
        given=given,
        expect=keys["expect"].word(Arrangement) if covered else None,
        because=_names(keys.get("because")),
        not_stated=_names(keys.get("not_stated")),
        line=entry.line,
    )


def _given(name: str, entry: Entry) -> str:
    condition = _condition(name, entry)
    if len(condition.values) != 1:
        raise entry.wrong(f"`{name}` of a case is one value: a case is about one person.")
    return next(iter(condition.values))
