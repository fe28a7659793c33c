"""Opens the database as the settings say, and makes sure that it is the right one before anything is written."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.clock import Clock
from bot.settings import Settings
from db import meta, migrate
from db.engine import Db
from db.opening import open_db
from db.sealed import Seal, seal_from
from db.service_lock import ServiceLock
from db.zones import check_zones


@dataclass(frozen=True, kw_only=True)
class Office:
    """An open database with its key, and the clock and settings that go with it."""

    db: Db
    seal: Seal
    clock: Clock
    settings: Settings


@asynccontextmanager
async def opened(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[Office]:
    """Open the database for one errand of the command line, beside a running service.

    Raises Refused when its schema is not this release's, or PIKET_KEY is not its key; SettingError without a key.
    """
    seal = seal_from(settings.required_key())
    db = await open_db(settings.database)
    try:
        await migrate.check(db)
        async with db.transaction() as tx:
            await meta.check_key(tx, seal)
        yield Office(db=db, seal=seal, clock=clock or Clock(), settings=settings)
    finally:
        await db.close()


async def open_for_service(
    settings: Settings, stack: AsyncExitStack, *, clock: Clock, may_change_bot: bool = False
) -> Office:
    """Open the database for the one service that may have it, and migrate it. `stack` closes it again.

    Raises Refused when another service has it, or when key, bot, demo or time zones do not fit.
    """
    seal = seal_from(settings.required_key())
    if settings.database.startswith("sqlite:"):
        lock = ServiceLock(settings.database.removeprefix("sqlite:"))
        lock.take()
        stack.callback(lock.release)
    db = await open_db(settings.database)
    stack.push_async_callback(db.close)
    await migrate.upgrade(db, settings.database)
    await check_zones(db)
    async with db.transaction() as tx:
        await meta.check_demo(tx, is_wanted=settings.is_demo)
        await meta.check_key(tx, seal)
        await meta.check_bot(tx, bot=settings.required_token().partition(":")[0], may_change=may_change_bot)
    return Office(db=db, seal=seal, clock=clock, settings=settings)
