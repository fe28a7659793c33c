"""`piket simulate`: an organisation under its circulars, or under a draft, without a database and without settings."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import click

from bot.commands.simulate_tables import day_text, draft_text
from policy.format.strict_yaml import text_of
from policy.loader import examine, load_all, shipped
from policy.model import Audience, Circular
from policy.org.people import Org, load_org
from policy.simulation.comparing import Comparison, with_draft
from policy.simulation.days import SimulatedDay
from policy.simulation.days import simulate as days_of
from policy.simulation.lines import Line, Lines

MOST_DAYS = 400
YEARS = range(1945, 2200)
_WRITE = json.JSONEncoder(ensure_ascii=False).encode
_BATCH = 2000  # lines written at once


@click.command("simulate")
@click.option(
    "--circulars", "folder", required=True, type=click.Path(path_type=Path), help="A folder of *.yaml."
)
@click.option(
    "--org", "org_file", required=True, type=click.Path(path_type=Path), help="ORG.json: `piket org schema`."
)
@click.option("--from", "first", required=True, metavar="YYYY-MM-DD", help="The first day.")
@click.option("--to", "last", required=True, metavar="YYYY-MM-DD", help="The last day.")
@click.option("--draft", type=click.Path(path_type=Path), help="A circular to compare with today.")
@click.option(
    "--audience",
    type=click.Choice([each.value for each in Audience]),
    default=Audience.HEAD.value,
    show_default=True,
    help="Whose eyes read the reasons.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def simulate(
    folder: Path, org_file: Path, first: str, last: str, draft: Path | None, audience: str, as_json: bool
) -> None:
    """Say for every person and day of ORG.json where they work and why, and for every unit how many are in.

    With --draft, say what that circular would change. Rotas that are not published are proposed.
    """
    days = _days(first, last)
    circulars = _circulars(folder)
    proposed = _draft(draft, circulars) if draft is not None else None
    run = _Run(load_org(org_file), days, Audience(audience))
    run.check_bindings((*circulars, proposed) if proposed else circulars)
    if as_json:
        _write(run.compared(circulars, proposed) if proposed else run.plain(circulars))
    elif proposed:
        click.echo(run.draft_report(circulars, proposed))
    else:
        for text in run.day_reports(circulars):
            click.echo(text)


class _Run:
    """The lines of one call."""

    def __init__(self, org: Org, days: tuple[date, date], audience: Audience) -> None:
        self.org = org
        self._days = days
        self._audience = audience

    def plain(self, circulars: tuple[Circular, ...]) -> Iterator[Line]:
        lines = Lines(self._audience)
        return chain.from_iterable(lines.of(day) for day in self._simulated(circulars))

    def compared(self, circulars: tuple[Circular, ...], draft: Circular) -> Iterator[Line]:
        """The lines under the draft, and after those of each day what differs from today."""
        before, after = with_draft(circulars, draft)
        lines = Lines(self._audience)
        comparison = Comparison(lines, self._audience)
        for today, then in zip(self._simulated(before), self._simulated(after), strict=True):
            yield from lines.of(then)
            yield from comparison.day(today, then)
        yield from comparison.conflicts()

    def day_reports(self, circulars: tuple[Circular, ...]) -> Iterator[str]:
        return (day_text(day, self._audience) for day in self._simulated(circulars))

    def draft_report(self, circulars: tuple[Circular, ...], draft: Circular) -> str:
        first, last = self._days
        differences = (
            line
            for line in self.compared(circulars, draft)
            if line["kind"] not in ("verdict", "unit", "rota")
        )
        return draft_text(differences, draft, people=len(self.org.people), days=f"{first} to {last}")

    def check_bindings(self, circulars: tuple[Circular, ...]) -> None:
        unknown = self.org.unbound(circulars)
        if unknown:
            raise click.ClickException(
                f"ORG.json says whom {unknown[0]} binds, but no circular given has that number or name."
            )

    def _simulated(self, circulars: tuple[Circular, ...]) -> Iterator[SimulatedDay]:
        first, last = self._days
        return days_of(self.org, circulars, first=first, last=last)


def _days(first: str, last: str) -> tuple[date, date]:
    start, end = _day("--from", first), _day("--to", last)
    if end < start:
        raise click.ClickException(f"--to ({end}) is before --from ({start}).")
    if (end - start).days >= MOST_DAYS:
        raise click.ClickException(
            f"From {start} to {end} are more than {MOST_DAYS} days. Ask for fewer at once."
        )
    return start, end


def _day(option: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.isoformat() != text or day.year not in YEARS:
        raise click.ClickException(f"{option}: `{text}` is not a day. Write it like 2020-06-15.")
    return day


def _circulars(folder: Path) -> tuple[Circular, ...]:
    if not folder.is_dir():
        raise click.ClickException(f"There is no folder {folder}.")
    circulars = load_all(folder)
    if not circulars:
        raise click.ClickException(f"The folder {folder} has no circular: no file in it ends in .yaml.")
    return circulars


def _draft(path: Path, circulars: tuple[Circular, ...]) -> Circular:
    """The draft beside these circulars and what is shipped, not beside other drafts that lie around it."""
    beside = {each.id: each for each in (*shipped().values(), *circulars)}
    (examined,) = examine({str(path): text_of(path)}, others=beside.values())
    if examined.problems or examined.circular is None:
        raise examined.problems[0]
    return examined.circular


def _write(lines: Iterable[Line]) -> None:
    batch: list[str] = []
    for line in lines:
        batch.append(_WRITE(line))
        if len(batch) == _BATCH:
            click.echo("\n".join(batch))
            batch.clear()
    if batch:
        click.echo("\n".join(batch))
