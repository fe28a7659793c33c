"""Whether one person can, on one day, be met by two rules: without false alarms where that is certain not to be."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from policy.keys import KEYS
from policy.looking import WEEKDAYS, age_words, week_of_month
from policy.model import Condition, Period, Rule

_AGES = range(121)
_OF_DAYS = {"date", "weekday", "week_of_month"}
_MONTH_WEEKS = [week_of_month(date(2026, 6, day)) for day in (1, 8, 15, 22, 24, 29)]  # every kind there is
_FEW_DAYS = 6  # a longer period has every day of the week


def can_meet(
    rules: Sequence[Rule], *, also: Iterable[Condition] = (), within: Iterable[Period | None] = ()
) -> bool:
    """False only if nobody can meet all these rules (and the conditions `also`) on any day `within`."""
    wanted = [*also, *(condition for rule in rules for condition in rule.when)]
    barred = [condition for rule in rules for condition in rule.unless]
    names = {condition.key for condition in (*wanted, *barred)} - _OF_DAYS
    if not all(_has_room(name, wanted, barred) for name in names):
        return False
    return _has_day(wanted, barred, [*within, *(rule.during for rule in rules)])


def meets_all_of(wide: Rule, narrow: Rule) -> bool:
    """Whether whoever meets `narrow` certainly meets `wide` too."""
    if not _covers(wide.during, narrow.during) or wide.lasts not in (None, narrow.lasts):
        return False
    has_room = all(any(_implies(own, each) for own in narrow.when) for each in wide.when)
    return has_room and all(_is_kept_out(each, narrow) for each in wide.unless)


def _has_room(name: str, wanted: Iterable[Condition], barred: Iterable[Condition]) -> bool:
    """Whether some value of this key is left: of keys with several values at once, every wish by itself."""
    wishes = [_values(each) for each in wanted if each.key == name]
    out = frozenset[str]().union(*(_values(each) for each in barred if each.key == name))
    if KEYS[name].is_many and name != "age":
        return all(wish - out for wish in wishes)
    closed = _closed(name)
    if not wishes and closed is None:
        return True
    room = frozenset.intersection(*wishes) if wishes else closed or frozenset()
    return bool(room - out)


def _values(condition: Condition) -> frozenset[str]:
    return _ages(condition.values) if condition.key == "age" else condition.values


@lru_cache(maxsize=256)
def _ages(values: frozenset[str]) -> frozenset[str]:
    """The ages in years of which one of the comparisons is true."""
    return frozenset(str(age) for age in _AGES if not values.isdisjoint(age_words(age)))


def _closed(name: str) -> frozenset[str] | None:
    """Every value there is, where that is known."""
    words = KEYS[name].words
    if name == "age":
        return frozenset(str(age) for age in _AGES)
    return None if words is None else frozenset(words)


def _has_day(
    wanted: Sequence[Condition], barred: Sequence[Condition], within: Sequence[Period | None]
) -> bool:
    """Whether a day is left: of the dates named, or of the period, with a day of the week that is asked for."""
    first, last = _window(within)
    if first is not None and last is not None and first > last:
        return False
    days = _days([each for each in wanted if each.key == "date"], first, last)
    if days is None:
        return _has_room("weekday", wanted, barred) and _has_week(wanted, barred)
    return any(all(_says(day, wanted)) and not any(_says(day, barred)) for day in days)


def _has_week(wanted: Iterable[Condition], barred: Iterable[Condition]) -> bool:
    """Whether a week of the month is left."""
    wishes = [each.values for each in wanted if each.key == "week_of_month"]
    out = frozenset[str]().union(*(each.values for each in barred if each.key == "week_of_month"))
    return any(
        week.isdisjoint(out) and not any(week.isdisjoint(wish) for wish in wishes) for week in _MONTH_WEEKS
    )


def _window(within: Iterable[Period | None]) -> tuple[date | None, date | None]:
    periods = [period for period in within if period is not None]
    first = max((each.start for each in periods if each.start), default=None)
    return first, min((each.until for each in periods if each.until), default=None)


def _days(dates: Sequence[Condition], first: date | None, last: date | None) -> list[date] | None:
    """The days that are left, if they can be counted on the fingers: the dates named, or a short period."""
    if dates:
        named = frozenset.intersection(*(each.values for each in dates))
        days = sorted(date.fromisoformat(each) for each in named)
        return [day for day in days if (first is None or first <= day) and (last is None or day <= last)]
    if first is None or last is None or (last - first).days >= _FEW_DAYS:
        return None
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def _says(day: date, conditions: Iterable[Condition]) -> Iterator[bool]:
    """For each condition on the day itself, whether the day meets it."""
    words = {
        "date": {day.isoformat()},
        "weekday": {WEEKDAYS[day.weekday()]},
        "week_of_month": week_of_month(day),
    }
    return (not each.values.isdisjoint(words[each.key]) for each in conditions if each.key in words)


def _implies(narrow: Condition, wide: Condition) -> bool:
    return narrow.key == wide.key and _values(narrow) <= _values(wide)


def _is_kept_out(barred: Condition, rule: Rule) -> bool:
    """Whether nobody who meets `rule` has a value that is barred."""
    if any(_implies(barred, own) for own in rule.unless):
        return True
    is_one = not KEYS[barred.key].is_many or barred.key == "age"
    return is_one and any(
        own.key == barred.key and _values(own).isdisjoint(_values(barred)) for own in rule.when
    )


def _covers(wide: Period | None, narrow: Period | None) -> bool:
    if wide is None:
        return True
    if narrow is None:
        return False
    starts = wide.start is None or (narrow.start is not None and wide.start <= narrow.start)
    return starts and (wide.until is None or (narrow.until is not None and narrow.until <= wide.until))
