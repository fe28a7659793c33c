"""A channel as narrow as WhatsApp: three buttons, short lists, no keyboards, no edits. It refuses to show more."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.channels.base import Capabilities, FetchFailure, Malformed, Outgoing, SendFailure, Sent
from handlers.update import Attached, Contact, Kind, Look, Sender, Update
from tests.uploads import Uploads

NAME = "narrow"
HINT_CHARS = 72
DATA_CHARS = 200
MEDIA = frozenset(
    {"photo", "voice", "video", "sticker", "location", "document", "poll", "dice", "venue", "story"}
)
CAPABILITIES = Capabilities(
    markup="whatsapp",
    text_units=4096,
    has_keyboards=False,
    asks_contact=False,
    edits=False,
    buttons=3,
    button_chars=20,
    list_rows=10,
    row_chars=24,
)


class NarrowChannel:
    """Reads the tests' own small payloads, and keeps what it was asked to show, by address."""

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.uploads = Uploads()

    def parse(self, body: bytes) -> Sequence[Update]:
        """Return the one update of a payload."""
        try:
            given = json.loads(body)
            return [_update(given, body)]
        except (ValueError, KeyError) as error:
            raise Malformed(str(error)) from error

    async def send(self, message: Outgoing) -> Sent | SendFailure:
        """Keep the message, if the platform could show it."""
        assert_fits(message)
        self.sent.append(message)
        return Sent(key=f"n{len(self.sent)}")

    async def fetch(self, key: str, *, most: int) -> bytes | FetchFailure:
        return self.uploads.fetch(key, most=most)

    async def acknowledge(self, callback: str, text: str) -> None:
        raise AssertionError("This platform has no passing notes.")

    async def close(self) -> None:
        """Nothing is open."""


def assert_fits(message: Outgoing) -> None:
    """Fail when the platform would refuse the message or cut something off."""
    if message.file:
        assert_file_fits(message)
    else:
        assert 0 < units(message.text) <= CAPABILITIES.text_units, f"a text of {units(message.text)} units"
    assert not message.removes_keyboard, "there are no keyboards here"
    assert not any(shown.asks_contact for shown in message.shown), "nobody can be asked for a contact here"
    if not message.shown:
        return
    assert message.look is Look.BUTTONS, "there are no keyboards here"
    labels = [shown.label for shown in message.shown]
    assert len(set(labels)) == len(labels), f"two choices with one label: {labels}"
    assert all(0 < len(shown.data) <= DATA_CHARS for shown in message.shown)
    as_list = bool(message.list_title)
    most, longest = (
        (CAPABILITIES.list_rows, CAPABILITIES.row_chars)
        if as_list
        else (CAPABILITIES.buttons, CAPABILITIES.button_chars)
    )
    assert len(labels) <= most, f"{len(labels)} choices, and {most} can be shown"
    assert all(0 < units(label) <= longest for label in labels), f"a label of over {longest}: {labels}"
    if as_list:
        assert units(message.list_title) <= CAPABILITIES.button_chars, f"a list called {message.list_title}"
        assert all(units(shown.hint) <= HINT_CHARS for shown in message.shown)


def assert_file_fits(message: Outgoing) -> None:
    """Fail when the platform would refuse the picture or document."""
    assert message.attachment is not None, "a file without its bytes"
    assert message.attachment.name, "a file without a name"
    size, is_picture = len(message.attachment.body), message.attachment.type in ("image/jpeg", "image/png")
    assert 0 < size <= (5 if is_picture else 100) * 1024**2, f"a file of {size} bytes"
    assert units(message.text) <= CAPABILITIES.caption_units, f"a caption of {units(message.text)} units"
    assert not message.list_title, "no list goes with a file"


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _update(given: dict[str, Any], body: bytes) -> Update:
    sender = Sender(
        channel=NAME, address=given["from"], user=given["from"], name=given["name"], locale=given["locale"]
    )
    kind, more = _content(given)
    return Update(
        channel=NAME,
        key=given["id"],
        kind=kind,
        sender=sender,
        sent_at=datetime.fromtimestamp(given["at"], UTC),
        message_key=given["id"],
        raw=body,
        **more,
    )


def _content(given: dict[str, Any]) -> tuple[Kind, dict[str, Any]]:
    if given.get("forwarded"):
        return Kind.FORWARD, {"text": given.get("text", "")}
    if "press" in given:
        return Kind.PRESS, {"press": given["press"]}
    if "card" in given:
        return Kind.CONTACT, {"contact": Contact(phone=given["card"], is_own=False)}
    if "media" in given:
        return Kind.MEDIA, _media(given)
    return Kind.TEXT, {"text": given["text"]}


def _media(given: dict[str, Any]) -> dict[str, Any]:
    media = given["media"] if given["media"] in MEDIA else "other"
    key, _, name = (given.get("file") or "").partition("/")
    return {
        "media": media,
        "album": given.get("album"),
        "text": given.get("text", ""),
        "file": Attached(key=key, name=name) if key and media in ("photo", "document") else None,
    }
