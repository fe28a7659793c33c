"""The rules of a circular, its duties, silences and judgements: YAML entries -> the words of policy.rules."""

import re
from datetime import date, time
from fractions import Fraction

from policy.conditions import KEYS
from policy.model import (
    Addressee,
    Amount,
    Arrangement,
    Ask,
    Change,
    ChangeKind,
    Condition,
    Counted,
    Duty,
    Effect,
    Extension,
    Judgement,
    Lasts,
    Modality,
    NotStated,
    Obligation,
    Outcome,
    Per,
    Period,
    Quota,
    Rounding,
    Rule,
    Shift,
    Shifts,
    Silence,
)
from policy.strict_yaml import Entry, LoaderError

NOT_STATED = "not stated"
_RULE_MAY = ("when", "unless", "during", "lasts", "excepts", "beside", "conflicts_with")
_QUOTA_MAY = ("at_most", "at_least", "exactly", "outside", "counts_also")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?) ?%")
_FRACTION = re.compile(r"(\d+)/(\d+)")
_NUMBER = re.compile(r"(\d+) (?:orang|hari)")
_WINDOW = re.compile(r"(\d\d\.\d\d)(?:-(\d\d\.\d\d))?")


def conditions(entry: Entry | None) -> tuple[Condition, ...]:
    """Return the conditions under an entry; all must hold, each with one of its values."""
    if entry is None:
        return ()
    return tuple(condition(name, value) for name, value in entry.mapping().items())


def condition(name: str, entry: Entry) -> Condition:
    """Return one condition. Raises LoaderError for a key or a value that nobody could meet."""
    key = KEYS.get(name)
    if key is None:
        raise entry.wrong(f"`{name}` is not a condition; the conditions are {', '.join(KEYS)}.")
    values = entry.values()
    if not values:
        raise entry.wrong(f"`{name}` has no value: nobody could meet it.")
    for value in values:
        if key.words is not None and value not in key.words:
            raise entry.wrong(f"`{name}` cannot be {value}; it is one of {', '.join(key.words)}.")
        if key.pattern is not None and not key.pattern.fullmatch(value):
            raise entry.wrong(f"`{name}` cannot be {value}; {key.says}.")
    return Condition(name, frozenset(values))


def names(entry: Entry | None) -> tuple[str, ...]:
    """Return one name or a list of them; none where the key is left out."""
    return () if entry is None else entry.texts()


def day(entry: Entry) -> date | None:
    """Return a date, or None where it is "not stated"."""
    return None if entry.raw() == NOT_STATED else entry.date()


def period(entry: Entry) -> Period:
    """Return the days from `from` to `until`, each a date or "not stated"."""
    return period_of(entry.mapping(needs=("from", "until"), may=()))


def period_of(keys: dict[str, Entry]) -> Period:
    """Return the days that `from` and `until` among `keys` name."""
    found = Period(day(keys["from"]), day(keys["until"]))
    if found.start is not None and found.until is not None and found.until < found.start:
        raise keys["until"].wrong(f"`until` ({found.until}) is before `from` ({found.start}).")
    return found


def rule(entry: Entry) -> Rule:
    """Return a rule with its paragraph, what it says, whom it meets and what it does."""
    keys = entry.mapping(needs=("id", "paragraph", "says", "then"), may=_RULE_MAY)
    return Rule(
        id=keys["id"].text(),
        paragraph=keys["paragraph"].text(),
        says=keys["says"].text(),
        when=conditions(keys.get("when")),
        then=_then(keys["then"]),
        excepts=names(keys.get("excepts")),
        beside=names(keys.get("beside")),
        conflicts_with=names(keys.get("conflicts_with")),
        line=entry.line,
        unless=conditions(keys.get("unless")),
        during=period(keys["during"]) if "during" in keys else None,
        lasts=_lasts(keys["lasts"]) if "lasts" in keys else None,
    )


def _lasts(entry: Entry) -> Lasts:
    keys = entry.mapping(needs=("days", "after"), may=())
    after = keys["after"].text()
    if after not in KEYS or not (KEYS[after].regional or KEYS[after].of_unit):
        raise keys["after"].wrong(
            f"`after` names a fact of a region or unit that has a first day, not {after}."
        )
    return Lasts(keys["days"].whole(), after)


def _then(entry: Entry) -> Effect:
    given = entry.mapping()
    if "quota" in given:
        return _quota(entry.mapping(needs=("quota",), may=())["quota"])
    if "shifts" in given:
        return _shifts(entry)
    if "extends" in given:
        keys = entry.mapping(needs=("extends", "signed", "until"), may=())
        return Extension(keys["extends"].text(), keys["signed"].date(), day(keys["until"]))
    for kind in ChangeKind:
        if kind in given:
            keys = entry.mapping(needs=(kind.value,), may=("paragraphs",))
            return Change(kind, keys[kind.value].text(), names(keys.get("paragraphs")))
    return _outcome(entry)


def _outcome(entry: Entry) -> Outcome:
    keys = entry.mapping(needs=("arrangement", "modality"), may=())
    arrangement = keys["arrangement"].word(Arrangement)
    if arrangement is Arrangement.UNDECIDED:
        raise keys["arrangement"].wrong("A rule decides; what is open belongs under `not_stated`.")
    return Outcome(arrangement, keys["modality"].word(Modality))


