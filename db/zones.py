"""Whether this machine knows the time zones that the office lives by (fault T08)."""

from db.engine import Db
from db.errors import Refused
from policy.calendar import UnknownZoneError, zone_named


async def check_zones(db: Db) -> None:
    """Raise Refused, with the regions and the remedy, if there is a zone that this machine's tzdata does not know."""
    async with db.reading() as tx:
        rows = await tx.all(
            "SELECT timezone, MIN(name) AS name, COUNT(*) AS n FROM regions GROUP BY timezone"
        )
    for row in rows:
        try:
            zone_named(row["timezone"])
        except UnknownZoneError:
            more = f" and {row['n'] - 1} more" if row["n"] > 1 else ""
            raise Refused(
                f"The time zone `{row['timezone']}` of {row['name']}{more} is unknown on this machine, so that nobody "
                "there could be reminded at the right time. Install tzdata (`pip install -U tzdata`), or import the "
                "region again with WIB, WITA or WIT. Nothing was changed."
            ) from None
