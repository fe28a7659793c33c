"""`piket explain NIP --on DATE`: why somebody's day is what it is, and what they were told of it when."""

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.explain_words import as_json, as_text
from bot.commands.words import DAY
from handlers.admin.explaining import Explained
from handlers.admin.explaining import explain as find_out
from policy.book import Book

_LOCAL = ZoneInfo("Asia/Jakarta")


class MomentType(click.ParamType[datetime, Any]):
    """A moment, written like 2020-06-15T07:00; without a zone it is in western Indonesian time (WIB)."""

    name = "YYYY-MM-DDTHH:MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(
                f"`{value}` is not a moment. Write it like 2020-06-15T07:00 or …T07:00+08:00.", param, ctx
            )
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=_LOCAL)


@click.command("explain")
@click.argument("nip")
@click.option("--on", type=DAY, required=True, help="The day asked about.")
@click.option(
    "--as-known-at",
    type=MomentType(),
    help="By what was known then (WIB, or with its zone); now if not given.",
)
@click.option("--json", "is_json", is_flag=True, help="One JSON object.")
def explain(nip: str, on: date, as_known_at: datetime | None, *, is_json: bool) -> None:
    """Explain the day of who has this NIP: each step with its paragraph, what they were told, who recorded what.

    Reasons that not everybody may read (health, some leave, discipline) stay private; that it was asked is noted.
    """

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            explained = await find_out(
                tx,
                errand.office.seal,
                Book.shipped(),
                nip=nip,
                on=on,
                as_known_at=as_known_at or errand.now,
                by=errand.by,
                now=errand.now,
            )
        click.echo(_said(explained, is_json=is_json))

    run_errand(work)


def _said(explained: Explained, *, is_json: bool) -> str:
    if is_json:
        return json.dumps(as_json(explained), ensure_ascii=False, indent=1)
    return "\n".join(as_text(explained))
