"""What the database knows about itself: with which key it is sealed, whose bot it serves, whether it is a demo's,
and whether the last service stopped in order.

Shape: meta(name) -> value.
"""

import base64

from db.engine import Tx
from db.errors import Refused
from db.sealed import CannotOpen, Seal

_PROBE = "key_probe"
_PROBE_PLACE = "meta.value:key_probe"
_DEMO = "demo"
_BOT = "telegram_bot"
_ALIVE = "alive:"


async def value(tx: Tx, *, name: str) -> str | None:
    """Return what is known under a name, or None."""
    row = await tx.one("SELECT value FROM meta WHERE name = :name", name=name)
    return str(row["value"]) if row else None


async def keep(tx: Tx, *, name: str, value: str) -> None:
    """Know `value` under a name from now on."""
    await tx.run(
        "INSERT INTO meta (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name=name,
        value=value,
    )


async def forget(tx: Tx, *, name: str) -> None:
    """Know nothing under a name any more."""
    await tx.run("DELETE FROM meta WHERE name = :name", name=name)


async def key_fits(tx: Tx, seal: Seal) -> bool | None:
    """Return whether this key opens what was sealed last; None when nothing was sealed yet."""
    probe = await value(tx, name=_PROBE)
    if probe is None:
        return None
    try:
        return bool(seal.open(base64.b64decode(probe), place=_PROBE_PLACE) == "piket")
    except CannotOpen:
        return False


async def check_key(tx: Tx, seal: Seal) -> None:
    """Raise Refused when this is not the key that the database is sealed with. A first key is noted."""
    fits = await key_fits(tx, seal)
    if fits is False:
        raise Refused(
            f"The database is sealed with another key than PIKET_KEY (fingerprint {seal.fingerprint}). "
            "Set PIKET_KEY to the key that was used before; nothing was written."
        )
    probe = await value(tx, name=_PROBE)
    if probe is None or base64.b64decode(probe)[1:5].hex() != seal.fingerprint:
        sealed = base64.b64encode(seal.close("piket", place=_PROBE_PLACE)).decode()
        await keep(tx, name=_PROBE, value=sealed)


async def check_bot(tx: Tx, *, bot: str, may_change: bool = False) -> None:
    """Raise Refused when the people of this database chat with another bot. A first bot is noted.

    `bot` is the number before the colon of the token: it stays when a token is renewed.
    """
    known = await value(tx, name=_BOT)
    if known not in (None, bot) and not may_change:
        raise Refused(
            f"This database belongs to the bot {known}, and PIKET_TELEGRAM_TOKEN is the token of {bot}. "
            "Set the right token or database. If the bot was really replaced: `piket run --new-bot`; "
            "everybody then has to open the new bot once."
        )
    await keep(tx, name=_BOT, value=bot)


async def is_demo(tx: Tx) -> bool:
    """Return whether this database was made for a demo."""
    return await value(tx, name=_DEMO) == "1"


async def flag_demo(tx: Tx) -> None:
    """Make this a demo's database, for good. Raises Refused when there are people in it who may be real."""
    if await is_demo(tx):
        return
    row = await tx.one("SELECT COUNT(*) AS n FROM people")
    if row and row["n"]:
        raise Refused("There are people in this database: it can no longer be made a demo's.")
    await keep(tx, name=_DEMO, value="1")


async def check_demo(tx: Tx, *, is_wanted: bool) -> None:
    """Raise Refused when a demo is started on real data, or a real bot on a demo's."""
    if is_wanted and not await is_demo(tx):
        raise Refused(
            "The demo only runs on a database that it made itself. Unset PIKET_DATABASE for `piket demo`."
        )
    if not is_wanted and await is_demo(tx):
        raise Refused(
            "This database is a demo's: its people are invented. Set PIKET_DATABASE to another one for a real bot."
        )


async def note_alive(tx: Tx, *, service: str, at: int) -> None:
    """Note that a service lives at `at`, in microseconds of the real clock."""
    await keep(tx, name=f"{_ALIVE}{service}", value=str(at))


async def last_alive(tx: Tx) -> int | None:
    """Return when any service lived last; None if none ever did."""
    rows = await tx.all(
        "SELECT value FROM meta WHERE substr(name, 1, :letters) = :alive", letters=len(_ALIVE), alive=_ALIVE
    )
    return max((int(row["value"]) for row in rows), default=None)


async def all_alive(tx: Tx, *, at: int) -> None:
    """Let every sign of life be of `at`, because the clock by which they were noted was another one."""
    await tx.run(
        "UPDATE meta SET value = :at WHERE substr(name, 1, :letters) = :alive",
        at=str(at),
        letters=len(_ALIVE),
        alive=_ALIVE,
    )


async def mark_started(tx: Tx, *, service: str) -> bool:
    """Note that a service runs; return True when its predecessor did not stop in order."""
    was_running = await value(tx, name=f"running:{service}") == "1"
    await keep(tx, name=f"running:{service}", value="1")
    return was_running


async def mark_stopped(tx: Tx, *, service: str) -> None:
    """Note that a service has stopped in order."""
    await keep(tx, name=f"running:{service}", value="0")
