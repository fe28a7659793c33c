"""One update in one transaction: seen before? lock, talk, save the state, put the answers into the outbox."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from db import conversations, identities, people, quarantine, seen
from db.conversations import Conversation
from db.engine import Db, Tx, transact
from db.errors import DbError, Unavailable
from db.people import Person
from db.sealed import Seal
from db.sending import outbox
from handlers import presence
from handlers.flow import Context, Wording
from handlers.speaking import speak
from handlers.state import State, from_json, to_json
from handlers.talk import talk
from handlers.update import Class, Look, Say, Update
from policy.book import Book
from policy.calendar import local_date
from policy.workdays import day_of_answer

log = logging.getLogger("piket.dispatch")
FORM_KEPT = timedelta(hours=36)
HOME_KEPT = timedelta(
    days=7
)  # what home offered on Friday opens on Monday; then nothing waits to be finished
BURST_SECONDS = 5.0
BURST_MOST = 12  # messages of one chat in BURST_SECONDS; the next one is asked to wait, the rest are let go
MOST_TRIES = 3
STRANGERS_ZONE = "Asia/Jakarta"


class NotStored(Exception):
    """Nothing of the update was kept. The platform must deliver it again; nobody was told that it is saved."""


class Clock(Protocol):
    """Tells the moment by which rules are judged."""

    def now(self) -> datetime: ...


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What is left to do after the commit: stop the pressed button's spinner; wake the delivery."""

    outcome: str  # handled, duplicate, hushed, set_aside
    callback: str | None = None
    toast: str = ""  # message name of a passing note
    locale: str = "id"


