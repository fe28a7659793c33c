"""`piket agency escalation`: who is told of overdue reports, when, and who next."""

from datetime import date, timedelta

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, count
from handlers.admin import escalations
from policy.escalating import NAMES, Escalation


@click.command("escalation")
@click.argument("code")
@click.option("--after", type=int, help="Minutes from the deadline until the head is told; 30 by default.")
@click.option("--repeat", type=int, help="Minutes of working time until it is told again; 120 by default.")
@click.option(
    "--times", type=int, help="How often a level is told again before the next one is; 2 by default."
)
@click.option("--up", help=f'Who is told next, such as "{",".join(NAMES.values())}"; "" for nobody.')
@click.option("--basis", default="", help="What it rests on: decree, number, date.")
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
def escalation(
    code: str,
    after: int | None,
    repeat: int | None,
    times: int | None,
    up: str | None,
    basis: str,
    valid_from: date | None,
) -> None:
    """State how overdue reports go up in the agency CODE: always in its working hours only."""

    async def work(errand: Errand) -> None:
        start = valid_from or errand.today
        async with errand.office.db.transaction() as tx:
            agency, stated = await escalations.state(
                tx,
                agency_code=code,
                after=after,
                repeat=repeat,
                repeats=times,
                up=up,
                basis=basis,
                valid_from=start,
                by=errand.by,
                now=errand.now,
            )
        click.echo(f"In {agency.name}, from {start} on, {_worded(stated)}")

    run_errand(work)


def _worded(stated: Escalation) -> str:
    again = f"again {count(stated.repeats, 'time')} every {_minutes(stated.repeat)} of working time"
    levels = ", then ".join(NAMES[each] for each in stated.up) or "nobody"
    return f"a head is told {_minutes(stated.after)} after the deadline, {again}, and then {levels}."


def _minutes(span: timedelta) -> str:
    return count(int(span.total_seconds() // 60), "minute")
