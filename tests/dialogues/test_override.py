"""A head decides by letter where one of their people works: shown first, told, taken back; by right alone."""

from datetime import date, timedelta

import pytest

from db import appointments
from db.appointments import Post, Power
from db.overrides import of
from tests.chat import Player, button
from tests.factories import AGENCY, BY, SINCE, UPTD
from tests.stage import Stage

DECIDED = (
    "SELECT arrangement, letter, capacity, valid_from, valid_until FROM overrides WHERE superseded_at IS NULL"
)
LETTER = "800/77/2020 tanggal 12 Juni 2020"


async def at_the_preview(boris: Player, person: str = "1") -> None:
    await boris.says("atur wfh")
    await boris.says(person)
    await boris.taps("WFH")
    await boris.says("16-19 Juni")
    await boris.says(LETTER)
    await boris.taps("1 Jenis pekerjaan")
    await boris.says("4 10")
    await boris.says("Menyusun laporan keuangan triwulan")
    await boris.taps("Lanjut")


async def test_a_decision_is_shown_kept_and_told(stage: Stage, ana: Player, boris: Player) -> None:
    await at_the_preview(boris)
    boris.sees(
        "Catat keputusan ini?", "Ana Lestari: WFH (rumah)", "Selasa, 16 Juni 2020 s.d. Jumat, 19 Juni 2020", LETTER,
        "jenis pekerjaan; laporan disiplin pegawai; efektivitas pelaksanaan tugas; Menyusun laporan",
        "Diputuskan sebagai: Kepala Dinas Kominfo", "di bawah ketentuan kesehatan",
    )  # fmt: skip
    assert await stage.rows(DECIDED) == []
    await boris.taps("Simpan")
    boris.sees("Tercatat", "Ana Lestari sudah saya beri tahu")
    assert "Tempat kerja Anda ditetapkan" in ana.last
    assert "Oleh Boris Siregar (Kepala Dinas Kominfo Provinsi Lampung), surat " + LETTER in ana.last
    [row] = await stage.rows(DECIDED)
    assert (row["arrangement"], row["valid_from"], row["valid_until"]) == ("WFH", "2020-06-16", "2020-06-19")
    async with stage.db.reading() as tx:
        kept = await of(
            tx, stage.seal, person_id=ana.person_id, on=date(2020, 6, 16), as_known_at=stage.clock.now()
        )
    assert kept is not None
    assert kept.considerations[-1] == "Menyusun laporan keuangan triwulan"
    await ana.says("WFO besok?")
    ana.sees("WFH: bekerja dari rumah", "Boris Siregar (Kepala")
    [change] = await stage.rows("SELECT kind, subject FROM changes")
    assert tuple(dict(change).values()) == ("override", ana.person_id)


async def test_a_tick_is_taken_away_again_and_one_is_needed(stage: Stage, boris: Player) -> None:
    await boris.says("atur wfh")
    await boris.says("1")
    await boris.says("wfh")
    await boris.taps("Besok")
    await boris.says("tanpa surat")
    boris.sees("Tanpa surat, keputusan ini tidak dapat dicatat")
    await boris.says("800/1")
    await boris.taps("Lanjut")
    boris.sees("paling sedikit satu pertimbangan")
    await boris.says("2")
    boris.sees("✓ 2. hasil penilaian kinerja")
    await boris.taps("✓ 2 Kinerja")
    boris.sees_no("✓")
    await boris.taps("Berikutnya")
    await boris.taps("8 Perjalanan")
    boris.sees("✓ 8. riwayat perjalanan")
    await boris.says("11")
    boris.sees_no("✓ 11")


async def test_it_is_taken_back_from_today_on_and_told(stage: Stage, ana: Player, boris: Player) -> None:
    await at_the_preview(boris)
    await boris.taps("Simpan")
    stage.moves_to("2020-06-18 07:00")
    await boris.taps("Cabut penetapan")
    boris.sees("Dicabut", "Mulai Kamis, 18 Juni 2020")
    assert "mencabut penetapan tempat kerja Anda" in ana.last
    [row] = await stage.rows(DECIDED)
    assert row["valid_until"] == "2020-06-17"
    await boris.taps("Cabut penetapan")
    boris.sees("Tidak ada penetapan yang berlaku")


async def test_what_stands_is_shown_first_and_can_be_taken_back_there(stage: Stage, boris: Player) -> None:
    await at_the_preview(boris)
    await boris.taps("Simpan")
    stage.moves_to("2020-06-17 07:00")
    await boris.says("atur wfo")
    await boris.says("1")
    boris.sees("Untuk Ana Lestari kini berlaku WFH (rumah) dengan surat " + LETTER)
    await boris.taps("Cabut penetapan")
    boris.sees("Dicabut")


async def test_days_past_or_too_far_are_not_decided(stage: Stage, boris: Player) -> None:
    await boris.says("atur wfh")
    await boris.says("1")
    await boris.taps("WFH")
    for typed in ("1 Juni 2020", "1 Agustus 2021", "nanti"):
        await boris.says(typed)
        boris.sees("harinya belum terbaca")


async def test_a_letter_that_leaves_it_out_gives_no_right_and_says_so(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    """The head keeps the right that the letter of the Plh does not name."""
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await appointments.appoint(
            tx, unit_code=AGENCY, person_id=clara.person_id, post=Post.PLH, powers=[Power.VERIFY],
            valid_from=now.date(), valid_until=now.date() + timedelta(days=9), by=BY, now=now,
        )  # fmt: skip
    await clara.says("atur wfh")
    clara.sees_no("Ana Lestari")
    assert await stage.rows(DECIDED) == []
    await at_the_preview(boris)
    await boris.taps("Simpan")
    assert len(await stage.rows(DECIDED)) == 1


async def test_v05_who_leads_no_more_decides_and_takes_back_nothing(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await at_the_preview(boris)
    await boris.taps("Simpan")
    off = button(boris, "Cabut penetapan")
    await at_the_preview(boris, "3")
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await appointments.dismiss(tx, unit_code=AGENCY, post=Post.HEAD, first=SINCE, by=BY, now=now)
    await boris.taps("Simpan")
    boris.sees_no("Tercatat")
    await boris.presses(**off)
    boris.sees_no("Dicabut")
    assert len(await stage.rows(DECIDED)) == 1


async def test_a_unit_with_a_head_of_its_own_is_its_heads_to_decide(
    stage: Stage, boris: Player, clara: Player
) -> None:
    async with stage.db.transaction() as tx:
        await appointments.appoint(
            tx, unit_code=UPTD, person_id=clara.person_id, post=Post.HEAD, valid_from=SINCE, by=BY,
            now=stage.clock.now(),
        )  # fmt: skip
    await boris.says("atur wfh")
    boris.sees_no("Dewi")


@pytest.mark.parametrize("name", ["ana", "clara", "dewi"])
async def test_a09_who_leads_nobody_decides_nothing(stage: Stage, name: str) -> None:
    other = stage.players[name]
    await other.says("atur wfh")
    other.sees_no("Tempat kerja siapa", "Ana Lestari", "Boris")
