"""What Telegram and the network say when a call fails, and what that means for a message."""

import re
from dataclasses import dataclass

from telegram.error import TelegramError

from bot.channels.base import Fate, FetchFailure, SendFailure, Unfetched

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")  # what Telegram quotes may be what a person wrote
_LONGEST_SENTENCE = 200
_WAIT_WITHOUT_A_NUMBER = 5.0


class NotSent(TelegramError):
    """The request surely never reached the platform."""


class Untrusted(NotSent):
    """The platform's certificate cannot be trusted, so nothing was said to it."""


class MaybeSent(TelegramError):
    """The request went out and no sensible answer came back."""


class Refusal(TelegramError):
    """The platform answered no. `sentence` is its own, free of tokens and texts."""

    def __init__(self, code: int, sentence: str, *, seconds: float = 0.0, moved_to: str = "") -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence
        self.seconds = seconds
        self.moved_to = moved_to


class TooLarge(TelegramError):
    """A file is larger than we take."""


class ChannelDown(Exception):
    """Telegram does not know the token, or its certificate cannot be trusted; the text is a sentence."""


class ChannelUntrusted(ChannelDown):
    """Its certificate cannot be trusted; the text says what to check. The token has nothing to do with it."""


class ChannelAway(Exception):
    """Telegram cannot be reached now, or asks us to wait `seconds`."""

    def __init__(self, says: str, *, seconds: float = 0.0) -> None:
        super().__init__(says)
        self.seconds = seconds


class Conflict(Exception):
    """Somebody else asks for updates with the same token, or a webhook is set."""


@dataclass(frozen=True)
class _Sentence:
    code: int
    pattern: str
    fate: Fate


# The first that matches decides. Telegram's sentences change in case and punctuation, hardly ever in these words.
_TABLE = (
    _Sentence(400, r"can't parse entities|can't find end of", Fate.BAD_MARKUP),
    _Sentence(400, r"chat not found|user not found|peer_id_invalid|input_user_deactivated", Fate.GONE),
    _Sentence(400, r"user is deactivated|group (chat )?(was|is) deactivated|chat was deleted", Fate.GONE),
    _Sentence(
        400, r"have no rights|not enough rights|need administrator rights|chat_write_forbidden", Fate.GONE
    ),
    _Sentence(400, r"user_is_blocked|bot was kicked|not a member", Fate.GONE),
    _Sentence(403, r"", Fate.GONE),
    _Sentence(401, r"", Fate.DOWN),
    _Sentence(404, r"", Fate.DOWN),
)
_NO_PHOTO = re.compile(r"image_process_failed|photo_invalid_dimensions|photo_ext_invalid", re.IGNORECASE)
_TOO_BIG = re.compile(r"file is too big", re.IGNORECASE)
_NOT_NOW = re.compile(r"temporarily unavailable", re.IGNORECASE)
_NOT_MODIFIED = re.compile(r"message is not modified", re.IGNORECASE)
_NOTHING_TO_EDIT = re.compile(
    r"message to edit not found|message can't be edited|message_id_invalid", re.IGNORECASE
)


def failure_of(error: TelegramError) -> SendFailure:
    """Return what a failed call means for the message that it carried."""
    if isinstance(error, Untrusted):
        return SendFailure(fate=Fate.DOWN, says=str(error))
    if isinstance(error, NotSent):
        return SendFailure(fate=Fate.RETRY, says=str(error))
    if not isinstance(error, Refusal):
        return SendFailure(fate=Fate.UNCERTAIN, says=str(error))
    return SendFailure(fate=_fate(error), says=error.sentence, seconds=error.seconds, address=error.moved_to)


def _fate(refusal: Refusal) -> Fate:
    if refusal.moved_to:
        return Fate.MOVED
    if refusal.code == 429:
        return Fate.PAUSED
    if refusal.code >= 500:
        return Fate.RETRY  # an answer of the Bot API itself: it did not take the message
    for known in _TABLE:
        if refusal.code == known.code and re.search(known.pattern, refusal.sentence, re.IGNORECASE):
            return known.fate
    return Fate.REFUSED


def fetch_failure_of(error: TelegramError) -> FetchFailure:
    """Return what a failed call means for the file that was to be fetched."""
    if isinstance(error, TooLarge):
        return FetchFailure(why=Unfetched.TOO_LARGE, says=str(error))
    if not isinstance(error, Refusal):
        return FetchFailure(why=Unfetched.RETRY, says=str(error))
    if error.code == 400 and _TOO_BIG.search(error.sentence):
        return FetchFailure(why=Unfetched.TOO_LARGE, says=error.sentence)
    if error.code == 400 and not _NOT_NOW.search(error.sentence):
        return FetchFailure(why=Unfetched.GONE, says=error.sentence)
    return FetchFailure(why=Unfetched.RETRY, says=str(error), seconds=error.seconds)


def is_no_photo(error: TelegramError) -> bool:
    """Whether a picture was refused as a photo only: as a document it may go."""
    return isinstance(error, Refusal) and _NO_PHOTO.search(error.sentence) is not None


def is_not_modified(error: TelegramError) -> bool:
    """Whether an edit failed only because everything is as it should be already."""
    return isinstance(error, Refusal) and _NOT_MODIFIED.search(error.sentence) is not None


def has_nothing_to_edit(error: TelegramError) -> bool:
    """Whether the message that was to be edited is gone or too old."""
    return isinstance(error, Refusal) and _NOTHING_TO_EDIT.search(error.sentence) is not None


def trouble_of(error: TelegramError) -> ChannelDown | ChannelAway | Conflict:
    """Return what a failed call about the bot itself means."""
    if isinstance(error, Untrusted):
        return ChannelUntrusted(str(error))
    if isinstance(error, Refusal) and error.code in (401, 404):
        return ChannelDown(str(error))
    if isinstance(error, Refusal) and error.code == 409:
        return Conflict(error.sentence)
    return ChannelAway(str(error), seconds=error.seconds if isinstance(error, Refusal) else 0.0)


def refusal_in(answer: object, *, status: int, retry_after: str = "") -> Refusal | None:
    """Return the refusal that the Bot API's JSON `answer` is; None when it is not one."""
    if not isinstance(answer, dict) or answer.get("ok") is not False:
        return None
    code = answer.get("error_code", status)
    parameters = answer.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    seconds = parameters.get("retry_after", retry_after)
    code = code if isinstance(code, int) else status
    return Refusal(
        code,
        sentence_of(answer.get("description", "")),
        seconds=seconds_of(seconds) if code == 429 else 0.0,
        moved_to=str(parameters.get("migrate_to_chat_id", "")),
    )


def seconds_of(given: object) -> float:
    """Return how long the platform asks us to wait; a few seconds when it does not say it in a number."""
    try:
        return max(1.0, float(str(given)))
    except ValueError:
        return _WAIT_WITHOUT_A_NUMBER


def sentence_of(description: object) -> str:
    """Return the platform's own sentence without what it quotes."""
    return _QUOTED.sub("…", str(description))[:_LONGEST_SENTENCE]
