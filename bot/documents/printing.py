"""Has documents made by one process beside us, started when first needed; one that hangs is ended and started anew."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from bot.documents.press import SIZE

PRESS = Path(__file__).with_name("press.py")
LONGEST = 30.0
Format = Literal["pdf", "png", "xlsx"]


class NotPrinted(Exception):
    """A document could not be made; the text is the kind of failure, never what was in the document."""


class Printing:
    """Makes one document at a time."""

    def __init__(self, *, longest: float = LONGEST) -> None:
        self._longest = longest
        self._alone = asyncio.Lock()
        self._process: Process | None = None

    async def document(
        self, template: str, data: Mapping[str, Any], *, format: Format = "pdf", ppi: float = 144.0
    ) -> bytes:
        """Return a document, set by `template` from `data`. Raises NotPrinted."""
        order = {"template": template, "format": format, "ppi": ppi}
        written = await asyncio.to_thread(_written, order, data)  # the data may be megabytes
        async with self._alone:
            try:
                async with asyncio.timeout(self._longest):
                    is_well, body = await self._ordered(written)
            except (TimeoutError, asyncio.IncompleteReadError, OSError) as error:
                await self._end()
                raise NotPrinted(f"the process that sets type ended: {type(error).__name__}") from None
            except BaseException:  # an answer would be left over for the next order
                await self._end()
                raise
        if not is_well:
            raise NotPrinted(body.decode())
        return body

    async def close(self) -> None:
        """End the process, if there is one."""
        async with self._alone:
            await self._end()

    async def _ordered(self, order: bytes) -> tuple[bool, bytes]:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", str(PRESS), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
            )
        orders, documents = self._process.stdin, self._process.stdout
        assert orders is not None
        assert documents is not None
        orders.write(SIZE.pack(True, len(order)) + order)
        await orders.drain()
        is_well, size = SIZE.unpack(await documents.readexactly(SIZE.size))
        return bool(is_well), await documents.readexactly(size)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


def _written(order: Mapping[str, Any], data: Mapping[str, Any]) -> bytes:
    return json.dumps({**order, "data": json.dumps(data, ensure_ascii=False)}).encode()
