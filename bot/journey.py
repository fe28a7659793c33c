"""The journey of one claimed message: its words, part after part to its channel, and how that ended."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.channels.base import Attachment, Capabilities, Fate, Outgoing, SendFailure, Sent
from bot.outlet import Outlet
from bot.pacing import lane_of
from db import files, rights
from db.engine import Db
from db.errors import Unavailable, where
from db.moments import to_micros
from db.sealed import CannotOpen, Seal
from db.sending.claims import part_sent
from db.sending.outbox import OutboxMessage
from handlers.update import Class

log = logging.getLogger("piket.delivery")

LEASE = timedelta(seconds=75)
CALL = timedelta(seconds=36)  # the longest that one call to a platform takes
_MICROSECOND = timedelta(microseconds=1)
OUR_FAULT = "common/our_fault"


class Clock(Protocol):
    """The office's time, the real one, and two that never jump; `uptime` goes on while the machine sleeps."""

    def now(self) -> datetime: ...
    def real(self) -> datetime: ...
    def seconds(self) -> float: ...
    def uptime(self) -> float: ...


class Renderer(Protocol):
    """Words a message for a channel; the same message always in the same parts."""

    def outgoing(self, message: OutboxMessage, capabilities: Capabilities) -> Sequence[Outgoing]: ...


