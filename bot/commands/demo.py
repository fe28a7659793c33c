"""`piket demo`: a seeded example province, to chat with in the browser."""

import os

import click

from bot.settings import settings_from


@click.command()
def demo() -> None:
    """Try everything on this machine, with invented people. PIKET_DEMO_PORT sets the port of the page."""
    from bot.demo.launch import launch

    # Only this one is looked at: what is set for a real bot must neither reach the demo nor stop it.
    chosen = {name: value for name, value in os.environ.items() if name.startswith("PIKET_DEMO_PORT")}
    launch(port=settings_from(chosen).demo_port, say=click.echo)
