"""Looks an installation over without changing anything: settings, database, key, people, Telegram."""

from collections.abc import AsyncIterator
from pathlib import Path

from bot.clock import Clock
from bot.examining_now import now_standing
from bot.finding import Finding
from bot.settings import SettingError, Settings
from db import adoptions, circular_texts, meta, migrate, quarantine, units
from db import settings as agency_settings
from db.engine import Tx
from db.errors import DbError, Refused
from db.opening import open_db
from db.sealed import Seal, seal_from
from db.sqlite import check_place
from handlers.admin import admins
from handlers.admin.decisions import HEALTH_MODE
from policy.book import Book
from policy.calendar import local_date, zone_named

SHOWN = 10  # of a list in a sentence


async def examine(settings: Settings) -> list[Finding]:
    """Return everything worth knowing about this installation."""
    seal, about_key = _key(settings)
    database = [finding async for finding in _database(settings, seal)]
    return [about_key, *database, *[finding async for finding in _telegram(settings)]]


def _key(settings: Settings) -> tuple[Seal | None, Finding]:
    try:
        seal = seal_from(settings.required_key())
    except SettingError as error:
        return None, Finding(str(error), is_well=False)
    return seal, Finding(
        f"PIKET_KEY is set (fingerprint {seal.fingerprint}). Is there a copy in a safe place?"
    )


async def _database(settings: Settings, seal: Seal | None) -> AsyncIterator[Finding]:
    try:
        place = _place(settings.database)
        if place is not None and not place.exists():
            yield Finding(f"There is no database yet. `piket migrate` makes it: {place}", is_well=False)
            return
        db = await open_db(settings.database)
    except DbError as error:
        yield Finding(str(error), is_well=False)
        return
    try:
        yield Finding(f"The database can be opened: {place or 'PostgreSQL'}")
        await migrate.check(db)
        yield Finding(f"Its schema is {migrate.HEAD}, as this release needs it.")
        async with db.reading() as tx:
            for finding in await _contents(tx, settings, seal):
                yield finding
    except DbError as error:
        yield Finding(str(error), is_well=False)
    finally:
        await db.close()


def _place(database: str) -> Path | None:
    """Where the file is, or None for PostgreSQL. Raises Refused where there can be no file."""
    if not database.startswith("sqlite:"):
        return None
    place = Path(database.removeprefix("sqlite:")).absolute()
    check_place(place)
    return place


async def _contents(tx: Tx, settings: Settings, seal: Seal | None) -> list[Finding]:
    found = [] if seal is None else await _sealed(tx, seal)
    try:
        await meta.check_demo(tx, is_wanted=settings.is_demo)
    except DbError as error:
        found.append(Finding(str(error), is_well=False))
    found += [await _people(tx), await _admins(tx), *await _aside(tx), *await _unread(tx)]
    clock = Clock()
    found += await now_standing(tx, now=clock.now(), real=clock.real())
    return [*found, *await _agencies(tx)]


async def _sealed(tx: Tx, seal: Seal) -> list[Finding]:
    fits = await meta.key_fits(tx, seal)
    if fits is None:
        return [Finding("Nothing is sealed in the database yet; the first use of PIKET_KEY binds it.")]
    if fits:
        return [Finding("PIKET_KEY opens what is sealed in the database.")]
    return [
        Finding(
            "PIKET_KEY is not the key that the database is sealed with. Set the key that was used before.",
            is_well=False,
        )
    ]


async def _people(tx: Tx) -> Finding:
    row = await tx.one("SELECT COUNT(*) AS n FROM people WHERE left_at IS NULL")
    number = int(row["n"]) if row else 0
    if not number:
        return Finding("There are no people yet. Import them with `piket people import FILE`.", is_well=None)
    return Finding(f"People: {number:,}.")


async def _admins(tx: Tx) -> Finding:
    holders = await admins.all_admins(tx, now=Clock().now())
    if not holders:
        return Finding("Nobody is admin yet. Make the first one with `piket admin first`.", is_well=None)
    return Finding(f"Admins: {_some([person.name for person in holders])}.")


async def _aside(tx: Tx) -> list[Finding]:
    number = len(await quarantine.unsettled(tx))
    if not number:
        return []
    sentence = (
        f"Messages and rows that could not be handled and are set aside: {number}. Then: piket aside list"
    )
    return [Finding(sentence, is_well=False)]


async def _unread(tx: Tx) -> list[Finding]:
    """What some unit goes by and this release cannot read: there nobody is answered."""
    book, found = Book.shipped(), []
    for circular in await adoptions.ever_adopted(tx):
        try:
            await circular_texts.bring(tx, book, [circular])
        except Refused as error:
            found.append(Finding(str(error), is_well=False))
            continue
        if book.circular(circular) is None:
            sentence = f"Circular {circular} is switched on for some unit, but this release does not know it."
            found.append(Finding(sentence, is_well=False))
    return found


async def _agencies(tx: Tx) -> list[Finding]:
    """What agencies have not decided yet, in one sentence each: a province has forty of them."""
    now = Clock().now()
    on = local_date(now, zone_named("WIB"))
    silent, unbound, decided = [], [], []
    for unit in [unit for unit in await units.all_units(tx) if unit.parent_code is None]:
        mode = await agency_settings.value(tx, unit_code=unit.code, name=HEALTH_MODE, on=on, now=now)
        if mode is None:
            silent.append(unit.code)
        else:
            decided.append(Finding(f"Health reporting of {unit.name} is {mode.value}{_by(mode.basis)}."))
        if not await adoptions.in_force(tx, unit_chain=[unit.code], on=on, now=now):
            unbound.append(unit.code)
    return [*decided, *_undecided(silent, unbound)]


def _undecided(silent: list[str], unbound: list[str]) -> list[Finding]:
    found = []
    if silent:
        found.append(
            f"Health reporting is off, until the agency records its legal basis, in: {_some(silent)}. "
            'Then: piket agency health CODE kmk328 --basis "…"'
        )
    if unbound:
        found.append(
            f"No circular speaks today for all of: {_some(unbound)}. There, where to work stays open. "
            "Then: piket circular use ID --unit CODE --from DAY"
        )
    return [Finding(sentence, is_well=None) for sentence in found]


def _by(basis: str | None) -> str:
    return f", by {basis}" if basis else ""


def _some(words: list[str]) -> str:
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return ", ".join(words[:SHOWN]) + more


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    try:
        token = settings.required_token()
    except SettingError as error:
        yield Finding(str(error), is_well=False)
        return
    from bot.channels.telegram import TelegramChannel
    from bot.channels.telegram_errors import ChannelAway, ChannelDown, ChannelUntrusted

    channel = TelegramChannel(token, now=Clock().now, api=settings.telegram_api)
    try:
        me = await channel.me()
        yield Finding(f"Telegram knows the token: the bot is @{me.username} ({me.name}).")
        yield _webhook(settings, (await channel.webhook_info()).url)
    except ChannelUntrusted as error:
        yield Finding(str(error), is_well=False)
    except ChannelDown as error:
        yield Finding(
            f"Telegram does not accept the token ({error}). Copy it again from @BotFather.", is_well=False
        )
    except ChannelAway as error:
        yield Finding(
            f"Telegram cannot be reached at {settings.telegram_api}. Look at this machine's network, name server and "
            f"firewall, and at PIKET_TELEGRAM_API ({error}).",
            is_well=False,
        )
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
