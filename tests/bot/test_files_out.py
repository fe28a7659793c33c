"""Pictures and documents that we send: what goes under them, how they arrive, and what becomes of a lost one."""

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.channels.base import Attachment, Fate, Outgoing, Sent, Shown, Unfetched
from bot.channels.telegram import TelegramChannel
from bot.cutting import units
from bot.delivery import Delivery
from bot.render import Renderer, with_file
from db import files, people
from db.engine import Db
from db.sealed import Seal, new_key, seal_from
from db.sending import outbox
from handlers.update import Class, Look
from simulator.faults import Failure, Faults
from simulator.server import create_app
from simulator.world import World
from tests import uploads
from tests.bot.messages import TELEGRAM, WHATSAPP, choices, renderer_with, stored
from tests.bot.post import FakeChannel, Hands, fails
from tests.bot.test_delivery_simulated import TOKEN

SAID = "{# params: text #}\n{{ text }}\n"
NOW = datetime(2020, 6, 15, tzinfo=UTC)
CAST = {"people": [{"id": 1001, "first_name": "Ana", "started": True}], "groups": []}
REFUSED = {"name": "x", "because": "type", "most": 5}


def test_a_short_text_goes_under_the_file_with_its_choices(tmp_path: Path) -> None:
    message = stored(params={"text": "PDF tanggal ini"}, file="f1", choices=choices("Ya"), look="buttons")
    [part] = renderer_with(tmp_path, said=SAID).outgoing(message, TELEGRAM)
    assert (part.text, part.file, part.shown[0].label) == ("PDF tanggal ini", "f1", "Ya")


def test_a_text_that_does_not_fit_under_a_file_goes_first_whole(tmp_path: Path) -> None:
    message = stored(params={"text": "😀" * 513}, file="f1", choices=choices("Ya"), look="keyboard")
    text, file = renderer_with(tmp_path, said=SAID).outgoing(message, TELEGRAM)
    assert (units(text.text), text.file, text.shown) == (1026, "", ())
    assert (file.text, file.file, [shown.label for shown in file.shown]) == ("", "f1", ["Ya"])


def test_a_list_stays_at_the_end_because_none_goes_with_a_file(tmp_path: Path) -> None:
    message = stored(params={"text": "PDF"}, file="f1", choices=choices(*"ABCDE"), look="keyboard")
    file, text = renderer_with(tmp_path, said=SAID).outgoing(message, WHATSAPP)
    assert (file.file, file.text, file.shown) == ("f1", "", ())
    assert (text.file, text.text, len(text.shown)) == ("", "PDF", 5)


def test_a_repeat_of_a_file_says_that_it_is_one(tmp_path: Path) -> None:
    message = stored(params={"text": "PDF"}, file="f1", is_repeat=True)
    [part] = renderer_with(tmp_path, said=SAID).outgoing(message, TELEGRAM)
    assert part.text.startswith("PDF")
    assert part.text.endswith("(Mungkin sudah Anda terima.)")
    assert with_file([part], "f1", most=5)[0].text == part.text


async def queue(
    db: Db, seal: Seal, *, name: str, type: str, body: bytes, sealed_by: Seal | None = None
) -> str:
    """Owe Ana a file; return its key."""
    async with db.transaction() as tx:
        person = await people.add(tx, nip=None, name="Ana", employment="non_asn", now=NOW)
        file = await files.add_made(
            tx, sealed_by or seal, person_id=person, name=name, type=type, body=body, now=NOW
        )
        await outbox.add(
            tx, seal, channel="telegram", address="1001", person_id=person, urgency=Class.ANSWER,
            message="common/file_refused", locale="id", body={"params": REFUSED, "file": file}, now=NOW,
        )  # fmt: skip
    return file


class Simulated:
    """A delivery whose messages reach the pretend platform over HTTP."""

    def __init__(self, db: Db, seal: Seal, world: World, channel: TelegramChannel) -> None:
        self.world = world
        self.channel = channel
        self.hands = Hands(NOW)
        self.delivery = Delivery(
            db, seal, {"telegram": channel}, Renderer(), self.hands, is_only_service=True
        )

    async def settles(self) -> None:
        for _ in range(4):
            await self.delivery.drain_once()
            self.hands.pass_by(5)

    def arrived(self, kind: str) -> list[bytes]:
        """The bytes of what stands in the chat, as anybody can fetch them there."""
        messages = [m.content for m in self.world.chats[1001].messages.values() if kind in m.content]
        found = [content[kind] for content in messages]
        ids = [one[-1]["file_id"] if isinstance(one, list) else one["file_id"] for one in found]
        stored = [self.world.files.by_id(each) for each in ids]
        return [one.data for one in stored if one]


@pytest.fixture
async def platform(db: Db, seal: Seal) -> AsyncIterator[Simulated]:
    world = World(bot_token=TOKEN, key="PAGEKEY", cast=CAST)
    server = TestServer(create_app(world))
    await server.start_server()
    channel = TelegramChannel(TOKEN, api=str(server.make_url("")), now=lambda: NOW, deadline=2.0)
    yield Simulated(db, seal, world, channel)
    await channel.close()
    await server.close()


