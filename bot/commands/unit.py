"""`piket unit …`: what is said of a unit, and so of all below it."""

from datetime import date

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, WordType
from db.appointments import Post, Power
from handlers.admin import leaders, said


@click.group("unit")
def group() -> None:
    """Units and what is said of them."""


@group.command("fact")
@click.argument("code")
@click.argument("name", metavar="|".join(said.UNIT_FACTS))
@click.argument("value")
@click.option("--from", "valid_from", type=DAY, required=True, help="The day from which it holds.")
@click.option("--until", "valid_until", type=DAY, help="The last day on which it holds.")
@click.option("--source", help="Who said so: letter, number, date.")
def fact(
    code: str, name: str, value: str, valid_from: date, valid_until: date | None, source: str | None
) -> None:
    """Record of the unit CODE, and of all below it, what circulars ask for.

    \b
    sector     non-esensial, esensial, kritikal, layanan langsung
    function   layanan, administrasi, lapangan
    strategic  ya, tidak
    urgent     ya, tidak: the agency declares urgent need
    cluster    ya, tidak: a cluster was found
    stage      the stage that the agency has entered, in the circular's words
    """

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            unit = await said.set_unit_fact(
                tx,
                unit_code=code,
                name=name,
                value=value,
                valid_from=valid_from,
                valid_until=valid_until,
                source=source,
                by=errand.by,
                now=errand.now,
            )
        until = f" until {valid_until}" if valid_until else " on"
        click.echo(
            f"{unit.name}: {name} is {value} from {valid_from}{until}. Whoever's day changes by it is told."
        )

    run_errand(work)


@group.command("appoint")
@click.argument("code")
@click.argument("nip")
@click.option(
    "--post", type=WordType(Post), required=True, help="head, plt (vacant post) or plh (head away)."
)
@click.option("--from", "valid_from", type=DAY, required=True, help="The first day.")
@click.option("--until", "valid_until", type=DAY, help="The last day; a plh needs one.")
@click.option("--letter", help="The letter of appointment: number, date. Needed for plt and plh.")
@click.option("--powers", help=f"What the letter allows, of {','.join(Power)}; all of it if not given.")
def appoint(
    code: str,
    nip: str,
    post: Post,
    valid_from: date,
    valid_until: date | None,
    letter: str | None,
    powers: str | None,
) -> None:
    """Record who leads the unit CODE: alerts, approvals, digests and the rota follow them by themselves."""

    async def work(errand: Errand) -> None:
        wanted = leaders.Appointing(
            unit_code=code,
            nip=nip,
            post=post,
            first=valid_from,
            last=valid_until,
            letter=letter,
            powers=leaders.powers_named(powers),
        )
        async with errand.office.db.transaction() as tx:
            person, unit = await leaders.appoint(tx, wanted, by=errand.by, now=errand.now)
        until = f" until {valid_until}" if valid_until else " on"
        allowed = ", ".join(sorted(wanted.powers)) if wanted.powers is not None else "all"
        click.echo(f"{person.name} is {post} of {unit.name} from {valid_from}{until}. Powers: {allowed}.")

    run_errand(work)


@group.command("dismiss")
@click.argument("code")
@click.option("--post", type=WordType(Post), required=True, help="head, plt or plh.")
@click.option(
    "--from", "first", type=DAY, required=True, help="The first day on which nobody holds the post."
)
def dismiss(code: str, post: Post, first: date) -> None:
    """Leave a post of the unit CODE vacant from a day on."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            unit = await leaders.dismiss(
                tx, unit_code=code, post=post, first=first, by=errand.by, now=errand.now
            )
        click.echo(f"{unit.name} has no {post} from {first} on.")

    run_errand(work)
