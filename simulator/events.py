"""Server-sent events: what the page must show at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

WAITING_LIMIT = 2000


class Events:
    """Spreads events to every open page; a page too slow to follow is cut off and starts anew."""

    def __init__(self) -> None:
        self._pages: set[asyncio.Queue[str | None]] = set()

    @property
    def has_listeners(self) -> bool:
        return bool(self._pages)

    def publish(self, kind: str, **facts: Any) -> None:
        """Send one event of this type; free when nobody listens."""
        if not self._pages:
            return
        line = json.dumps({"type": kind, **facts})
        for page in list(self._pages):
            if page.qsize() >= WAITING_LIMIT:
                self._pages.discard(page)
                page.put_nowait(None)
            else:
                page.put_nowait(line)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[asyncio.Queue[str | None]]:
        """A queue of JSON lines; None in it means the stream has ended."""
        page: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages.add(page)
        try:
            yield page
        finally:
            self._pages.discard(page)

    def close(self) -> None:
        """End every stream."""
        for page in self._pages:
            page.put_nowait(None)
        self._pages.clear()
