"""The card before and after saving: every line has its own change button, and can be changed in words as well."""

import pytest

from tests.chat import Player, button
from tests.dialogues.written import only, reports, stored
from tests.stage import Stage


async def at_line(ana: Player, kind: str = "hasil", *, text: str = "Rapat data\nSurat keluar") -> None:
    await ana.says(kind)
    await ana.says(text)
    await ana.taps("Ubah 2")
    ana.sees("Nomor 2", "Surat keluar")


async def test_a_line_gets_its_fields_one_by_one(stage: Stage, ana: Player) -> None:
    await at_line(ana)
    await ana.taps("Volume dan satuan")
    await ana.says("3 dokumen")
    ana.sees("2. Surat keluar\n   volume: 3 dokumen")
    await ana.taps("Ubah 2")
    await ana.taps("Capaian")
    await ana.taps("75 %")
    await ana.taps("Ubah 2")
    await ana.taps("Hasil")
    await ana.says("Tiga surat dikirim")
    ana.sees("hasil: Tiga surat dikirim", "volume: 3 dokumen", "capaian: 75 %")
    await ana.taps("Simpan")
    kept = {"output": "Tiga surat dikirim", "volume": "3", "unit": "dokumen", "achievement": 75}
    line = (await only(stage))["lines"][1]
    assert line.items() >= kept.items()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("80 %", "capaian: 80 %"),
        ("2,5 jam", "volume: 2,5 jam"),
        ("https://contoh.go.id/surat", "bukti: 1 tautan"),
        ("Surat masuk dan keluar", "2. Surat masuk dan keluar"),
    ],
)
async def test_what_is_typed_on_a_line_is_read_as_what_it_looks_like(
    ana: Player, typed: str, shown: str
) -> None:
    await at_line(ana)
    await ana.says(typed)
    ana.sees(shown)
    assert {"Simpan", "Selesai"} & set(ana.choices)


