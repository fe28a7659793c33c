"""Looks an installation over without changing anything: settings, database, key, people, Telegram."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC

from bot.clock import Clock
from bot.settings import SettingError, Settings
from db import meta, migrate, roles, units
from db import settings as agency_settings
from db.engine import Db, Tx
from db.errors import DbError
from db.opening import open_db
from db.sealed import seal_from


@dataclass(frozen=True)
class Finding:
    """One sentence. `is_well` is None for what is neither right nor wrong."""

    sentence: str
    is_well: bool | None = True


async def examine(settings: Settings) -> list[Finding]:
    """Return everything worth knowing about this installation."""
    found = [finding async for finding in _database(settings)]
    return found + [finding async for finding in _telegram(settings)]


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    kind = "SQLite" if settings.database.startswith("sqlite:") else "PostgreSQL"
    try:
        db = await open_db(settings.database)
    except DbError as error:
        yield Finding(str(error), is_well=False)
        return
    try:
        yield Finding(f"The {kind} database can be opened.")
        version = await migrate.schema_version(db)
        if version != migrate.HEAD:
            needed = f"this release needs {migrate.HEAD}: run `piket migrate`"
            yield Finding(f"The database has schema {version or 'none yet'}; {needed}.", is_well=False)
            return
        yield Finding(f"Its schema is {version}, as this release needs it.")
        async for finding in _contents(db, settings):
            yield finding
    except DbError as error:
        yield Finding(str(error), is_well=False)
    finally:
        await db.close()


async def _contents(db: Db, settings: Settings) -> AsyncIterator[Finding]:
    async with db.reading() as tx:
        yield await _key(tx, settings)
        if await meta.is_demo(tx):
            yield Finding("This is a demo's database: its people are invented.", is_well=None)
        yield await _people(tx)
        yield await _admins(tx)
        for finding in await _health_modes(tx):
            yield finding


async def _key(tx: Tx, settings: Settings) -> Finding:
    try:
        seal = seal_from(settings.required_key())
    except SettingError as error:
        return Finding(str(error), is_well=False)
    fits = await meta.key_fits(tx, seal)
    if fits is False:
        sentence = (
            "PIKET_KEY is not the key that the database is sealed with. Set the key that was used before."
        )
        return Finding(sentence, is_well=False)
    state = "opens what is sealed in the database" if fits else "is set; nothing is sealed with it yet"
    return Finding(f"PIKET_KEY {state} (fingerprint {seal.fingerprint}).")


async def _people(tx: Tx) -> Finding:
    row = await tx.one("SELECT COUNT(*) AS n FROM people WHERE left_at IS NULL")
    number = int(row["n"]) if row else 0
    if not number:
        return Finding("There are no people yet. Import them with `piket people import FILE`.", is_well=None)
    return Finding(f"There are {number} people.")


async def _admins(tx: Tx) -> Finding:
    now = Clock().now()
    holders = await roles.holders(tx, role=roles.Role.ADMIN, on=now.astimezone(UTC).date(), as_known_at=now)
    if not holders:
        return Finding("Nobody is admin yet. Make the first one with `piket admin first`.", is_well=None)
    return Finding(f"Admins: {len(holders)}.")


async def _health_modes(tx: Tx) -> list[Finding]:
    now = Clock().now()
    findings = []
    for unit in await units.all_units(tx):
        if unit.parent_code is not None:
            continue
        chosen = await agency_settings.value(
            tx, unit_code=unit.code, name="health_mode", on=now.astimezone(UTC).date(), now=now
        )
        mode = (
            f"is {chosen.value}, by {chosen.basis}" if chosen else "is off until its legal basis is recorded"
        )
        findings.append(Finding(f"Health reporting of {unit.name} {mode}.", is_well=True if chosen else None))
    return findings


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.telegram_token is None:
        sentence = (
            "PIKET_TELEGRAM_TOKEN is missing. Ask @BotFather on Telegram for one, such as 123456789:AAH…"
        )
        yield Finding(sentence, is_well=False)
        return
    from bot.channels.telegram import TelegramChannel
    from bot.channels.telegram_errors import ChannelAway, ChannelDown

    channel = TelegramChannel(settings.telegram_token, now=Clock().now, api=settings.telegram_api)
    try:
        me = await channel.me()
        yield Finding(f"Telegram knows the token: the bot is @{me.username} ({me.name}).")
        yield _webhook(settings, (await channel.webhook_info()).url)
    except ChannelDown as error:
        yield Finding(
            f"Telegram does not accept the token ({error}). Copy it again from @BotFather.", is_well=False
        )
    except ChannelAway as error:
        yield Finding(f"Telegram cannot be reached at {settings.telegram_api}: {error}.", is_well=False)
    finally:
        await channel.close()


def _webhook(settings: Settings, url: str) -> Finding:
    wanted = f"{settings.public_url}/telegram" if settings.public_url else ""
    if url == wanted:
        way = f"Telegram calls {wanted}" if wanted else "Telegram is asked for updates (long polling)"
        return Finding(f"{way}.")
    if not url:
        return Finding("PIKET_PUBLIC_URL is set; `piket run` will tell Telegram to call it.", is_well=None)
    return Finding(
        f"Telegram calls {url}, which is not this installation; `piket run` will change that.", is_well=None
    )
