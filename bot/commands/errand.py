"""One errand of the command line in the open installation, beside a running service."""

import asyncio
import getpass
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.opening import Office, opened
from bot.settings import settings_from
from policy.calendar import local_date, zone_named


@dataclass(frozen=True, kw_only=True)
class Errand:
    """The open installation, the moment (taken once), and who the records say did it."""

    office: Office
    now: datetime
    by: str

    @property
    def today(self) -> date:
        return local_date(self.now, zone_named("WIB"))


def run_errand(work: Callable[[Errand], Awaitable[None]]) -> None:
    """Do some work in the open installation. Raises what bot.cli says as a sentence."""
    asyncio.run(_run(work))


async def _run(work: Callable[[Errand], Awaitable[None]]) -> None:
    async with opened(settings_from(os.environ)) as office:
        await work(Errand(office=office, now=office.clock.now(), by=_operator()))


def _operator() -> str:
    try:
        return f"operator:{getpass.getuser()}"
    except (KeyError, OSError):  # a container may have no name for its user
        return "operator"
