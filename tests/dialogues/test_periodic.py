"""A unit's periodic report: who is named answers, the head decides and sends, the PyB receives."""

import pytest

from tests.chat import Player
from tests.periodic_office import (
    ANSWER,
    ASKED,
    FIRST,
    NUMBER,
    answered,
    becomes,
    drafted,
    listens,
    looks,
    names_pyb,
    owes,
    ready,
    sent,
)
from tests.rota_office import hire
from tests.stage import Stage


async def test_who_is_named_answers_and_answers_again_until_it_is_sent(stage: Stage, ana: Player) -> None:
    await drafted(stage, ana)
    ana.sees(
        "Hanya untuk Anda", NUMBER, "Selasa, 16 Juni 2020", "Senin, 6 Juli 2020", "bukan sanksi", "58/2020"
    )
    await ana.taps("Jawab")
    ana.sees("Kamis, 18 Juni 2020", "Keadaan kesehatan tidak perlu ditulis")
    await ana.says("Salah tulis")
    ana.sees("Kirim jawaban ini?", "Salah tulis")
    await ana.taps("Ubah")
    await ana.says(ANSWER)
    await ana.taps("Kirim")
    ana.sees("tersimpan", ANSWER, "boleh menjawab lagi")
    (row,) = await stage.rows("SELECT answer FROM periodic_lines")
    assert b"sinyal" not in bytes(row["answer"])  # sealed
    await ana.says("jawab laporan berkala")
    ana.sees("Jawaban Anda sebelumnya", ANSWER)
    await ana.says("Ada tambahan.")
    await ana.taps("Kirim")
    ana.sees("Ada tambahan.")


async def test_an_answer_that_is_too_long_is_refused_with_its_length(stage: Stage, ana: Player) -> None:
    """I06."""
    await drafted(stage, ana)
    await ana.taps("Jawab")
    await ana.says("x" * 601)
    ana.sees("601", "600")