def _quota(entry: Entry) -> Quota:
    keys = entry.mapping(needs=("of", "per", "counted", "rounding", "modality"), may=_QUOTA_MAY)
    limits = {name: _amount(keys[name]) for name in ("at_most", "at_least", "exactly") if name in keys}
    if not limits:
        raise entry.wrong("A quota says `at_most`, `at_least` or `exactly`.")
    if "exactly" in limits and len(limits) > 1:
        raise entry.wrong("`exactly` leaves no room for `at_most` or `at_least`.")
    exactly = limits.get("exactly")
    return Quota(
        of=frozenset(keys["of"].words(Arrangement)),
        at_most=limits.get("at_most", exactly),
        at_least=limits.get("at_least", exactly),
        per=keys["per"].word(Per),
        counted=keys["counted"].word(Counted),
        rounding=keys["rounding"].word(Rounding),
        modality=keys["modality"].word(Modality),
        outside=conditions(keys.get("outside")),
        counts_also=names(keys.get("counts_also")),
    )


def _amount(entry: Entry) -> Amount:
    text = entry.text()
    if found := _PERCENT.fullmatch(text):
        share = Fraction(found[1].replace(",", ".")) / 100
    elif (found := _FRACTION.fullmatch(text)) and int(found[2]):
        share = Fraction(int(found[1]), int(found[2]))
    elif found := _NUMBER.fullmatch(text):
        return Amount(number=int(found[1]))
    else:
        raise entry.wrong(f'`{entry.name}` is written "25 %", "1/5", "15 orang" or "2 hari": {text}.')
    if share > 1:
        raise entry.wrong(f"`{entry.name}` is more than all of them: {text}.")
    return Amount(share=share)


def _shifts(entry: Entry) -> Shifts:
    keys = entry.mapping(needs=("shifts", "division"), may=())
    found = tuple(_shift(each) for each in keys["shifts"].named_entries("name"))
    return Shifts(found, keys["division"].one_of("even", NOT_STATED) == "even")


def _shift(entry: Entry) -> Shift:
    keys = entry.mapping(needs=("name", "arrive", "leave"), may=())
    shift = Shift(name=keys["name"].text(), arrive=_window(keys["arrive"]), leave=_window(keys["leave"]))
    if shift.leave[0] <= shift.arrive[1]:
        raise entry.wrong(f"Shift {shift.name} ends before it has begun.")
    return shift


def _window(entry: Entry) -> tuple[time, time]:
    found = _WINDOW.fullmatch(entry.text())
    try:
        if found is None:
            raise ValueError
        earliest, latest = (
            time.fromisoformat(each.replace(".", ":")) for each in (found[1], found[2] or found[1])
        )
    except ValueError:
        raise entry.wrong(f'`{entry.name}` is a time or two: "07.30" or "07.00-07.30".') from None
    if latest < earliest:
        raise entry.wrong(f"`{entry.name}` ends before it begins.")
    return earliest, latest


def duty(entry: Entry, *, number: str) -> Duty:
    """Return what the circular asks of the people, heads or agencies it names."""
    keys = entry.mapping(needs=("id", "paragraph", "says", "for"), may=("obligation", "who", "when"))
    return Duty(
        circular=number,
        paragraph=keys["paragraph"].text(),
        id=keys["id"].text(),
        says=keys["says"].text(),
        arrangements=frozenset(keys["for"].words(Arrangement)),
        obligation=keys["obligation"].word(Obligation) if "obligation" in keys else None,
        who=keys["who"].word(Addressee) if "who" in keys else Addressee.EMPLOYEE,
        when=conditions(keys.get("when")),
    )


def judgement(entry: Entry) -> Judgement:
    """Return what the circular leaves to a person's judgement."""
    keys = entry.mapping(needs=("id", "paragraph", "says", "who"), may=("considers", "when"))
    return Judgement(
        id=keys["id"].text(),
        paragraph=keys["paragraph"].text(),
        says=keys["says"].text(),
        considers=names(keys.get("considers")),
        who=keys["who"].word(Addressee),
        when=conditions(keys.get("when")),
        line=entry.line,
    )


def silence(entry: Entry, *, number: str) -> Silence:
    """Return what the circular does not say, and how it is read, if it is."""
    keys = entry.mapping(needs=("id", "about", "answer", "ask"), may=("when", "rules", "during", "reading"))
    answer = keys["answer"].one_of("undecided", "reading")
    if (answer == "reading") != ("reading" in keys):
        raise keys["answer"].wrong("A `reading` and the answer `reading` go together: say how it is read.")
    reading = keys["reading"].text() if "reading" in keys else None
    note = NotStated(number, keys["id"].text(), keys["about"].text(), reading, keys["ask"].word(Ask))
    return Silence(
        note=note,
        when=conditions(keys.get("when")),
        rules=names(keys.get("rules")),
        during=period(keys["during"]) if "during" in keys else None,
        leaves_undecided=answer == "undecided",
        line=entry.line,
    )


__all__ = [
    "NOT_STATED", "LoaderError", "condition", "conditions", "day", "duty", "judgement", "names", "period",
    "period_of", "rule", "silence",
]  # fmt: skip
