"""The log tells what happened to what, and never what anybody wrote, who they are, or our secrets."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot import logs

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawf"


class Lines:
    """What has been logged."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def last(self) -> dict[str, Any]:
        """Return the newest line."""
        line: dict[str, Any] = json.loads(self.stream.getvalue().splitlines()[-1])
        return line


@pytest.fixture
def lines() -> Iterator[Lines]:
    found, root = Lines(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    logs.set_up(level="debug", secrets=("geheim-geheim",), stream=found.stream)
    yield found
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_is_json_with_time_level_action_and_ids(lines: Lines) -> None:
    logging.getLogger("bot.delivery").info("delivered", extra={"outbox": "0190", "tries": 2})
    line = lines.last()
    assert (line["level"], line["action"], line["outbox"], line["tries"]) == ("info", "delivered", "0190", 2)
    assert line["time"].endswith("+00:00")


@pytest.mark.parametrize(
    "secret", [TOKEN, f"https://api.telegram.org/bot{TOKEN}/getMe", "geheim-geheim", "demo:ABC"]
)
def test_tokens_never_stand_in_a_line(lines: Lines, secret: str) -> None:
    logging.getLogger("bot.x").error("failed", extra={"says": f"Unauthorized: {secret}"})
    logging.getLogger("httpx").warning(f"POST {secret}")
    assert TOKEN not in lines.stream.getvalue()
    assert "geheim" not in lines.stream.getvalue()
    assert "demo:ABC" not in lines.stream.getvalue()


@pytest.mark.parametrize("number", ["+62 812-3456-7890", "081234567890", "6281234567890", "+6281234567890"])
def test_phone_numbers_never_stand_in_a_line(lines: Lines, number: str) -> None:
    logging.getLogger("bot.x").info("linked", extra={"address": number})
    assert lines.last()["address"] == "[phone]"


def test_a_nip_never_stands_in_a_line(lines: Lines) -> None:
    logging.getLogger("handlers.enrol").info("tried", extra={"says": "198609262015051001 unknown"})
    assert lines.last()["says"] == "[nip] unknown"


def test_ids_are_left_whole(lines: Lines) -> None:
    logging.getLogger("bot.x").info(
        "seen", extra={"update": 6281234567, "outbox": "0190f3a2b4c57d8e9f0a1b2c3d4e5f60"}
    )
    assert lines.last()["update"] == 6281234567
    assert lines.last()["outbox"] == "0190f3a2b4c57d8e9f0a1b2c3d4e5f60"


@pytest.mark.parametrize("name", ["text", "body", "params", "answers", "phone", "items", "draft"])
def test_v03_what_people_wrote_is_withheld_even_if_somebody_logs_it(lines: Lines, name: str) -> None:
    logging.getLogger("handlers.x").info("saved", extra={name: "saya demam"})
    assert lines.last()[name] == "[withheld]"


def test_v03_an_errors_own_words_are_left_out_but_not_where_it_was(lines: Lines) -> None:
    try:
        int("saya demam")
    except ValueError:
        logging.getLogger("handlers.x").exception("broke")
    assert "demam" not in lines.stream.getvalue()
    assert lines.last()["error"] == "ValueError"
    assert "test_logs.py" in lines.last()["at"][-1]


def test_libraries_are_quiet_below_a_warning_and_their_arguments_are_left_out(lines: Lines) -> None:
    for library in ("httpx", "aiohttp.access", "telegram.Bot", "aiosqlite"):
        logging.getLogger(library).info("saya demam")
    assert lines.stream.getvalue() == ""
    logging.getLogger("telegram.ext").critical("Cannot parse %s", "saya demam")
    assert lines.last()["says"] == "Cannot parse %s"


def test_a_very_long_value_is_cut(lines: Lines) -> None:
    logging.getLogger("bot.x").info("odd", extra={"says": "x" * 5000})
    assert len(lines.last()["says"]) < 400
