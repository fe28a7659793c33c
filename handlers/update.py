"""The neutral words that both sides speak: what a channel must produce, and what a step may answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from db.sending.outbox import Class as Class


class Kind(StrEnum):
    """What a person did."""

    TEXT = "text"
    PRESS = "press"  # an inline button or list row: `press` holds what we put into it
    CONTACT = "contact"  # a shared contact
    MEDIA = "media"  # anything to see or hear; `media` names it
    FORWARD = "forward"  # written by somebody else, or through another bot
    BLOCKED = "blocked"  # the person stopped the bot
    RETURNED = "returned"  # the person let the bot in again
    GROUP = "group"  # somebody speaks to the bot where others can read
    ADDED_TO_GROUP = "added_to_group"
    UNKNOWN = "unknown"  # a kind this release does not know: counted, never an error


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who wrote, as the platform knows them. `address` is where answers go; `user` is who it was."""

    channel: str
    address: str
    user: str
    name: str = ""
    locale: str | None = None


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A phone number handed over in the chat. It proves something only if the platform says it is the sender's own."""

    phone: str
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file that came with a message, still at its platform. `size` in bytes; name and type as the sender says."""

    key: str  # the platform's name for it: the channel fetches it by this
    name: str = ""
    type: str = ""
    size: int = 0


@dataclass(frozen=True, kw_only=True)
class Update:
    """One thing that happened on a platform. (channel, key) is the same however often it is delivered."""

    channel: str
    key: str
    kind: Kind
    sender: Sender
    sent_at: datetime  # the platform's time, UTC: when the person did it, not when we saw it
    text: str = ""
    press: str = ""
    callback: str | None = None  # what the platform wants back so that a pressed button stops spinning
    contact: Contact | None = None
    media: str = ""  # photo, voice, sticker, …
    file: Attached | None = None  # of a photo or a document: what a step that takes files may keep
    album: str | None = None  # updates of one album carry the same
    message_key: str | None = None  # the platform's id of the message itself
    is_edit: bool = False
    raw: bytes = b""  # as received, to be sealed and set aside when it cannot be handled


class Look(StrEnum):
    """How choices are offered where the platform can: a keyboard in place of typing, or buttons on the message."""

    KEYBOARD = "keyboard"  # ordinary choices of the current prompt; typing the words does the same
    BUTTONS = "buttons"  # corrections and lists; each carries a nonce


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing a person may pick. `value` is what the step gets; the label is worded late, per locale.

    `label` names an entry of the label list; `words` replaces it for choices made of data (a date, a unit).
    `opens` ("flow:action") makes a button that starts something by itself, long after its prompt is gone.
    """

    value: str
    label: str = ""
    words: str = ""
    hint: str = ""  # label of a longer description, where lists can show one
    opens: str = ""
    asks_contact: bool = False
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the current step gets to read."""

    text: str = ""  # cleaned: NFC, no control characters, trimmed
    value: str | None = None  # the value of the choice that was meant, if one was
    contact: Contact | None = None
    args: Mapping[str, Any] = field(default_factory=dict)  # of the button that opened this
    message_key: str | None = None
    is_edit: bool = False
    file: Attached | None = None  # a photo or document; `text` is then its caption
    is_more: bool = False  # another file of an album that this step has answered already (fault I05)


@dataclass(frozen=True, kw_only=True)
class Say:
    """One message to one recipient: a name and parameters, never prose. Templates word it late."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    look: Look = Look.KEYBOARD
    urgency: Class = Class.ANSWER
    to: tuple[str, str] | None = None  # (channel, address) of somebody else; None answers the sender
    once: str | None = None  # a key under which this is said only once, ever
    leaves: bool = False  # the bot leaves the chat after saying it
    to_person: str | None = None  # whose chat `to` is
    role_needed: str | None = None  # only said while that person still has this role
    expires_at: datetime | None = None  # when it means nothing any more; None: as is usual for its urgency
    locale: str = ""  # in another language than the sender's
    file: str = ""  # key of a file (db/files.py) that goes with it; the text is its caption


STAY = "*stay*"


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What a step returns: what to say, and what comes next. It never sends anything itself."""

    says: tuple[Say, ...] = ()
    step: str | None = None  # the next step of this flow; STAY keeps it; None ends the flow
    draft: Mapping[str, Any] | None = None  # None keeps the draft as it is
    opens: str = ""  # "flow:action": what starts right after
    toast: str = ""  # message name shown as a passing note on a pressed button


def say(message: str, *, choices: tuple[Choice, ...] = (), look: Look = Look.BUTTONS, **params: Any) -> Say:
    """Return a message that asks nothing, or offers only buttons that open something."""
    return Say(message=message, params=params, choices=choices, look=look)


def ask(
    message: str,
    *,
    step: str,
    choices: tuple[Choice, ...] = (),
    draft: Mapping[str, Any] | None = None,
    look: Look = Look.KEYBOARD,
    before: tuple[Say, ...] = (),
    **params: Any,
) -> Turn:
    """Return a turn that asks for something; `step` gets the answer."""
    prompt = Say(message=message, params=params, choices=choices, look=look)
    return Turn(says=(*before, prompt), step=step, draft=draft)


def again(message: str, **params: Any) -> Turn:
    """Return a turn that says what was wrong, and keeps the step and its choices."""
    return Turn(says=(Say(message=message, params=params),), step=STAY)


def done(*says: Say) -> Turn:
    """Return a turn that ends the flow; the draft is thrown away, and home offers what comes next."""
    return Turn(says=says, draft={})
