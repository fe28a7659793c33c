"""Until which day the digests of an agency and zone are settled: each made, or skipped with its reason.

Shape: digest_rounds(id "AGENCY:ZONE:KIND") -> on_date. It spares a look at what is long done; it moves on only when all
of a day's rows are there.
"""

from datetime import date

from db.engine import Tx
from policy.figures import Kind


async def settled(tx: Tx) -> dict[tuple[str, str, Kind], date]:
    """Return the last settled day by agency, zone and kind."""
    rows = await tx.all("SELECT id, on_date FROM digest_rounds")
    found = {}
    for row in rows:
        agency, zone, kind = row["id"].rsplit(":", 2)
        found[agency, zone, Kind(kind)] = date.fromisoformat(row["on_date"])
    return found


async def settle(tx: Tx, *, agency: str, zone: str, kind: Kind, on: date) -> None:
    """Note that this day is settled; a later one that is noted already stays."""
    await tx.run(
        "INSERT INTO digest_rounds (id, on_date) VALUES (:id, :on)"
        " ON CONFLICT (id) DO UPDATE SET on_date = excluded.on_date"
        " WHERE excluded.on_date > digest_rounds.on_date",
        id=f"{agency}:{zone}:{kind}",
        on=on.isoformat(),
    )
