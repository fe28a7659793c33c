"""Every setting of the installation, read once from the environment, or each from a file: NAME_FILE."""

import dataclasses
import difflib
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import settings_readers as read


class SettingError(Exception):
    """A setting is missing or wrong; the text names it and gives an example."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What one setting is for. `default` is worded for people where the value itself says nothing."""

    name: str
    sentence: str
    example: str
    default: str
    read: Callable[[str], Any]
    is_internal: bool = False


def _setting(
    name: str,
    sentence: str,
    *,
    example: str,
    read: Callable[[str], Any],
    value: Any = None,
    default: str = "",
    shows: bool = True,
    is_internal: bool = False,
) -> Any:
    about = About(
        name=name, sentence=sentence, example=example, default=default, read=read, is_internal=is_internal
    )
    return dataclasses.field(default=value, repr=shows, metadata={"about": about})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The whole configuration. Secrets do not show when it is printed."""

    database: str = _setting(
        "PIKET_DATABASE",
        "Where everything is kept: a SQLite file, or a PostgreSQL database.",
        example="postgresql://piket@db.internal/piket",
        read=read.database,
        value="sqlite:piket.db",
        default="sqlite:piket.db",
        shows=False,
    )
    key: str | None = _setting(
        "PIKET_KEY",
        "Seals health answers and other sensitive text; several with commas, the newest first.",
        example="the line that `piket key new` prints",
        read=read.key,
        default="none: a start without it is refused",
        shows=False,
    )
    telegram_token: str | None = _setting(
        "PIKET_TELEGRAM_TOKEN",
        "The bot's token, as @BotFather gave it.",
        example="123456789:AAH…",
        read=read.token,
        default="none",
        shows=False,
    )
    telegram_api: str = _setting(
        "PIKET_TELEGRAM_API",
        "Where Telegram's Bot API answers; another address for a server of your own.",
        example="https://botapi.lampungprov.go.id",
        read=read.api,
        value=read.TELEGRAM,
        default=read.TELEGRAM,
    )
    public_url: str | None = _setting(
        "PIKET_PUBLIC_URL",
        "Where the internet reaches this bot; with it, Telegram calls us (webhook) and is not asked.",
        example="https://piket.lampungprov.go.id",
        read=read.public_url,
        default="none: long polling",
    )
    webhook_secret: str | None = _setting(
        "PIKET_WEBHOOK_SECRET",
        "The word by which Telegram's calls are known.",
        example="16 to 256 letters and digits",
        read=read.secret,
        default="made from PIKET_KEY",
        shows=False,
    )
    listen: tuple[str, int] = _setting(
        "PIKET_LISTEN",
        "The address and port of the web server; a reverse proxy stands before it.",
        example="127.0.0.1:8080",
        read=read.listen,
        value=("127.0.0.1", 8080),
        default="127.0.0.1:8080",
    )
    log_level: str = _setting(
        "PIKET_LOG_LEVEL",
        "How much is written to the log: debug, info, warning or error.",
        example="warning",
        read=read.level,
        value="info",
        default="info",
    )
    demo_port: int = _setting(
        "PIKET_DEMO_PORT",
        "The port of the page that `make demo` opens.",
        example="9000",
        read=read.port,
        value=8765,
        default="8765",
    )
    is_demo: bool = _setting(
        "PIKET_DEMO",
        "Set by `piket demo` for itself.",
        example="1",
        read=read.yes,
        value=False,
        default="0",
        is_internal=True,
    )
    demo_clock_secret: str | None = _setting(
        "PIKET_DEMO_CLOCK_SECRET",
        "Set by `piket demo`: who knows it may move the clock.",
        example="16 to 256 letters and digits",
        read=read.secret,
        default="none",
        shows=False,
        is_internal=True,
    )

    def required_key(self) -> str:
        """Return the key. Raises SettingError when there is none."""
        if self.key is None:
            raise SettingError(
                "PIKET_KEY is missing. Make a key with `piket key new`, keep a copy in a safe place, "
                "and set PIKET_KEY to it."
            )
        return self.key

    def required_token(self) -> str:
        """Return the bot's token. Raises SettingError when there is none."""
        if self.telegram_token is None:
            raise SettingError(
                "PIKET_TELEGRAM_TOKEN is missing. Ask @BotFather on Telegram for one, such as 123456789:AAH…"
            )
        return self.telegram_token

    def secret_for_webhook(self) -> str:
        """Return the word that Telegram must send with every call: as set, or made from the key."""
        if self.webhook_secret is not None:
            return self.webhook_secret
        purpose = f"piket webhook {self.required_token()}".encode()
        return hmac.new(self.required_key().encode(), purpose, hashlib.sha256).hexdigest()


SETTINGS: tuple[About, ...] = tuple(field.metadata["about"] for field in dataclasses.fields(Settings))
"""What there is to set, in the order of the README's table."""


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises SettingError for the first that is wrong."""
    _refuse_misspelt(environment)
    values = {}
    for field in dataclasses.fields(Settings):
        about: About = field.metadata["about"]
        text = _text_of(about, environment)
        if text:
            values[field.name] = _value(about, text)
    settings = Settings(**values)
    _refuse_odd_token(settings)
    return settings


def _text_of(about: About, environment: Mapping[str, str]) -> str:
    text, file = environment.get(about.name, ""), environment.get(f"{about.name}_FILE", "")
    if text and file:
        raise SettingError(f"{about.name} and {about.name}_FILE are both set; keep one of them.")
    if not file:
        return text
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise SettingError(
            f"{about.name}_FILE names {file}, which cannot be read: {reason}. "
            f"It should hold, for example, {about.example}."
        ) from None


def _value(about: About, text: str) -> Any:
    try:
        return about.read(text)
    except ValueError as error:
        raise SettingError(f"{about.name} {error}. Example: {about.example}") from None


def _refuse_odd_token(settings: Settings) -> None:
    token = settings.telegram_token
    if token is None or read.is_real_token(token) or not settings.telegram_api.startswith("https:"):
        return
    raise SettingError(
        "PIKET_TELEGRAM_TOKEN is not a bot token of Telegram: digits, a colon, then about 35 letters. "
        "Example: 123456789:AAH…"
    )


def _refuse_misspelt(environment: Mapping[str, str]) -> None:
    known = {name for about in SETTINGS for name in (about.name, f"{about.name}_FILE")}
    for name in sorted(environment.keys() - known):
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.9) if name.startswith("PIKET_") else []
        if close:
            raise SettingError(f"{name} is not a setting. Did you mean {close[0]}?")
