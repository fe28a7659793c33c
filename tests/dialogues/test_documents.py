"""Documents of one's own days: asked for in the chat, made after it, and brought into the same chat once."""

import struct
from datetime import date

import pytest

from bot.documents.printing import NotPrinted
from db import absences
from policy.model import AbsenceKind
from policy.nip import grouped
from tests import factories
from tests.chat import Player
from tests.dialogues.test_history import approves, works_a_day
from tests.dialogues.written import reports
from tests.documents import pages, solid, text
from tests.factories import BY
from tests.stage import Stage


async def test_a_day_comes_as_a_pdf_that_an_agency_can_file(stage: Stage, ana: Player, boris: Player) -> None:
    await works_a_day(stage, ana)
    await approves(stage, ana, boris)
    codes = [row["code"] for row in await stage.rows("SELECT code FROM reports")]
    await ana.says("riwayat 15 juni")
    await ana.taps("PDF tanggal ini")
    ana.sees("Senin, 15 Juni 2020", "sedang saya siapkan")
    assert ana.files == []
    await stage.works()
    ana.sees("Laporan harian Senin, 15 Juni 2020", "17 Juni 2020 pukul 08.00 WIB")
    [file] = ana.files
    assert (file.name, file.type) == ("laporan-harian-2020-06-15.pdf", "application/pdf")
    shown = text(file.body)
    for words in (
        "DINAS KOMINFO PROVINSI LAMPUNG", "LAPORAN HARIAN PEGAWAI", "Ana Lestari", grouped(factories.ANA.nip),
        "Pranata Komputer", "WFO: bekerja dari kantor", "nomor 045.2/1656/06/2020, angka 1 (a)", "Rapat data",
        "Surat keluar", "Menunggu diperiksa atasan", "Disetujui 17 Juni 2020 pukul 08.00 WIB",
        "Boris Siregar, NIP 19780821 200501 1 002", "Atasan langsung", "Bandar Lampung, 17 Juni 2020",
        "Pegawai yang melapor", "Halaman 1 dari 1", *codes,
    ):  # fmt: skip
        assert words in shown, words


async def test_v03_no_document_says_anything_of_health(stage: Stage, ana: Player) -> None:
    """V03: ill in June, and no form that goes to others has a word of it; nor does leave for illness."""
    await works_a_day(stage, ana)
    await ana.says("sehat")
    await ana.says("5 6")
    await ana.taps("Selesai")
    await ana.taps("Kirim")
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx, person_id=ana.person_id, kind=AbsenceKind.SICK_LEAVE, valid_from=date(2020, 6, 11),
            valid_until=date(2020, 6, 12), by=BY, now=stage.clock.now(),
        )  # fmt: skip
    for asked, label in (("riwayat 17 juni", "PDF tanggal ini"), ("riwayat", "PDF bulan ini")):
        await ana.says(asked)
        await ana.taps(label)
        await stage.works()
        shown = text(ana.files[0].body).casefold()
        assert "ana lestari" in shown
        for word in ("sakit", "sehat", "risiko", "gejala", "demam", "kontak", "covid", "kmk"):
            assert word not in shown, word
    assert "tidak bertugas" in shown


async def test_a_month_comes_as_a_pdf_with_every_day(stage: Stage, ana: Player, boris: Player) -> None:
    await works_a_day(stage, ana)
    await approves(stage, ana, boris)
    await ana.says("/pdf")
    ana.sees("Juni 2020", "sedang saya siapkan")
    await stage.works()
    [file] = ana.files
    shown = text(file.body)
    assert file.name == "rekap-bulanan-2020-06.pdf"
    assert "REKAP LAPORAN BULANAN Juni 2020" in shown
    for day in range(1, 18):
        assert f", {day} Jun" in shown
    assert ", 18 Jun" not in shown
    for row in await stage.rows("SELECT code FROM reports"):
        assert row["code"] in shown
    for words in (
        "Juni 2020, sampai dengan 17 Juni 2020",
        "Hari Lahir Pancasila",
        "Hasil disetujui : 1 hari",
        "Belum ada laporan",
        "Disetujui",
        "Boris Siregar",
    ):
        assert words in shown, words
    assert f"Halaman 1 dari {len(pages(file.body))}" in shown


