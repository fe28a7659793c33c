"""`piket key`: the key that seals health answers and other sensitive text."""

import click

from db.sealed import new_key


@click.group()
def key() -> None:
    """The key that seals health answers."""


@key.command("new")
def new() -> None:
    """Print a fresh key, for PIKET_KEY."""
    click.echo(new_key())
    click.echo(
        "Set PIKET_KEY to this line, and keep a copy where a fire does not reach it: without", err=True
    )
    click.echo(
        "the key nobody can read the health answers again. Never replace a key that is in use.", err=True
    )
