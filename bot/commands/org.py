"""`piket org …`: the form of ORG.json, and whether a file fits it. Needs no database and no settings."""

from pathlib import Path

import click

from bot.commands.words import count
from policy.org.people import load_org, schema


@click.group("org")
def group() -> None:
    """ORG.json: an organisation as a file, for `piket simulate`."""


@group.command("schema")
def show_schema() -> None:
    """Print the JSON Schema (draft 2020-12) of ORG.json."""
    click.echo(schema())


@group.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ORG.json...")
def check(paths: tuple[Path, ...]) -> None:
    """Read each file as `piket simulate` would, and say the first thing wrong with it."""
    for path in paths:
        org = load_org(path)
        click.echo(
            f"{path}: in order. {count(len(org.people), 'person', 'people')}, {count(len(org.units), 'unit')}, "
            f"{count(len(org.regions), 'region')}."
        )
        for doubt in org.doubts():
            click.echo(f"  Look again: {doubt}")