class Became(StrEnum):
    """How a journey ended."""

    SENT = "sent"
    STOPPED = "stopped"  # a call failed: `failure` says how
    BROKEN = "broken"  # our own mistake, now and always
    NOT_OWED = "not_owed"  # the recipient lost the role for which it was meant
    NOT_BEGUN = "not_begun"
    TOO_FAST = "too_fast"  # the chat has had enough for `wait` seconds


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What is to be written down about a message. `notes` are audit rows: (action, subject, says)."""

    message: OutboxMessage
    became: Became
    failure: SendFailure | None = None
    says: str = ""
    wait: float = 0.0
    keys: tuple[str, ...] = ()
    notes: tuple[tuple[str, str, str], ...] = ()


@dataclass(kw_only=True)
class Journey:
    """One message on its way. It never raises for what a platform, a template or a network does."""

    message: OutboxMessage
    outlet: Outlet
    db: Db
    seal: Seal
    renderer: Renderer
    clock: Clock
    is_stopping: Callable[[], bool]
    held_until: float  # by the uptime: then the lease has run out, whatever the wall clock says
    keys: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    is_sending: bool = False
    attachment: Attachment | None = None

    async def run(self) -> Outcome:
        """Send what is left of the message and return how it ended."""
        self.keys = list(self.message.platform_keys)
        try:
            if not await self._is_owed():
                return self._ended(Became.NOT_OWED, says="the recipient no longer has the role for it")
            if blocked := await self._blocked(is_first=True):
                return blocked
            self.attachment = await self._attached()
            return await self._send_all(*self._worded())
        except Unavailable:
            return self._ended(Became.NOT_BEGUN)
        except asyncio.CancelledError:
            return self._broken_off("stopped while it was being sent", Became.NOT_BEGUN)
        except Exception as error:  # one message must never stop the others, whatever is wrong with it
            log.error(
                "send_broke", extra={"action": "send_broke", "outbox": self.message.id, "at": where(error)}
            )
            return self._broken_off(where(error), Became.BROKEN)

    def _broken_off(self, says: str, before_sending: Became) -> Outcome:
        if not self.is_sending:
            return self._ended(before_sending, says=says)
        return self._stopped(SendFailure(fate=Fate.UNCERTAIN, says=says))

    async def _is_owed(self) -> bool:
        right, person_id = self.message.role_needed, self.message.person_id
        if right is None:
            return True
        if person_id is None:
            return False
        async with self.db.reading() as tx:
            return await rights.holds(tx, person_id=person_id, right=right, now=self.clock.now())

    async def _attached(self) -> Attachment | None:
        """Return the file that goes with the message; None too when its bytes are not there or do not open."""
        key = self.message.body.get("file")
        if not key:
            return None
        try:
            async with self.db.reading() as tx:
                found = await files.content(tx, self.seal, file_id=key)
        except CannotOpen:
            return None
        return Attachment(name=found.name, type=found.type, body=found.body) if found else None

    def _worded(self) -> tuple[Sequence[Outgoing], str]:
        """Return the parts, and why they are not the ones that were meant."""
        message, capabilities = self.message, self.outlet.channel.capabilities
        try:
            if not message.is_readable:
                raise ValueError("its body does not open with this installation's key")
            if message.body.get("file") and self.attachment is None:
                raise ValueError("its file is not there")
            return self.renderer.outgoing(message, capabilities), ""
        except Exception as error:  # a template can fail in any way; its words may hold what no log may
            why = where(error)
        self.notes.append(("render_failed", message.message, why))
        log.error("render_failed", extra={"action": "render_failed", "outbox": message.id, "at": why})
        if message.urgency != Class.ANSWER or message.message == OUR_FAULT:
            return (), why
        sorry = replace(message, message=OUR_FAULT, body={"params": {}}, is_repeat=False)
        try:
            return self.renderer.outgoing(sorry, capabilities), why
        except Exception:  # then there is nothing left to say
            return (), why

    async def _send_all(self, parts: Sequence[Outgoing], broken: str) -> Outcome:
        refused = ""
        first = 0 if broken else self.message.parts_sent
        for number in range(first, len(parts)):
            if number > first and (blocked := await self._blocked(is_first=False)):
                return blocked
            result = await self._send(parts[number])
            if isinstance(result, Sent):
                self.keys.append(result.key)
            elif result.fate in (Fate.REFUSED, Fate.BAD_MARKUP):
                refused = f"part {number + 1} of {len(parts)} refused: {result.says}"
                self.notes.append(("refused", self.message.message, result.says))
            else:
                return self._stopped(result)
            if number + 1 < len(parts):
                await self._note_progress(number + 1)
        if broken or refused:
            return self._ended(Became.BROKEN, says=f"render failed: {broken}" if broken else refused)
        return self._ended(Became.SENT)

    async def _blocked(self, *, is_first: bool) -> Outcome | None:
        """Wait for the chat's turn; return an outcome when the next part must not be sent now."""
        pacing, address = self.outlet.pacing, self.message.address
        wait = pacing.chat_wait(address, now=self.clock.seconds())
        if wait > 0 and not is_first and wait < 5:
            await asyncio.sleep(wait)
        elif wait > 0:
            return self._ended(Became.TOO_FAST, wait=wait)
        is_late = self.clock.uptime() + CALL.total_seconds() > self.held_until
        if self.is_stopping() or (is_late and not await self._keep(self.message.parts_sent)):
            return self._ended(Became.NOT_BEGUN)
        if not is_first:
            pacing.spend(lane_of(self.message.urgency), now=self.clock.seconds())
        return None

    async def _send(self, part: Outgoing) -> Sent | SendFailure:
        result = await self._call(part)
        if isinstance(result, Sent) or result.fate is not Fate.BAD_MARKUP or part.text == part.plain:
            return result
        self.notes.append(("bad_markup", self.message.message, result.says))
        await self._keep(self.message.parts_sent)
        return await self._call(replace(part, text=part.plain))

    async def _call(self, part: Outgoing) -> Sent | SendFailure:
        self.outlet.pacing.note_chat(self.message.address, now=self.clock.seconds())
        self.is_sending = True
        result = await self.outlet.channel.send(
            replace(part, attachment=self.attachment) if part.file else part
        )
        self.is_sending = False
        return result

    async def _note_progress(self, parts: int) -> None:
        self.message = replace(self.message, parts_sent=parts)  # first: whatever ends us in between knows it
        with suppress(Unavailable):  # then it is written down with the result
            await self._keep(parts)

    async def _keep(self, parts: int) -> bool:
        """Write down how far we are and hold the message longer; False when another process has it by now."""
        asked, lease, real = self.clock.uptime(), LEASE // _MICROSECOND, to_micros(self.clock.real())
        async with self.db.transaction() as tx:
            until = await part_sent(
                tx, self.message, parts_sent=parts, keys=self.keys, real_now=real, lease=lease
            )
        self.message = replace(self.message, parts_sent=parts, lease_until=until or self.message.lease_until)
        self.held_until = asked + LEASE.total_seconds() if until else self.held_until
        return until is not None

    def _stopped(self, failure: SendFailure) -> Outcome:
        return self._ended(Became.STOPPED, says=failure.says, failure=failure)

    def _ended(
        self, became: Became, *, says: str = "", wait: float = 0.0, failure: SendFailure | None = None
    ) -> Outcome:
        return Outcome(
            message=self.message,
            became=became,
            failure=failure,
            says=says,
            wait=wait,
            keys=tuple(self.keys),
            notes=tuple(self.notes),
        )
