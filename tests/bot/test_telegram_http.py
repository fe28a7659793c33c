"""What the network does to a call is a fact about the message, and never shows the token."""

import asyncio
import datetime as dt
import ipaddress
import logging
import socket
import ssl
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.channels.base import Fate, Outgoing, SendFailure, Sent
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_errors import ChannelUntrusted
from tests.bot.fakeapi import FakeApi, Reply, cut, cut_in_the_middle, ok, raw, refused, silence

TOKEN = "7000000001:AAHfakeTokenThatIsNobodys-0123456789abc"
NOW = dt.datetime(2020, 6, 15, tzinfo=dt.UTC)
SECRET_TEXT = Outgoing(address="7", text="<b>demam</b>", plain="demam")


def channel_at(url: str, *, deadline: float = 5.0, token: str = TOKEN) -> TelegramChannel:
    return TelegramChannel(token, api=url, now=lambda: NOW, deadline=deadline)


@pytest.fixture
async def api() -> AsyncIterator[FakeApi]:
    server = FakeApi()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def channel(api: FakeApi) -> AsyncIterator[TelegramChannel]:
    opened = channel_at(api.url, deadline=0.4)
    yield opened
    await opened.close()


def closed_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


async def fate_at(url: str) -> SendFailure:
    channel = channel_at(url, deadline=2.0)
    try:
        result = await channel.send(SECRET_TEXT)
    finally:
        await channel.close()
    assert isinstance(result, SendFailure)
    return result


async def test_n01_nobody_listening_means_surely_not_sent() -> None:
    result = await fate_at(f"http://127.0.0.1:{closed_port()}")
    assert (result.fate, result.says) == (Fate.RETRY, "not connected: ClientConnectorError")


async def test_n01_n05_an_unknown_host_means_surely_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    assert (await fate_at("http://api.telegram.invalid")).fate is Fate.RETRY


async def test_n01_a_connection_that_is_never_accepted_means_surely_not_sent() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        result = await fate_at(f"http://127.0.0.1:{port}")
        for filler in fillers:
            filler.close()
    assert (result.fate, result.says) == (Fate.RETRY, "not connected: timed out")


@pytest.mark.parametrize(
    "reply", [cut, cut_in_the_middle, silence], ids=["cut", "cut in the middle", "silence"]
)
async def test_n02_n04_no_answer_after_the_request_went_out_is_uncertain(
    api: FakeApi, channel: TelegramChannel, reply: Reply
) -> None:
    api.replies = [reply]
    result = await channel.send(SECRET_TEXT)
    assert isinstance(result, SendFailure)
    assert result.fate is Fate.UNCERTAIN
    assert len(api.calls) == 1


@pytest.mark.parametrize(
    ("reply", "fate"),
    [
        (raw("<html>Bad Gateway</html>", status=502, kind="text/html"), Fate.UNCERTAIN),
        (raw("<html>Gateway Timeout</html>", status=504, kind="text/html"), Fate.UNCERTAIN),
        (raw("", status=500), Fate.UNCERTAIN),
        (refused(502, "Bad Gateway"), Fate.RETRY),
        (refused(500, "Internal Server Error: restart"), Fate.RETRY),
        (raw("<html>Welcome to the hotel</html>", kind="text/html"), Fate.UNCERTAIN),
        (raw('{"ok": true, "resu'), Fate.UNCERTAIN),
        (raw('"yes"'), Fate.UNCERTAIN),
        (raw("[" * 100_000), Fate.UNCERTAIN),
        (refused(400, "Bad Request: message text is empty", status=200), Fate.REFUSED),
        (refused(429, "Too Many Requests: retry after 7", status=200, retry_after=7), Fate.PAUSED),
        (raw("<html>Forbidden by policy</html>", status=403, kind="text/html"), Fate.RETRY),
        (raw("log in first", status=407), Fate.RETRY),
        (raw("", status=302, Location="http://127.0.0.1:9/login"), Fate.RETRY),
        (raw("<html>slow down</html>", status=429, **{"Retry-After": "12"}), Fate.PAUSED),
    ],
    ids=range(15),
)
async def test_n03_every_strange_answer_has_a_fate(
    api: FakeApi, channel: TelegramChannel, reply: Reply, fate: Fate
) -> None:
    api.replies = [reply]
    result = await channel.send(SECRET_TEXT)
    assert isinstance(result, SendFailure)
    assert result.fate is fate


