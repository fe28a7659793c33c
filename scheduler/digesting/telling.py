"""What a head is told of the units they lead: one message, with a picture that is made outside of transactions."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from db import work
from db.digesting import digests
from db.digesting.digests import OPENED_AT_ONCE, Digest
from db.digesting.units import Led
from db.engine import Db, Tx, transact
from db.sealed import Seal
from policy import digest_card
from policy.digest_moments import Due
from policy.figures import Figures
from policy.figures_added import merged

DIGEST = "digest"  # the kind of work
HEADS = 5  # at a time, in one short transaction


async def owe(db: Db, seal: Seal, *, due: Due, timezone: str, units: Sequence[Led], now: datetime) -> int:
    """Have a message made for each head of these units, once, from the figures as they are kept. Return how many."""
    by_head = list((await _by_head(db, seal, due=due, units=units)).items())
    told = 0
    for first in range(0, len(by_head), HEADS):
        some = by_head[first : first + HEADS]
        tasks = [task(head, _highest_first(all_), due=due, timezone=timezone) for head, all_ in some]
        told += await transact(db, partial(_ask, seal=seal, tasks=tasks, now=now))
        await asyncio.sleep(0)  # people who write meanwhile are answered
    return told


async def _by_head(db: Db, seal: Seal, *, due: Due, units: Sequence[Led]) -> dict[str, list[Digest]]:
    by_head: dict[str, list[Digest]] = defaultdict(list)
    for first in range(0, len(units), OPENED_AT_ONCE):
        codes = [each.code for each in units[first : first + OPENED_AT_ONCE]]
        async with db.reading() as tx:
            made = await digests.last(tx, seal, units=codes, kind=due.kind, on=due.on)
        await asyncio.sleep(0)  # people who write meanwhile are answered
        for code in codes:
            if code in made and (head := made[code].told_id) is not None:
                by_head[head].append(made[code])
    return {head: all_ for head, all_ in by_head.items() if any(_has_people(each.figures) for each in all_)}


def _has_people(figures: Figures) -> bool:
    return figures.people > 0 or figures.below is not None


def _highest_first(all_: Sequence[Digest]) -> list[Digest]:
    """Units came with whoever is below first; the highest one names the message."""
    return list(reversed(all_))


def task(head_id: str, all_: Sequence[Digest], *, due: Due, timezone: str) -> dict[str, Any]:
    """Return what is to be made and sent: names and numbers, no prose."""
    figures = merged([each.figures for each in all_])
    is_quiet = digest_card.is_quiet(figures)
    params = (
        quiet(figures, timezone)
        if is_quiet
        else digest_card.card(figures, timezone=timezone, head_id=head_id)
    )
    return {
        "person": head_id,
        "unit": all_[0].unit_code,
        "once": f"digest:{due.kind}:{due.on.isoformat()}",
        "message": "digest/quiet" if is_quiet else f"digest/{due.kind}",
        "params": params,
        "days": days(figures),
        "expires_at": due.until.isoformat(),
    }


def quiet(figures: Figures, timezone: str) -> dict[str, Any]:
    """The parameters of the one line that is sent when everybody is away."""
    return {
        "kind": figures.kind.value,
        "on": figures.on.isoformat(),
        "as_of": figures.as_of.isoformat(),
        "timezone": timezone,
        "unit": figures.units[0],
        "others": len(figures.units) - 1,
        "people": figures.people,
    }


def days(figures: Figures) -> list[dict[str, Any]]:
    """The bars of a weekly or monthly picture: each day on which something was owed."""
    return [{"on": on, **digest_card.tally_row(tally)} for on, tally in figures.days.items()]


async def _ask(tx: Tx, *, seal: Seal, tasks: Sequence[Mapping[str, Any]], now: datetime) -> int:
    asked = [
        await work.add(tx, seal, kind=DIGEST, task=each, once=f"{each['once']}:{each['person']}", now=now)
        for each in tasks
    ]
    return sum(key is not None for key in asked)
