"""`piket migrate`: bring the database to this release's schema."""

import asyncio

import click

from bot.cli import current_settings
from db.migrate import HEAD, upgrade
from db.opening import open_db


@click.command()
def migrate() -> None:
    """Make or update the database's tables."""
    asyncio.run(_migrate(current_settings().database))
    click.echo(f"The database has schema {HEAD}, as this release needs it.")


async def _migrate(url: str) -> None:
    db = await open_db(url)
    try:
        await upgrade(db, url)
    finally:
        await db.close()
