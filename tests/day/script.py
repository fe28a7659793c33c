"""What is done and looked at on the day, and in the week after it."""

import asyncio
from datetime import date, timedelta
from typing import TYPE_CHECKING

from simulator import play as simulated
from tests.day.office import MONDAY, UNITS

if TYPE_CHECKING:
    from tests.day.__main__ import Stage

FAST = 300.0  # through what is only to have happened
ANSWERS = 3.0  # real seconds


async def play(stage: "Stage", *, speed: float) -> None:
    """Sunday's evening, Monday at this speed, the days after it faster, and the Friday's afternoon."""
    await stage.moves("2020-09-06T18:50:00", speed=speed)
    await stage.until("2020-09-06T19:20:00")
    await stage.camera.takes(stage.staff[len(UNITS)].chat, "1-shift-tomorrow")
    await _monday(stage, speed=speed)
    for days in (1, 2, 3):
        await _quickly(stage, MONDAY + timedelta(days=days))
    await _friday(stage, MONDAY + timedelta(days=4), speed=speed)


async def _monday(stage: "Stage", *, speed: float) -> None:
    """The first head handles what is overdue; the second never looks, so that it goes up."""
    handles, top = stage.staff[1].chat, stage.staff[0].chat
    await stage.moves("2020-09-07T06:30:00", speed=speed)
    working = asyncio.create_task(stage.crowd.works(MONDAY))
    await _at(stage, "07:40", stage.staff[15].chat, "2-morning-reminder")
    await _at(stage, "09:25", handles, "3-morning-digest")
    await _at(stage, "10:05", handles, "4-overdue-alert")
    await stage.camera.presses(handles, "Saya tangani")
    await _says(stage, handles, "siapa belum lapor")
    await stage.camera.takes(handles, "5-unit-today")
    await _at(stage, "17:10", top, "6-escalation")
    await _at(stage, "17:50", handles, "7-evening-digest")
    await working


async def _friday(stage: "Stage", day: date, *, speed: float) -> None:
    head = stage.staff[1].chat
    await stage.moves(f"{day.isoformat()}T06:30:00", speed=FAST)
    working = asyncio.create_task(stage.crowd.works(day))
    await stage.until(f"{day.isoformat()}T15:50:00")
    await stage.moves(f"{day.isoformat()}T15:50:00", speed=speed)
    await stage.until(f"{day.isoformat()}T16:12:00")
    await stage.camera.takes(head, "8-weekly-digest")
    await stage.camera.takes(stage.staff[0].chat, "9-weekly-of-the-level-above")
    await _says(stage, head, "rekap pekan ini", "keduanya")
    await asyncio.sleep(4 * ANSWERS)
    await stage.camera.takes(head, "10-recap")
    _keep_files(stage, head)
    await working


async def _quickly(stage: "Stage", day: date) -> None:
    await stage.moves(f"{day.isoformat()}T06:30:00", speed=FAST)
    await asyncio.gather(stage.crowd.works(day), stage.until(f"{day.isoformat()}T18:30:00"))


async def _at(stage: "Stage", hhmm: str, chat: int, name: str) -> None:
    await stage.until(f"{MONDAY.isoformat()}T{hhmm}:00")
    await stage.camera.takes(chat, name)


async def _says(stage: "Stage", chat: int, *lines: str) -> None:
    for line in lines:
        simulated.say(stage.world, user=chat, text=line)
        await asyncio.sleep(ANSWERS)


def _keep_files(stage: "Stage", chat: int) -> None:
    """Keep every file that this chat was sent, by its name."""
    for message in stage.world.chats[chat].messages.values():
        for kind in ("document", "photo"):
            for sent in _files_in(message.content.get(kind)):
                found = stage.world.files.by_id(str(sent.get("file_id", "")))
                if found is not None:
                    name = str(sent.get("file_name", f"{message.message_id}.png"))
                    (stage.camera.folder / name).write_bytes(found.data)


def _files_in(content: object) -> list[dict[str, object]]:
    """A document is one file; a photo is the same in several sizes, of which the last is the largest."""
    if isinstance(content, dict):
        return [content]
    return [content[-1]] if isinstance(content, list) and content else []
