"""An agency calendar's YAML -> AgencyCalendar, as strictly as a circular."""

from functools import lru_cache
from pathlib import Path

from policy.calendar import AgencyCalendar, Season, SpecialDay, Week
from policy.conditions import WEEKDAYS
from policy.format.strict_yaml import Entry, LoaderError, read_text, text_of
from policy.words import DayKind, Hours

SHIPPED = Path(__file__).parent / "calendars"


def load_calendar(path: Path) -> AgencyCalendar:
    """The calendar in this file. Raises LoaderError."""
    return calendar_in(text_of(path), name=path.stem, file=str(path))


@lru_cache(maxsize=64)
def calendar_in(text: str, *, name: str, file: str) -> AgencyCalendar:
    """The calendar in this text, called `name`; errors name `file`. Raises LoaderError."""
    top = read_text(text, file=file).mapping(
        needs=("title", "week"), may=("public_holidays", "season_weeks", "seasons", "days")
    )
    weeks = _season_weeks(top.get("season_weeks"))
    seasons = tuple(_season(entry, weeks) for entry in _entries(top.get("seasons")))
    for first, second in zip(sorted_seasons := sorted(seasons, key=_start), sorted_seasons[1:], strict=False):
        if second.start <= first.end:
            raise top["seasons"].wrong(f"The seasons of {first.start} and {second.start} overlap.")
    days = [_special_day(entry) for entry in _entries(top.get("days"))]
    _days_are_apart(days, top.get("days"))
    return AgencyCalendar(
        id=name,
        season_weeks=weeks,
        week=_week(top["week"]),
        seasons=seasons,
        days={day.on: day for day in days},
        has_public_holidays=top["public_holidays"].flag() if "public_holidays" in top else True,
    )


@lru_cache(maxsize=8)
def shipped_calendar(name: str = "default") -> AgencyCalendar:
    """A calendar that comes with Piket, by its file's name. Raises LoaderError."""
    return load_calendar(SHIPPED / f"{name}.yaml")


def _start(season: Season) -> str:
    return season.start.isoformat()


def _entries(entry: Entry | None) -> list[Entry]:
    return [] if entry is None else entry.entries()


def _days_are_apart(days: list[SpecialDay], entry: Entry | None) -> None:
    dates = [day.on for day in days]
    for on in dates:
        if entry is not None and dates.count(on) > 1:
            raise entry.wrong(f"{on} stands twice in `days`.")


def _week(entry: Entry) -> Week:
    days = entry.mapping(may=WEEKDAYS)
    if not days:
        raise entry.wrong("A week has at least one working day.")
    return {WEEKDAYS.index(name): _hours(value) for name, value in days.items()}


def _hours(entry: Entry) -> Hours:
    keys = entry.mapping(needs=("from", "to"), may=("break_from", "break_to"))
    hours = Hours(
        start=keys["from"].time(),
        end=keys["to"].time(),
        break_start=keys["break_from"].time() if "break_from" in keys else None,
        break_end=keys["break_to"].time() if "break_to" in keys else None,
    )
    _check_order(hours, entry)
    return hours


def _check_order(hours: Hours, entry: Entry) -> None:
    if hours.end <= hours.start:
        raise entry.wrong(f"`{entry.name}` ends before it begins.")
    if (hours.break_start is None) != (hours.break_end is None):
        raise entry.wrong(f"The break of `{entry.name}` needs both `break_from` and `break_to`.")
    if hours.break_start is None or hours.break_end is None:
        return
    if not hours.start < hours.break_start < hours.break_end < hours.end:
        raise entry.wrong(f"The break of `{entry.name}` must lie inside its hours.")


def _season_weeks(entry: Entry | None) -> dict[str, Week]:
    if entry is None:
        return {}
    return {name: _week(week) for name, week in entry.mapping().items()}


def _season(entry: Entry, weeks: dict[str, Week]) -> Season:
    keys = entry.mapping(needs=("week", "from", "until"), may=())
    name = keys["week"].text()
    if name not in weeks:
        raise keys["week"].wrong(f"`{name}` is not one of `season_weeks`.")
    season = Season(name, keys["from"].date(), keys["until"].date(), weeks[name])
    if season.end < season.start:
        raise keys["until"].wrong(f"`until` ({season.end}) is before `from` ({season.start}).")
    return season


def _special_day(entry: Entry) -> SpecialDay:
    keys = entry.mapping(needs=("on", "kind", "name", "checked_on"), may=())
    kind = keys["kind"].word(DayKind)
    if kind is DayKind.WEEKEND:
        raise keys["kind"].wrong("A weekend follows from the week; it is not a day of its own.")
    checked = keys["checked_on"]
    return SpecialDay(
        on=keys["on"].date(),
        kind=kind,
        name=keys["name"].text(),
        checked_on=None if checked.raw() == "unchecked" else checked.date(),
    )


__all__ = ["LoaderError", "load_calendar", "shipped_calendar"]
