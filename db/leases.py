"""By which clock leases go: with PostgreSQL the server's, which all processes share (fault T10)."""

from db.engine import Tx

_SERVER = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT"


def lease_now(tx: Tx) -> str:
    """Return the SQL of this moment in microseconds; on SQLite the parameter `:real`, by our own clock."""
    return _SERVER if tx.dialect == "postgresql" else "CAST(:real AS BIGINT)"


async def server_now(tx: Tx) -> int | None:
    """Return the moment by the server's clock, in microseconds; None where there is no server."""
    if tx.dialect != "postgresql":
        return None
    row = await tx.one(f"SELECT {_SERVER} AS now")
    return int(row["now"]) if row else None