async def test_n03_a_yes_in_a_form_we_cannot_read_is_a_yes(api: FakeApi, channel: TelegramChannel) -> None:
    api.replies = [ok({"what": "is this"}), ok(True)]
    assert await channel.send(SECRET_TEXT) == Sent(key="")
    assert await channel.send(SECRET_TEXT) == Sent(key="")


async def test_n04_one_deadline_covers_a_call_that_trickles(api: FakeApi, channel: TelegramChannel) -> None:
    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        for _ in range(100):
            await response.write(b" ")
            await asyncio.sleep(0.05)
        return response

    api.replies = [trickle]
    begun = asyncio.get_running_loop().time()
    result = await channel.send(SECRET_TEXT)
    assert isinstance(result, SendFailure)
    assert result.fate is Fate.UNCERTAIN
    assert asyncio.get_running_loop().time() - begun < 1.0


def certificate(folder: Path) -> ssl.SSLContext:
    """A certificate that no root has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(today)
        .not_valid_after(today + dt.timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    return context


async def test_n06_a_certificate_that_is_not_trusted_stops_the_channel(tmp_path: Path) -> None:
    server = FakeApi()
    await server.start(ssl=certificate(tmp_path))
    try:
        result = await fate_at(server.url)
        channel = channel_at(server.url)
        with pytest.raises(ChannelUntrusted, match="clock and roots"):
            await channel.me()
        await channel.close()
    finally:
        await server.stop()
    assert result.fate is Fate.DOWN
    assert "certificate" in result.says
    assert server.calls == []


async def test_no_failure_writes_the_token_or_the_text_anywhere(
    api: FakeApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    channel = channel_at(api.url, deadline=0.4)
    api.replies = [
        ok(), cut, cut_in_the_middle, silence, raw("{", status=200), raw("<html>", status=502), raw("x" * 50),
        refused(400, f'Bad Request: wrong url "/bot{TOKEN}/sendMessage"'), refused(404, f"Not Found: bot{TOKEN}"),
        refused(401, "Unauthorized"), refused(429, "Too Many Requests", retry_after=3),
    ]  # fmt: skip
    results = [await channel.send(SECRET_TEXT) for _ in range(len(api.replies))]
    results.append(await fate_at(f"http://127.0.0.1:{closed_port()}"))
    await fate_at("http://127.0.0.1:1/\x00 bad")
    for call in (
        channel.me(),
        channel.set_webhook("https://x.example/t", secret="s3cret"),
        channel.webhook_info(),
    ):
        api.replies = [refused(404, f"Not Found: bot{TOKEN}")]
        with pytest.raises(Exception, match=r".") as caught:
            await call
        results.append("".join(traceback.format_exception(caught.value)))
    api.replies = [cut]
    results.append(await channel.updates(offset=None, seconds=0))
    await channel.close()
    shown = "\n".join(str(result) for result in results) + caplog.text + repr(channel)
    assert TOKEN not in shown
    assert TOKEN.split(":")[1] not in shown
    assert "demam" not in shown


async def test_the_machines_proxy_is_used_only_when_asked(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    direct, by_proxy = (
        channel_at(api.url),
        TelegramChannel(TOKEN, api=api.url, now=lambda: NOW, trust_env=True),
    )
    assert await direct.send(SECRET_TEXT) == Sent(key="77")
    result = await by_proxy.send(SECRET_TEXT)
    assert isinstance(result, SendFailure)
    assert result.fate is Fate.RETRY
    await direct.close()
    await by_proxy.close()
