"""Making the picture of a head's digest, and owing it with its text (the work `digest`). Without it, the text goes."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.documents.digest_pictures import picture
from bot.documents.making import PNG
from bot.documents.printing import NotPrinted, Printing
from bot.documents.wording import Wording
from bot.work import Ended, Later
from db import files, people, rights
from db.engine import Db, Tx
from db.people import Person
from db.sealed import Seal
from db.sending.outbox import TOO_LATE, Class
from db.work import Work
from policy.book import Book
from scheduler.telling import Button, Word, tell

PPI = 120.0  # 900 pixels wide: some 100 KB, of which there is one for every head
QUIET = "digest/quiet"  # one line: there is nothing to draw


class DigestMaking:
    """Makes the pictures of digests."""

    most_tries = 3

    def __init__(
        self,
        db: Db,
        seal: Seal,
        printing: Printing,
        *,
        book: Book,  # noqa: ARG002  every maker is made alike; this one judges nothing
        clock: Clock,
    ) -> None:
        self._db, self._seal, self._printing, self._clock = db, seal, printing, clock

    async def do(self, work: Work) -> Ended | Later:
        """Draw it from the figures as they were frozen, and owe it to the head."""
        task, now = work.task, self._clock.now()
        if now >= datetime.fromisoformat(task["expires_at"]):
            return Ended(because=TOO_LATE)
        async with self._db.reading() as tx:
            person = await people.by_id(tx, person_id=task["person"], now=now)
        if person is None:
            return Ended(because="the person does not work here any more")
        try:
            body = await self._drawn(task, person)
        except NotPrinted as error:
            return Later(says=str(error))
        return Ended(because="made", write=partial(self._owe, work, person, body))

    def give_up(self, work: Work, *, because: str) -> Ended:
        """The picture cannot be made: the text goes out alone."""
        return Ended(because=because, write=partial(self._owe_text, work))

    async def _drawn(self, task: Mapping[str, Any], person: Person) -> bytes | None:
        if task["message"] == QUIET:
            return None
        wording = Wording(locale=person.locale, timezone=task["params"]["timezone"])
        data = picture(task["params"], task["days"], wording=wording)
        return await self._printing.document("digest", data, format="png", ppi=PPI)

    async def _owe_text(self, work: Work, tx: Tx, now: datetime) -> None:
        person = await people.by_id(tx, person_id=work.task["person"], now=now)
        if person is not None:
            await self._owe(work, person, None, tx, now)

    async def _owe(self, work: Work, person: Person, body: bytes | None, tx: Tx, now: datetime) -> None:
        task, file = work.task, ""
        if body is not None:
            file = await files.add_made(
                tx, self._seal, person_id=person.id, name=_name(task, person), type=PNG, body=body, now=now
            )
        word = Word(
            message=task["message"],
            params=task["params"],
            once=task["once"],
            urgency=Class.DIGEST,
            expires_at=datetime.fromisoformat(task["expires_at"]),
            more=_buttons(task),
            file=file,
            role_needed=rights.to_lead(task["unit"]),
        )
        await tell(tx, self._seal, person, word, now=now)


def _buttons(task: Mapping[str, Any]) -> list[Button]:
    """The unit's day, what waits for the head, and these days as a table or on paper."""
    if task["message"] == QUIET:
        return []
    params = task["params"]
    days = {"unit": task["unit"], "first": params["first"], "last": params["on"]}
    return [
        Button("digest_today", "board:start", {"unit": task["unit"], "on": params["on"]}),
        *([Button("digest_verify", "unit:verify")] if params["waiting"] else []),
        Button("digest_recap", "recap:range", days),
    ]


def _name(task: Mapping[str, Any], person: Person) -> str:
    params = task["params"]
    word = "ringkasan" if person.locale == "id" else "digest"
    return f"{word}-{params['kind']}-{params['on']}.png"
