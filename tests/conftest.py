"""Fixtures for every room: databases on both engines, a key, a moment."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings

from db.engine import Db
from db.opening import open_db
from db.sealed import Seal, new_key, seal_from
from tests.engines import ENGINES, PostgresMaker, SqliteMaker

# The suite draws few examples and always the same, and no clock judges them: it says whether this tree holds.
# `make soak` (tests/at_length.py) looks for new ones.
settings.register_profile(
    "suite", max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
if "AT_LENGTH" not in os.environ:
    settings.load_profile("suite")


@pytest.fixture(scope="session")
def sqlite_maker(tmp_path_factory: pytest.TempPathFactory) -> SqliteMaker:
    return SqliteMaker(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresMaker]:
    maker = PostgresMaker(tmp_path_factory.mktemp("postgresql"))
    yield maker
    maker.close()


@pytest.fixture(scope="session")
def one_postgresql(postgres_maker: PostgresMaker) -> str:
    return postgres_maker.lasting()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def db_url(engine_name: str, request: pytest.FixtureRequest) -> str:
    maker = "sqlite_maker" if engine_name == "sqlite" else "postgres_maker"
    return str(request.getfixturevalue(maker).fresh())


@pytest.fixture
async def db(db_url: str) -> AsyncIterator[Db]:
    """A fresh migrated database; a test that asks for it runs once on SQLite and once on PostgreSQL."""
    opened = await open_db(db_url)
    yield opened
    await opened.close()


@pytest.fixture
def seal() -> Seal:
    return seal_from(new_key())


@pytest.fixture
def now() -> datetime:
    """Monday 15 June 2020, 06.45 in Lampung."""
    return datetime(2020, 6, 14, 23, 45, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails the run")
    parser.addoption("--all-pairs", action="store_true", help="dialogues in every pair of engine and channel")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what mostly waits (kills, the browser) run from the very beginning, beside what computes.

    xdist deals equal runs of the list to its workers: one begins with the kills, the next with the browser, and
    whoever has finished takes over what these have left.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    kills, browser = (
        [item for item in items if item.get_closest_marker(mark)] for mark in ("kill", "browser")
    )
    waiting = {*kills, *browser}
    others = [item for item in items if item not in waiting]
    to_the_next = max(0, len(items) // workers - len(kills)) if workers > 1 else 0
    items[:] = [*kills, *others[:to_the_next], *browser, *others[to_the_next:]]


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Name what was not run: a run with a hole must not look like a whole one."""
    skipped = sorted({report.nodeid for report in terminalreporter.stats.get("skipped", ())})
    for name in skipped:
        terminalreporter.write_line(f"not run: {name}")
    if skipped:
        terminalreporter.write_line("INCOMPLETE", red=True, bold=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and session.config.getoption("--no-skips") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
