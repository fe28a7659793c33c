"""`piket demo`: a seeded example province, to chat with in the browser."""

import click


@click.command()
def demo() -> None:
    """Try everything on this machine, with invented people."""
    raise click.ClickException("The demo is not put together yet.")
