"""The one wiring function: settings in, running parts out. What runs is what stands here."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.channels.telegram import TelegramChannel
from bot.clock import Clock
from bot.clock_guard import ClockGuard
from bot.delivery import Delivery
from bot.demo.happenings import Happenings
from bot.demo.stored import beside_chat
from bot.documents.printing import Printing
from bot.documents.trades import MAKERS
from bot.door import Door
from bot.fetching import Fetching
from bot.figures import figures
from bot.heartbeat import Heartbeat
from bot.intake import Intake
from bot.interpreter import settle_down
from bot.labels import Labels
from bot.link import Link
from bot.metrics import Metrics
from bot.opening import Office, open_for_service
from bot.polling import Polling
from bot.reach import Reach
from bot.render import Renderer
from bot.running import App
from bot.settings import Settings
from bot.watch import Watch
from bot.watchdog import Watchdog
from bot.web import Site, application
from bot.work import Worker
from db import meta
from handlers.attaching import FETCH
from handlers.dispatch import Dispatch
from policy.book import Book
from policy.calendar import public_holidays
from scheduler.alarms import tell_admins
from scheduler.clock import Waker
from scheduler.jobs import Means

log = logging.getLogger(__name__)
WARY = timedelta(minutes=5)  # after an unclean stop: so long updates are counted before they are tried


async def serve(settings: Settings, *, may_change_bot: bool = False) -> None:
    """Be the service until SIGTERM or SIGINT. Raises what keeps it from starting or going on."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    app = await build(settings, may_change_bot=may_change_bot)
    watchdog = Watchdog(loop)
    watchdog.start()
    try:
        await app.start()
        settle_down()
        await app.run(stop)
    finally:
        await app.stop()
        watchdog.stop()


async def build(settings: Settings, *, clock: Clock | None = None, may_change_bot: bool = False) -> App:
    """Put everything together. Raises Refused or SettingError, with nothing left open."""
    clock = clock or Clock()
    public_holidays(
        clock.now().year
    )  # the first look takes a tenth of a second, which nobody should wait for
    async with AsyncExitStack() as stack:
        office = await open_for_service(settings, stack, clock=clock, may_change_bot=may_change_bot)
        service = f"{socket.gethostname()}:{settings.listen[1]}"
        async with office.db.transaction() as tx:
            was_unclean = await meta.mark_started(tx, service=service)
        app = _wire(office, was_unclean=was_unclean, service=service, stack=stack.pop_all())
    app.stack.push_async_callback(app.channel.close)
    return app


def _wire(office: Office, *, was_unclean: bool, service: str, stack: AsyncExitStack) -> App:
    settings, clock, metrics = office.settings, office.clock, Metrics()
    guard = ClockGuard(
        office.db,
        office.seal,
        clock,
        service=service,
        metrics=metrics,
        stepped=lambda: _wake(waker.look_now, delivery.wake),
    )
    labels, book = Labels(), Book.shipped()
    renderer = Renderer(labels=labels)
    channel = TelegramChannel(settings.required_token(), now=clock.now, api=settings.telegram_api)
    reach = Reach(channel.name, clock)
    dispatch = Dispatch(
        office.db,
        seal=office.seal,
        book=book,
        wording=renderer,
        clock=clock,
        wary_until=clock.now() + WARY if was_unclean else None,
    )
    delivery = Delivery(
        office.db,
        office.seal,
        {channel.name: channel},
        renderer,
        clock,
        is_only_service=office.db.dialect == "sqlite",
        service=service,
        clock_error=guard.held_error,
        reached=lambda _channel, is_reached: reach.note(is_reached),
    )
    printing = Printing()
    stack.push_async_callback(printing.close)
    worker = Worker(
        office.db,
        office.seal,
        {
            FETCH: Fetching({channel.name: channel}, office.seal),
            **{kind: make(office.db, office.seal, printing, book=book, clock=clock) for kind, make in MAKERS},
        },
        clock,
        service=service,
        told=delivery.wake,
        beat=lambda: metrics.beat("work", at=clock.seconds()),
    )
    intake = Intake(
        channel=channel,
        dispatch=dispatch,
        renderer=renderer,
        metrics=metrics,
        clock=clock,
        wake=lambda: _wake(delivery.wake, worker.wake),
    )
    secret = settings.secret_for_webhook() if settings.public_url else ""
    link = Link(
        profile=channel,
        metrics=metrics,
        clock=clock,
        secret=secret,
        commands={None: labels.commands(locale="id"), "en": labels.commands(locale="en")},
        url=f"{settings.public_url}/telegram" if settings.public_url else "",
        reach=reach,
        alarm=partial(_alarm, office),
    )
    waker = Waker(
        Means(db=office.db, seal=office.seal, book=book),
        now=clock.now,
        is_held=guard.is_held,
        beat=lambda: metrics.beat("jobs", at=clock.seconds()),
    )

    def clock_moved(before: datetime, speed: float) -> None:
        waker.leap(before, clock.now(), speed)
        _wake(delivery.wake, worker.wake)

    watch = Watch(office.db, metrics=metrics, clock=clock, polls=not settings.public_url)
    site = Site(
        is_ready=watch.is_ready,
        figures=lambda: figures(office, metrics, delivery, channel=channel.name),
        clock=clock,
        intake=intake if secret else None,
        secret=secret,
        clock_secret=settings.demo_clock_secret or "" if settings.is_demo else "",
        moved=clock_moved,
        beside_chat=(lambda channel, address: _beside_chat(office, channel, address))
        if settings.is_demo
        else None,
        happen=Happenings(db=office.db, seal=office.seal, book=book, clock=clock, told=delivery.wake).happen
        if settings.is_demo
        else None,
    )
    return App(
        office=office,
        was_unclean=was_unclean,
        channel=channel,
        metrics=metrics,
        delivery=delivery,
        worker=worker,
        intake=intake,
        link=link,
        door=Door(application(site)),
        waker=waker,
        guard=guard,
        heartbeat=Heartbeat(
            office, channel=channel.name, service=service, guard=guard, reach=reach, metrics=metrics
        ),
        watch=watch,
        polling=None if secret else Polling(channel, intake, clock=clock, reach=reach),
        service=service,
        stack=stack,
    )


async def _alarm(office: Office, message: str, params: Mapping[str, Any], once: str) -> None:
    async with office.db.transaction() as tx:
        await tell_admins(tx, office.seal, message, params, once=once, now=office.clock.now())


def _wake(*looks: Callable[[], None]) -> None:
    for look in looks:
        look()


async def _beside_chat(office: Office, channel: str, address: str) -> dict[str, Any]:
    return await beside_chat(office.db, office.seal, channel=channel, address=address, now=office.clock.now())