async def test_the_card_is_changed_in_words_too(stage: Stage, ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("Rapat\nSurat\nArsip")
    await ana.says("hapus 2")
    ana.sees("1. Rapat\n2. Arsip")
    await ana.says("2")
    ana.sees("Nomor 2", "Arsip")
    await ana.taps("Ganti kalimat")
    await ana.says("Menata arsip")
    await ana.says("Notula")
    ana.sees("1. Rapat\n2. Menata arsip\n3. Notula")
    await ana.says("ya")
    assert (await only(stage))["items"] == ["Rapat", "Menata arsip", "Notula"]


async def test_more_lines_than_a_list_has_rows_are_changed_by_number(ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("\n".join(f"Kegiatan {letter}" for letter in "abcdefghi"))
    ana.sees_choices("Simpan", "Ubah", "Tambah", "Batal")
    await ana.taps("Ubah")
    ana.sees("Ketik nomornya, 1 sampai 9")
    await ana.says("ubah 9")
    ana.sees("Nomor 9", "Kegiatan i")


async def test_the_last_line_removed_asks_anew(stage: Stage, ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("Rapat")
    await ana.taps("Ubah 1")
    await ana.taps("Hapus")
    ana.sees("Apa rencana kerja Anda?")
    assert await stored(stage) == []


@pytest.mark.parametrize(
    ("part", "typed", "told"),
    [
        ("Capaian", "101", "angka 0 sampai 100"),
        ("Volume dan satuan", "banyak", "angka dan satuannya"),
        ("Bukti", "ftp://contoh.go.id/a", "diawali http atau https"),
        ("Hasil", "x" * 301, "301 huruf"),
    ],
)
async def test_what_cannot_be_read_is_said_and_nothing_is_lost(
    ana: Player, part: str, typed: str, told: str
) -> None:
    """I06: and nothing is cut."""
    await at_line(ana)
    await ana.taps(part)
    await ana.says(typed)
    ana.sees(told)
    await ana.taps("Kembali")
    ana.sees("Surat keluar")


async def test_a_line_of_the_plan_is_put_off_and_offered_on_its_day(stage: Stage, ana: Player) -> None:
    await at_line(ana, "rencana")
    await ana.taps("Pindah hari")
    await ana.says("kemarin")
    ana.sees("sesudah hari ini")
    await ana.taps("Hari kerja berikut")
    ana.sees("Dipindah ke Selasa, 16 Juni 2020: Surat keluar", "1. Rapat data")
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == ["Rapat data"]
    await ana.says("hasil")
    await ana.taps("Semua selesai")
    await ana.taps("Simpan")
    stage.moves_to("2020-06-16 07:00")
    await ana.says("rencana")
    ana.sees("✓ 1. Surat keluar\n2. Rapat data")
    ana.sees_no("tugas dari atasan")


async def test_what_was_put_off_and_then_dropped_comes_back_no_more(stage: Stage, ana: Player) -> None:
    await at_line(ana, "rencana")
    await ana.taps("Pindah hari")
    await ana.says("Rabu")
    await ana.taps("Simpan")
    stage.moves_to("2020-06-17 07:00")
    await ana.says("rencana")
    await ana.taps("✓ 1 Surat keluar")
    await ana.taps("Lanjut")
    await ana.taps("Simpan")
    stage.moves_to("2020-06-18 07:00")
    await ana.says("rencana")
    ana.sees_no("Surat keluar")


async def test_the_receipt_opens_the_card_of_what_stands(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapat\nSurat")
    await ana.taps("Ubah")
    await ana.taps("Ubah 1")
    await ana.taps("Hapus")
    await ana.taps("Simpan")
    ana.sees("Rencana diperbarui", "1 kegiatan")
    assert [row["items"] for row in await stored(stage)] == [["Rapat", "Surat"], ["Surat"]]


async def test_looking_at_what_stands_leaves_nothing_behind(stage: Stage, ana: Player) -> None:
    """I17"""
    await reports(ana, "rencana", "Rapat")
    await ana.taps("Ubah")
    await ana.taps("Batal")
    ana.sees_no("24 jam")
    assert (await only(stage))["version"] == 1


async def test_photos_documents_and_links_are_kept_as_evidence(stage: Stage, ana: Player) -> None:
    await at_line(ana)
    await ana.taps("Bukti")
    await ana.sends("photo")
    ana.sees("Bukti diterima", "bukti: 1 foto")
    await ana.sends("document", name="surat.pdf")
    await ana.says("https://contoh.go.id/surat")
    ana.sees("bukti: 1 foto, 1 dokumen, 1 tautan")
    await ana.taps("Selesai")
    await ana.taps("Simpan")
    line = (await only(stage))["lines"][1]
    kept = await stage.rows("SELECT id, kind FROM files ORDER BY created_at")
    assert line["evidence"] == [*(f"file:{row['id']}" for row in kept), "https://contoh.go.id/surat"]
    assert {row["kind"] for row in kept} == {"evidence"}


async def test_an_album_is_one_answer_and_all_of_it_is_kept(stage: Stage, ana: Player) -> None:
    """I05"""
    await at_line(ana)
    await ana.taps("Bukti")
    before = len(ana.seen)
    for _ in range(3):
        await ana.sends("photo", album="a1", after=0.1)
    assert len(ana.seen) == before + 1
    await ana.taps("Selesai")
    ana.sees("bukti: 3 foto")
    await ana.taps("Simpan")
    assert len((await only(stage))["lines"][1]["evidence"]) == 3


async def test_a_photo_to_the_open_line_is_its_evidence(ana: Player) -> None:
    await at_line(ana)
    await ana.sends("photo")
    ana.sees("Bukti diterima", "bukti: 1 foto")


async def test_no_more_evidence_than_the_limit_is_taken(stage: Stage, ana: Player) -> None:
    """I06: told, and nothing of what was taken is lost."""
    await at_line(ana)
    await ana.taps("Bukti")
    for number in range(10):
        await ana.says(f"https://contoh.go.id/{number}")
    ana.sees("Sudah 10 bukti")
    await ana.says("https://contoh.go.id/11")
    ana.sees("Sudah 10 bukti")
    await ana.taps("Selesai")
    ana.sees("bukti: 10 tautan")


async def test_a_photo_at_a_plan_is_for_the_evening(stage: Stage, ana: Player) -> None:
    """I01: not kept, and said so."""
    await at_line(ana, "rencana")
    await ana.sends("photo")
    ana.sees("Bukti dilampirkan pada laporan hasil")
    assert await stage.rows("SELECT id FROM files") == []


async def test_what_was_just_saved_can_be_withdrawn(stage: Stage, ana: Player) -> None:
    await reports(ana, "hasil", "Rapat")
    await ana.taps("Ubah")
    await ana.says("Surat")
    await ana.taps("Simpan")
    first, second = await stored(stage)
    await ana.taps("Batalkan laporan")
    ana.sees("Dibatalkan", second["code"], "Yang berlaku kembali", first["code"])
    await ana.says("hasil")
    ana.sees("1. Rapat")
    ana.sees_no("Surat")
    await ana.says("Arsip")
    await ana.taps("Simpan")
    assert [row["version"] for row in await stored(stage)] == [1, 2, 3]


async def test_the_only_version_withdrawn_leaves_the_day_open(stage: Stage, ana: Player) -> None:
    await reports(ana, "rencana", "Rapat")
    await ana.taps("Batalkan laporan")
    ana.sees("belum ada yang tercatat", "• rencana kerja")
    assert len(await stored(stage)) == 1


async def test_withdrawing_twice_or_late_changes_nothing(stage: Stage, ana: Player) -> None:
    """C02"""
    await reports(ana, "rencana", "Rapat")
    withdraw = button(ana, "Batalkan laporan")
    stage.passes(660)
    await ana.presses(**withdraw)
    ana.sees("dalam 10 menit", "Yang berlaku")
    await reports(ana, "hasil", "Rapat")
    withdraw = button(ana, "Batalkan laporan")
    await ana.presses(**withdraw)
    await ana.presses(**withdraw)
    ana.sees("sudah dibatalkan")
    assert len(await stored(stage)) == 2


async def test_a_withdrawn_plan_puts_nothing_off(stage: Stage, ana: Player) -> None:
    await at_line(ana, "rencana")
    await ana.taps("Pindah hari")
    await ana.says("besok")
    await ana.taps("Simpan")
    await ana.taps("Batalkan laporan")
    stage.moves_to("2020-06-16 07:00")
    await ana.says("rencana")
    ana.sees("Ketik satu kegiatan per baris")


async def test_a_photo_to_the_card_belongs_to_the_line_its_caption_names(stage: Stage, ana: Player) -> None:
    await ana.says("hasil")
    await ana.says("Rapat data\nSurat keluar")
    await ana.sends("photo")
    ana.sees("Untuk nomor berapa bukti itu?")
    await ana.sends("photo", caption="2")
    ana.sees("Bukti diterima", "Surat keluar")
    await ana.taps("Selesai")
    ana.sees("2. Surat keluar\n   bukti: 1 foto")


async def test_an_album_to_a_card_of_one_line_is_its_evidence(stage: Stage, ana: Player) -> None:
    """I05"""
    await ana.says("hasil")
    await ana.says("Rapat data")
    for _ in range(3):
        await ana.sends("photo", album="a1", after=0.1)
    await ana.taps("Selesai")
    ana.sees("bukti: 3 foto")
    await ana.taps("Simpan")
    assert len(await stage.rows("SELECT id FROM files")) == 3
