"""Photos and documents that people hand in: kept whole and sealed, or refused with the reason; nothing else is lost."""

import hashlib
from typing import Any

import pytest

from bot import work
from bot.channels.base import FetchFailure, Unfetched
from bot.fetching import MOST_BYTES
from db import files, people
from handlers import attaching
from handlers.flow import Context
from handlers.update import Attached, Sender
from tests import uploads
from tests.chat import Player
from tests.stage import BOOK, Stage

RETRY = FetchFailure(why=Unfetched.RETRY, says="no answer")


async def hands_in(who: Player, kind: str, *, body: bytes | None = None, name: str = "") -> str:
    """Hand in a file as a step does that takes one; return its key."""
    stage, place = who.stage, {"channel": who.stage.channel.name, "address": who.address}
    key, _, given = stage.channel.uploads.put(kind, body=body, name=name).partition("/")
    now, sender = stage.clock.now(), Sender(user=who.address, **place)
    async with stage.db.transaction() as tx:
        person = await people.by_address(tx, now=now, **place)
        ctx = Context(
            db=tx, sender=sender, person=person, policy=BOOK, now=now, sent_at=now, day=now.date(),
            locale="id", seal=stage.seal,
        )  # fmt: skip
        return await attaching.take(ctx, Attached(key=key, name=given), kind="evidence")


async def kept(stage: Stage, file_id: str) -> Any:
    async with stage.db.reading() as tx:
        return await files.of(tx, file_id=file_id), await files.content(tx, stage.seal, file_id=file_id)


@pytest.mark.parametrize(
    ("kind", "name", "body", "type"),
    [
        ("photo", "", uploads.jpeg(), "image/jpeg"),
        ("document", "bukti.png", uploads.png(), "image/png"),
        ("document", "laporan.exe", uploads.pdf(), "application/pdf"),
        ("document", "notula.docx", uploads.office("word/document.xml"), "wordprocessingml"),
        ("document", "data.xlsx", uploads.office("xl/workbook.xml"), "spreadsheetml"),
    ],
)
async def test_a_file_is_kept_with_the_kind_that_its_bytes_show(
    stage: Stage, ana: Player, kind: str, name: str, body: bytes, type: str
) -> None:
    file_id = await hands_in(ana, kind, body=body, name=name)
    await stage.works()
    file, content = await kept(stage, file_id)
    assert (file.state, file.size, file.sha256) == ("kept", len(body), hashlib.sha256(body).hexdigest())
    assert (content.body, content.name) == (body, name or "foto")
    assert type in content.type
    ana.sees_nothing()


async def test_the_bytes_are_sealed_where_they_lie(stage: Stage, ana: Player) -> None:
    """V07: a copy of the database shows nobody's proof."""
    await hands_in(ana, "document", body=uploads.pdf())
    await stage.works()
    [row] = await stage.rows("SELECT body FROM files")
    assert b"%PDF" not in bytes(row["body"])


@pytest.mark.parametrize(
    ("body", "because", "told"),
    [
        (b"MZ\x90\x00" + b"x" * 99, "type", ["jenisnya tidak saya kenal", "foto, PDF, Word (docx), dan Excel"]),
        (uploads.office("word/vbaProject.bin"), "type", ["jenisnya tidak saya kenal"]),
        (b"PK\x03\x04broken", "type", ["jenisnya tidak saya kenal"]),
        (b"GIF89a" + b"x" * 99, "type", ["jenisnya tidak saya kenal"]),
        (b"", "type", ["jenisnya tidak saya kenal"]),
        (uploads.pdf() + b"x" * MOST_BYTES, "too_large", ["terlalu besar", "Batasnya 5 MB"]),
    ],
)  # fmt: skip
async def test_what_is_not_taken_is_refused_with_the_reason(
    stage: Stage, ana: Player, body: bytes, because: str, told: list[str]
) -> None:
    file_id = await hands_in(ana, "document", body=body, name="surat.pdf")
    await stage.works()
    file, content = await kept(stage, file_id)
    assert (file.state, file.refused_because, content) == ("refused", because, None)
    ana.sees("surat.pdf", *told, "yang lain tetap tersimpan")


async def test_a_file_that_the_platform_has_lost_is_asked_for_again(stage: Stage, ana: Player) -> None:
    file_id = await hands_in(ana, "photo")
    stage.channel.uploads.bodies.clear()
    await stage.works()
    assert (await kept(stage, file_id))[0].refused_because == "gone"
    ana.sees("foto tidak berhasil saya ambil", "bukan kesalahan Anda", "sekali lagi")


async def test_a_platform_that_is_down_for_half_an_hour_costs_nobody_their_proof(
    stage: Stage, ana: Player
) -> None:
    """C20, N01, N03"""
    file_id = await hands_in(ana, "photo")
    stage.channel.uploads.failures = [RETRY] * 8
    for _ in range(30):
        await stage.works()
        stage.passes(65)
    assert (await kept(stage, file_id))[0].state == "kept"
    ana.sees_nothing()


async def test_a_platform_that_never_answers_is_given_up_and_the_person_is_told(
    stage: Stage, ana: Player
) -> None:
    file_id = await hands_in(ana, "photo")
    stage.channel.uploads.failures = [RETRY] * 99
    for _ in range(20):
        await stage.works()
        stage.passes(work.LONGEST_PAUSE)
    assert (await kept(stage, file_id))[0].state == "refused"
    ana.sees("tidak berhasil saya ambil")


async def test_a_kill_between_the_download_and_the_store_loses_nothing(stage: Stage, ana: Player) -> None:
    """P01: the lease runs out, and another worker fetches it; the person hears of it once at most."""
    file_id = await hands_in(ana, "photo", body=b"not a picture")
    claimed = await stage.worker._claim()
    await stage.worker._done(claimed)
    stage.restarts()
    stage.passes(work.LEASE.total_seconds() + 1)
    await stage.works()
    assert (await kept(stage, file_id))[0].state == "refused"
    assert len(ana.fresh) == 1
