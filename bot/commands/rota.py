"""`piket rota …`: checking a draw, without a database."""

from pathlib import Path

import click

from bot.stopped import Stopped
from policy.rota_list import Checked, check
from policy.strict_yaml import text_of


@click.group("rota")
def group() -> None:
    """Rotas: anybody can check how one was drawn."""


@group.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_list(file: Path) -> None:
    """Draw again from the list in FILE (sent by the bot: "Periksa undian") and compare, person by person."""
    text = text_of(file)
    try:
        found = check(text)
    except ValueError as error:
        raise Stopped(str(error)) from None
    for person, on, why in found.changed:
        click.echo(f"Changed after the draw: {_name(found, person)} on {on} ({why}).")
    if not found.is_true:
        for person, on in found.differs:
            click.echo(f"Not what the list gives: {_name(found, person)} on {on}.")
        raise Stopped(f"The rota {found.rota} does not follow from its list and the seed {found.seed}.")
    click.echo(
        f"The rota {found.rota} follows from its list and the seed {found.seed}: "
        f"{len(found.people)} people on {found.days} days, drawn again and equal."
    )


def _name(found: Checked, person: str) -> str:
    return found.people.get(person) or person
