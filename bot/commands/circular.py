"""`piket circular …`: whether a file is in order, which circulars there are, which bind whom, and from when."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from bot.commands.circular_texts import add, show
from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, count, table
from db import adoptions, circular_texts, staff, units
from handlers.admin import circulars
from handlers.admin.circulars import Adopted
from policy.book import Book
from policy.circular_schema import schema
from policy.loader import Examined, examine_files, files_in
from policy.model import Circular


@click.group("circular")
def group() -> None:
    """Circulars, and the units that they bind."""


group.add_command(add)
group.add_command(show)


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
    """Switch CIRCULAR on for a unit and everything below it; of an added one, its newest version."""

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
                tx, circular=circular, unit_code=unit, first=first, by=errand.by, now=errand.now
            )
        click.echo(
            f"{circular} binds {freed.name} no more from {first} on. Where no other circular speaks, the answer is "
            "then open, and people are told to ask their head."
        )

    run_errand(work)


@group.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...]) -> None:
    """Check circulars' files, or folders of them, with every worked case. Needs no settings and no database."""
    files = list(_files(paths))
    examined = examine_files(files)
    for each in examined:
        for line in _findings(each):
            click.echo(line)
    wrong = sum(bool(each.problems) for each in examined)
    errors = count(sum(len(each.problems) for each in examined), "error", "errors")
    click.echo(f"{count(len(files), 'file', 'files')} checked, {len(files) - wrong} in order; {errors}.")
    if wrong or not files:
        ctx.exit(1)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    """Each file once, in the order given; of a folder, every circular's file by name."""
    found = (file for path in paths for file in (files_in(path) if path.is_dir() else [path]))
    return dict.fromkeys(found)


def _findings(examined: Examined) -> list[str]:
    if examined.problems or examined.circular is None:
        return [str(problem) for problem in examined.problems]
    return [f"{examined.file}: in order. {_contents(examined.circular)}"]


def _contents(circular: Circular) -> str:
    parts = (
        count(len(circular.rules), "rule", "rules"),
        count(len(circular.duties), "duty", "duties"),
        count(len(circular.not_automated), "judgement", "judgements"),
        count(len(circular.not_stated), "open question", "open questions"),
    )
    cases = count(len(circular.cases) + len(circular.unit_cases), "case", "cases")
    return f"{circular.form} {circular.number} ({circular.issuer}): {', '.join(parts)}; {cases} passed."


@group.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of a circular's YAML, for an editor that completes and checks while one writes."""
    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
