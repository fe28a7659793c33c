"""The ledger: what was delivered, what was refused, and what became of every update."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

REFUSALS_KEPT = 10_000


@dataclass(slots=True)
class Delivery:
    """One accepted call; `was_answered` is False when the caller had gone before the answer was written."""

    n: int
    at: float
    method: str
    chat: int | None
    message_id: int | None
    text: str | None
    payload: dict[str, Any]
    via: str = "request"
    was_answered: bool | None = None

    def described(self) -> dict[str, Any]:
        names = ("n", "at", "method", "chat", "message_id", "text", "payload", "via")
        return {name: getattr(self, name) for name in names} | {"answered": self.was_answered}


@dataclass(slots=True)
class Handed:
    """The life of one update: when it was created, acknowledged or dropped, in real epoch seconds."""

    update_id: int
    chat: int | None
    kind: str
    created: float
    acknowledged_at: float | None = None
    dropped_at: float | None = None
    deliveries: int = 0

    def described(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(slots=True)
class Ledger:
    """Appending is all it does in a rush; it is put into JSON only when somebody asks."""

    delivered: list[Delivery] = field(default_factory=list)
    updates: list[Handed] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    refused: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=REFUSALS_KEPT))
    in_flight: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    count: int = 0

    def accept(self, **facts: Any) -> Delivery:
        """Write down an accepted call; the number goes on after a reset."""
        self.count += 1
        delivery = Delivery(n=self.count, **facts)
        self.delivered.append(delivery)
        return delivery

    def described(self, *, since: int = 0) -> dict[str, Any]:
        """Everything, or of the deliveries only those numbered above `since`."""
        return {
            "delivered": [row.described() for row in self.delivered if row.n > since],
            "updates": [row.described() for row in self.updates],
            "calls": dict(self.calls),
            "refused": list(self.refused),
            "abandoned": [row.n for row in self.delivered if row.was_answered is False],
            **self.summary(),
        }

    def summary(self) -> dict[str, Any]:
        """The counters alone, cheap to send at every change."""
        return {
            "count": self.count,
            "acknowledged": self.acknowledged,
            "created": len(self.updates),
            "in_flight": sum(self.in_flight.values()),
            "in_flight_methods": {name: count for name, count in self.in_flight.items() if count},
        }

    def clear(self) -> None:
        """Forget what was, but keep counting the calls under way."""
        self.delivered.clear()
        self.updates.clear()
        self.calls.clear()
        self.refused.clear()
        self.acknowledged = 0
