"""`python -m simulator`: a pretend Telegram on this machine, with a page to play people on."""

from __future__ import annotations

import asyncio
import secrets
import signal
import sys
from datetime import datetime
from pathlib import Path

import click
from aiohttp import web
from yarl import URL

from simulator.errors import SimulatorError
from simulator.guard import is_loopback
from simulator.server import create_app
from simulator.world import World


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one."
)
@click.option("--bot-token", envvar="SIMULATOR_BOT_TOKEN", required=True, help="Starts with demo: or test:.")
@click.option("--cast", "cast_file", type=click.Path(path_type=Path), help="JSON file with the people.")
@click.option(
    "--key", envvar="SIMULATOR_KEY", help="The secret in the page's address; made up when not given."
)
@click.option("--clock-url", default="", help="Where the bot is told of a moved clock; on this machine.")
@click.option(
    "--clock-secret", envvar="SIMULATOR_CLOCK_SECRET", default="", help="Sent along in X-Piket-Demo."
)
@click.option(
    "--stored-url", default="", help="Where the bot tells what it keeps of a chat; on this machine."
)
@click.option(
    "--happen-url", default="", help="Where the bot is told what its office decides; on this machine."
)
@click.option("--start", help="The played moment to start at, such as 2020-06-15T06:45:00+07:00.")
def main(
    port: int,
    bot_token: str,
    cast_file: Path | None,
    key: str | None,
    clock_url: str,
    clock_secret: str,
    stored_url: str,
    happen_url: str,
    start: str | None,
) -> None:
    """Serve a pretend Telegram on 127.0.0.1, and a page to play people on."""
    try:
        for option, url in (
            ("--clock-url", clock_url),
            ("--stored-url", stored_url),
            ("--happen-url", happen_url),
        ):
            check_url(option, url)
        moment = datetime.fromisoformat(start) if start else None
        world = World(
            bot_token=bot_token,
            key=key or secrets.token_urlsafe(16),
            cast=cast_file,
            start=moment,
            clock_url=clock_url,
            clock_secret=clock_secret,
            stored_url=stored_url,
            happen_url=happen_url,
        )
        asyncio.run(serve(world, port=port))
    except (SimulatorError, ValueError, OSError) as error:
        click.echo(f"The simulator did not start: {error}", err=True)
        sys.exit(2)


def check_url(option: str, url: str) -> None:
    """SimulatorError unless the address is empty or on this machine."""
    if url and not is_loopback(URL(url).host or ""):
        raise SimulatorError(
            f"{option} must be an address on this machine, such as http://127.0.0.1:8081/demo/clock."
        )


async def serve(world: World, *, port: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    runner = web.AppRunner(create_app(world), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        click.echo(f"simulator ready on http://127.0.0.1:{runner.addresses[0][1]}/{world.key}/")
        sys.stdout.flush()
        await ended.wait()
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    main()
