"""Until when the certificate of our public address holds, as whoever connects to it sees (fault C16)."""

import asyncio
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

ANSWER_SECONDS = 10.0
WARNED_FROM = timedelta(days=14)
_EXPIRED = 10  # OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED


class CertificateExpired(Exception):
    """The certificate of the public address has expired: no platform can call us."""


async def certificate_ends(url: str, *, trusted: ssl.SSLContext | None = None) -> datetime | None:
    """Return when the certificate at an https address ends; None where that cannot be known from here.

    Raises CertificateExpired. A certificate that is wrong in another way is for the platform to judge.
    """
    place = urlsplit(url)
    if place.scheme != "https" or place.hostname is None:
        return None
    context = trusted or ssl.create_default_context()
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            _, writer = await asyncio.open_connection(place.hostname, place.port or 443, ssl=context)
    except ssl.SSLCertVerificationError as error:
        if error.verify_code == _EXPIRED:
            raise CertificateExpired from None
        return None
    except (OSError, TimeoutError):
        return None
    try:
        shown = writer.get_extra_info("peercert") or {}
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
    ends = shown.get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if ends else None
