"""`piket rota …`: checking a draw, without a database."""

from pathlib import Path

import click

from bot.stopped import Stopped
from policy.format.strict_yaml import text_of
from policy.rota.checking import Checked, check


@click.group("rota")
def group() -> None:
    """Rotas: anybody can check how one was drawn."""


@group.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--promise", help="The promise that was shown when the rota was proposed.")
@click.option(
    "--earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A list of the cycle before: it told the hash of this cycle's seed.",
)
def check_list(file: Path, promise: str | None, earlier: Path | None) -> None:
    """Draw again from the list in FILE (sent by the bot: "Periksa undian") and compare, person by person."""
    found = _read(file)
    if not found.keeps_promise or promise not in (None, found.promise):
        raise Stopped(
            f"The seed and the list of {found.rota} are not those that were promised: {found.promise}."
        )
    if earlier is not None and _read(earlier).next_seed != found.seed_hash:
        raise Stopped(f"The seed {found.seed} is not the one whose hash {earlier} told.")
    for person, on, why in found.changed:
        click.echo(f"Changed after the draw: {_name(found, person)} on {on} ({why}).")
    if not found.is_true:
        for person, on in found.differs:
            click.echo(f"Not what the list gives: {_name(found, person)} on {on}.")
        raise Stopped(f"The rota {found.rota} does not follow from its list and the seed {found.seed}.")
    click.echo(f"The promise of seed and list: {found.promise}.")
    click.echo(
        f"The rota {found.rota} follows from its list and the seed {found.seed}: "
        f"{len(found.people)} people on {found.days} days, drawn again and equal."
    )


def _read(file: Path) -> Checked:
    text = text_of(file)
    try:
        return check(text)
    except ValueError as error:
        raise Stopped(str(error)) from None


def _name(found: Checked, person: str) -> str:
    return found.people.get(person) or person