@pytest.mark.parametrize(
    ("kind", "name", "type", "body"),
    [
        ("document", "laporan 15 Juni.pdf", "application/pdf", uploads.pdf() + bytes(range(256)) * 400),
        ("photo", "kalender.png", "image/png", uploads.png(108, 150)),
        ("document", "bukti.docx", "application/zip", uploads.office("word/document.xml")),
    ],
)
async def test_a_file_arrives_byte_for_byte(
    platform: Simulated, db: Db, seal: Seal, kind: str, name: str, type: str, body: bytes
) -> None:
    await queue(db, seal, name=name, type=type, body=body)
    await platform.settles()
    assert platform.arrived(kind) == [body]
    [sent] = platform.world.ledger.delivered
    assert sent.text is not None
    assert "belum dapat saya simpan" in sent.text


@pytest.mark.parametrize("look", [Look.BUTTONS, Look.KEYBOARD])
async def test_a_file_comes_with_what_can_be_chosen_under_it(platform: Simulated, look: Look) -> None:
    paper = Attachment(name="a.pdf", type="application/pdf", body=uploads.pdf())
    shown = (Shown(label="Setuju", data="n1:0"), Shown(label="Kembalikan", data="n1:1"))
    message = Outgoing(
        address="1001",
        text="<b>A</b> &amp; b",
        plain="A & b",
        file="f1",
        attachment=paper,
        shown=shown,
        look=look,
    )
    assert await platform.channel.send(message) != Sent(key="")
    [sent] = platform.world.chats[1001].messages.values()
    assert (sent.content["caption"], sent.has_reply_keyboard) == ("A & b", look is Look.KEYBOARD)
    assert bool(sent.inline) is (look is Look.BUTTONS)


async def test_a_picture_that_is_refused_as_a_photo_goes_as_a_document(
    platform: Simulated, db: Db, seal: Seal
) -> None:
    long = Failure(
        method="sendPhoto", kind="error", error_code=400, description="Bad Request: PHOTO_INVALID_DIMENSIONS"
    )
    platform.world.faults = Faults(fail=[long])
    await queue(db, seal, name="kalender.png", type="image/png", body=uploads.png(9, 9000))
    await platform.settles()
    assert platform.arrived("document") == [uploads.png(9, 9000)]


async def test_n02_a_file_of_uncertain_fate_is_sent_once_more_and_marked(
    platform: Simulated, db: Db, seal: Seal
) -> None:
    platform.world.faults = Faults(fail=[Failure(method="sendDocument", kind="cut_after_accept")])
    await queue(db, seal, name="laporan.pdf", type="application/pdf", body=uploads.pdf())
    await platform.settles()
    assert platform.arrived("document") == [uploads.pdf()] * 2
    first, again = platform.world.ledger.delivered
    assert again.text is not None
    assert first.text is not None
    assert len(again.text) > len(first.text)


async def test_a_file_that_cannot_be_opened_any_more_is_our_fault_and_is_said_so(db: Db, seal: Seal) -> None:
    channel, hands = FakeChannel(), Hands(NOW)
    await queue(db, seal, name="a.pdf", type="application/pdf", body=b"x", sealed_by=seal_from(new_key()))
    delivery = Delivery(db, seal, {"telegram": channel}, Renderer(), hands, is_only_service=True)
    assert await delivery.drain_once() == 1
    [said] = channel.calls
    assert (said.file, said.attachment) == ("", None)
    assert "Maaf" in said.plain


async def test_the_bytes_are_read_anew_for_every_try(db: Db, seal: Seal) -> None:
    channel, hands = FakeChannel(), Hands(NOW)
    channel.answers["1001"] = [fails(Fate.RETRY)]
    await queue(db, seal, name="a.pdf", type="application/pdf", body=b"%PDF-1.4")
    delivery = Delivery(db, seal, {"telegram": channel}, Renderer(), hands, is_only_service=True)
    await delivery.drain_once()
    hands.pass_by(5)
    await delivery.drain_once()
    digests = [hashlib.sha256(call.attachment.body).hexdigest() for call in channel.calls if call.attachment]
    assert digests == [hashlib.sha256(b"%PDF-1.4").hexdigest()] * 2


async def test_what_somebody_sends_is_fetched_from_there_as_it_is(platform: Simulated) -> None:
    sent = platform.world.files.add(uploads.jpeg(), folder="photos", name="foto.jpg", mime="image/jpeg")
    assert await platform.channel.fetch(sent.file_id, most=5000) == uploads.jpeg()
    large = await platform.channel.fetch(sent.file_id, most=len(uploads.jpeg()) - 1)
    assert not isinstance(large, bytes)
    assert large.why is Unfetched.TOO_LARGE
