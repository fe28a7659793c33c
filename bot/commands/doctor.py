"""`piket doctor`: what is configured, what is missing, and whether it works, in sentences."""

import asyncio

import click

from bot.cli import WRONG, current_settings
from bot.examining import examine
from bot.finding import Finding
from bot.settings import SettingError

SIGNS = {True: "  ok  ", False: "WRONG ", None: " note "}


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Say what is configured, what is missing and what works."""
    try:
        settings = current_settings()
    except SettingError as error:
        findings = [Finding(str(error), is_well=False)]
    else:
        findings = asyncio.run(examine(settings))
    for finding in findings:
        click.echo(f"[{SIGNS[finding.is_well]}] {finding.sentence}")
    if any(finding.is_well is False for finding in findings):
        ctx.exit(WRONG)
