"""YAML -> Circulars, strictly: whatever is doubtful is an error with file, line and a sentence.

A text passes three gates: its form (`loading`), its sense (`checks`, `checks_together`), its worked cases (`cases`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from policy.checking import checks
from policy.checking import together as checks_together
from policy.checking.cases import CaseFailure, check_cases, uncovered
from policy.checking.unit_cases import check_unit_cases
from policy.checking.worth import worth_a_look
from policy.format import loading
from policy.format.strict_yaml import LoaderError, text_of
from policy.model import Circular

__all__ = [
    "CaseFailure", "Examined", "LoaderError", "check_cases", "check_unit_cases", "examine", "examine_files", "load",
    "load_all", "parse", "parse_text", "shipped",
]  # fmt: skip

SHIPPED = Path(__file__).parent / "circulars"
_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Examined:
    """One text looked at whole: the circular, if it could be read, and everything that is wrong.

    The problems come in the order in which they are best mended: form, sense, cases, and each of these by line.
    """

    file: str
    circular: Circular | None
    problems: tuple[LoaderError, ...]
    worth_a_look: tuple[LoaderError, ...] = ()  # allowed, and used; but often not what was meant


def load(path: Path) -> Circular:
    """The circular in this file, whole and with all its worked cases passing. Raises LoaderError."""
    return _sound(examine_files([path]))[0]


def load_all(folder: Path) -> tuple[Circular, ...]:
    """Every circular in the folder, by file name. Raises LoaderError, also when two carry the same number."""
    return _sound(examine_files(files_in(folder)))


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Circular]:
    """The circulars that come with Piket, by id (the file's name)."""
    return MappingProxyType({circular.id: circular for circular in load_all(SHIPPED)})


def parse(path: Path) -> Circular:
    """The circular in this file by itself, its cases not yet run. Raises LoaderError."""
    return parse_text(text_of(path), file=str(path), circular_id=path.stem)


def parse_text(text: str, *, circular_id: str, file: str = "") -> Circular:
    """The circular that this text says by itself, its cases not yet run. Raises LoaderError that names the file."""
    found: list[LoaderError] = []
    circular = loading.circular(text, file=file or circular_id, id=circular_id, findings=found)
    if circular is not None:
        found.extend(checks.check_whole(circular))
    if circular is None or found:
        raise _by_line(found)[0]
    return circular


def files_in(folder: Path) -> list[Path]:
    """The files of a folder that hold circulars, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix in _ENDINGS and path.is_file())


def examine_files(paths: Sequence[Path]) -> tuple[Examined, ...]:
    """Look at these files whole, each beside the others of its folder and the circulars that are shipped."""
    texts: dict[str, str] = {}
    unread: dict[str, Examined] = {}
    for path in paths:
        try:
            texts[str(path)] = text_of(path)
        except LoaderError as problem:
            unread[str(path)] = Examined(str(path), None, (problem,))
    read = {each.file: each for each in examine(texts, others=_neighbours(paths))}
    return tuple((unread | read)[str(path)] for path in paths)


def examine(texts: Mapping[str, str], *, others: Iterable[Circular] = ()) -> tuple[Examined, ...]:
    """Look at these texts whole, by the names of their files, beside `others` that are in order already."""
    problems: dict[str, list[LoaderError]] = {file: [] for file in texts}
    read = {file: _form(text, file=file, findings=problems[file]) for file, text in texts.items()}
    whole = [circular for circular in read.values() if circular is not None]
    known = {each.id: each for each in (*others, *whole)}
    for problem in checks_together.check_together(whole, tuple(known.values())):
        problems[problem.file].append(problem)
    for circular in whole:
        problems[circular.path].extend(_sense_and_cases(circular, known))
    return tuple(_examined(file, read[file], problems[file]) for file in texts)


def _examined(file: str, circular: Circular | None, problems: Sequence[LoaderError]) -> Examined:
    nasty = () if circular is None else _by_line(worth_a_look(circular))
    return Examined(file, circular, tuple(problems), tuple(nasty))


def _form(text: str, *, file: str, findings: list[LoaderError]) -> Circular | None:
    circular = loading.circular(text, file=file, id=Path(file).stem, findings=findings)
    findings[:] = _by_line(findings)
    return circular


def _sense_and_cases(circular: Circular, known: Mapping[str, Circular]) -> list[LoaderError]:
    """The cases run only once every name leads somewhere; what else is amiss does not keep them from running."""
    names = checks.check_names(circular, known)
    sense = _by_line([*names, *checks.check_sense(circular)])
    if names:
        return sense
    failed = [*check_cases(circular, known), *check_unit_cases(circular)]
    found = [
        LoaderError(circular.path, each.case.line, f"The case `{each.case.name}` fails: {each.sentence}")
        for each in failed
    ]
    found += [
        LoaderError(circular.path, rule.line, f"No case cites `{rule.id}`: add one that shows what it does.")
        for rule in uncovered(circular, known)
    ]
    return sense + _by_line(found)


def _neighbours(paths: Sequence[Path]) -> list[Circular]:
    """What is at hand beside these files: the others of their folders, and what is shipped, as far as it reads."""
    given = {path.resolve() for path in paths}
    folders = {path.resolve().parent for path in paths}
    beside = [path for folder in folders if folder.is_dir() for path in files_in(folder) if path not in given]
    read = [_quietly(path) for path in beside]
    own = {path.stem for path in (*paths, *beside)}
    others = [] if SHIPPED.resolve() in folders else [each for each in _read_shipped() if each.id not in own]
    return [*others, *(circular for circular in read if circular is not None)]


@lru_cache(maxsize=1)
def _read_shipped() -> tuple[Circular, ...]:
    read = [_quietly(path) for path in files_in(SHIPPED)]
    return tuple(circular for circular in read if circular is not None)


def _quietly(path: Path) -> Circular | None:
    try:
        return loading.circular(text_of(path), file=str(path), id=path.stem, findings=[])
    except LoaderError:
        return None


def _by_line(problems: Iterable[LoaderError]) -> list[LoaderError]:
    """Each problem once, in the order of the file."""
    once = {(each.line, each.sentence): each for each in problems}
    return [once[key] for key in sorted(once, key=lambda key: key[0])]


def _sound(examined: Iterable[Examined]) -> tuple[Circular, ...]:
    circulars = []
    for each in examined:
        if each.problems:
            raise each.problems[0]
        if each.circular is not None:
            circulars.append(each.circular)
    return tuple(circulars)