async def test_the_head_reads_it_whole_and_sends_and_the_pyb_receives_it(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await ready(stage, ana, dewi)
    boris.sees(NUMBER, "Pegawai yang tercantum: 1; yang sudah menjawab: 1", "tidak pernah terkirim sendiri")
    await boris.taps("Buka laporan")
    boris.sees(
        "Ana Lestari", "Sel, 16 Jun (R+H)", ANSWER, "Rencana kerja: 12 wajib; 9 tepat waktu", "3 tidak ada"
    )
    await boris.taps("Tulis catatan")
    await boris.says("Mohon arahan.")
    boris.sees("Catatan tersimpan", "Catatan pimpinan: Mohon arahan.")
    await boris.taps("Kirim ke PyB")
    boris.sees("Dicantumkan: 1 orang", "tidak dapat diubah")
    listens(ana, dewi)
    await boris.taps("Kirim")
    boris.sees("terkirim kepada PyB")
    ana.sees("Nama Anda tercantum, beserta jawaban Anda", "bukan sanksi")
    dewi.sees("Laporan berkala untuk Anda", NUMBER)
    dewi.sees_no("Lestari")
    await dewi.taps("Buka laporan")
    dewi.sees("Ana Lestari", ANSWER, "Mohon arahan.", "Boris Siregar", "belum ditandai diterima")
    listens(ana, boris)
    await dewi.taps("Saya terima")
    dewi.sees("tandai sudah diterima")
    ana.sees("sudah diterima PyB")
    boris.sees("sudah diterima PyB")
    (row,) = await stage.rows("SELECT state, sent_by, received_by FROM periodic_reports")
    assert tuple(row[name] for name in ("state", "sent_by", "received_by")) == (
        "received",
        boris.person_id,
        dewi.person_id,
    )


async def test_nothing_changes_after_it_was_sent(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await sent(stage, ana, boris, dewi)
    await ana.taps("Jawab")
    ana.sees("sudah dikirim", "tidak dapat diubah lagi")
    await boris.says("laporan berkala")
    await boris.says("1")
    assert not {"Kirim ke PyB", "Tulis catatan", "Tidak cantumkan"} & set(boris.choices)


async def test_the_head_leaves_somebody_out_and_the_pyb_reads_the_reason_without_the_name(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    await boris.taps("Tidak cantumkan")
    await boris.says("1")
    boris.sees("Mengapa", "Ana Lestari", "jangan menulis nama atau keadaan kesehatan")
    await boris.says("Bertugas di posko.")
    boris.sees("tidak dicantumkan untuk PyB", "Bertugas di posko.")
    await boris.taps("Kirim ke PyB")
    boris.sees("Dicantumkan: 0 orang", "hanya alasannya: 1 orang")
    listens(ana, dewi)
    await boris.taps("Kirim")
    ana.sees("memutuskan tidak mencantumkan nama Anda")
    await dewi.taps("Buka laporan")
    dewi.sees("Tidak dicantumkan oleh pimpinan unit: 1 orang", "Bertugas di posko.", "Tidak ada nama")
    dewi.sees_no("Lestari", "sinyal")
    rows = await stage.rows("SELECT missed FROM periodic_lines")
    assert b"posko" not in bytes(rows[0]["missed"])  # sealed


async def test_who_was_left_out_can_be_named_again(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    for _ in range(2):
        await boris.taps("Tidak cantumkan")
        await boris.says("1")
        if "Mengapa" in boris.last:
            await boris.says("Sebentar.")
    boris.sees("dicantumkan lagi")
    await boris.taps("Kirim ke PyB")
    boris.sees("Dicantumkan: 1 orang")


async def test_an_answer_that_comes_while_the_head_decides_is_shown_first(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    await boris.taps("Kirim ke PyB")
    await answered(stage, ana, "Sudah saya serahkan kepada sekretaris.")
    await boris.taps("Kirim")
    boris.sees("Ada yang berubah", "Sudah saya serahkan kepada sekretaris.")
    (row,) = await stage.rows("SELECT state FROM periodic_reports")
    assert row["state"] == "ready"


async def test_what_is_excused_while_the_head_reads_leaves_the_report(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    await becomes(stage, ana.person_id, 18, "excused")
    listens(ana)
    await boris.taps("Kirim ke PyB")
    boris.sees("Ada yang berubah", "Tidak ada nama yang tercantum")
    ana.sees("tidak lagi ada di laporan")


async def test_the_pyb_asks_and_the_head_answers(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await sent(stage, ana, boris, dewi)
    await dewi.taps("Buka laporan")
    await dewi.taps("Tanya pimpinan")
    listens(boris)
    await dewi.says("Apa tindak lanjutnya?")
    dewi.sees("Tersampaikan", "Apa tindak lanjutnya?")
    boris.sees("Catatan untuk laporan berkala", "Dewi Anggraini", "Apa tindak lanjutnya?")
    await boris.taps("Buka laporan")
    await boris.taps("Balas")
    listens(dewi)
    await boris.says("Sudah dibina.")
    dewi.sees("Boris Siregar", "Sudah dibina.")


async def test_without_a_pyb_the_head_hears_that_it_waits_and_whoever_is_named_later_gets_it(
    stage: Stage, ana: Player, boris: Player, clara: Player, dewi: Player
) -> None:
    await drafted(stage, ana)
    await looks(stage, ASKED)
    await boris.taps("Buka laporan")
    await boris.taps("Kirim ke PyB")
    listens(clara)
    await boris.taps("Kirim")
    boris.sees("PyB belum ditetapkan", "Tidak ada yang hilang")
    clara.sees("PyB belum ditetapkan", NUMBER)
    clara.sees_no("Lestari")
    assert await looks(stage, "2020-07-08 08:00") == 1
    await names_pyb(stage, dewi)
    await looks(stage, "2020-07-09 08:00")
    dewi.sees("Laporan berkala untuk Anda", NUMBER)
    assert await looks(stage, "2020-07-10 08:00") == 0


async def test_before_the_answers_are_in_it_can_be_read_but_not_sent(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await drafted(stage, ana)
    await boris.says("laporan berkala")
    boris.sees("masa menjawab")
    await boris.says("1")
    boris.sees("boleh menjawab s.d. Senin, 6 Juli 2020", "Belum menjawab.")
    assert "Kirim ke PyB" not in boris.choices


@pytest.mark.parametrize("who", ["boris", "dewi"])
async def test_the_menus_offer_it_to_whom_it_is_for(stage: Stage, who: str) -> None:
    dewi, player = stage.players["dewi"], stage.players[who]
    await names_pyb(stage, dewi)
    stage.passes(60)
    await player.says("menu")
    label = "Laporan untuk PyB" if who == "dewi" else "Unit saya"
    await player.taps(label)
    if who == "boris":
        await player.taps("Laporan berkala")
        player.sees("Belum ada laporan berkala dari unit Anda")
    else:
        player.sees("Belum ada laporan berkala yang dikirim kepada Anda")


async def test_more_people_than_a_page_holds_are_turned_over(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        people = [await hire(tx, f"Pegawai {number}", now=now) for number in range(1, 6)]
    for person in (ana.person_id, clara.person_id, *people):
        await owes(stage, person, missed=(16, 18, 23))
    await looks(stage, FIRST)
    await looks(stage, ASKED)
    await boris.taps("Buka laporan")
    boris.sees("Yang tercantum: 7", "halaman 1 dari 2", "Pegawai 3")
    await boris.taps("Berikutnya")
    boris.sees("halaman 2 dari 2", "Pegawai 5")
    boris.sees_no("Rekap unit")
