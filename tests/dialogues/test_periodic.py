"""A unit's periodic report: who is named answers, the head decides and sends, the PyB receives; nobody else sees it."""

import pytest

from db import appointments, roles
from db.appointments import Post, Power
from db.roles import Role
from tests import documents
from tests.chat import Player, button
from tests.factories import AGENCY, BY, SINCE
from tests.periodic_office import becomes, looks, names_pyb, owes
from tests.rota_office import hire
from tests.stage import Stage

FIRST, ASKED = "2020-07-01 08:00", "2020-07-07 08:00"
NUMBER = "LAP-001/DISKOMINFO/VII/2020"
ANSWER = "Tanggal 16 dan 18 tidak ada sinyal; laporan di kertas."


async def _drafted(stage: Stage, ana: Player) -> None:
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    await looks(stage, FIRST)


async def _answered(stage: Stage, ana: Player, text: str = ANSWER) -> None:
    await ana.taps("Jawab")
    await ana.says(text)
    await ana.taps("Kirim")


async def _ready(stage: Stage, ana: Player, dewi: Player) -> None:
    """Dewi is the PyB, Ana has answered, and Boris is asked to send."""
    await names_pyb(stage, dewi)
    await _drafted(stage, ana)
    await _answered(stage, ana)
    await looks(stage, ASKED)


async def _sent(stage: Stage, ana: Player, boris: Player, dewi: Player) -> None:
    await _ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    await boris.taps("Kirim ke PyB")
    _listens(ana, dewi)
    await boris.taps("Kirim")


def _listens(*players: Player) -> None:
    for player in players:
        player._since = len(player.seen)


async def test_who_is_named_answers_and_answers_again_until_it_is_sent(stage: Stage, ana: Player) -> None:
    await _drafted(stage, ana)
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
    await _drafted(stage, ana)
    await ana.taps("Jawab")
    await ana.says("x" * 601)
    ana.sees("601", "600")


async def test_the_head_reads_it_whole_and_sends_and_the_pyb_receives_it(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await _ready(stage, ana, dewi)
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
    _listens(ana, dewi)
    await boris.taps("Kirim")
    boris.sees("terkirim kepada PyB")
    ana.sees("Nama Anda tercantum, beserta jawaban Anda", "bukan sanksi")
    dewi.sees("Laporan berkala untuk Anda", NUMBER)
    dewi.sees_no("Lestari")
    await dewi.taps("Buka laporan")
    dewi.sees("Ana Lestari", ANSWER, "Mohon arahan.", "Boris Siregar", "belum ditandai diterima")
    _listens(ana, boris)
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
    await _sent(stage, ana, boris, dewi)
    await ana.taps("Jawab")
    ana.sees("sudah dikirim", "tidak dapat diubah lagi")
    await boris.says("laporan berkala")
    await boris.says("1")
    assert not {"Kirim ke PyB", "Tulis catatan", "Tidak cantumkan"} & set(boris.choices)


async def test_the_head_leaves_somebody_out_and_the_pyb_reads_the_reason_without_the_name(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await _ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    await boris.taps("Tidak cantumkan")
    await boris.says("1")
    boris.sees("Mengapa", "Ana Lestari", "jangan menulis nama atau keadaan kesehatan")
    await boris.says("Bertugas di posko.")
    boris.sees("tidak dicantumkan untuk PyB", "Bertugas di posko.")
    await boris.taps("Kirim ke PyB")
    boris.sees("Dicantumkan: 0 orang", "hanya alasannya: 1 orang")
    _listens(ana, dewi)
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
    await _ready(stage, ana, dewi)
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
    await _ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    await boris.taps("Kirim ke PyB")
    await _answered(stage, ana, "Sudah saya serahkan kepada sekretaris.")
    await boris.taps("Kirim")
    boris.sees("Ada yang berubah", "Sudah saya serahkan kepada sekretaris.")
    (row,) = await stage.rows("SELECT state FROM periodic_reports")
    assert row["state"] == "ready"


async def test_what_is_excused_while_the_head_reads_leaves_the_report(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await _ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    await becomes(stage, ana.person_id, 18, "excused")
    _listens(ana)
    await boris.taps("Kirim ke PyB")
    boris.sees("Ada yang berubah", "Tidak ada nama yang tercantum")
    ana.sees("tidak lagi ada di laporan")


async def test_the_pyb_asks_and_the_head_answers(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await _sent(stage, ana, boris, dewi)
    await dewi.taps("Buka laporan")
    await dewi.taps("Tanya pimpinan")
    _listens(boris)
    await dewi.says("Apa tindak lanjutnya?")
    dewi.sees("Tersampaikan", "Apa tindak lanjutnya?")
    boris.sees("Catatan untuk laporan berkala", "Dewi Anggraini", "Apa tindak lanjutnya?")
    await boris.taps("Buka laporan")
    await boris.taps("Jawab PyB")
    _listens(dewi)
    await boris.says("Sudah dibina.")
    dewi.sees("Boris Siregar", "Sudah dibina.")


async def test_without_a_pyb_the_head_hears_that_it_waits_and_whoever_is_named_later_gets_it(
    stage: Stage, ana: Player, boris: Player, clara: Player, dewi: Player
) -> None:
    await _drafted(stage, ana)
    await looks(stage, ASKED)
    await boris.taps("Buka laporan")
    await boris.taps("Kirim ke PyB")
    _listens(clara)
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
    await _drafted(stage, ana)
    await boris.says("laporan berkala")
    boris.sees("masa menjawab")
    await boris.says("1")
    boris.sees("boleh menjawab s.d. Senin, 6 Juli 2020", "Belum menjawab.")
    assert "Kirim ke PyB" not in boris.choices


async def test_it_comes_as_a_pdf_to_the_head_and_to_the_pyb(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await _ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    await boris.taps("PDF laporan")
    boris.sees("Sedang disiapkan")
    _listens(boris)
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
    _listens(dewi)
    await stage.works()
    assert "Dikirim 7 Juli 2020" in documents.text(dewi.files[0].body)


async def test_v05_a_pdf_is_made_only_for_who_may_still_read_it(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await _sent(stage, ana, boris, dewi)
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
    _listens(dewi)
    stage.passes(1)
    await stage.works()
    assert dewi.files == []
    await dewi.taps("Buka laporan")
    dewi.sees_no("Lestari")


async def test_a10_whoever_it_is_not_for_learns_nothing_whatever_they_press(
    stage: Stage, ana: Player, boris: Player, clara: Player, dewi: Player, eko: Player
) -> None:
    """A09, A10: not an admin, not a colleague, not an outsider; and of the PyB's list not before it is sent."""
    await _ready(stage, ana, dewi)
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
    await _ready(stage, ana, dewi)
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
    await _drafted(stage, ana)
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
    await boris.taps("Halaman berikut")
    boris.sees("halaman 2 dari 2", "Pegawai 5")
    boris.sees_no("Rekap unit")
