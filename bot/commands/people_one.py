"""`piket people trait|function|override …`: what is recorded of one person, and may decide their day."""

from datetime import date

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, WordType
from db.traits import KIND_OF, TraitKind
from handlers.admin import singled
from handlers.admin.refusal import AdminRefused
from handlers.admin.singled import Days
from policy.words import Arrangement, Function, Trait, Yes

_FROM = click.option("--from", "first", type=DAY, required=True, help="The day from which it holds.")
_UNTIL = click.option("--until", "last", type=DAY, help="The last day on which it holds.")
_READERS = {
    TraitKind.HEALTH: (
        "It is kept sealed. The person and the health officers can read it and what rests on it; heads and admins read "
        "`ketentuan pribadi`."
    ),
    TraitKind.DISCIPLINE: (
        "It is kept sealed. Only the person can read what rests on it; heads, health officers and admins read "
        "`ketentuan pribadi`."
    ),
    TraitKind.WORK: "It is kept sealed, but a reason that rests on it names it to the person and their head.",
}


@click.command("trait")
@click.argument("nip")
@click.argument("name", type=WordType(Trait))
@_FROM
@_UNTIL
@click.option(
    "--basis", default="", help="The legal basis: decree, number, date. Needed for health, discipline."
)
@click.option("--stop", is_flag=True, help="It holds no more from that day on.")
def trait(nip: str, name: Trait, first: date, last: date | None, basis: str, *, stop: bool) -> None:
    """Record of somebody what circulars ask for, such as: hamil, komorbid, "pegawai baru"."""

    async def work(errand: Errand) -> None:
        days = Days(first=first, last=last, by=errand.by, now=errand.now)
        seal = errand.office.seal
        async with errand.office.db.transaction() as tx:
            if stop:
                person = await singled.end_trait(tx, seal, nip=nip, trait=name, days=days)
            else:
                person = await singled.set_trait(tx, seal, nip=nip, trait=name, basis=basis, days=days)
        if stop:
            click.echo(f"`{name}` holds for {person.name} no more from {first} on.")
        else:
            click.echo(f"`{name}` is recorded of {person.name} from {first} on. {_READERS[KIND_OF[name]]}")

    run_errand(work)


@click.command("function")
@click.argument("nip")
@click.option(
    "--is", "function", type=WordType(Function), help="What they are there for; left out: as their unit."
)
@click.option(
    "--strategic", type=WordType(Yes), help="Whether their function is strategic; left out: as their unit."
)
@_FROM
@_UNTIL
def function(
    nip: str, function: Function | None, strategic: Yes | None, first: date, last: date | None
) -> None:
    """Record what somebody is there for inside their unit, where it differs from the unit's."""

    async def work(errand: Errand) -> None:
        days = Days(first=first, last=last, by=errand.by, now=errand.now)
        is_strategic = None if strategic is None else strategic is Yes.YA
        async with errand.office.db.transaction() as tx:
            person = await singled.set_function(
                tx, nip=nip, function=function, is_strategic=is_strategic, days=days
            )
        click.echo(
            f"{person.name}: function {function or 'as the unit'}, strategic {strategic or 'as the unit'}, "
            f"from {first} on."
        )

    run_errand(work)


@click.command("override")
@click.argument("nip")
@click.argument("arrangement", type=WordType(Arrangement), required=False)
@click.option("--letter", default="", help="The number of the head's letter.")
@_FROM
@_UNTIL
@click.option(
    "--consider", "considerations", multiple=True, help="What the head considered; may be repeated."
)
@click.option("--by", "signed_by", metavar="NIP", help="Who signed, if not the head of the unit.")
@click.option("--stop", is_flag=True, help="No letter decides for them from that day on.")
def override(
    nip: str,
    arrangement: Arrangement | None,
    letter: str,
    first: date,
    last: date | None,
    considerations: tuple[str, ...],
    signed_by: str | None,
    *,
    stop: bool,
) -> None:
    """Record what a head decided for one person by letter: it stands above circulars and rota, below health."""

    async def work(errand: Errand) -> None:
        days = Days(first=first, last=last, by=errand.by, now=errand.now)
        seal = errand.office.seal
        async with errand.office.db.transaction() as tx:
            if stop:
                person = await singled.end_override(tx, seal, nip=nip, days=days)
                click.echo(f"No letter decides for {person.name} from {first} on.")
                return
            if arrangement is None:
                raise AdminRefused("Say where they work: WFO, WFH, WFA or field.")
            person, head = await singled.override(
                tx,
                seal,
                nip=nip,
                arrangement=arrangement,
                letter=letter,
                considerations=considerations,
                signed_by=signed_by,
                days=days,
            )
        until = f" until {last}" if last else " on"
        click.echo(
            f"{person.name}: {arrangement} from {first}{until}, by letter {letter} of {head}. It stands above the "
            "circulars and the rota; nobody barred for health is sent in by it."
        )

    run_errand(work)
