"""`piket agency authority` and `... nonperformance`: who receives the reports of unit heads, and their rule."""

from datetime import date

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, WordType
from db.roles import Role
from handlers.admin import authorities, officers
from policy.nonperformance import DEFAULT_RULE, Within


@click.command("authority")
@click.argument("code")
@click.argument("nip")
@click.option("--stop", is_flag=True, help="They are no authorised official of this unit any more.")
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
def authority(code: str, nip: str, stop: bool, valid_from: date | None) -> None:
    """Name who receives the periodic reports (PyB/PPK) of the agency or unit CODE and all below it."""

    async def work(errand: Errand) -> None:
        start = valid_from or errand.today
        async with errand.office.db.transaction() as tx:
            if stop:
                person = await officers.dismiss_officer(
                    tx, unit_code=code, nip=nip, first=start, by=errand.by, now=errand.now, role=Role.PYB
                )
            else:
                person = await officers.name_officer(
                    tx, unit_code=code, nip=nip, valid_from=start, by=errand.by, now=errand.now, role=Role.PYB
                )
        is_now = "receives no periodic reports" if stop else "receives the periodic reports (PyB)"
        click.echo(f"{person.name} {is_now} of {code} from {start} on.")

    run_errand(work)


@click.command("nonperformance")
@click.argument("code")
@click.option(
    "--missed", type=int, default=DEFAULT_RULE.missed, help="How many missed working days name somebody."
)
@click.option("--within", type=WordType(Within), default=DEFAULT_RULE.within.value, help="The period.")
@click.option("--of", default="plan,output", help="What counts: plan, output or both. Health never does.")
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
def nonperformance(code: str, missed: int, within: Within, of: str, valid_from: date | None) -> None:
    """State whom the periodic reports of the agency CODE name, and of which period they are. It is no sanction."""

    async def work(errand: Errand) -> None:
        start = valid_from or errand.today
        async with errand.office.db.transaction() as tx:
            agency, rule = await authorities.set_rule(
                tx,
                agency_code=code,
                missed=missed,
                within=within,
                of=of,
                valid_from=start,
                by=errand.by,
                now=errand.now,
            )
        counted = " or ".join(kind.value for kind in rule.kinds)
        click.echo(
            f"In {agency.name}, from {start} on, a report is drafted for every {rule.within}. It names who has "
            f"{rule.missed} working days or more in it without {counted}, neither done late nor excused. Who is named "
            "is told and may answer first; nothing follows by itself."
        )

    run_errand(work)
