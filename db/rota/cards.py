"""Whom a published rota concerns: one card for each person whose day is new or changed, with all of those days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db import people, verdicts
from db.engine import Tx
from db.facts import NotInAnyUnitError, facts_for
from db.people import Person
from db.rota.days import Day
from db.sealed import Seal
from policy.book import Book
from policy.calendar import local_date, zone_named
from policy.card import brief
from policy.engine import decide
from policy.model import Audience, Verdict, visible_to


@dataclass(frozen=True, kw_only=True)
class Card:
    """What one person is told: the days, each as the rules and the rota together have it now."""

    person: Person
    days: tuple[Verdict, ...]

    def told(self, *, unit: str, code: str, is_news: bool) -> dict[str, Any]:
        """The parameters of `rota/your_days`, the same whoever sends it."""
        days = [{**brief(verdict), "shift": verdict.shift} for verdict in self.days]
        return {"days": days, "unit": unit, "code": code, "is_news": is_news}


async def cards(tx: Tx, seal: Seal, book: Book, changed: Iterable[Day], *, now: datetime) -> list[Card]:
    """Return the card of each person whose day changed, and keep its days as told. Days that are over say nothing."""
    by_person: dict[str, list[date]] = defaultdict(list)
    for day in changed:
        by_person[day.person_id].append(day.on)
    found = [await _card(tx, seal, book, person, days, now) for person, days in sorted(by_person.items())]
    return [card for card in found if card is not None]


async def _card(
    tx: Tx, seal: Seal, book: Book, person_id: str, days: list[date], now: datetime
) -> Card | None:
    person = await people.by_id(tx, person_id=person_id, now=now)
    if person is None:
        return None
    today = local_date(now, zone_named(person.timezone))
    told = [await _told(tx, seal, book, person_id, day, now) for day in sorted(days) if day >= today]
    verdicts_told = tuple(verdict for verdict in told if verdict is not None)
    return Card(person=person, days=verdicts_told) if verdicts_told else None


async def _told(tx: Tx, seal: Seal, book: Book, person_id: str, day: date, now: datetime) -> Verdict | None:
    try:
        facts = await facts_for(tx, seal, person_id=person_id, on=day, now=now, book=book)
    except NotInAnyUnitError:
        return None
    verdict = visible_to(decide(facts), Audience.SELF)
    await verdicts.tell(tx, seal, person_id=person_id, on=day, verdict=verdict, now=now)
    return verdict
