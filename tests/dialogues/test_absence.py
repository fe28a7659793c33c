"""Leave, permission, travel: asked for in a few taps, decided by the direct superior, and the day follows at once."""

from tests.chat import Player, button
from tests.dialogues.absences import record
from tests.dialogues.marks import only_telegram
from tests.stage import Stage

REQUESTS = (
    "SELECT kind, part, valid_from, valid_until, letter, state FROM absence_requests ORDER BY asked_at, id"
)
ABSENCES = (
    "SELECT kind, part, valid_from, valid_until FROM absences WHERE superseded_at IS NULL ORDER BY valid_from"
)


async def _asks(who: Player, text: str = "cuti 22-24 Juni") -> None:
    await who.says(text)
    await who.taps("Ajukan")
    who.sees("Sudah diajukan")


async def test_a_sentence_and_a_tap_are_enough(stage: Stage, ana: Player, boris: Player) -> None:
    await ana.says("cuti 22-24 Juni")
    ana.sees("Ajukan ini?", "Cuti tahunan", "Senin, 22 Juni 2020 s.d. Rabu, 24 Juni 2020", "3 hari kerja")
    ana.sees("Yang memutuskan: Boris Siregar", "Belum ada yang terkirim")
    assert await stage.rows(REQUESTS) == []
    await ana.taps("Ajukan")
    ana.sees("Sudah diajukan", "I-", "06.45 WIB", "Boris Siregar sudah diberi tahu", "belum berubah")
    boris.sees("menunggu keputusan Anda", "Ana Lestari", "Cuti tahunan", "24 Juni 2020")
    boris.can_tap("Setujui", "Tolak")


async def test_by_taps_alone_it_takes_four(stage: Stage, ana: Player) -> None:
    await ana.says("menu")
    await ana.says("/izin")
    for tap in ("Izin", "Besok", "Ajukan"):
        await ana.taps(tap)
    ana.sees("Sudah diajukan", "Izin", "Selasa, 16 Juni 2020")
    row = (await stage.rows(REQUESTS))[0]
    assert (row["kind"], row["valid_from"], row["valid_until"]) == ("permission", "2020-06-16", "2020-06-16")


