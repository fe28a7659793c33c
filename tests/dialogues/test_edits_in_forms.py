"""A message edited in the middle of a form changes what it said, where that is still there, and nothing else (I03)."""

import json

import pytest

from tests.chat import Player
from tests.dialogues.marks import only_telegram
from tests.dialogues.written import only, reports
from tests.stage import Stage

pytestmark = only_telegram

IGNORED = "Perubahan pesan"
TRIED = "SELECT 1 FROM quarantine"


async def edits_a_caption(stage: Stage, who: Player, caption: str) -> None:
    """Change what stands below the picture that was sent last."""
    stage.passes(3)
    at = int(stage.clock.now().timestamp())
    sent = json.loads(stage.telegram.media(who, "photo", at=at, caption=caption, key="photo-1"))
    sent["edited_message"] = sent.pop("message") | {"edit_date": at}
    await stage.deliver(json.dumps(sent).encode())


@pytest.mark.parametrize(
    ("part", "typed", "edited", "shown"),
    [
        ("Capaian", "80 %", "10 %", "1. Rapat data\n   capaian: 80 %"),
        ("Volume dan satuan", "3 dokumen", "9 dokumen", "1. Rapat data\n   volume: 3 dokumen"),
        ("Hasil", "Notula", "Bukan notula", "1. Rapat data\n   hasil: Notula"),
    ],
)
async def test_an_edit_about_one_line_never_changes_another(
    stage: Stage, ana: Player, part: str, typed: str, edited: str, shown: str
) -> None:
    await ana.says("hasil")
    await ana.says("Rapat data\nSurat keluar")
    await ana.taps("Ubah 1")
    await ana.taps(part)
    await ana.says(typed)
    said = stage.telegram.last
    await ana.taps("Ubah 2")
    await ana.edits(edited, message=said)
    await ana.taps("Kembali")
    ana.sees(shown, "2. Surat keluar")
    ana.sees_no(edited)


async def test_an_edit_of_a_day_moves_no_second_line(stage: Stage, ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("Rapat data\nSurat keluar")
    await ana.taps("Ubah 1")
    await ana.taps("Pindah hari")
    await ana.says("besok")
    await ana.edits("lusa")
    ana.sees_no("17 Juni")
    await ana.taps("Simpan")
    assert (await only(stage))["items"] == ["Surat keluar"]


async def test_an_edited_caption_is_no_second_photo(stage: Stage, ana: Player) -> None:
    await ana.says("hasil")
    await ana.says("Rapat data")
    await ana.taps("Ubah 1")
    await ana.taps("Bukti")
    await ana.sends("photo", caption="notula")
    await edits_a_caption(stage, ana, "notula rapat")
    assert len(await stage.rows("SELECT id FROM files")) == 1


async def test_a_number_edited_after_its_list_is_gone_is_no_error(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await reports(ana, "rencana", "Rapat data")
    await boris.says("menu")
    await boris.taps("Unit saya")
    await boris.taps("Verifikasi laporan")
    await boris.says("1")
    boris.sees("Rapat data")
    await boris.edits("2")
    assert boris.texts
    assert await stage.rows(TRIED) == []
    await boris.taps("Setujui")
    boris.sees("Disetujui")
