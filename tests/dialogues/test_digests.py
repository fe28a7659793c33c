"""A head's day with digests: morning, what was put right, evening, the week; on every channel."""

import pytest

from bot.documents.printing import NotPrinted, Printing
from db import obligations
from policy.deadlines import Owed
from scheduler.digesting import digests
from tests.chat import Player
from tests.digest_office import asks, corrects, is_well, leads, looks, opens, reports_
from tests.factories import AGENCY, BY
from tests.stage import BOOK, Stage


async def _opened(stage: Stage, day: str = "2020-06-15") -> None:
    await asks(stage)
    await opens(stage, f"{day} 05:00")


async def test_the_head_reads_the_morning_in_ten_seconds_and_opens_the_day(
    stage: Stage, boris: Player, ana: Player, clara: Player
) -> None:
    await _opened(stage)
    await is_well(stage, ana, "2020-06-15 07:10")
    await reports_(stage, ana, "plan", "2020-06-15 07:12")
    await looks(stage, "2020-06-15 09:15")
    boris.sees(
        "Ringkasan pagi", "per 09.15 WIB", "Rencana: tepat waktu 1, belum 3", "Menunggu verifikasi Anda: 1"
    )
    boris.sees_choices("Hari ini", "Verifikasi", "Rekap XLSX/PDF")
    (file,) = boris.files
    assert (file.type, file.name) == ("image/png", "ringkasan-morning-2020-06-15.png")
    assert len(boris.fresh) == 1  # the text is the picture's caption
    await boris.taps("Hari ini")
    boris.sees("Dinas Kominfo", "Belum lapor", "Clara Wijaya")
    await boris.taps("Verifikasi")
    boris.sees("Ana Lestari")
    await boris.taps("Rekap XLSX/PDF")
    boris.can_tap("PDF")
    ana.sees_no("Ringkasan")
    clara.sees_no("Ringkasan")


async def test_the_week_has_a_picture_of_its_days_and_comes_in_the_heads_language(
    stage: Stage, boris: Player
) -> None:
    await boris.says("bahasa")
    await boris.taps("English")
    await _opened(stage)
    await opens(stage, "2020-06-19 05:00")
    await looks(stage, "2020-06-19 16:00")
    boris.sees("Digest of the week: Dinas Kominfo", "as of Fri, 19 Jun, 16:00 WIB", "Reports missing: ")
    assert [file.name for file in boris.files] == ["digest-weekly-2020-06-19.png"]


async def test_where_no_picture_can_be_made_the_text_goes_alone(
    stage: Stage, boris: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object, **__: object) -> bytes:
        raise NotPrinted("no type")

    monkeypatch.setattr(Printing, "document", fails)
    await _opened(stage)
    await looks(stage, "2020-06-15 09:15")
    boris.sees_nothing()
    for _ in range(3):
        stage.passes(60)
        await stage.works()
    boris.sees("Ringkasan pagi")
    assert boris.files == []


async def test_a_mistake_put_right_is_told_once_as_a_correction(
    stage: Stage, boris: Player, ana: Player
) -> None:
    await _opened(stage)
    await looks(stage, "2020-06-15 09:15")
    stage.moves_to("2020-06-15 09:30")
    async with stage.db.transaction() as tx:
        for owed in await obligations.of(tx, person_id=ana.person_id, on=stage.clock.now().date()):
            if owed.kind is Owed.PLAN:
                now = stage.clock.now()
                await obligations.excuse(tx, obligation_id=owed.id, because="head", by=BY, now=now)
    await corrects(stage, "2020-06-15 10:00")
    boris.sees("Perbaikan ringkasan pagi", "Rencana, belum: 4 → 3")
    await corrects(stage, "2020-06-15 10:10")
    boris.sees_nothing()


async def test_two_levels_each_read_what_is_theirs(stage: Stage, boris: Player, dewi: Player) -> None:
    """Fault V04."""
    await leads(stage, dewi)
    await _opened(stage)
    await looks(stage, "2020-06-15 09:15")
    dewi.sees("Ringkasan pagi: UPTD Pusat Data", "1 pegawai")
    boris.sees("3 pegawai", "(1 unit, <5 pegawai)", "Rencana: belum <5")
    boris.sees_no("Dewi")
    dewi.sees_no("Boris", "Unit di bawahnya")


async def test_who_leads_no_more_when_it_is_sent_does_not_get_it(
    stage: Stage, boris: Player, clara: Player
) -> None:
    """Fault V05."""
    await _opened(stage)
    stage.moves_to("2020-06-15 09:15")
    boris._since = len(boris.seen)
    await digests.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await leads(stage, clara, AGENCY, since="2020-06-15")
    await stage.works()
    boris.sees_nothing()
