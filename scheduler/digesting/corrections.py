"""A digest of today that is right no more is corrected, once: the old number and the right one.

What was said is counted again as of the same moment. So reports that came later correct nothing; a report taken
back, an excuse, an outage found later or a change of the day do. What lies ahead, and who may come in, is not
corrected: the next digest says it.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from db import people, rights
from db.digesting import digests
from db.digesting import figures as digest_figures
from db.digesting.digests import Digest
from db.digesting.figures import Asked
from db.engine import Db, Tx, transact
from db.sealed import Seal
from db.sending.outbox import Class
from policy import digest_card
from policy.book import Book
from policy.calendar import local_date
from policy.figures import Figures, Kind
from policy.figures_added import merged
from scheduler.digesting.digests import Place, batches, led_here, places_now
from scheduler.telling import Word, tell

log = logging.getLogger("piket.digests")

SETTLES = timedelta(
    minutes=30
)  # there is one correction a digest: what is put right soon is told in it together
CORRECTED = 2  # its version


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """A digest that says something else than is right for its moment."""

    said: Digest
    right: Figures


async def look(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Correct what is to be corrected; return how many heads are told."""
    async with db.reading() as tx:
        places = await places_now(tx, book, now=now)
    told = 0
    for place in places:
        for kind in (Kind.MORNING, Kind.EVENING):
            found = await _wrong(db, seal, place, kind, now)
            for head, all_ in found.items():
                told += await transact(
                    db, partial(_correct, seal=seal, place=place, head=head, wrong=all_, now=now)
                )
    return told


async def _wrong(db: Db, seal: Seal, place: Place, kind: Kind, now: datetime) -> dict[str, list[Wrong]]:
    """By head the digests of theirs that are wrong and that nobody corrected; the highest unit first."""
    today = local_date(now, place.zone)
    async with db.reading() as tx:
        units = await led_here(tx, place, now) if place.settled[kind] >= today else []
    found: dict[str, list[Wrong]] = defaultdict(list)
    for batch in reversed(batches(units)):
        async with db.reading() as tx:
            for each in reversed(await _of_batch(tx, seal, [one.code for one in batch], kind, today, now)):
                found[each.said.told_id or ""].append(each)
    return found


async def _of_batch(
    tx: Tx, seal: Seal, units: Sequence[str], kind: Kind, on: date, now: datetime
) -> list[Wrong]:
    made = await digests.last(tx, seal, units=units, kind=kind, on=on)
    open_ = [made[code] for code in units if code in made and _may_be_corrected(made[code], now)]
    found = []
    for as_of in sorted({each.figures.as_of for each in open_}):
        some = {each.unit_code: each for each in open_ if each.figures.as_of == as_of}
        right = await _counted_again(tx, seal, some, kind, on, as_of)
        found += [
            Wrong(said=some[code], right=right[code]) for code in some if right[code].sum != some[code].sum
        ]
    return found


def _may_be_corrected(digest: Digest, now: datetime) -> bool:
    has_settled = now - digest.figures.as_of >= SETTLES
    return digest.told_id is not None and digest.version < CORRECTED and has_settled


async def _counted_again(
    tx: Tx, seal: Seal, digests_of: Mapping[str, Digest], kind: Kind, on: date, as_of: datetime
) -> dict[str, Figures]:
    names = {code: each.figures.units[0] for code, each in digests_of.items()}
    asked = Asked(kind=kind, first=on, on=on, as_of=as_of)
    own = await digest_figures.own_of(tx, names=names, on=on, now=as_of)
    return await digest_figures.counted(tx, seal, own, asked)


async def _correct(
    tx: Tx, *, seal: Seal, place: Place, head: str, wrong: Sequence[Wrong], now: datetime
) -> int:
    """Keep what is right and tell it to who was told wrongly. 0 if another process did."""
    person = await people.by_id(tx, person_id=head, now=now)
    new = [each for each in wrong if await _keep(tx, seal, each)]
    if person is None or not new:
        return 0
    before, after = (merged(each) for each in ([one.said.figures for one in new], [one.right for one in new]))
    word = Word(
        message="digest/corrected",
        params=digest_card.corrected(before, after, timezone=place.zone.key),
        once=f"digest_corrected:{before.kind}:{before.on.isoformat()}",
        urgency=Class.DIGEST,
        expires_at=datetime.combine(before.on + timedelta(days=1), time(0), tzinfo=place.zone),
        role_needed=rights.to_lead(new[0].said.unit_code),
    )
    await tell(tx, seal, person, word, now=now)
    log.info("digest_corrected", extra={"action": "digest_corrected", "kind": before.kind, "units": len(new)})
    return 1


async def _keep(tx: Tx, seal: Seal, wrong: Wrong) -> bool:
    said = wrong.said
    key = await digests.keep(
        tx, seal, wrong.right, unit_code=said.unit_code, told_id=said.told_id, version=CORRECTED
    )
    return key is not None
