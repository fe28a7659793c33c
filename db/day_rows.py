"""A query about people on one day, asked for several days at once."""

from datetime import date, timedelta

from db.engine import Value


def days_between(first: date, last: date) -> dict[str, Value]:
    """Return the days as the values :d0, :d1, … of such a query."""
    count = (last - first).days + 1
    return {f"d{number}": (first + timedelta(days=number)).isoformat() for number in range(count)}


def over_days(sql: str, count: int) -> str:
    """Return a query about people on the day :on as one about them on each of the days :d0, :d1, …"""
    days = " UNION ALL ".join(f"SELECT CAST(:d{number} AS TEXT) AS day" for number in range(count))
    asked = sql.replace(":on", "d.day").replace("SELECT p.id", "SELECT d.day, p.id", 1)
    asked = asked.replace("FROM people p", "FROM d CROSS JOIN people p", 1)
    if ":unit" in sql:  # begin with the unit's few memberships, not with everybody: SQLite keeps this order
        asked = asked.replace("people p\nJOIN memberships m", "memberships m\nJOIN people p", 1)
    return f"WITH d AS ({days}) {asked}"
