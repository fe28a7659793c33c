"""`piket aside …`: messages and rows of jobs that failed three times and were set aside (fault P04)."""

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import table
from db import audit, quarantine


@click.group("aside")
def group() -> None:
    """Messages, and rows of jobs, that could not be handled and were set aside."""


@group.command("list")
def show() -> None:
    """List them: when, where, and the kind of failure. What they say stays sealed."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.reading() as tx:
            found = await quarantine.unsettled(tx)
        if not found:
            click.echo("Nothing is set aside.")
            return
        rows = [
            (f"{each.at:%Y-%m-%d %H:%M} UTC", each.channel, each.address or "-", each.error) for each in found
        ]
        click.echo(table(("set aside", "channel", "chat", "failure"), rows))
        click.echo(
            "Senders of messages were told that nothing was saved; rows of a job (job:…) are looked at no more. "
            "The log says more under step_failed and row_failed. "
            "When you have looked: piket aside settle"
        )

    run_errand(work)


@group.command("settle")
def settle() -> None:
    """Mark all of them as looked at. They stay on record."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            number = await quarantine.settle_aside(tx, now=errand.now)
            await audit.note(
                tx, actor=errand.by, action="aside_settled", detail={"updates": number}, now=errand.now
            )
        click.echo(f"Marked as looked at: {number}.")

    run_errand(work)
