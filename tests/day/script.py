"""What is done and looked at on the day, and in the week after it."""

import asyncio
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.day.office import MONDAY, UNITS

if TYPE_CHECKING:
    from tests.day.__main__ import Stage

FAST = 300.0


async def play(stage: "Stage", *, speed: float) -> None:
    """Sunday's evening, Monday at this speed, the days after it faster, and the Friday's afternoon."""
    await stage.moves("2020-09-06T18:50:00", speed=speed)
    await stage.until("2020-09-06T19:20:00")
    await stage.camera.takes(stage.staff[len(UNITS)].chat, "1-shift-tomorrow")
    await _monday(stage, speed=speed)
    for days in (1, 2, 3):
        day = MONDAY + timedelta(days=days)
        await _quickly(stage, day)
    await _friday(stage, MONDAY + timedelta(days=4), speed=speed)


async def _monday(stage: "Stage", *, speed: float) -> None:
    head, top = stage.staff[1].chat, stage.staff[0].chat
    await stage.moves("2020-09-07T06:30:00", speed=speed)
    working = asyncio.create_task(stage.crowd.works(MONDAY))
    for moment, name in (
        ("07:40", "2-morning-reminder"), ("09:25", "3-morning-digest"), ("10:05", "4-overdue-alert"),
        ("14:30", "5-afternoon"), ("17:50", "7-evening"),
    ):  # fmt: skip
        await stage.until(f"2020-09-07T{moment}:00")
        await stage.camera.takes(stage.staff[15].chat if name.startswith("2") else head, name)
        if name.startswith("5"):
            await stage.camera.takes(top, "6-escalation")
    await working


async def _quickly(stage: "Stage", day: date) -> None:
    await stage.moves(f"{day.isoformat()}T06:30:00", speed=FAST)
    await asyncio.gather(stage.crowd.works(day), stage.until(f"{day.isoformat()}T18:30:00"))


async def _friday(stage: "Stage", day: date, *, speed: float) -> None:
    await stage.moves(f"{day.isoformat()}T06:30:00", speed=FAST)
    working = asyncio.create_task(stage.crowd.works(day))
    await stage.until(f"{day.isoformat()}T15:50:00")
    await stage.moves(f"{day.isoformat()}T15:50:00", speed=speed)
    await stage.until(f"{day.isoformat()}T16:12:00")
    await stage.camera.takes(stage.staff[1].chat, "8-weekly")
    await stage.camera.takes(stage.staff[0].chat, "9-weekly-above")
    await working
