"""How the text of one setting becomes its value. Each raises ValueError with the rest of "NAME …"."""

import ipaddress
import re
from urllib.parse import urlsplit

TELEGRAM = "https://api.telegram.org"
_REAL_TOKEN = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{30,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_LEVELS = ("debug", "info", "warning", "error")


def database(text: str) -> str:
    if text.removeprefix("sqlite:") and text.startswith("sqlite:"):
        return text
    if urlsplit(text).scheme in ("postgresql", "postgres") and urlsplit(text).hostname is not None:
        return text
    if text.startswith(("postgresql:///", "postgresql://")):
        return text  # a local server's socket, named by the query
    raise ValueError("must begin with sqlite: or postgresql://")


def key(text: str) -> str:
    from db.errors import Refused
    from db.sealed import seal_from

    try:
        seal_from(text)
    except Refused:
        raise ValueError("must be 32 bytes in base64") from None
    return text


def token(text: str) -> str:
    """A token as it was copied; whether Telegram knows it is asked at the start."""
    if any(character.isspace() for character in text):
        raise ValueError("has spaces or line breaks in it: copy the token again, in one piece")
    if ":" not in text:
        raise ValueError("is not a bot token: those have digits, a colon, then about 35 letters")
    return text


def is_real_token(text: str) -> bool:
    """Whether this is a token that Telegram itself would give out."""
    return _REAL_TOKEN.fullmatch(text) is not None


def api(text: str) -> str:
    address = urlsplit(text)
    if address.scheme == "https" and address.hostname:
        return text.rstrip("/")
    if address.scheme == "http" and is_loopback(address.hostname or ""):
        return text.rstrip("/")
    raise ValueError(
        "must begin with https:// (plain http only to this machine), for the token travels in it"
    )


def public_url(text: str) -> str:
    address = urlsplit(text)
    is_here = address.scheme == "http" and is_loopback(address.hostname or "")
    if not is_here and (address.scheme != "https" or not address.hostname):
        raise ValueError("must begin with https://, for Telegram calls nothing else")
    if address.query or address.fragment:
        raise ValueError("must be an address without ? and #")
    return text.rstrip("/")


def secret(text: str) -> str:
    if _SECRET.fullmatch(text) is None:
        raise ValueError("must be 16 to 256 of the letters A-Z a-z 0-9 _ -")
    return text


def listen(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise ValueError("must be an address and a port")
    return host.strip("[]"), int(port)


def level(text: str) -> str:
    if text.lower() not in _LEVELS:
        raise ValueError(f"must be one of {', '.join(_LEVELS)}")
    return text.lower()


def port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 65535:
        raise ValueError("must be a port number, 1 to 65535")
    return int(text)


def yes(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("must be 1 or 0")
    return text == "1"


def is_loopback(host: str) -> bool:
    """Whether `host` can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
