"""For tests of leases: the clock of the database's server, by which they go there."""

from collections.abc import Callable

import pytest

import db.leases

ServerPasses = Callable[[float], None]


@pytest.fixture
def server_passes(monkeypatch: pytest.MonkeyPatch) -> ServerPasses:
    """Let seconds pass at the server. On SQLite there is none, and it changes nothing."""
    real, passed = db.leases._SERVER, [0.0]

    def passes(seconds: float) -> None:
        passed[0] += seconds
        monkeypatch.setattr(db.leases, "_SERVER", f"({real} + {round(passed[0] * 1_000_000)})")

    return passes
