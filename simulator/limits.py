"""How fast a bot may send: 30 a second overall, about one a second to a chat, 20 a minute to a group."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Limits:
    """Rates in real seconds; off until switched on."""

    is_on: bool = False
    per_second: int = 30
    chat_burst: int = 3
    chat_seconds: float = 1.0
    group_per_minute: int = 20
    _all: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _chats: dict[int, float] = field(default_factory=dict)

    def wait(self, *, chat: int, is_group: bool, at: float) -> int:
        """Whole seconds to wait before this chat may be sent to; 0 when now, which counts as sent."""
        if not self.is_on:
            return 0
        group = self._groups.setdefault(chat, deque()) if is_group else None
        waits = [
            self._overall(at),
            self._chat(chat, at),
            _window(group, at, size=60.0, most=self.group_per_minute),
        ]
        if max(waits) > 0:
            return max(1, math.ceil(max(waits)))
        self._all.append(at)
        self._chats[chat] = max(self._chats.get(chat, at), at) + self.chat_seconds
        if group is not None:
            group.append(at)
        return 0

    def _overall(self, at: float) -> float:
        return _window(self._all, at, size=1.0, most=self.per_second)

    def _chat(self, chat: int, at: float) -> float:
        """A chat may run ahead of its pace by a short burst."""
        return self._chats.get(chat, at) - at - (self.chat_burst - 1) * self.chat_seconds

    def forget(self) -> None:
        self._all.clear()
        self._groups.clear()
        self._chats.clear()


def _window(sent: deque[float] | None, at: float, *, size: float, most: int) -> float:
    if sent is None:
        return 0.0
    while sent and sent[0] <= at - size:
        sent.popleft()
    return sent[0] + size - at if len(sent) >= most else 0.0
