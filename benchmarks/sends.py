"""Messages a second: python-telegram-bot's Bot over our request class, beside the same Bot over its own (httpx)."""

import asyncio
import statistics
import time
import warnings

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks.platform import TOKEN, Place, pretend_telegram
from bot.channels.telegram_http import TelegramHttp

MESSAGES = 600
AT_ONCE = 50
ROUNDS = 5


async def _rate(place: Place, request: BaseRequest) -> float:
    bot = Bot(TOKEN, base_url=f"{place.api}/bot", request=request, get_updates_request=request)
    gate = asyncio.Semaphore(AT_ONCE)

    async def send(number: int) -> None:
        async with gate:
            await bot.send_message(place.chats[number % len(place.chats)], f"Pesan {number}")

    async with bot:
        began = time.perf_counter()
        await asyncio.gather(*(send(number) for number in range(MESSAGES)))
        return MESSAGES / (time.perf_counter() - began)


def main() -> None:
    """Print the medians of both and their ratio, round by round so that a noisy machine hurts both alike."""
    warnings.simplefilter("ignore")
    ours, theirs = [], []
    with pretend_telegram() as place:
        for _ in range(ROUNDS):
            ours.append(asyncio.run(_rate(place, TelegramHttp())))
            pool = HTTPXRequest(connection_pool_size=AT_ONCE, pool_timeout=60)
            theirs.append(asyncio.run(_rate(place, pool)))
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    print(f"{MESSAGES} messages, {AT_ONCE} at once, median of {ROUNDS} rounds")
    print(f"  ours (aiohttp)      {statistics.median(ours):7.0f} messages/s")
    print(f"  as shipped (httpx)  {statistics.median(theirs):7.0f} messages/s")
    print(
        f"  ratio               {statistics.median(ratios):7.1f}  (of {min(ratios):.1f} to {max(ratios):.1f})"
    )
