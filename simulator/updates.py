"""The queue of updates: numbered, kept until acknowledged, dropped when their time is over."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from simulator.chats import Message
from simulator.clock import Clock
from simulator.ledger import Handed, Ledger

PRESS_LIFETIME = 150
MESSAGE_LIFETIME = 24 * 3600
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True, eq=False)
class Update:
    """One update waiting; `queue` names the order it must keep, `expires_at` is played time."""

    update_id: int
    body: dict[str, Any]
    queue: Hashable
    expires_at: float
    row: Handed
    message: Message | None = None

    @property
    def payload(self) -> dict[str, Any]:
        return {"update_id": self.update_id, **self.body}


class Updates:
    """Pending updates in the order of their numbers; cheap at both ends and by number."""

    def __init__(self, *, clock: Clock, ledger: Ledger) -> None:
        self._clock, self._ledger = clock, ledger
        self._pending: OrderedDict[int, Update] = OrderedDict()
        self._next = random.randint(100_000_000, 900_000_000)
        self.allowed: set[str] | None = None
        self.on_new: list[Callable[[Update], None]] = []
        self.on_acknowledged: list[Callable[[Update], None]] = []

    def __len__(self) -> int:
        return len(self._pending)

    def __contains__(self, update: Update) -> bool:
        return update.update_id in self._pending

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind (allowed_updates)."""
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember allowed_updates: None leaves it as it is, an empty list means the default."""
        if kinds is not None:
            self.allowed = set(kinds) or None

    def add(
        self,
        body: dict[str, Any],
        *,
        kind: str,
        chat: int | None,
        queue: Hashable,
        message: Message | None = None,
        is_forced: bool = False,
    ) -> int | None:
        """Queue an update and return its number; None when the bot does not want this kind."""
        if not is_forced and not self.wants(kind):
            return None
        number, self._next = self._next, self._next + 1
        row = Handed(update_id=number, chat=chat, kind=kind, created=self._clock.real())
        lifetime = PRESS_LIFETIME if kind == "callback_query" else MESSAGE_LIFETIME
        update = Update(number, body, queue, self._clock.unix() + lifetime, row, message)
        self._ledger.updates.append(row)
        self._pending[number] = update
        for listener in self.on_new:
            listener(update)
        return number

    def first(self, limit: int) -> list[Update]:
        """Up to `limit` waiting updates, oldest first, after dropping those whose time is over."""
        now = self._clock.unix()
        found: list[Update] = []
        expired: list[Update] = []
        for update in self._pending.values():
            if len(found) == limit:
                break
            (expired if update.expires_at <= now else found).append(update)
        for update in expired:
            self.drop(update)
        return found

    def all(self) -> list[Update]:
        return list(self._pending.values())

    def acknowledge_below(self, number: int) -> None:
        """Everything numbered below is done; that is what an offset means."""
        while self._pending and next(iter(self._pending)) < number:
            self._finish(self._pending.popitem(last=False)[1])

    def keep_last(self, count: int) -> None:
        """Forget all but the newest `count`; that is what a negative offset means."""
        while len(self._pending) > count:
            self._finish(self._pending.popitem(last=False)[1])

    def acknowledge(self, update: Update) -> None:
        if self._pending.pop(update.update_id, None) is not None:
            self._finish(update)

    def _finish(self, update: Update) -> None:
        update.row.acknowledged_at = self._clock.real()
        self._ledger.acknowledged += 1
        for listener in self.on_acknowledged:
            listener(update)

    def drop(self, update: Update) -> None:
        """Give an update up: it was never acknowledged, and says so in the ledger."""
        if self._pending.pop(update.update_id, None) is not None:
            update.row.dropped_at = self._clock.real()

    def drop_all(self) -> None:
        for update in self.all():
            self.drop(update)

    def is_expired(self, update: Update, *, after: float = 0.0) -> bool:
        return self._clock.unix() + after > update.expires_at
