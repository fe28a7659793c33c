"""`piket circular add` and `piket circular show`: a circular from a file, and what one says."""

from pathlib import Path

import click

from bot.commands.circular_words import readable
from bot.commands.errand import Errand, run_errand
from bot.commands.words import count
from handlers.admin import circulars
from policy.book import Book


@click.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add(file: Path) -> None:
    """Check the circular in FILE, and keep it beside those of this release; it binds nobody until it is used."""

    async def work(errand: Errand) -> None:
        circular, body = circulars.checked(file, Book.shipped())
        async with errand.office.db.transaction() as tx:
            text, is_new = await circulars.add(tx, name=file.stem, body=body, by=errand.by, now=errand.now)
        if not is_new:
            click.echo(f"This very text is {text.id} already; nothing was added.")
            return
        cases = count(len(circular.cases) + len(circular.unit_cases), "worked case")
        click.echo(
            f"Added as {text.id}: {circular.number} ({circular.issuer}), {count(len(circular.rules), 'rule')}, {cases} "
            f"passed. It binds nobody yet: piket circular use {file.stem} --unit CODE --from DAY"
        )

    run_errand(work)


@click.command("show")
@click.argument("circular")
def show(circular: str) -> None:
    """Print what CIRCULAR says, paragraph by paragraph, as this release reads it."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.reading() as tx:
            found = await circulars.circular_named(tx, Book.shipped(), circular)
        click.echo("\n".join(readable(found)))

    run_errand(work)
