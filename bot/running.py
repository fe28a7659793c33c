"""Everything that runs, from its start to its orderly end."""

import asyncio
import logging
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_errors import ChannelAway, ChannelDown, ChannelUntrusted
from bot.clock_guard import ClockGuard
from bot.delivery import Delivery
from bot.door import Door
from bot.heartbeat import Heartbeat
from bot.intake import Intake
from bot.link import Link
from bot.metrics import Metrics
from bot.opening import Office
from bot.polling import Polling
from bot.settings import SettingError
from bot.stopped import Stopped
from bot.watch import Watch
from bot.work import Worker
from db import meta
from db.errors import DbError
from scheduler.clock import Waker

log = logging.getLogger(__name__)
FIRST_WORD_SECONDS = 2.0  # how long the start waits for Telegram to confirm the token
INTAKE_SECONDS, DELIVERY_SECONDS = 3.0, 20.5  # of the 25 seconds that a stop may take


@dataclass(kw_only=True)
class App:
    """Everything that runs, put together by bot.app.build."""

    office: Office
    was_unclean: bool
    channel: TelegramChannel
    metrics: Metrics
    delivery: Delivery
    worker: Worker
    intake: Intake
    link: Link
    door: Door
    waker: Waker
    guard: ClockGuard
    heartbeat: Heartbeat
    watch: Watch
    polling: Polling | None
    service: str
    stack: AsyncExitStack
    _is_awake: bool = False
    _stop_intake: asyncio.Event = field(default_factory=asyncio.Event)
    _stop_delivery: asyncio.Event = field(default_factory=asyncio.Event)
    _intake: list[asyncio.Task[None]] = field(default_factory=list)
    _delivery: list[asyncio.Task[None]] = field(default_factory=list)
    _work: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Begin to work. Raises SettingError for a token that Telegram does not know, Stopped for a taken port."""
        host, port = self.office.settings.listen
        await self._confirm_token()
        await self.guard.take_up()
        await self.heartbeat.take_up()
        await self.door.open(host, port)
        self._delivery.append(asyncio.create_task(self.delivery.run(self._stop_delivery), name="delivery"))
        self._work.append(asyncio.create_task(self.worker.run(self._stop_intake), name="work"))
        for name, loop in (
            ("link", self.link.keep),
            ("clock", self.guard.keep),
            ("heartbeat", self.heartbeat.run),
            ("polling", self._poll),
        ):
            self._intake.append(asyncio.create_task(loop(self._stop_intake), name=name))
        self.waker.start()
        self._is_awake = True
        log.info("ready", extra={"port": self.door.port, "by": "polling" if self.polling else "webhook"})

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`. Raises what ended a loop that should not have ended, or Stopped for one that hangs."""
        stopping = asyncio.create_task(stop.wait())
        watching = asyncio.create_task(self.watch.run(stop), name="watch")
        try:
            lasting = {stopping, watching, *self._intake, *self._delivery, *self._work}
            ended, _ = await asyncio.wait(lasting, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        finally:
            stopping.cancel()
            watching.cancel()

    async def stop(self) -> None:
        """Stop in order, within 25 seconds: take in nothing more, finish what is in flight, mark the clean end."""
        self._stop_intake.set()
        if self._is_awake:
            self.waker.stop()
        await asyncio.gather(_ended(self._intake, within=INTAKE_SECONDS), self._close_door())
        self._stop_delivery.set()
        await asyncio.gather(
            _ended(self._delivery, within=DELIVERY_SECONDS), _ended(self._work, within=DELIVERY_SECONDS)
        )
        await self.intake.close()
        await self.heartbeat.end()
        if (
            self._is_awake or not self.was_unclean
        ):  # a start that failed has not handled what ended the last one
            with suppress(DbError):  # then the next start is wary, which costs little
                async with self.office.db.transaction() as tx:
                    await meta.mark_stopped(tx, service=self.service)
        await self.stack.aclose()
        log.info("stopped")

    async def _confirm_token(self) -> None:
        try:
            async with asyncio.timeout(FIRST_WORD_SECONDS):
                await self.channel.me()
        except ChannelUntrusted as error:
            raise Stopped(str(error)) from error
        except ChannelDown as error:
            raise SettingError(
                f"Telegram does not know the token in PIKET_TELEGRAM_TOKEN ({error}). Copy it again from @BotFather, "
                "such as 123456789:AAH…"
            ) from error
        except (ChannelAway, TimeoutError):
            log.warning("telegram_away")  # the link goes on asking; what people write waits there for a day

    async def _poll(self, stop: asyncio.Event) -> None:
        waits = [asyncio.create_task(event.wait()) for event in (self.link.introduced, stop)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in waits:
            task.cancel()
        if self.polling is not None and not stop.is_set():
            await self.polling.run(stop)
        await stop.wait()

    async def _close_door(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.door.close(), INTAKE_SECONDS)


async def _ended(tasks: list[asyncio.Task[None]], *, within: float) -> None:
    """Wait for tasks to end, then make them."""
    if tasks:
        await asyncio.wait(tasks, timeout=within)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
