"""People, as the office knows them: who they are today, in which unit, in which roles.

Everyone is an employee; a head is one by appointment, a superior by being somebody's; the other roles are
recorded in db/roles.py.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.engine import Row, Tx, Value
from db.ids import new_id
from db.moments import to_micros
from db.two_clocks import with_clocks
from policy.calendar import local_date, zone_named


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who works here today."""

    id: str
    nip: str | None
    name: str
    phone: str | None
    employment: str
    locale: str
    unit_code: str
    unit_name: str
    agency_code: str
    timezone: str  # IANA name
    roles: frozenset[str]  # employee (everybody), head, superior, admin, health


# A membership is true by local dates, and the zone is known only with the unit: so both days that it can be
# somewhere in Indonesia are read, and the right one is picked after. UNION ends even a circle of units.
_PEOPLE = with_clocks("""
WITH RECURSIVE found AS (
  SELECT p.id, p.nip, p.name, p.phone, p.employment, p.locale, m.unit_code, m.valid_from, m.valid_until,
         u.name AS unit_name, r.timezone
  FROM people p
  JOIN memberships m ON m.person_id = p.id AND KNOWN(m)
   AND m.valid_from <= :latest AND (m.valid_until IS NULL OR m.valid_until >= :earliest)
  JOIN units u ON u.code = m.unit_code
  JOIN regions r ON r.code = u.region_code
  WHERE (p.left_at IS NULL OR p.left_at > :known) AND p.{who}
), above AS (
  SELECT u.code AS unit_code, u.code, u.parent_code FROM units u WHERE u.code IN (SELECT unit_code FROM found)
  UNION
  SELECT a.unit_code, u.code, u.parent_code FROM above a JOIN units u ON u.code = a.parent_code
)
SELECT found.*, above.code AS agency_code
FROM found JOIN above ON above.unit_code = found.unit_code AND above.parent_code IS NULL
ORDER BY found.name, found.id
""")
_BY_ID = _PEOPLE.format(who="id = :id")
_BY_NIP = _PEOPLE.format(who="nip = :nip")
_BY_PHONE = _PEOPLE.format(who="phone = :phone")
_BY_ADDRESS = _PEOPLE.format(
    who="id = (SELECT person_id FROM identities"
    " WHERE channel = :channel AND address = :address AND unlinked_at IS NULL)"
)
_ROLES = with_clocks("""
SELECT role FROM roles WHERE person_id = :person_id AND HOLDS(roles)
UNION
SELECT 'head' FROM appointments
WHERE person_id = :person_id AND kind IN ('head', 'plt', 'plh') AND HOLDS(appointments)
UNION
SELECT 'superior' FROM superiors WHERE superior_id = :person_id AND HOLDS(superiors)
""")


async def by_address(tx: Tx, *, channel: str, address: str, now: datetime) -> Person | None:
    """Return the person linked to this chat, as known now; None for a stranger and for somebody who left."""
    return await _one(tx, _BY_ADDRESS, now=now, channel=channel, address=address)


async def by_id(tx: Tx, *, person_id: str, now: datetime) -> Person | None:
    """Return the person, or None if they do not work here today."""
    return await _one(tx, _BY_ID, now=now, id=person_id)


async def by_nip(tx: Tx, *, nip: str, now: datetime) -> Person | None:
    """Return the person with this number (18 digits), or None if nobody with it works here today."""
    return await _one(tx, _BY_NIP, now=now, nip=nip)


async def id_with_nip(tx: Tx, *, nip: str) -> str | None:
    """Return whose number this is, working here or not: the same work for a known and an unknown number."""
    row = await tx.one("SELECT id FROM people WHERE nip = :nip", nip=nip)
    return str(row["id"]) if row else None


async def known_with_nip(tx: Tx, *, nip: str) -> tuple[str, str] | None:
    """Return the key and name of whose number this is, working here or not."""
    row = await tx.one("SELECT id, name FROM people WHERE nip = :nip", nip=nip)
    return (str(row["id"]), str(row["name"])) if row else None


async def by_phone(tx: Tx, *, phone: str, now: datetime) -> list[Person]:
    """Return everybody with this number (as stored: +62…); a family may share one."""
    return await _several(tx, _BY_PHONE, now=now, phone=phone)


