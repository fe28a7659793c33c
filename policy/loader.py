"""YAML -> Circular, strictly: whatever is doubtful is an error with file, line and a sentence."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from policy import checks
from policy import loading_rules as loading
from policy.cases import CaseFailure, check_cases
from policy.conditions import KEYS
from policy.model import Arrangement, Case, Circular, Rank, Source, UnitCase
from policy.strict_yaml import Entry, LoaderError, read, read_text

__all__ = ["CaseFailure", "LoaderError", "check_cases", "load", "load_all", "parse", "parse_text", "shipped"]

SHIPPED = Path(__file__).parent / "circulars"
NOT_COVERED = "not covered"
_NEEDS = ("number", "form", "issuer", "rank", "title", "signed", "in_force", "sources", "rules", "cases")
_MAY = ("based_on", "binds", "asks", "duties", "not_stated", "not_automated", "unit_cases")


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
    return _circular(read(path), circular_id=path.stem)


def parse_text(body: str, *, circular_id: str) -> Circular:
    """The circular that this text says, its cases not yet run. Raises LoaderError that names the id as its file."""
    return _circular(read_text(body, file=circular_id), circular_id=circular_id)


def _circular(entry: Entry, *, circular_id: str) -> Circular:
    top = entry.mapping(needs=_NEEDS, may=_MAY)
    number = top["number"].text()
    in_force = top["in_force"].mapping(needs=("from", "until"), may=("while",))
    circular = Circular(
        id=circular_id,
        number=number,
        form=top["form"].text(),
        issuer=top["issuer"].text(),
        rank=top["rank"].word(Rank),
        title=top["title"].text(),
        signed=loading.day(top["signed"]),
        in_force=loading.period_of(in_force),
        lasts_while=loading.conditions(in_force.get("while")),
        binds=loading.conditions(top.get("binds")),
        asks=loading.conditions(top.get("asks")),
        based_on=loading.names(top.get("based_on")),
        sources=tuple(_source(entry) for entry in top["sources"].named_entries("url")),
        rules=tuple(loading.rule(entry) for entry in top["rules"].named_entries("id")),
        duties=tuple(loading.duty(entry, number=number) for entry in _named(top.get("duties"))),
        not_stated=tuple(loading.silence(entry, number=number) for entry in _named(top.get("not_stated"))),
        not_automated=tuple(loading.judgement(entry) for entry in _named(top.get("not_automated"))),
        cases=tuple(_case(entry) for entry in top["cases"].named_entries("name")),
        unit_cases=tuple(_unit_case(entry) for entry in _named(top.get("unit_cases"), "name")),
        path=entry.file,
    )
    checks.check_whole(circular)
    return circular


def _named(entry: Entry | None, key: str = "id") -> list[Entry]:
    return [] if entry is None else entry.named_entries(key)


def _normalised(number: str) -> str:
    """Press prints lose slashes and spaces: two numbers are one if their letters and digits agree."""
    return "".join(sign for sign in number.casefold() if sign.isalnum())


def _source(entry: Entry) -> Source:
    keys = entry.mapping(needs=("title", "url", "checked_on"), may=())
    url = keys["url"].text()
    if not url.startswith(("https://", "http://")):
        raise keys["url"].wrong(f"`url` is not the address of a page: {url}.")
    return Source(keys["title"].text(), url, keys["checked_on"].date())


def _case(entry: Entry) -> Case:
    keys = entry.mapping(
        needs=("name", "on", "given", "expect"), may=("because", "not_stated", "rota", "beside")
    )
    covered = keys["expect"].text() != NOT_COVERED
    return Case(
        name=keys["name"].text(),
        on=keys["on"].date(),
        given=_given(keys["given"].mapping()),
        rota=keys["rota"].word(Arrangement) if "rota" in keys else None,
        beside=loading.names(keys.get("beside")),
        expect=keys["expect"].word(Arrangement) if covered else None,
        because=loading.names(keys.get("because")),
        not_stated=loading.names(keys.get("not_stated")),
        line=entry.line,
    )


def _unit_case(entry: Entry) -> UnitCase:
    keys = entry.mapping(needs=("name", "on", "rule", "people", "expect"), may=())
    expect = keys["expect"].mapping(needs=("base", "cap", "floor"), may=())
    return UnitCase(
        name=keys["name"].text(),
        on=keys["on"].date(),
        rule=keys["rule"].text(),
        people=tuple(_people(each) for each in keys["people"].entries()),
        base=expect["base"].whole(),
        cap=_limit(expect["cap"]),
        floor=_limit(expect["floor"]),
        line=entry.line,
    )


def _people(entry: Entry) -> tuple[int, Mapping[str, tuple[str, ...]]]:
    given = entry.mapping(needs=("count",))
    count = given.pop("count").whole()
    return count, _given(given)


def _limit(entry: Entry) -> int | None:
    return None if entry.raw() == "none" else entry.whole()


def _given(given: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    return {name: _given_values(name, entry) for name, entry in given.items()}


def _given_values(name: str, entry: Entry) -> tuple[str, ...]:
    key = KEYS.get(name)
    if key is None or key.pattern is None:  # what has a pattern is given as the fact itself: age: 52
        loading.condition(name, entry)
    values = entry.values()
    if len(values) != 1 and not (key and key.is_many):
        raise entry.wrong(f"`{name}` of a case is one value: a case is about one person.")
    return values
