"""The letter of an absence: with the request or later, one file; of an illness for the health officers alone."""

from db import files
from tests.chat import Player
from tests.stage import Stage

REQUESTS = "SELECT letter, file_id FROM absence_requests"


async def _keeps(stage: Stage) -> None:
    """Let the file that was handed in be fetched."""
    for row in await stage.rows("SELECT id FROM files WHERE state = 'wanted'"):
        async with stage.db.transaction() as tx:
            await files.keep(
                tx,
                stage.seal,
                file_id=row["id"],
                type="application/pdf",
                body=b"%PDF-1.4",
                now=stage.clock.now(),
            )


async def test_a_letter_sent_to_the_card_goes_with_the_request(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await ana.says("dinas luar besok")
    await ana.sends("document", caption="surat tugas")
    ana.sees("Ajukan ini?", "berkas terlampir")
    await ana.taps("Ajukan")
    boris.sees("berkas terlampir")
    boris.can_tap("Setujui", "Tolak", "Lihat surat")
    await boris.taps("Lihat surat")
    boris.sees("masih diambil")
    await _keeps(stage)
    await boris.taps("Lihat surat")
    boris.sees("Surat untuk pengajuan")


async def test_several_pictures_are_answered_once(stage: Stage, ana: Player) -> None:
    """I05"""
    await ana.says("dinas luar besok")
    for _ in range(4):
        await ana.sends("photo", album="a1", after=0.3)
    assert sum("satu berkas" in seen.text for seen in ana.seen) == 1
    assert len(await stage.rows("SELECT id FROM files")) == 1
    await ana.taps("Ajukan")
    ana.sees("Sudah diajukan")


async def test_a_letter_of_illness_is_for_the_health_officers_alone(
    stage: Stage, ana: Player, boris: Player, dewi: Player, clara: Player
) -> None:
    await ana.says("izin sakit hari ini")
    await ana.sends("photo", caption="surat dokter: demam berdarah")
    ana.sees("isi suratnya hanya dapat dibuka petugas kesehatan")
    await ana.taps("Ajukan")
    boris.sees("berkas terlampir", "bersifat pribadi")
    boris.sees_no("demam")
    boris.can_tap("Setujui", "Tolak")
    assert "Lihat surat" not in boris.choices
    dewi.sees("Surat baru untuk petugas kesehatan", "Ana Lestari")
    await _keeps(stage)
    await dewi.taps("Lihat surat")
    dewi.sees("Surat untuk pengajuan")
    assert clara.seen == []
    assert [row["letter"] for row in await stage.rows(REQUESTS)] == [None]


async def test_the_number_of_a_letter_of_illness_is_not_shown_to_the_superior(
    stage: Stage, ana: Player, boris: Player
) -> None:
    """V03: what is typed there may name the illness."""
    await ana.says("izin sakit hari ini")
    await ana.taps("Surat")
    await ana.says("SKD/12 demam berdarah")
    await ana.taps("Ajukan")
    boris.sees("Surat: ada", "bersifat pribadi")
    boris.sees_no("demam", "SKD")


async def test_a_letter_may_follow_also_after_the_decision(stage: Stage, ana: Player, boris: Player) -> None:
    await ana.says("dinas luar besok")
    await ana.taps("Ajukan")
    await boris.taps("Setujui")
    await ana.taps("Kirim surat")
    ana.sees("Ketik nomor suratnya")
    await ana.says("090/12/ST/2020")
    ana.sees("Surat diterima", "090/12/ST/2020")
    assert [row["letter"] for row in await stage.rows(REQUESTS)] == ["090/12/ST/2020"]


async def test_a_voice_message_is_no_letter(stage: Stage, ana: Player) -> None:
    """I01"""
    await ana.says("dinas luar besok")
    await ana.taps("Surat")
    await ana.sends("voice")
    ana.sees("tidak saya simpan")
    await ana.taps("Tanpa surat dulu")
    ana.sees("belum ada, boleh menyusul")
