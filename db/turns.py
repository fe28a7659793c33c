"""What the published rota says of a person and day, for db/facts.py. The rota's own rows are in db/rota/."""

from db.engine import Row
from db.moments import from_micros
from policy.model import Arrangement, Turn

SWAPPED = "swapped"  # why a rota day says so, when two people exchanged theirs
COLUMNS = """
t.arrangement AS turn_arrangement, t.shift AS turn_shift, t.because AS turn_because,
t.published_at AS turn_published_at, x.code AS turn_rota
"""
# The newest that was published and not superseded at the moment of knowing; looked up by an index.
JOINS = """
LEFT JOIN rota_days t ON t.id = (
  SELECT y.id FROM rota_days y WHERE y.person_id = p.id AND y.on_date = :on AND y.published_at <= :known
   AND (y.superseded_at IS NULL OR y.superseded_at > :known)
  ORDER BY y.published_at DESC, y.id DESC LIMIT 1
)
LEFT JOIN rotas x ON x.id = t.rota_id
"""


def turn(row: Row) -> Turn | None:
    """Return the turn in a row with the columns above; None if no rota is published for that day."""
    if row["turn_arrangement"] is None:
        return None
    return Turn(
        arrangement=Arrangement(row["turn_arrangement"]),
        rota=row["turn_rota"],
        published_at=from_micros(row["turn_published_at"]),
        shift=row["turn_shift"],
        is_swapped=row["turn_because"] == SWAPPED,
    )
