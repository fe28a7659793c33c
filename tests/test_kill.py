"""The running bot is killed in the middle of a rush, as often as it takes to be believed (fault P01)."""

import asyncio
from pathlib import Path

import click
import pytest

from tests.engines import SqliteMaker
from tests.kill.contender import Contender
from tests.kill.engage import Outcome, engage
from tests.kill.judge import account_of
from tests.kill.killer import KILL, STOP
from tests.kill.ours import Piket
from tests.kill.ptb import DocumentedPtb
from tests.kill.table import table

pytestmark = [pytest.mark.kill, pytest.mark.timeout(240)]

KILLS = 4  # on each engine; `make kill-test` and `make soak` do 500


async def test_p01_whatever_moment_it_is_killed_nothing_is_lost_or_applied_twice(
    db_url: str, tmp_path: Path
) -> None:
    account = account_of(await engage(Piket(db_url), folder=tmp_path, strikes=[KILL] * KILLS))
    assert not account.breaches
    assert account.kills == KILLS
    assert account.receipts > 0


async def test_p02_a_clean_stop_in_the_rush_ends_in_time_and_doubles_nothing(
    db_url: str, tmp_path: Path
) -> None:
    outcome = await engage(Piket(db_url), folder=tmp_path, strikes=[STOP])
    account = account_of(outcome)
    assert not account.breaches
    assert account.duplicates == 0
    assert max(strike.ended_after for strike in outcome.strikes) < 25


async def test_what_the_usual_way_loses_is_not_lost_here(
    sqlite_maker: SqliteMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same rush and kills for a bot written the way its library documents it; its figures are only shown."""
    contenders = (Piket(sqlite_maker.fresh()), DocumentedPtb())
    outcomes = await asyncio.gather(*(_rush(contender, tmp_path) for contender in contenders))
    accounts = [account_of(outcome) for outcome in outcomes]
    with capsys.disabled():
        click.echo(f"\n{table(accounts)}", err=True)
    assert accounts[0].lost == accounts[0].twice == accounts[0].missing == 0
    assert accounts[1].acknowledged > 0


async def _rush(contender: Contender, folder: Path) -> Outcome:
    own = folder / contender.name
    own.mkdir()
    return await engage(contender, folder=own, strikes=[KILL] * 2, people=20, between=(0.5, 1.5))
