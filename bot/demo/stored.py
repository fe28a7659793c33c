"""What the demo's page shows beside a chat: what the bot keeps of this person today, and what it sent them."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo import entries
from bot.demo.entries import Entry, Reader
from bot.demo.wording import FORMS
from db import conversations, people, stored, verdicts
from db.engine import Db, Tx
from db.people import Person
from db.sealed import Seal
from db.stored import Stored
from handlers import state
from policy.calendar import local_date

HOME = "Asia/Jakarta"  # where the example province lies, for who is not known yet


async def beside_chat(db: Db, seal: Seal, *, channel: str, address: str, now: datetime) -> dict[str, Any]:
    """Return the cards of one chat, for the page. Sealed stays sealed, but for verdicts and an open form's name."""
    async with db.reading() as tx:
        person = await people.by_address(tx, channel=channel, address=address, now=now)
        reader = Reader(
            person.name.split()[0] if person else "orang ini", person.timezone if person else HOME
        )
        zone = ZoneInfo(reader.timezone)
        today = local_date(now, zone)
        dawn = datetime.combine(today, time(), tzinfo=zone)
        cards = await _open_form(tx, seal, reader, channel=channel, address=address, now=now)
        if person:
            rows = await stored.of_person(tx, person_id=person.id, on=today, since=dawn, now=now)
            cards += [await _card(tx, seal, row, person, reader, now=now) for row in rows]
        proofs = await stored.of_chat(tx, channel=channel, address=address, since=dawn)
        sent = await stored.sent(tx, channel=channel, address=address, since=dawn)
    return {
        "who": f"{person.name}, {person.unit_name}" if person else "",
        "day": today.isoformat(),
        "stored": [card.described() for card in cards + [entries.entry(row, reader) for row in proofs]],
        "sent": [entries.sent_line(row, reader) for row in sent],
    }


async def _card(tx: Tx, seal: Seal, row: Stored, person: Person, reader: Reader, *, now: datetime) -> Entry:
    if row.table != "verdicts":
        return entries.entry(row, reader)
    on = datetime.fromisoformat(row.facts["on_date"]).date()
    found = await verdicts.told(tx, seal, person_id=person.id, on=on, as_known_at=now)
    if found is None:
        raise LookupError("A verdict that stands was not found again in the same transaction.")
    return entries.verdict(row, found, reader)


async def _open_form(
    tx: Tx, seal: Seal, reader: Reader, *, channel: str, address: str, now: datetime
) -> list[Entry]:
    kept = await conversations.state_of(tx, seal, channel=channel, address=address, now=now)
    if kept is None:
        return []
    at, said = kept
    stands = state.from_json(said)
    half_way = stands.flow or (stands.kept.flow if stands.kept else "")
    return [entries.form(half_way, at, reader)] if half_way in FORMS else []
