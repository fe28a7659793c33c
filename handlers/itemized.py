"""One line of a plan or report as the parameters of a message; evidence as numbers of photos, documents and links."""

from typing import Any

from db import files
from db.engine import Tx
from db.reports import Item

FILE = "file:"


async def line_params(tx: Tx, item: Item) -> dict[str, Any]:
    """Return the line as `workday/_line` words it."""
    counts = {"photos": 0, "documents": 0, "links": 0}
    for proof in item.evidence:
        counts[await _sort_of(tx, proof)] += 1
    return {
        "activity": item.activity,
        "output": item.output,
        "amount": f"{item.volume} {item.unit}".strip(),
        "achievement": item.achievement,
        "is_task": bool(item.task_id),
        **counts,
    }


async def _sort_of(tx: Tx, proof: str) -> str:
    if not proof.startswith(FILE):
        return "links"
    kept = await files.of(tx, file_id=proof.removeprefix(FILE))
    is_photo = kept is not None and (kept.name == "foto" or (kept.type or "").startswith("image/"))
    return "photos" if is_photo else "documents"
