"""How somebody wants to be reminded: the profile and the quiet hours. Who never chose has the defaults."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from db.engine import Row, Tx, Value
from db.moments import to_micros
from policy.reminder_stages import USUALLY_QUIET, Profile, Quiet


@dataclass(frozen=True, kw_only=True)
class Preferences:
    profile: Profile = Profile.STANDARD
    quiet: Quiet = USUALLY_QUIET


DEFAULT = Preferences()


async def of(tx: Tx, *, person_id: str) -> Preferences:
    """Return what somebody chose, or the defaults."""
    return (await of_people(tx, people=[person_id])).get(person_id, DEFAULT)


async def of_people(tx: Tx, *, people: Sequence[str]) -> dict[str, Preferences]:
    """Return what those of `people`, a few hundred at most, chose who chose anything."""
    ids: dict[str, Value] = {f"p{number}": person for number, person in enumerate(people)}
    rows = await tx.all(
        "SELECT person_id, profile, quiet_from, quiet_until FROM preferences"
        f" WHERE person_id IN ({', '.join(f':{name}' for name in ids) or 'NULL'})",
        **ids,
    )
    return {row["person_id"]: _preferences(row) for row in rows}


async def choose(tx: Tx, *, person_id: str, preferences: Preferences, now: datetime) -> None:
    """Let somebody be reminded like this from now on."""
    await tx.run(
        "INSERT INTO preferences (person_id, profile, quiet_from, quiet_until, changed_at)"
        " VALUES (:person_id, :profile, :since, :until, :now)"
        " ON CONFLICT (person_id) DO UPDATE SET profile = excluded.profile, quiet_from = excluded.quiet_from,"
        " quiet_until = excluded.quiet_until, changed_at = excluded.changed_at",
        person_id=person_id,
        profile=preferences.profile.value,
        since=preferences.quiet.since.isoformat("minutes"),
        until=preferences.quiet.until.isoformat("minutes"),
        now=to_micros(now),
    )


def _preferences(row: Row) -> Preferences:
    since, until = row["quiet_from"], row["quiet_until"]
    quiet = DEFAULT.quiet if since is None else Quiet(time.fromisoformat(since), time.fromisoformat(until))
    return Preferences(profile=Profile(row["profile"]), quiet=quiet)
