"""The log: one JSON line an event, with ids. What people wrote, their numbers and our tokens never enter it.

All rooms log alike: `log = logging.getLogger(__name__)`, `log.info("delivered", extra={"outbox": key})`.
The text is the action, one word or two; everything else is an id or a figure in `extra`.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

ROOMS = ("piket", "bot", "db", "handlers", "policy", "scheduler")
_TOKENS = re.compile(r"(?<!\d)\d+:[A-Za-z0-9_-]{30,}|\b(?:demo|test):[A-Za-z0-9_-]+")
_PHONES = re.compile(r"(?<![\w-])(?:\+\d[\d \-]{7,}\d|0?8\d{8,12}|62\d{8,13})(?![\w-])")
_NIPS = re.compile(r"(?<!\d)\d{18}(?!\d)")
_WITHHELD = frozenset(
    {
        "text",
        "body",
        "params",
        "answers",
        "answer",
        "phone",
        "contact",
        "name",
        "raw",
        "items",
        "draft",
        "nip",
        "code",
    }
)
_LONGEST = 300
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up(*, level: str, secrets: tuple[str, ...] = (), stream: TextIO | None = None) -> None:
    """Send the log of every room to `stream` (standard error); libraries only speak up from warnings on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(secrets=secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    for library in ("httpx", "httpcore", "aiohttp", "telegram", "apscheduler", "aiosqlite", "asyncio"):
        logging.getLogger(library).setLevel(logging.WARNING)  # below it they write tokens and message texts
    for room in ROOMS:
        logging.getLogger(room).setLevel(level.upper())


class JsonLines(logging.Formatter):
    """Writes one record as one line, redacted."""

    def __init__(self, *, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON, without anything that must not be kept."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            **self._said(record),
            "logger": record.name,
        }
        extra = {name: value for name, value in vars(record).items() if name not in _OWN}
        line |= {name: self._safe(name, value) for name, value in extra.items()}
        if record.exc_info and record.exc_info[1] is not None:
            line |= self._failure(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

    def _said(self, record: logging.LogRecord) -> dict[str, str]:
        if record.name.split(".", 1)[0] in ROOMS:
            return {"action": self._redacted(record.getMessage())}
        # A library's arguments may hold a person's words; its sentence without them tells enough.
        first_line = str(record.msg).split("\n", 1)[0]
        return {"action": "library", "says": self._redacted(first_line)}

    def _failure(self, error: BaseException) -> dict[str, str | list[str]]:
        """Return where it failed and how, without the error's own words: they may quote a person's."""
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        return {
            "error": type(error).__name__,
            "at": [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames],
        }

    def _safe(self, name: str, value: object) -> object:
        if name in _WITHHELD:
            return "[withheld]"
        if value is None or isinstance(value, (bool, int, float)):
            return value
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self._safe("", item) for item in list(value)[:20]]
        if isinstance(value, BaseException):
            return type(value).__name__
        return self._redacted(str(value))

    def _redacted(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        text = _TOKENS.sub("[token]", text)
        text = _NIPS.sub("[nip]", _PHONES.sub("[phone]", text))
        return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
