"""`piket demo`: a seeded example province, to chat with in the browser."""

import click

from bot.cli import current_settings


@click.command()
def demo() -> None:
    """Try everything on this machine, with invented people. PIKET_DEMO_PORT sets the port of the page."""
    from bot.demo.launch import launch

    launch(port=current_settings().demo_port, say=click.echo)
