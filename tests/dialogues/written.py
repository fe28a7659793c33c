"""What stands in the database of the reports that the cast wrote, and how they write one."""

import json
from typing import Any

from tests.chat import Player
from tests.stage import Stage

_ALL = """
SELECT on_date, kind, version, code, items, source_message, superseded_at FROM reports
ORDER BY recorded_at, version
"""


async def stored(stage: Stage) -> list[dict[str, Any]]:
    """Return every version: `items` are the activities, `lines` all that is kept of each but its key."""
    return [_read(row) for row in await stage.rows(_ALL)]


def _read(row: Any) -> dict[str, Any]:
    kept = json.loads(row["items"])
    lines = [{name: value for name, value in line.items() if name != "key"} for line in kept]
    return {**row, "items": [line["activity"] for line in kept], "lines": lines}


async def only(stage: Stage) -> dict[str, Any]:
    (row,) = await stored(stage)
    return row


async def reports(who: Player, kind: str, text: str) -> None:
    await who.says(kind)
    await who.says(text)
    await who.taps("Simpan")
