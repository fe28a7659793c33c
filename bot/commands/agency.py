"""`piket agency …`: the agencies, and what each has decided for itself."""

from datetime import date

import click

from bot.commands.agency_day import day
from bot.commands.agency_escalation import escalation
from bot.commands.agency_hours import calendar
from bot.commands.agency_reporting import deadlines, reporting, season
from bot.commands.agency_reports import authority, nonperformance
from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, WordType, table
from db import adoptions, settings, staff, units
from db.engine import Tx
from db.units import Unit
from handlers.admin import decisions, officers, rotas
from policy.health import HealthMode


@click.group("agency")
def group() -> None:
    """Agencies and what they decide for themselves."""


for command in (day, calendar, season, reporting, deadlines, escalation, authority, nonperformance):
    group.add_command(command)


@group.command("list")
def list_agencies() -> None:
    """List the agencies: people, chats, how health is reported, and which circulars bind them."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.reading() as tx:
            agencies = [unit for unit in await units.all_units(tx) if unit.parent_code is None]
            rows = [await _line(tx, agency, errand) for agency in agencies]
        if not rows:
            click.echo("There are no agencies yet. They come with: piket people import FILE")
            return
        click.echo(table(("CODE", "NAME", "KIND", "PEOPLE", "CHATS", "HEALTH", "CIRCULARS"), rows))

    run_errand(work)


async def _line(tx: Tx, agency: Unit, errand: Errand) -> tuple[str, ...]:
    below = await units.under(tx, code=agency.code)
    everybody = await staff.members(tx, on=errand.today, now=errand.now)
    here = [member for member in everybody if member.is_active and member.unit_code in below]
    mode = await settings.value(
        tx, unit_code=agency.code, name=decisions.HEALTH_MODE, on=errand.today, now=errand.now
    )
    bound = await adoptions.in_force(tx, unit_chain=[agency.code], on=errand.today, now=errand.now)
    linked = sum(member.is_linked for member in here)
    told = (agency.code, agency.name, agency.kind, str(len(here)), str(linked))
    return (*told, mode.value if mode else "off", ", ".join(bound) or "-")


@group.command("health")
@click.argument("code")
@click.argument("mode", type=WordType(HealthMode))
@click.option("--basis", default="", help="The legal basis: decree, number, date. Needed for all but off.")
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
def health(code: str, mode: HealthMode, basis: str, valid_from: date | None) -> None:
    """Let the agency CODE report health by the six questions (kmk328), as fit/unfit, or not at all (off)."""

    async def work(errand: Errand) -> None:
        start = valid_from or errand.today
        async with errand.office.db.transaction() as tx:
            agency = await decisions.set_health_mode(
                tx,
                agency_code=code,
                mode=mode,
                basis=basis,
                valid_from=start,
                by=errand.by,
                now=errand.now,
            )
        if mode is HealthMode.OFF:
            click.echo(
                f"{agency.name} takes no health reports from {start} on. Those already given are kept sealed."
            )
        else:
            click.echo(
                f"{agency.name} takes health reports ({mode}) from {start} on. Recorded basis: {basis.strip()}. "
                "Employees see their own answers, the health role sees them too, heads and admins do not. "
                f"Only a health officer clears who may not enter the office: piket agency officer {code} NIP"
            )

    run_errand(work)


@group.command("days")
@click.argument("code")
@click.argument("days", type=int)
@click.option("--basis", default="", help="What the number rests on: decree, number, date.")
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
def case_days(code: str, days: int, basis: str, valid_from: date | None) -> None:
    """Keep people of high risk out for DAYS days at first (0: no date until the health officer states one)."""

    async def work(errand: Errand) -> None:
        start = valid_from or errand.today
        async with errand.office.db.transaction() as tx:
            agency = await decisions.set_case_days(
                tx, agency_code=code, days=days, basis=basis, valid_from=start, by=errand.by, now=errand.now
            )
        stated = f"for {days} days at first" if days else "with no date stated"
        click.echo(
            f"In {agency.name}, from {start} on, high risk keeps people out of the office {stated}, "
            "and always until the health officer clears them."
        )

    run_errand(work)


@group.command("officer")
@click.argument("code")
@click.argument("nip")
@click.option("--stop", is_flag=True, help="They are no health officer of this unit any more.")
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
def officer(code: str, nip: str, stop: bool, valid_from: date | None) -> None:
    """Name the health officer of the agency or unit CODE and all below it: only they see and clear cases."""

    async def work(errand: Errand) -> None:
        start = valid_from or errand.today
        async with errand.office.db.transaction() as tx:
            if stop:
                person = await officers.dismiss_officer(
                    tx, unit_code=code, nip=nip, first=start, by=errand.by, now=errand.now
                )
            else:
                person = await officers.name_officer(
                    tx, unit_code=code, nip=nip, valid_from=start, by=errand.by, now=errand.now
                )
        is_now = "is no health officer" if stop else "is a health officer"
        click.echo(f"{person.name} {is_now} of {code} from {start} on.")

    run_errand(work)


@group.command("rota")
@click.argument("code")
@click.option("--draw", help='When next week\'s rotas are drawn, such as "Kamis 09:00".')
@click.option("--publish", help='When they publish themselves, such as "Jumat 12:00"; after they are drawn.')
@click.option(
    "--swap", type=click.Choice(["told", "approve"]), help="Whether heads are told of swaps or approve."
)
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
def rota(code: str, draw: str | None, publish: str | None, swap: str | None, valid_from: date | None) -> None:
    """State when the rotas of the agency CODE are drawn and published, and what heads have to do with swaps."""

    async def work(errand: Errand) -> None:
        start = valid_from or errand.today
        async with errand.office.db.transaction() as tx:
            stated = await rotas.state(
                tx,
                agency_code=code,
                draw=draw,
                publish=publish,
                swap=swap,
                valid_from=start,
                by=errand.by,
                now=errand.now,
            )
        click.echo(
            f"In {stated.agency}, from {start} on, next week's rotas are drawn on {stated.draw} and publish "
            f"themselves on {stated.publish}, unless their heads do; heads "
            f"{'approve swaps' if stated.swap == 'approve' else 'are told of swaps'}."
        )

    run_errand(work)
