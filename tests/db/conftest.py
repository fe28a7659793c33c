"""An office that is open: the small agency of tests.factories."""

from datetime import datetime

import pytest

from db.engine import Db
from tests.factories import open_office


@pytest.fixture
async def ids(db: Db, now: datetime) -> dict[str, str]:
    """The keys of the cast by first name, in a database in which they were recorded yesterday."""
    return await open_office(db, now=now)
