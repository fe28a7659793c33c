"""The running bot is killed in the middle of a rush, as often as it takes to be believed (fault P01)."""

from pathlib import Path

import pytest

from tests.engines import SqliteMaker
from tests.kill.engage import engage
from tests.kill.judge import account_of
from tests.kill.killer import KILL, STOP
from tests.kill.ours import Piket
from tests.kill.ptb import DocumentedPtb
from tests.kill.table import table

pytestmark = [pytest.mark.kill, pytest.mark.timeout(240)]

KILLS = 15  # on each engine; `make kill-test` and `make soak` do 500


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
    outcome = await engage(Piket(db_url), folder=tmp_path, strikes=[STOP] * 3)
    account = account_of(outcome)
    assert not account.breaches
    assert account.duplicates == 0
    assert max(strike.ended_after for strike in outcome.strikes) < 25


async def test_what_the_usual_way_loses_is_not_lost_here(
    sqlite_maker: SqliteMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same rush and kills for a bot written the way its library documents it; its figures are only shown."""
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    theirs.mkdir()
    ours.mkdir()
    accounts = [
        account_of(await engage(contender, folder=folder, strikes=[KILL] * 5, between=(1.0, 2.0)))
        for contender, folder in ((Piket(sqlite_maker.fresh()), ours), (DocumentedPtb(), theirs))
    ]
    with capsys.disabled():
        print(f"\n{table(accounts)}")  # noqa: T201  a comparison is for people to read
    assert accounts[0].lost == accounts[0].twice == accounts[0].missing == 0
    assert accounts[1].acknowledged > 0
