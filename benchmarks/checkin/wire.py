"""As little HTTP/1.1 as it takes: the pretend platform must not be what is measured."""

import asyncio
import re
from collections.abc import Callable

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_END = b"\r\n\r\n"
Answer = Callable[[bytes, bytes], bytes]  # (path, body) -> JSON


def _body_end(buffer: bytes, head_end: int) -> int | None:
    """Return where the message that starts in `buffer` ends; None while part of it is missing."""
    begin, head = head_end + len(_END), buffer[:head_end]
    if _CHUNKED.search(head):
        last = buffer.find(b"0\r\n\r\n", begin)
        return last + 5 if last >= 0 else None
    found = _LENGTH.search(head)
    end = begin + (int(found[1]) if found else 0)
    return end if len(buffer) >= end else None


class _Message(asyncio.Protocol):
    """Cuts what arrives into whole HTTP messages."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (head_end := self._buffer.find(_END)) >= 0:
            end = _body_end(self._buffer, head_end)
            if end is None:
                return
            message, self._buffer = self._buffer[:end], self._buffer[end:]
            self.whole(message[:head_end], message[head_end + len(_END) :])

    def whole(self, head: bytes, body: bytes) -> None:
        raise NotImplementedError


class Serving(_Message):
    """One connection of the bot to the platform; every call is answered, `latency` seconds later."""

    def __init__(self, answer: Answer, *, latency: float) -> None:
        super().__init__()
        self._answer = answer
        self._latency = latency

    def whole(self, head: bytes, body: bytes) -> None:
        said = self._answer(head.split(b" ", 2)[1], body)
        length = str(len(said)).encode()
        answer = (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + length + _END + said
        )
        if self._latency:
            asyncio.get_running_loop().call_later(self._latency, self.transport.write, answer)
        else:
            self.transport.write(answer)


class Asking(_Message):
    """One connection of the platform to the bot's webhook, for one request at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._status: asyncio.Future[int] | None = None

    @property
    def is_open(self) -> bool:
        return not self.transport.is_closing()

    async def ask(self, request: bytes) -> int:
        """Send one request; return the status of its answer."""
        self._status = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self._status

    def whole(self, head: bytes, body: bytes) -> None:
        if self._status is not None and not self._status.done():
            self._status.set_result(int(head.split(b" ", 2)[1]))

    def connection_lost(self, error: Exception | None) -> None:
        if self._status is not None and not self._status.done():
            self._status.set_exception(error or ConnectionResetError("The bot closed the connection."))


class Caller:
    """Up to `most` connections to one webhook, as many as Telegram opens unless it is told otherwise."""

    def __init__(self, *, host: str, port: int, most: int = 40) -> None:
        self._place = (host, port)
        self._free = asyncio.Semaphore(most)
        self._idle: list[Asking] = []

    async def ask(self, request: bytes) -> int:
        """Send a request as soon as a connection is free; return the status of its answer."""
        async with self._free:
            connection = self._idle.pop() if self._idle else None
            if connection is None or not connection.is_open:
                _, connection = await asyncio.get_running_loop().create_connection(Asking, *self._place)
            try:
                return await connection.ask(request)
            finally:
                self._idle.append(connection)

    def close(self) -> None:
        """Close every idle connection."""
        for connection in self._idle:
            connection.transport.close()