async def test_the_calendar_is_a_picture_for_a_phone(stage: Stage, ana: Player) -> None:
    await works_a_day(stage, ana)
    await ana.says("riwayat")
    await ana.taps("Gambar kalender")
    await stage.works()
    [file] = ana.files
    assert (file.name, file.type) == ("kalender-2020-06.png", "image/png")
    width, height = struct.unpack(">II", file.body[16:24])
    assert width == 1080
    assert height < 1500
    assert len(file.body) < 500_000
    ana.sees("Kalender Juni 2020")


async def test_c02_asking_twice_within_a_minute_gives_one(stage: Stage, ana: Player) -> None:
    """C02: impatience makes no second paper; later it is made anew, as things stand then."""
    stage.moves_to("2020-06-15 08:00:50")
    await ana.says("riwayat 15 juni")
    for _ in range(3):
        await ana.taps("PDF tanggal ini", after=8)
        ana.sees("sedang saya siapkan")
    await stage.works()
    assert len([seen for seen in ana.seen if seen.file]) == 1
    stage.passes(120)
    await ana.taps("PDF tanggal ini")
    await stage.works()
    assert len([seen for seen in ana.seen if seen.file]) == 2


async def test_a_kill_while_it_is_made_gives_it_once(stage: Stage, ana: Player) -> None:
    """P01"""
    await ana.says("riwayat")
    await ana.taps("PDF bulan ini")
    claimed = await stage.worker._claim()
    assert claimed is not None
    await stage.worker._done(claimed)
    stage.restarts()
    await stage.works()
    assert len(ana.files) == 1


async def test_a_paper_that_cannot_be_made_is_our_fault_and_said_so(
    stage: Stage, ana: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuses(*_: object, **__: object) -> bytes:
        raise NotPrinted("TypstError")

    monkeypatch.setattr(stage.printing, "document", refuses)
    await ana.says("riwayat")
    await ana.taps("Gambar kalender")
    for _ in range(6):
        await stage.works()
        stage.passes(100)
    ana.sees("gambar kalender Juni 2020 belum berhasil dibuat", "kesalahan kami", "tetap tersimpan")
    assert ana.files == []


async def test_whatever_was_typed_stands_on_the_paper(stage: Stage, ana: Player) -> None:
    """I08, I09, I19: marks, code of our own forms, attack strings and emoji are text, and the text is whole."""
    typed = [
        "#panic(1) #import \"x\" $x^2$ *tebal* _miring_ `kode` <b>a</b> @b ~c \\ // akhir",
        "'; DROP TABLE reports; -- {{7*7}} ${x}",
        "Rapat 🎉 👍🏽 العربية",
        "x" * 300,
    ]  # fmt: skip
    await reports(ana, "rencana", "\n".join(typed))
    await ana.says("riwayat 15 juni")
    await ana.taps("PDF tanggal ini")
    await stage.works()
    shown = solid(ana.files[0].body)
    for words in (*typed[:2], typed[3], "Rapat [party popper] [thumbs up sign]"):
        assert words.replace(" ", "") in shown, words


async def test_a_document_goes_only_to_who_asked(stage: Stage, ana: Player, boris: Player) -> None:
    await works_a_day(stage, ana)
    await boris.says("riwayat 15 juni")
    await boris.taps("PDF tanggal ini")
    await stage.works()
    shown = text(boris.files[0].body)
    assert "Boris Siregar" in shown
    assert "Rapat data" not in shown
    assert ana.files == []


async def test_who_has_the_chat_next_gets_no_document_of_who_had_it(stage: Stage, ana: Player) -> None:
    """A04"""
    await ana.says("riwayat")
    await ana.taps("PDF bulan ini")
    await stage.unlinks(ana)
    await stage.works()
    assert ana.files == []
    assert await stage.rows("SELECT id FROM files") == []


async def test_the_bytes_of_a_document_are_sealed(stage: Stage, ana: Player) -> None:
    """V07"""
    await ana.says("/pdf")
    await stage.works()
    [row] = await stage.rows("SELECT body FROM files")
    assert b"%PDF" not in bytes(row["body"])


async def test_english_readers_get_an_english_form(stage: Stage, ana: Player) -> None:
    await works_a_day(stage, ana)
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE people SET locale = 'en' WHERE id = :id", id=ana.person_id)
    await ana.says("/history 15 june")
    await ana.taps("PDF of this day")
    await stage.works()
    shown = text(ana.files[0].body)
    for words in ("DAILY REPORT OF AN EMPLOYEE", "Monday, 15 June 2020", "Direct superior", "Page 1 of 1"):
        assert words in shown, words
