"""Opens whichever engine an address names."""

from db.engine import Db


async def open_db(url: str) -> Db:
    """Open `sqlite:PATH` or `postgresql://…`. Raises Refused, with the place and the remedy, if it cannot."""
    if url.startswith("sqlite:"):
        from db.sqlite import open_sqlite

        return await open_sqlite(url.removeprefix("sqlite:"))
    from db.postgresql import open_postgresql

    return await open_postgresql(url)
