"""`python -m tests.kill --kills N --engine sqlite|postgresql [--hours] [--between 0.1 0.9] [--people 30] [--versus]`.

With `--hours` it is killed while time drives it: reminders, alerts, digests.
"""

import argparse
import asyncio
import sys
import tempfile
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from tests.engines import ENGINES, PostgresMaker, SqliteMaker
from tests.kill.child import last_lines
from tests.kill.contender import Contender
from tests.kill.engage import BETWEEN, PEOPLE, engage
from tests.kill.hours import FastPiket, endure
from tests.kill.hours_judge import hours_account
from tests.kill.judge import Account, account_of
from tests.kill.killer import KILL, STOP, Strike
from tests.kill.ours import Piket
from tests.kill.ptb import DocumentedPtb
from tests.kill.table import table

MOST_NAMED = 20
ASLEEP_EVERY = 7


def main() -> int:
    """Run one engagement, print its account, and return 1 when a promise was broken."""
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="kill") as folder:
        maker = SqliteMaker(Path(folder)) if given.engine == "sqlite" else PostgresMaker(Path(folder))
        try:
            if given.hours:
                return asyncio.run(_hours(maker.fresh(), Path(folder), given))
            ours = asyncio.run(_account(Piket(maker.fresh()), Path(folder), given))
            said = last_lines(Path(folder) / "bot.log")
        finally:
            maker.close()
        others = [asyncio.run(_account(DocumentedPtb(), Path(folder), given))] if given.versus else []
    click.echo(f"\n{given.engine}, {given.people} people\n{table([ours, *others])}\n")
    breaches = ours.breaches
    for breach in breaches[:MOST_NAMED]:
        click.echo(f"BROKEN: {breach}")
    if len(breaches) > MOST_NAMED:
        click.echo(f"… and {len(breaches) - MOST_NAMED} more")
    if breaches:
        click.echo(f"The end of the bot's log:\n{said}")
    return 1 if breaches else 0


async def _hours(database: str, folder: Path, given: argparse.Namespace) -> int:
    """Let hours go by, with kills and now and then two hours asleep; print what came of it."""
    hours = await endure(
        FastPiket(database),
        folder=folder,
        kills=given.kills,
        seed=given.seed,
        asleep=lambda life: timedelta(hours=2 if life % ASLEEP_EVERY == ASLEEP_EVERY - 1 else 0),
        heard=lambda done: (
            click.echo(f"hours: {done} of {given.kills}", err=True) if done % 10 == 0 else None
        ),
    )
    account = hours_account(hours)
    click.echo(f"\n{given.engine}, {hours.people} people, {len(hours.days)} working days")
    for name, figure in asdict(account).items():
        if name != "breaches":
            click.echo(f"  {name.replace('_', ' ')}: {figure}")
    for breach in account.breaches[:MOST_NAMED]:
        click.echo(f"BROKEN: {breach}")
    if account.breaches:
        click.echo(f"The end of the bot's log:\n{last_lines(folder / 'bot.log')}")
    return 1 if account.breaches else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--hours", action="store_true", help="while time drives it, and nobody writes")
    parser.add_argument("--stops", type=int, default=0, help="afterwards, so many clean stops in the rush")
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument(
        "--between",
        type=float,
        nargs=2,
        default=BETWEEN,
        metavar=("LEAST", "MOST"),
        help="seconds of accepting between a start and the next kill",
    )
    parser.add_argument("--seed", type=int, help="the same moments again, as far as a process can do that")
    parser.add_argument("--versus", action="store_true", help="python-telegram-bot as documented beside it")
    return parser.parse_args()


async def _account(contender: Contender, folder: Path, given: argparse.Namespace) -> Account:
    strikes = [KILL] * given.kills + [STOP] * given.stops
    done: list[Strike] = []

    def heard(strike: Strike) -> None:
        done.append(strike)
        if len(done) % 10 == 0 or len(done) == len(strikes):
            click.echo(f"{contender.name}: {len(done)} of {len(strikes)}", err=True)

    outcome = await engage(
        contender,
        folder=folder,
        strikes=strikes,
        people=given.people,
        between=tuple(given.between),
        seed=given.seed,
        heard=heard,
    )
    return account_of(outcome)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        click.echo("\nStopped.")
        sys.exit(130)