async def test_when_the_superior_agrees_the_day_follows_at_once(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await _asks(ana, "izin hari ini")
    await ana.says("WFO hari ini?")
    ana.sees("WFO: bekerja dari kantor")
    await boris.taps("Setujui")
    boris.sees("Anda menyetujui", "Ana Lestari", "06.45 WIB")
    ana.sees(
        "Disetujui",
        "Diputuskan oleh Boris Siregar",
        "Jadwal Anda Senin, 15 Juni 2020: ",
    )
    await ana.says("WFO hari ini?")
    ana.sees("Izin\nHari ini" if stage.is_telegram else "*Izin*\nHari ini")
    ana.sees_no("Izin sampai")
    ana.sees_no("bekerja dari kantor")


async def test_a_refusal_carries_the_superiors_word_and_changes_nothing(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await _asks(ana)
    await boris.taps("Tolak")
    boris.sees("Tolak pengajuan ini?", "Belum ada yang terkirim")
    await boris.says("Mohon pekan depan, ada <audit>")
    boris.sees("Anda tidak menyetujui")
    ana.sees("Belum disetujui", "Mohon pekan depan, ada <audit>", "tidak berubah")
    assert await stage.rows(ABSENCES) == []
    assert [row["state"] for row in await stage.rows(REQUESTS)] == ["declined"]


async def test_half_a_day_leaves_the_other_half_to_the_rules(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await ana.says("izin besok pagi")
    ana.sees("Izin, setengah hari (pagi)")
    await ana.taps("Ajukan")
    await boris.taps("Setujui")
    ana.sees("Izin setengah hari (pagi); sesudahnya WFO: bekerja dari kantor")
    await ana.says("WFO besok?")
    ana.sees("Izin setengah hari (pagi)", "Jam kerja 13.00–16.00 WIB", "045.2/1656/06/2020")


async def test_half_a_day_without_its_half_is_asked_about(ana: Player) -> None:
    await ana.says("izin setengah hari besok")
    ana.sees("Sehari penuh atau setengah hari?")
    await ana.taps("Siang saja")
    ana.sees("setengah hari (siang)")
    await ana.taps("Sehari/setengah")
    await ana.taps("Sehari penuh")
    ana.sees_no("setengah hari (")


async def test_every_line_of_the_card_can_be_changed(stage: Stage, ana: Player, boris: Player) -> None:
    await ana.says("cuti besok")
    await ana.taps("Ubah jenis")
    await ana.taps("Dinas luar")
    await ana.taps("Ubah tanggal")
    await ana.says("3 hari mulai Kamis")
    ana.sees("Kamis, 18 Juni 2020 s.d. Senin, 22 Juni 2020", "3 hari kerja", "tidak dihitung")
    await ana.taps("Surat")
    await ana.says("090/12/ST/2020")
    await ana.taps("Alasan")
    await ana.says("Rapat di Metro")
    ana.sees("Dinas luar", "090/12/ST/2020", "Alasan: Rapat di Metro")
    await ana.taps("Ajukan")
    boris.sees("Dinas luar", "Surat: 090/12/ST/2020", "Alasan: Rapat di Metro")
    assert (await stage.rows(REQUESTS))[0]["letter"] == "090/12/ST/2020"


async def test_the_rarer_kinds_stand_behind_another_list(ana: Player) -> None:
    await ana.says("/cuti")
    await ana.taps("Jenis lain")
    ana.can_tap("Cuti melahirkan", "Diklat", "Tugas belajar")
    await ana.says("5")
    await ana.says("2 minggu mulai 6 Juli")
    ana.sees("Diklat", "Senin, 6 Juli 2020 s.d. Minggu, 19 Juli 2020", "10 hari kerja")


async def test_every_choice_also_works_by_its_number(ana: Player) -> None:
    await ana.says("/izin")
    await ana.says("4")
    await ana.taps("Hari ini")
    ana.sees("Dinas luar")
    await ana.says("1")
    ana.sees("Sudah diajukan")


async def test_what_sick_leave_says_is_its_name_and_no_more(stage: Stage, ana: Player, boris: Player) -> None:
    await ana.says("saya sakit hari ini izin")
    ana.sees("Ajukan ini?", "Cuti sakit", "Atasan hanya melihat jenis dan tanggalnya")
    assert "Alasan" not in ana.choices
    await ana.taps("Ajukan")
    boris.sees("Cuti sakit", "bersifat pribadi")
    await boris.taps("Setujui")
    ana.sees("Cuti sakit")


async def test_another_persons_illness_is_not_taken_for_ones_own(ana: Player) -> None:
    await ana.says("izin besok, anak sakit")
    ana.sees("Anda akan mengajukan apa?")
    await ana.taps("Izin")
    ana.sees("Selasa, 16 Juni 2020")


async def test_the_same_twice_has_one_effect(stage: Stage, ana: Player, boris: Player) -> None:
    """C02, D12"""
    await _asks(ana)
    await ana.says("Ajukan", after=0.2)
    ana.sees("Sudah tercatat")
    await ana.says("cuti 24-26 Juni")
    ana.sees("sudah ada pengajuan", "Rabu, 24 Juni 2020", "tidak saya catat dua kali")
    await ana.says("batal")
    assert len(await stage.rows(REQUESTS)) == 1
    await boris.taps("Setujui")
    await boris.presses(**button(boris, "Setujui"))
    boris.sees("sudah disetujui", "tidak ada yang diubah")
    assert len(await stage.rows(ABSENCES)) == 1


async def test_a_card_from_another_phone_does_not_double_it(stage: Stage, ana: Player, boris: Player) -> None:
    """D12: both cards are open, one is sent; the days are taken when the other is."""
    await ana.says("cuti 22-24 Juni")
    await record(stage, ana, "2020-06-23")
    await ana.taps("Ajukan")
    ana.sees("sudah tercatat", "Dinas luar", "tidak saya catat dua kali")
    assert await stage.rows(REQUESTS) == []
    boris.sees_nothing()


async def test_a_head_without_a_superior_asks_the_admins(stage: Stage, boris: Player, clara: Player) -> None:
    await _asks(boris, "cuti besok")
    boris.sees("Admin instansi Anda sudah diberi tahu")
    clara.sees("Boris Siregar", "Cuti tahunan")
    await clara.taps("Setujui")
    boris.sees("Disetujui", "Clara Wijaya")


async def test_waiting_requests_are_listed_for_who_decides(stage: Stage, ana: Player, boris: Player) -> None:
    await _asks(ana)
    await _asks(ana, "izin besok")
    await boris.says("izin")
    await boris.taps("Perlu diputuskan")
    boris.sees("1. Ana Lestari: Cuti tahunan", "2. Ana Lestari: Izin")
    await boris.says("2")
    boris.sees("Ana Lestari", ": Izin", "Selasa, 16 Juni 2020")
    await boris.taps("Setujui")
    boris.sees("Anda menyetujui")
    await boris.says("/persetujuan")
    boris.sees_no("2.")


async def test_nobody_else_sees_or_decides_it(stage: Stage, ana: Player, clara: Player, dewi: Player) -> None:
    """V05"""
    await _asks(ana)
    for other in (clara, dewi):
        other.sees_nothing()
        await other.says("/persetujuan")
        other.sees("Tidak ada pengajuan")


@only_telegram
async def test_a_button_of_the_superior_is_nobody_elses(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    """A06"""
    await _asks(ana)
    await clara.presses(**button(boris, "Setujui"))
    assert await stage.rows(ABSENCES) == []
    await ana.presses(**button(boris, "Setujui"))
    assert await stage.rows(ABSENCES) == []