class Dispatch:
    """Handles updates. Stateless: any process can handle any person's next update."""

    def __init__(
        self,
        db: Db,
        *,
        seal: Seal,
        book: Book,
        wording: Wording,
        clock: Clock,
        wary_until: datetime | None = None,
    ) -> None:
        self._db = db
        self._seal = seal
        self._book = book
        self._wording = wording
        self._clock = clock
        self._wary_until = (
            wary_until  # after an unclean stop: count before the step, it may be what killed us
        )
        self._alone = asyncio.Lock()

    async def receive(self, update: Update) -> Receipt:
        """Handle one update, durably. Raises NotStored when the platform must deliver it again."""
        now = self._clock.now()
        if not self._is_wary(now):
            return await self._receive(update, now)
        async with self._alone:  # else those beside the one that kills us would be counted with it
            return await self._receive(update, now)

    async def _receive(self, update: Update, now: datetime) -> Receipt:
        try:
            if self._is_wary(now) and await self._tries(update, "unclean stop", now) > MOST_TRIES:
                return await self.set_aside(update, "unclean stop")
            receipt = await transact(self._db, lambda tx: self._handle(tx, update, now))
        except Unavailable as error:
            if self._is_wary(now):
                await self._uncount(update)
            raise NotStored(str(error)) from error
        except Exception as error:  # a step may fail in any way; the person must still hear what became of it
            return await self._failed(update, error, now)
        return receipt

    async def set_aside(self, update: Update, error: str) -> Receipt:
        """Keep an update that cannot be handled, sealed, and tell the person that nothing was saved."""
        now = self._clock.now()
        try:
            return await transact(self._db, lambda tx: self._set_aside(tx, update, error, now))
        except DbError as failure:
            raise NotStored(str(failure)) from failure

    def _is_wary(self, now: datetime) -> bool:
        return self._wary_until is not None and now < self._wary_until

    async def _failed(self, update: Update, error: Exception, now: datetime) -> Receipt:
        kind = type(error).__name__
        log.exception(
            "step_failed", extra={"action": "step_failed", "channel": update.channel, "update": update.key}
        )
        try:
            tries = await self._tries(update, kind, now)
        except DbError as failure:
            raise NotStored(str(failure)) from failure
        if tries < MOST_TRIES:
            raise NotStored(
                f"The update could not be handled ({kind}); try {tries} of {MOST_TRIES}."
            ) from error
        return await self.set_aside(update, kind)

    async def _tries(self, update: Update, error: str, now: datetime) -> int:
        async def count(tx: Tx) -> int:
            return await quarantine.count_try(
                tx, channel=update.channel, key=update.key, error=error, now=now
            )

        return await transact(self._db, count)

    async def _uncount(self, update: Update) -> None:
        """Forget the tries at an update that only met a database which could not store it."""
        with suppress(DbError):
            async with self._db.transaction() as tx:
                await quarantine.settle(tx, channel=update.channel, key=update.key)

    async def _set_aside(self, tx: Tx, update: Update, error: str, now: datetime) -> Receipt:
        if await seen.first_time(tx, channel=update.channel, key=update.key, now=now):
            await quarantine.set_aside(
                tx,
                self._seal,
                channel=update.channel,
                key=update.key,
                address=update.sender.address or None,
                raw=update.raw,
                error=error,
                now=now,
            )
            if update.sender.address:
                await outbox.add(
                    tx,
                    self._seal,
                    channel=update.channel,
                    address=update.sender.address,
                    person_id=None,
                    urgency=Class.ANSWER,
                    message="common/our_fault",
                    locale=_locale(None, update),
                    body={"params": {}},
                    now=now,
                )
        return Receipt(outcome="set_aside", callback=update.callback)

    async def _handle(self, tx: Tx, update: Update, now: datetime) -> Receipt:
        if self._is_wary(now):
            await quarantine.settle(tx, channel=update.channel, key=update.key)
        if not await seen.first_time(tx, channel=update.channel, key=update.key, now=now):
            return Receipt(outcome="duplicate", callback=update.callback)
        if update.kind in presence.KINDS:
            await presence.note(tx, self._seal, update, now=now)
            return Receipt(outcome="handled")
        place = {"channel": update.channel, "address": update.sender.address}
        conversation = await conversations.lock(tx, self._seal, now=now, **place)
        person = await people.by_address(tx, now=now, **place)
        if person is not None and await identities.mark_reachable(tx, **place):
            await outbox.release_held(tx, now=now, **place)
        return await self._answer(tx, update, _counted(conversation, update.sent_at), person, now)

    async def _answer(
        self, tx: Tx, update: Update, conversation: Conversation, person: Person | None, now: datetime
    ) -> Receipt:
        state = from_json(conversation.state)
        ctx = self._context(tx, update, state, person, now)
        toast, outcome = "", "handled"
        if conversation.burst > BURST_MOST:
            outcome = "hushed"
            says = presence.please_wait(conversation.burst - BURST_MOST)
        else:
            said = await talk(ctx, update, state, wording=self._wording)
            state, says, toast = said.state, said.says, said.toast
            if toast and not says and update.callback is None:  # no button to show the note on: say it
                says = (Say(message=toast, look=Look.BUTTONS),)
            if says and person is not None:
                says = (*presence.arrived_late(update, now=now, timezone=person.timezone), *says)
        await speak(ctx, says, prompt=state.prompt)
        await conversations.save(
            tx,
            self._seal,
            conversation=conversation,
            state=to_json(state),
            expires_at=now + (FORM_KEPT if state.flow or state.kept else HOME_KEPT),
            now=now,
        )
        return Receipt(outcome=outcome, callback=update.callback, toast=toast, locale=ctx.locale)

    def _context(self, tx: Tx, update: Update, state: State, person: Person | None, now: datetime) -> Context:
        zone = ZoneInfo(person.timezone if person else STRANGERS_ZONE)
        asked = state.prompt if state.flow else None
        # The grace counts from the day on which was asked, also where the form is for the day before (I14).
        asked_on = local_date(asked.asked_at, zone) if asked else None
        belongs = day_of_answer(update.sent_at, zone=zone, prompt_day=asked_on)
        day = asked.day if asked and not belongs.must_ask else belongs.day
        return Context(
            db=tx,
            sender=update.sender,
            person=person,
            policy=self._book,
            now=now,
            sent_at=update.sent_at,
            day=day,
            day_has_passed=belongs.must_ask,
            locale=_locale(person, update),
            seal=self._seal,
        )


def _counted(conversation: Conversation, sent_at: datetime) -> Conversation:
    """Count this message in the chat's burst, or begin a new one.

    It counts when it was written: what waited through an outage comes all at once, and is no burst (fault T07).
    """
    begun = conversation.burst_from
    if begun is None or abs((sent_at - begun).total_seconds()) >= BURST_SECONDS:
        return replace(conversation, burst_from=sent_at, burst=1)
    return replace(conversation, burst=conversation.burst + 1)


def _locale(person: Person | None, update: Update) -> str:
    if person is not None:
        return person.locale
    return "en" if (update.sender.locale or "").startswith("en") else "id"
