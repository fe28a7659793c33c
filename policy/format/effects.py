"""What a rule does: the YAML under `then` -> Outcome, Quota, Shifts, Extension or Change."""

import re
from datetime import time
from fractions import Fraction

from policy.format.conditions import NOT_STATED, conditions, day, names
from policy.format.strict_yaml import Entry
from policy.model import (
    Amount,
    Arrangement,
    Change,
    ChangeKind,
    Counted,
    Effect,
    Extension,
    Modality,
    Outcome,
    Per,
    Quota,
    Rounding,
    Shift,
    Shifts,
)

_LIMITS = ("at_most", "at_least", "exactly")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?) ?%")
_FRACTION = re.compile(r"(\d{1,4})/(\d{1,4})")
_NUMBER = re.compile(r"(\d{1,5}) (orang|hari)")
_WINDOW = re.compile(r"(\d\d\.\d\d)(?:-(\d\d\.\d\d))?")
_DAYS_A_WEEK = 7
_OFFICE = frozenset({Arrangement.WFO})
_ELSEWHERE = frozenset({Arrangement.WFH, Arrangement.WFA})


def then(entry: Entry) -> Effect:
    """What the rule does. Raises LoaderError for what is none of the things that a rule can do."""
    given = entry.mapping()
    if "quota" in given:
        return _quota(entry.mapping(needs=("quota",), may=())["quota"])
    if "shifts" in given:
        return _shifts(entry)
    if "extends" in given:
        return _extension(entry)
    for kind in ChangeKind:
        if kind in given:
            keys = entry.mapping(needs=(kind.value,), may=("paragraphs",))
            return Change(kind, keys[kind.value].text(), names(keys.get("paragraphs")))
    return _outcome(entry)


def _extension(entry: Entry) -> Extension:
    keys = entry.mapping(needs=("extends", "signed", "until"), may=())
    made = Extension(keys["extends"].text(), day(keys["signed"]), day(keys["until"]))
    if made.until is not None and made.signed is not None and made.until < made.signed:
        raise keys["until"].wrong(f"`until` ({made.until}) is before that circular was signed.")
    return made


def _outcome(entry: Entry) -> Outcome:
    keys = entry.mapping(needs=("arrangement", "modality"), may=())
    arrangement = keys["arrangement"].word(Arrangement)
    if arrangement is Arrangement.UNDECIDED:
        raise keys["arrangement"].wrong("A rule decides; what is open belongs under `not_stated`.")
    return Outcome(arrangement, keys["modality"].word(Modality))


def _quota(entry: Entry) -> Quota:
    keys = entry.mapping(needs=("of", "per", "counted", "rounding", "modality"), may=_QUOTA_MAY)
    limits = _limits(entry, keys)
    exactly = limits.get("exactly")
    quota = Quota(
        of=_places(keys["of"]),
        at_most=limits.get("at_most", exactly),
        at_least=limits.get("at_least", exactly),
        per=keys["per"].word(Per),
        counted=keys["counted"].word(Counted),
        rounding=keys["rounding"].word(Rounding),
        modality=keys["modality"].word(Modality),
        outside=conditions(keys.get("outside")),
        counts_also=names(keys.get("counts_also")),
    )
    _leaves_room(quota, entry)
    return quota


_QUOTA_MAY = (*_LIMITS, "outside", "counts_also")


def _limits(entry: Entry, keys: dict[str, Entry]) -> dict[str, Amount]:
    """The amounts by their keys. Days are of one person's week, people and shares of a unit."""
    found = {name: keys[name] for name in _LIMITS if name in keys}
    if not found:
        raise entry.wrong("A quota says `at_most`, `at_least` or `exactly`.")
    if "exactly" in found and len(found) > 1:
        raise entry.wrong("`exactly` leaves no room for `at_most` or `at_least`.")
    is_weekly = keys["counted"].word(Counted) is Counted.WEEK
    if is_weekly != (keys["per"].word(Per) is Per.PERSON):
        raise entry.wrong(
            "`counted: hari sepekan` and `per: pegawai` go together: days of one person's week."
        )
    return {name: _amount(each, is_weekly=is_weekly) for name, each in found.items()}


def _places(entry: Entry) -> frozenset[Arrangement]:
    found = frozenset(entry.words(Arrangement))
    if found == _OFFICE or (found and found <= _ELSEWHERE):
        return found
    raise entry.wrong(
        "`of` is WFO, or WFH, WFA or both: a quota counts the office or what is not the office."
    )


def _leaves_room(quota: Quota, entry: Entry) -> None:
    most, least = quota.at_most, quota.at_least
    if most is None or least is None:
        return
    if most.share is not None and least.share is not None:
        is_crossed = least.share > most.share
    elif most.number is not None and least.number is not None:
        is_crossed = least.number > most.number
    else:
        return
    if is_crossed:
        raise entry.wrong("`at_least` is above `at_most`: no number fits.")


def _amount(entry: Entry, *, is_weekly: bool) -> Amount:
    text = entry.quoted()
    if found := _NUMBER.fullmatch(text):
        return _number(entry, int(found[1]), is_days=found[2] == "hari", is_weekly=is_weekly)
    if is_weekly:
        raise entry.wrong(f'`{entry.name}` of `hari sepekan` is a number of days, such as "2 hari": {text}.')
    if found := _PERCENT.fullmatch(text):
        share = Fraction(found[1].replace(",", ".")) / 100
    elif (found := _FRACTION.fullmatch(text)) and int(found[2]):
        share = Fraction(int(found[1]), int(found[2]))
    else:
        raise entry.wrong(f'`{entry.name}` is written "25 %", "1/5", "15 orang" or "2 hari": {text}.')
    if share > 1:
        raise entry.wrong(f"`{entry.name}` is more than all of them: {text}.")
    return Amount(share=share)


def _number(entry: Entry, number: int, *, is_days: bool, is_weekly: bool) -> Amount:
    if is_days != is_weekly:
        wanted = "days (hari)" if is_weekly else "people (orang) or a share"
        raise entry.wrong(f"`{entry.name}` must be {wanted}, as `counted` says: {entry.raw()}.")
    if is_days and number > _DAYS_A_WEEK:
        raise entry.wrong(f"`{entry.name}` is more days than a week has: {entry.raw()}.")
    return Amount(number=number)


def _shifts(entry: Entry) -> Shifts:
    keys = entry.mapping(needs=("shifts", "division"), may=())
    found = keys["shifts"].each(_shift, named="name")
    names_said = [" ".join(shift.name.casefold().split()) for shift in found]
    for name in names_said:
        if names_said.count(name) > 1:
            raise keys["shifts"].wrong(f"Two shifts are called `{name}`; people could not tell them apart.")
    return Shifts(found, keys["division"].one_of("even", NOT_STATED) == "even")


def _shift(entry: Entry) -> Shift:
    keys = entry.mapping(needs=("name", "arrive", "leave"), may=())
    shift = Shift(name=keys["name"].text(), arrive=_window(keys["arrive"]), leave=_window(keys["leave"]))
    if shift.leave[0] <= shift.arrive[1]:
        raise entry.wrong(f"Shift {shift.name} ends before it has begun.")
    return shift


def _window(entry: Entry) -> tuple[time, time]:
    found = _WINDOW.fullmatch(entry.quoted())
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
