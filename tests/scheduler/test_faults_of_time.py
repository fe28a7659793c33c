"""Time that does not run as it should: deadlines that move meanwhile, a clock that is corrected again and again."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from handlers.admin import reporting
from scheduler import changes
from scheduler.alerting import overdue
from scheduler.days import workday
from scheduler.reminding import reminders
from tests.chat import Player
from tests.factories import AGENCY
from tests.scheduler.reminding import TUESDAY, at, fates, opened, owed, texts, until
from tests.stage import BOOK, Stage

EVERY_TWO_MINUTES = [
    at(since) + timedelta(minutes=2 * number)
    for since, count in (("2020-06-15 18:55", 6), ("2020-06-16 06:50", 70), ("2020-06-16 15:24", 52))
    for number in range(count)
]
NAMES = ("ana", "boris", "clara", "dewi")


@pytest.fixture
def ana(stage: Stage) -> Player:
    return stage.players["ana"]


async def states(
    stage: Stage, moments: tuple[str, str], *, what: str = "plan", since: date = TUESDAY
) -> None:
    """Let an admin state another deadline now, and the job hear of it."""
    async with stage.db.transaction() as tx:
        await reporting.state_deadline(
            tx, BOOK, agency_code=AGENCY, what=what, moments=moments, valid_from=since, by="clara",
            now=stage.clock.now(),
        )  # fmt: skip
    stage.passes(61)
    await changes.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()


async def test_t06_a_deadline_that_moves_while_people_answer_holds_as_it_is_when_they_answer(
    stage: Stage, ana: Player
) -> None:
    """Who was in time stays so; who was reminded is told the new one; who answers now goes by it."""
    await opened(stage)
    await until(stage, "2020-06-16 08:00")
    boris = stage.players["boris"]
    for line in ("Rencana baru", "Rapat koordinasi", "Simpan"):
        await boris.says(line)
    assert (await owed(stage, boris))["plan"][0] == "closed"
    before = len(ana.seen)
    await states(stage, ("07.00", "10.30"))
    (told,) = texts(ana, since=before)
    assert "Batas waktu berubah" in told
    assert "10.30 WIB" in told
    await until(stage, "2020-06-16 10:00")
    assert (await owed(stage, ana))["plan"] == ("reminded", None)
    for line in ("Rencana baru", "Menyusun surat", "Simpan"):
        await ana.says(line)
    assert (await owed(stage, ana))["plan"][0] == "closed"
    stage.passes(60)
    await states(stage, ("07.00", "07.30"))
    assert (await owed(stage, ana))["plan"][0] == "closed"
    assert (await owed(stage, boris))["plan"][0] == "closed"


async def test_t02_corrections_within_five_minutes_double_and_skip_nothing(stage: Stage) -> None:
    """From minute to minute the clock is up to five minutes ahead or behind, as after NTP steps in a burst."""
    chance = Random(5)
    await opened(stage)
    for moment in EVERY_TWO_MINUTES:
        stage.clock.move_to(moment + timedelta(seconds=chance.randint(-290, 290)))
        now = stage.clock.now()
        await workday.open_due(stage.db, stage.seal, BOOK, now)
        await reminders.look(stage.db, stage.seal, BOOK, now)
        await overdue.look(stage.db, stage.seal, BOOK, now)
        await stage.drains()
    for name in NAMES:
        player = stage.players[name]
        became = await fates(stage, player)
        assert set(became.values()) == {"sent"}, (name, became)
        assert {
            "start",
            "health_80",
            "health_due",
            "plan_80",
            "plan_due",
            "output_open",
            "output_due",
        } <= set(became)
        assert max(Counter(texts(player)).values()) == 1
        assert {state for state, _ in (await owed(stage, player)).values()} == {"overdue"}
    unsent = await stage.rows("SELECT message, state FROM outbox WHERE state NOT IN ('sent')")
    assert unsent == []
