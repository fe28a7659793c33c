"""What `piket simulate` shows to people: a day as two tables with numbered grounds, and a draft's effect."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from bot.commands.words import count, table
from bot.templating import FOLDER, environment_of
from policy.card import reason_params
from policy.model import Audience, Circular, NotStated, Reason, Verdict, visible_to
from policy.simulation.days import SimulatedDay
from policy.simulation.deciding import deciding
from policy.simulation.lines import Line
from policy.simulation.rotas import PROPOSED

MOST_ROWS = 40
LOCALE = "en"  # as the other commands speak


def day_text(day: SimulatedDay, audience: Audience) -> str:
    """One day: every unit's count, every person's place, and the grounds by number."""
    grounds: dict[str, int] = {}
    notes: dict[str, int] = {}
    rows = [
        (
            person + ("*" if person in day.proposed else ""),
            day.facts[person].unit_code,
            verdict.arrangement.value + (f": ask {verdict.ask}" if verdict.ask else ""),
            verdict.shift or "-",
            _grounds(verdict, audience, grounds),
            _notes(verdict, audience, notes),
        )
        for person, verdict in day.verdicts.items()
    ]
    parts = [
        f"{day.on:%A} {day.on}",
        _units(day),
        table(("NIP", "UNIT", "WHERE", "SHIFT", "GROUNDS", "NOT STATED"), rows),
        *(f"[{number}] {text}" for text, number in grounds.items()),
        *(f"({number}) {text}" for text, number in notes.items()),
        *(
            ["* The rota that puts them there is proposed here; ORG.json publishes none."]
            if day.proposed
            else []
        ),
        *(f"{each.unit}: {trouble_text(each.key, each.numbers)}" for each in day.troubles),
    ]
    return "\n\n".join(parts) + "\n"


def _units(day: SimulatedDay) -> str:
    rows = [
        (
            each.unit,
            *map(_number, (each.people, each.base, each.cap, each.floor)),
            _span(each.least, each.wfo),
            "; ".join(f"{one.circular.number} {one.rule.paragraph}" for one in each.held) or "-",
        )
        for each in day.counts
    ]
    return table(("UNIT", "PEOPLE", "BASE", "CAP", "FLOOR", "IN OFFICE", "QUOTA"), rows)


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)


def _grounds(verdict: Verdict, audience: Audience, known: dict[str, int]) -> str:
    numbers = [
        known.setdefault(reason_text(reason), len(known) + 1) for reason in deciding(verdict, audience)
    ]
    return " ".join(f"[{number}]" for number in dict.fromkeys(numbers))


def _notes(verdict: Verdict, audience: Audience, known: dict[str, int]) -> str:
    """What the texts leave open there, by number: the same question is asked of many people."""
    shown = visible_to(verdict, audience).not_stated
    numbers = [known.setdefault(note_text(note), len(known) + 1) for note in shown]
    return " ".join(f"({number})" for number in dict.fromkeys(numbers)) or "-"


def note_text(note: NotStated) -> str:
    """What a text does not say, and how it is read, or that it is not guessed."""
    reading = note.reading or f"Not guessed: ask {note.ask}."
    return f"{note.circular} does not state: {note.about}. {reading}"


@cache
def _macros() -> Any:
    return environment_of(FOLDER, LOCALE, "plain").get_template("today/_words.j2").module


def reason_text(reason: Reason) -> str:
    """The reason in the words of the chat."""
    if reason.key == "turn":  # the chat's words speak to the person
        which = "proposed" if reason.params["rota"] == PROPOSED else "published"
        return f"Their turn in the {which} rota."
    return str(_macros().reason(reason_params(reason))).strip().replace("\n", "\n    ")


def _span(least: int, most: int) -> str:
    """In the emptiest and in the fullest shift, where they differ."""
    return str(most) if least == most else f"{least}-{most}"


def trouble_text(key: str, numbers: Any) -> str:
    """What a rota could not meet, such as: floor above cap (floor 5, cap 3)."""
    return f"{key.replace('_', ' ')} ({', '.join(f'{name} {number}' for name, number in numbers.items())})"


def draft_text(lines: Iterable[Line], draft: Circular, *, people: int, days: str) -> str:
    """What a draft changes: the counts first, then each list, cut where it gets long."""
    by_kind: dict[str, list[Line]] = {}
    for line in lines:
        by_kind.setdefault(line["kind"], []).append(line)
    flips, shifts, breaches, uncovered, conflicts = (
        by_kind.get(kind, []) for kind in ("flip", "shift", "breach", "uncovered", "conflict")
    )
    head = (
        f"Draft {draft.number} ({draft.issuer}: {draft.title}), {days}, {count(people, 'person', 'people')}."
    )
    sums = [
        f"  Change of place:     {count(len(flips), 'day')} of {_people(flips)}{_ways(flips)}",
        f"  Change of shift:     {count(len(shifts), 'day')} of {_people(shifts)}",
        f"  Limits not kept:     {_new(breaches, 'day of a unit', 'days of units', by=('date', 'unit'))}",
        f"  Covered by no rule:  {_new(uncovered, 'day of a person', 'days of people', by=('date', 'nip'))}",
        f"  Contradictions:      {_new(conflicts, 'pair of paragraphs', 'pairs of paragraphs', by=())}",
    ]
    parts = ["\n".join([head, *sums]), *_lists(flips + shifts, breaches, uncovered, conflicts)]
    return "\n\n".join(parts)


def _people(lines: Sequence[Line]) -> str:
    return count(len({line["nip"] for line in lines}), "person", "people")


def _ways(flips: Sequence[Line]) -> str:
    ways = Counter(f"{line['from']} → {line['to']}" for line in flips)
    return f" ({', '.join(f'{way}: {number}' for way, number in ways.most_common())})" if ways else ""


def _new(lines: Sequence[Line], one: str, many: str, *, by: Sequence[str]) -> str:
    """How many are new, each day once; and how many are as today."""
    told = [(tuple(line[name] for name in by) or place, line["already"]) for place, line in enumerate(lines)]
    new = {key for key, is_old in told if not is_old}
    old = {key for key, is_old in told if is_old} - new
    return f"{count(len(new), one, many)} new, {len(old)} as today"


def _lists(
    changes: list[Line], breaches: list[Line], uncovered: list[Line], conflicts: list[Line]
) -> Iterator[str]:
    if changes:
        rows = [
            (
                each["date"],
                each["nip"],
                each["unit"],
                str(each["from"] or "-"),
                str(each["to"] or "-"),
                because_text(each["because"]),
            )
            for each in changes
        ]
        yield "Who changes\n" + _cut(("DATE", "NIP", "UNIT", "FROM", "TO", "BECAUSE"), rows)
    if breaches:
        broken = [(each["date"], each["unit"], _breach_text(each), _since(each)) for each in breaches]
        yield "Limits not kept\n" + _cut(("DATE", "UNIT", "WHAT", "SINCE"), broken)
    if uncovered:
        left = [
            (each["date"], each["nip"], each["unit"], each["reason"].replace("_", " "), _since(each))
            for each in uncovered
        ]
        yield "Covered by no rule\n" + _cut(("DATE", "NIP", "UNIT", "REASON", "SINCE"), left)
    if conflicts:
        yield "Contradictions\n" + "\n".join(map(_conflict_text, conflicts))


def _cut(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    more = len(rows) - MOST_ROWS
    return table(head, rows[:MOST_ROWS]) + (f"\n… and {more} more: see --json." if more > 0 else "")


def _since(line: Line) -> str:
    return "as today" if line["already"] else "new"


def because_text(entries: Sequence[Line]) -> str:
    """Citations and keys in short: 045.2/1656/06/2020 1 (b)."""
    return "; ".join(_place(entry) for entry in entries) or "-"


def _place(entry: Line) -> str:
    words = [entry.get("circular", ""), entry.get("paragraph", "") or entry.get("key", "").replace("_", " ")]
    return " ".join(word for word in words if word)


def _breach_text(line: Line) -> str:
    if "numbers" in line:
        who = f"{line['nip']}: " if "nip" in line else ""
        return who + trouble_text(line["what"], line["numbers"])
    limits = {name: line[name] for name in ("cap", "floor") if line[name] is not None}
    inside = _span(line["wfo_least"], line["wfo"])
    numbers = {**limits, "in office": inside, "base": line["base"]}
    return f"{trouble_text(line['what'], numbers)} {because_text(line['quotas'])}"


def _conflict_text(line: Line) -> str:
    wins = f"{_place(line['wins'])} wins ({line['because']})" if line["wins"] else "no order decides"
    where = f"{line['date']} to {line['until']}, {count(line['people'], 'person', 'people')}, {_since(line)}"
    return f"  {' against '.join(_place(each) for each in line['paragraphs'])}: {wins}; {where}."
