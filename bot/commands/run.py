"""`piket run`: the bot itself."""

import asyncio

import click

from bot import logs
from bot.cli import current_settings
from bot.settings import Settings


@click.command()
@click.option("--new-bot", is_flag=True, help="The bot was replaced by another one; people open it anew.")
def run(new_bot: bool) -> None:
    """Be the bot, until stopped."""
    settings = current_settings()
    settings.required_key()
    settings.required_token()
    logs.set_up(level=settings.log_level, secrets=_secrets(settings))
    from bot.app import serve

    asyncio.run(serve(settings, may_change_bot=new_bot))


def _secrets(settings: Settings) -> tuple[str, ...]:
    chosen = (settings.telegram_token, settings.key, settings.webhook_secret, settings.demo_clock_secret)
    return tuple(secret for secret in chosen if secret)
