"""`piket circular …`: whether a circular's file is in order; which there are, which bind whom, and from when."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import click

from bot.commands.circular_check import check, print_schema
from bot.commands.circular_texts import add, show
from bot.commands.circular_words import when
from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, count, table
from db import adoptions, circular_texts, staff, units
from handlers.admin import circulars
from handlers.admin.circulars import Adopted
from policy.book import Book


@click.group("circular")
def group() -> None:
    """Circulars, and the units that they bind."""


for command in (check, print_schema, add, show):
    group.add_command(command)


@group.command("list")
def list_circulars() -> None:
    """List the circulars of this release and those that were added, and where each is switched on today."""

    async def work(errand: Errand) -> None:
        book = Book.shipped()
        bound: dict[str, list[str]] = defaultdict(list)
        async with errand.office.db.reading() as tx:
            texts = [text.id for text in await circular_texts.all_texts(tx)]
            await circular_texts.bring(tx, book, texts)
            for unit in await units.all_units(tx):
                for circular in await adoptions.in_force(
                    tx, unit_chain=[unit.code], on=errand.today, now=errand.now
                ):
                    bound[circular].append(unit.code)
        known = {**book.circulars, **book.added}
        rows = [
            (each.id, each.number, each.issuer, str(each.signed or "-"), ", ".join(bound[each.id]) or "-")
            for each in sorted(known.values(), key=lambda each: (each.signed or date.min, each.id))
        ]
        click.echo(table(("ID", "NUMBER", "ISSUER", "SIGNED", "BINDS"), rows))
        for unknown in sorted(bound.keys() - known.keys()):
            click.echo(
                f"{unknown} is switched on for {', '.join(bound[unknown])}, but this release does not know it."
            )

    run_errand(work)


@group.command("use")
@click.argument("circular")
@click.option("--unit", required=True, help="The unit that it binds, with all below it.")
@click.option("--from", "valid_from", type=DAY, required=True, help="The first day.")
def use(circular: str, unit: str, valid_from: date) -> None:
    """Switch CIRCULAR on for a unit and everything below it; of an added one, its newest version.

    A shipped one may be named by its number, however the press spells it.
    """

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            adopted = await circulars.adopt(
                tx,
                Book.shipped(),
                circular=circular,
                unit_code=unit,
                valid_from=valid_from,
                by=errand.by,
                now=errand.now,
            )
            below = await units.under(tx, code=unit)
            first = max(valid_from, errand.today)
            everybody = await staff.members(tx, on=first, now=errand.now)
        people = sum(member.is_active and member.unit_code in below for member in everybody)
        click.echo("\n".join(_used(adopted, valid_from, people)))

    run_errand(work)


def _used(adopted: Adopted, valid_from: date, people: int) -> Iterator[str]:
    known = adopted.circular
    yield (
        f"{known.number} ({known.issuer}) binds {adopted.unit.name} from {valid_from} on: "
        f"{count(people, 'person', 'people')}."
    )
    for older in adopted.instead_of:
        yield f"{known.id} takes the place of {older} there."
    if own := " and ".join(filter(None, (when(known.binds), when(known.lasts_while)))):
        yield f"By its own text it speaks only where {own}."
    if not known.in_force.covers(valid_from):
        yield f"By its own text it is in force from {known.in_force.start} on; it says nothing of other days."


@group.command("stop")
@click.argument("circular")
@click.option("--unit", required=True, help="The unit for which it was switched on.")
@click.option("--from", "first", type=DAY, required=True, help="The first day without it.")
def stop(circular: str, unit: str, first: date) -> None:
    """Switch CIRCULAR off for a unit, from a day on."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            freed = await circulars.stop(
                tx,
                Book.shipped(),
                circular=circular,
                unit_code=unit,
                first=first,
                by=errand.by,
                now=errand.now,
            )
        click.echo(
            f"{circular} binds {freed.name} no more from {first} on. Where no other circular speaks, the answer is "
            "then open, and people are told to ask their head."
        )

    run_errand(work)
