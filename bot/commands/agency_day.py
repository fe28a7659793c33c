"""`piket agency day`: a day of the agency's own calendar."""

from datetime import date

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, WordType
from handlers.admin import days
from handlers.admin.refusal import AdminRefused
from policy.words import DayKind


@click.command("day")
@click.argument("code")
@click.argument("on", type=DAY)
@click.argument("kind", type=WordType(DayKind), required=False)
@click.argument("name", default="")
@click.option("--until", type=DAY, help="The last of several days.")
@click.option("--stop", is_flag=True, help="The day is again what the shipped calendar says.")
def day(code: str, on: date, kind: DayKind | None, name: str, until: date | None, *, stop: bool) -> None:
    """Name a day for the agency CODE: holiday, joint_leave or working, with its NAME."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            if stop:
                agency = await days.unname_day(tx, agency_code=code, on=on, by=errand.by, now=errand.now)
                click.echo(f"For {agency.name}, {on} is again what the shipped calendar says.")
                return
            if kind is None:
                raise AdminRefused("Say what the day is: holiday, joint_leave or working.")
            agency = await days.name_day(
                tx,
                agency_code=code,
                kind=kind,
                name=name,
                on=on,
                until=until or on,
                by=errand.by,
                now=errand.now,
            )
        last = f" to {until}" if until else ""
        click.echo(f"For {agency.name}, {on}{last} is {kind}: {' '.join(name.split())}.")

    run_errand(work)
