"""`piket agency reporting | deadlines | season`: what is owed on a working day, until when, and other hours."""

from datetime import date

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, table
from db import reporting as stored
from handlers.admin import reporting as verbs
from handlers.admin.finding import agency_named
from handlers.admin.refusal import AdminRefused
from policy.book import Book


@click.command("reporting")
@click.argument("code")
@click.argument("kinds")
@click.option("--basis", default="", help="The legal basis: decree, number, date. Needed for all but off.")
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
def reporting(code: str, kinds: str, basis: str, valid_from: date | None) -> None:
    """Let the people of the agency CODE owe KINDS each working day: plan,output or one of them, or off."""

    async def work(errand: Errand) -> None:
        start = valid_from or errand.today
        async with errand.office.db.transaction() as tx:
            agency = await verbs.ask_reports(
                tx, agency_code=code, kinds=kinds, basis=basis, valid_from=start, by=errand.by, now=errand.now
            )
            asked = await stored.of_agency(tx, agency_code=code, on=start, now=errand.now)
        owed = [kind.value for kind in asked.bases]
        if not owed:
            click.echo(f"{agency.name} asks for no daily report from {start} on.")
            return
        click.echo(f"In {agency.name}, from {start} on, everybody who works owes: {', '.join(owed)}.")
        click.echo(f"Until when: piket agency deadlines {code} --show")

    run_errand(work)


@click.command("deadlines")
@click.argument("code")
@click.argument("what", default="")
@click.argument("moments", nargs=-1)
@click.option("--show", is_flag=True, help="Only show what holds.")
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
def deadlines(code: str, what: str, moments: tuple[str, ...], valid_from: date | None, *, show: bool) -> None:
    """State from when and until when the agency CODE asks for WHAT: health, plan or output.

    A moment is a clock time such as 08.30, or minutes from the person's own hours: "mulai-30" "mulai+60", or
    "selesai+60". With a weekday or season it holds only then: plan@Jumat 07.00 09.00; without moments that ends.
    WHAT may be verification, with the number of working days until whose 24.00 a superior has time.
    """

    async def work(errand: Errand) -> None:
        start = valid_from or errand.today
        if not what and not show:
            raise AdminRefused("Say what is stated, such as: health mulai-30 mulai+60; or --show what holds.")
        async with errand.office.db.transaction() as tx:
            agency = await agency_named(tx, code, what="until when people report")
            if show:
                asked = await stored.of_agency(tx, agency_code=code, on=start, now=errand.now)
            else:
                asked = await verbs.state_deadline(
                    tx,
                    Book.shipped(),
                    agency_code=code,
                    what=what,
                    moments=moments,
                    valid_from=start,
                    by=errand.by,
                    now=errand.now,
                )
        click.echo(f"{agency.name}, from {start} on:")
        click.echo(table(("WHAT", "FROM", "UNTIL", "BASIS"), verbs.in_lines(asked)))

    run_errand(work)


@click.command("season")
@click.argument("code")
@click.argument("name", default="")
@click.option("--from", "first", type=DAY, required=True, help="The first day.")
@click.option("--until", "last", type=DAY, help="The last day.")
@click.option("--stop", is_flag=True, help="From that day on the usual hours hold again.")
def season(code: str, name: str, first: date, last: date | None, *, stop: bool) -> None:
    """Let the agency CODE work the hours of a season, such as Ramadan, on the days announced for it."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            if stop:
                agency = await verbs.end_season(
                    tx, agency_code=code, first=first, by=errand.by, now=errand.now
                )
                click.echo(f"{agency.name} works its usual hours from {first} on.")
                return
            if last is None:
                raise AdminRefused("A season ends: say its last day with --until.")
            agency = await verbs.name_season(
                tx,
                Book.shipped(),
                agency_code=code,
                name=name,
                first=first,
                last=last,
                by=errand.by,
                now=errand.now,
            )
        click.echo(f"{agency.name} works the hours of {name} from {first} to {last}.")

    run_errand(work)
