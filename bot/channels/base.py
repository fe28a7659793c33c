"""What a channel is: it turns payloads into updates and messages into requests, and says what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from handlers.update import Look, Update


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What a platform can show. Lengths of texts are in UTF-16 units, as platforms count them."""

    markup: str  # "html", "whatsapp" or "plain": which dress the templates put on
    text_units: int  # longest message
    has_keyboards: bool  # a keyboard in place of typing
    asks_contact: bool  # a button that shares one's own number
    edits: bool
    buttons: int  # most buttons on one message
    button_chars: int  # longest label of a button
    list_rows: int  # most rows of a list (0: none)
    row_chars: int  # longest title of a list row
    caption_units: int = 1024  # longest text under a picture or document


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A choice as it is shown: its label, and what comes back when it is pressed."""

    label: str
    data: str
    hint: str = ""
    asks_contact: bool = False


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A picture or document that goes with a message; `type` is its MIME type."""

    name: str
    type: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message, worded and cut to size, for one address. With a file, the text is its caption and may be empty."""

    address: str
    text: str
    plain: str  # the same without any markup, should the platform refuse the markup
    shown: tuple[Shown, ...] = ()
    look: Look = Look.BUTTONS
    list_title: str = ""
    leaves: bool = False  # leave the chat afterwards
    removes_keyboard: bool = False
    file: str = ""  # key of the file that goes with it; `attachment` is put in just before sending
    attachment: Attachment | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The platform took it; `key` is its name for the message."""

    key: str


class Fate(StrEnum):
    """What a failed send means for the message."""

    RETRY = "retry"  # surely not delivered: the same call may go through later
    UNCERTAIN = "uncertain"  # may have been delivered: never repeat without a mark
    PAUSED = "paused"  # the platform asks us to wait `seconds`
    GONE = "gone"  # nobody at this address any more (blocked, deactivated, unknown)
    MOVED = "moved"  # the address is now `address`
    BAD_MARKUP = "bad_markup"  # the platform cannot read our markup: send the plain text
    REFUSED = "refused"  # our own mistake: repeating changes nothing
    DOWN = "down"  # the channel does not know us (token revoked): stop sending


@dataclass(frozen=True, kw_only=True)
class SendFailure:
    """Why a message did not go out, as facts. `says` is the platform's sentence, free of tokens and texts."""

    fate: Fate
    says: str
    seconds: float = 0.0
    address: str = ""


class Unfetched(StrEnum):
    """Why a file did not come."""

    GONE = "gone"  # the platform does not have it (any more)
    TOO_LARGE = "too_large"
    RETRY = "retry"  # the same call may go through later


@dataclass(frozen=True, kw_only=True)
class FetchFailure:
    """Why a file did not come, as facts. `says` is a sentence free of tokens and names; `seconds` to wait, if told."""

    why: Unfetched
    says: str
    seconds: float = 0.0


class Malformed(Exception):
    """The payload is not what this platform sends; it can be set aside but never handled."""


class Channel(Protocol):
    """One platform."""

    name: str
    capabilities: Capabilities

    def parse(self, body: bytes) -> Sequence[Update]:
        """Return the updates in a payload; none for kinds that mean nothing to us. Raises Malformed."""

    async def send(self, message: Outgoing) -> Sent | SendFailure:
        """Send one message. Never raises for what a platform or a network can do."""

    async def fetch(self, key: str, *, most: int) -> bytes | FetchFailure:
        """Return the bytes of a file that somebody sent, at most `most`. Never raises for what a platform can do."""

    async def acknowledge(self, callback: str, text: str) -> None:
        """Stop the spinner of a pressed button, with a passing note. Best effort, never raises."""

    async def close(self) -> None:
        """Let go of connections."""
