"""A unit's periodic report is read by who sends and who receives it, in the chat and on paper; by nobody else."""

from db import appointments, roles
from db.appointments import Post, Power
from db.roles import Role
from tests import documents
from tests.chat import Player, button
from tests.factories import AGENCY, BY, SINCE
from tests.periodic_office import (
    ANSWER,
    ASKED,
    FIRST,
    NUMBER,
    drafted,
    listens,
    looks,
    names_pyb,
    owes,
    ready,
    sent,
)
from tests.stage import Stage


async def test_it_comes_as_a_pdf_to_the_head_and_to_the_pyb(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    await boris.taps("PDF laporan")
    boris.sees("Sedang disiapkan")
    listens(boris)
    await stage.works()
    (file,) = boris.files
    assert file.name == "LAP-001-DISKOMINFO-VII-2020.pdf"
    paper = documents.text(file.body)
    for words in (NUMBER, "Ana Lestari", ANSWER, "Boris Siregar", "Rancangan, belum dikirim", "bukan sanksi"):
        assert words in paper
    await boris.taps("Kirim ke PyB")
    await boris.taps("Kirim")
    await dewi.taps("Buka laporan")
    await dewi.taps("PDF laporan")
    listens(dewi)
    await stage.works()
    assert "Dikirim 7 Juli 2020" in documents.text(dewi.files[0].body)


async def test_v05_a_pdf_is_made_only_for_who_may_still_read_it(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await sent(stage, ana, boris, dewi)
    await dewi.taps("Buka laporan")
    await dewi.taps("PDF laporan")
    async with stage.db.transaction() as tx:
        await roles.revoke(
            tx,
            person_id=dewi.person_id,
            role=Role.PYB,
            first=SINCE,
            by=BY,
            now=stage.clock.now(),
            unit_code=AGENCY,
        )
    listens(dewi)
    stage.passes(1)
    await stage.works()
    assert dewi.files == []
    await dewi.taps("Buka laporan")
    dewi.sees_no("Lestari")


async def test_a10_whoever_it_is_not_for_learns_nothing_whatever_they_press(
    stage: Stage, ana: Player, boris: Player, clara: Player, dewi: Player, eko: Player
) -> None:
    """A09, A10: not an admin, not a colleague, not an outsider; and of the PyB's list not before it is sent."""
    await ready(stage, ana, dewi)
    heads = button(boris, "Buka laporan")
    for player in (clara, ana, eko, dewi):
        await player.presses(**heads)
        player.sees_no("Lestari", NUMBER)
        for words in ("laporan berkala", "/berkala", "laporan untuk pyb", "/pyb"):
            await player.says(words)
            player.sees_no("Lestari", NUMBER, "sinyal")
    await ana.says("jawab laporan berkala")
    anas = button(ana, "Jawab") if any("Jawab" in seen.labels for seen in ana.seen) else heads
    await clara.presses(**anas)
    clara.sees_no("Lestari", NUMBER, "sinyal")
    await clara.says("jawab laporan berkala")
    clara.sees("Tidak ada laporan berkala yang menunggu jawaban Anda")


async def test_v05_a_head_who_moves_on_reads_it_no_more_and_the_next_one_does(
    stage: Stage, ana: Player, boris: Player, clara: Player, dewi: Player
) -> None:
    await ready(stage, ana, dewi)
    async with stage.db.transaction() as tx:
        when = {"by": BY, "now": stage.clock.now()}
        await appointments.appoint(
            tx, unit_code=AGENCY, person_id=clara.person_id, post=Post.HEAD, valid_from=SINCE, **when
        )
    stage.passes(1)
    await boris.taps("Buka laporan")
    boris.sees_no("Lestari", "sinyal")
    await clara.says("laporan berkala")
    await clara.says("1")
    clara.sees("Ana Lestari", ANSWER)


async def test_who_is_named_does_not_send_it_even_as_acting_head(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await names_pyb(stage, dewi)
    await drafted(stage, ana)
    async with stage.db.transaction() as tx:
        await appointments.appoint(
            tx,
            unit_code=AGENCY,
            person_id=ana.person_id,
            post=Post.PLH,
            valid_from=SINCE,
            by=BY,
            now=stage.clock.now(),
            powers=[Power.REPORT],
        )
    await looks(stage, ASKED)
    assert ana.texts == []
    await ana.says("laporan berkala")
    await ana.says("1")
    ana.sees_no("Kirim ke PyB")


async def test_v03_nothing_of_health_is_in_a_report(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    """Not even a number; only the sentences that ask not to write of it."""
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE obligations SET kind = 'health' WHERE kind = 'plan'")
    await looks(stage, FIRST)
    ana.sees_no("rencana kerja", "laporan kesehatan", "tidak sehat")
    await looks(stage, ASKED)
    await boris.taps("Buka laporan")
    boris.sees("Rencana kerja: 0 wajib", "Laporan hasil: 12 wajib", "Sel, 16 Jun (H)")
    boris.sees_no("sehat")