async def set_locale(tx: Tx, *, person_id: str, locale: str) -> None:
    """Speak to the person in this language from now on."""
    await tx.run("UPDATE people SET locale = :locale WHERE id = :id", id=person_id, locale=locale)


async def add(
    tx: Tx,
    *,
    nip: str | None,
    name: str,
    employment: str,
    now: datetime,
    phone: str | None = None,
    locale: str = "id",
    born: date | None = None,
) -> str:
    """Take somebody in and return their key; a membership makes them work somewhere."""
    person_id = new_id()
    await tx.run(
        "INSERT INTO people (id, nip, name, phone, employment, locale, born, recorded_at)"
        " VALUES (:id, :nip, :name, :phone, :employment, :locale, :born, :now)",
        id=person_id,
        nip=nip,
        name=name,
        phone=phone,
        employment=employment,
        locale=locale,
        born=born.isoformat() if born else None,
        now=to_micros(now),
    )
    return person_id


async def correct(tx: Tx, *, person_id: str, name: str, phone: str | None, employment: str) -> None:
    """Put right what the office knows of somebody; whoever had left is back."""
    await tx.run(
        "UPDATE people SET name = :name, phone = :phone, employment = :employment, left_at = NULL"
        " WHERE id = :id",
        id=person_id,
        name=name,
        phone=phone,
        employment=employment,
    )


async def set_born(tx: Tx, *, person_id: str, born: date | None) -> None:
    """Put right when somebody was born; None: as their number says, if they have one."""
    await tx.run(
        "UPDATE people SET born = :born WHERE id = :id", id=person_id, born=born.isoformat() if born else None
    )


async def leave(tx: Tx, *, person_id: str, now: datetime) -> bool:
    """Mark that somebody works here no more. True if they did until now."""
    touched = await tx.run(
        "UPDATE people SET left_at = :now WHERE id = :id AND left_at IS NULL",
        id=person_id,
        now=to_micros(now),
    )
    return touched > 0


async def ids_by_nip(tx: Tx) -> dict[str, str]:
    """Return the key of everybody who has a number, also of those who left: for an import to match."""
    rows = await tx.all("SELECT nip, id FROM people WHERE nip IS NOT NULL")
    return {row["nip"]: row["id"] for row in rows}


async def _one(tx: Tx, sql: str, *, now: datetime, **who: Value) -> Person | None:
    people = await _several(tx, sql, now=now, **who)
    return people[0] if people else None


async def _several(tx: Tx, sql: str, *, now: datetime, **who: Value) -> list[Person]:
    day = now.date()
    days: dict[str, Value] = {"earliest": day.isoformat(), "latest": (day + timedelta(days=1)).isoformat()}
    rows = await tx.all(sql, known=to_micros(now), **days, **who)
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row)
    current = [one for each in found.values() if (one := _current(each, now)) is not None]
    return [await _person(tx, row, now=now) for row in current]


def _current(memberships: list[Row], now: datetime) -> Row | None:
    """The membership that counts now: the last that has begun by its own clock on the wall.

    Somebody who moves to a zone further west still belongs to the old unit until the new day begins there.
    """
    begun = [row for row in memberships if row["valid_from"] <= _today(row, now)]
    if not begun:
        return None
    last = max(begun, key=lambda row: str(row["valid_from"]))
    has_ended = last["valid_until"] is not None and last["valid_until"] < _today(last, now)
    return None if has_ended and len(begun) == len(memberships) else last


def _today(row: Row, now: datetime) -> str:
    return local_date(now, zone_named(row["timezone"])).isoformat()


async def _person(tx: Tx, row: Row, *, now: datetime) -> Person:
    on = _today(row, now)
    roles = await tx.all(_ROLES, person_id=row["id"], on=on, known=to_micros(now))
    plain = ("id", "nip", "name", "phone", "employment", "locale", "unit_code", "unit_name", "agency_code")
    return Person(
        **{name: row[name] for name in plain},
        timezone=zone_named(row["timezone"]).key,
        roles=frozenset({"employee", *(role["role"] for role in roles)}),
    )
