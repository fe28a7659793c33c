"""A new phone: the right code moves the person to the new chat, and the old one hears of it and sees nothing more."""

from db.sending import outbox
from handlers.update import Class
from tests.chat import Player, agrees
from tests.dialogues.marks import only_telegram
from tests.factories import ANA, BORIS
from tests.stage import Stage


async def moves_to_a_new_phone(stage: Stage, ana: Player) -> Player:
    new = stage.another("Ana baru", like=ana)
    await agrees(new)
    await new.says(f"{ANA.nip} {await stage.code_for(ana)}")
    return new


async def test_the_right_code_links_the_new_chat_and_tells_the_old_one(stage: Stage, ana: Player) -> None:
    """A05"""
    new = await moves_to_a_new_phone(stage, ana)
    new.sees("Selamat datang, ", "Ana Lestari")
    assert "tidak lagi terhubung" in ana.last
    assert "bagian kepegawaian" in ana.last
    (row,) = await stage.rows("SELECT * FROM audit WHERE action = 'relinked'")
    assert row["subject"] == ana.person_id


async def test_the_old_chat_loses_access_at_once(stage: Stage, ana: Player) -> None:
    """A04"""
    await ana.says("WFO hari ini?")
    await moves_to_a_new_phone(stage, ana)
    for words in ("WFO hari ini?", "rencana", "menu", "/privasi"):
        await ana.says(words)
        ana.sees_no("Ana Lestari", "045.2", "Apa rencana kerja Anda")


async def test_a_form_left_open_on_the_old_phone_is_not_shown_there_again(stage: Stage, ana: Player) -> None:
    """A04"""
    await ana.says("rencana")
    await ana.says("menulis surat rahasia")
    await moves_to_a_new_phone(stage, ana)
    await ana.says("Simpan")
    ana.sees_no("rahasia")
    assert await stage.rows("SELECT * FROM reports") == []


async def test_the_next_person_in_a_chat_sees_nothing_of_the_one_before(
    stage: Stage, ana: Player, boris: Player
) -> None:
    """A04"""
    await ana.says("rencana")
    await ana.says("menulis surat rahasia")
    await moves_to_a_new_phone(stage, ana)
    await ana.says("halo")
    await ana.says(f"{BORIS.nip} {await stage.code_for(boris)}")
    ana.sees("Boris Siregar")
    await ana.says("rencana")
    ana.sees("Apa rencana kerja Anda?")
    ana.sees_no("rahasia", "Lanjutkan", "belum selesai")


async def test_what_was_still_on_its_way_arrives_on_the_new_phone(stage: Stage, ana: Player) -> None:
    new = stage.another("Ana baru", like=ana)
    await agrees(new)
    code = await stage.code_for(ana)
    at = int(stage.clock.now().timestamp())
    before = len(ana.seen)
    await stage.intake.take_bodies([stage.platform.text(ana, "WFO hari ini?", at=at)])
    await new.says(f"{ANA.nip} {code}")
    new.sees("045.2/1656/06/2020")
    assert [seen.text for seen in ana.seen[before:] if "045.2" in seen.text] == []


async def test_the_same_chat_may_prove_itself_once_more_in_peace(stage: Stage, ana: Player) -> None:
    await stage.unlinks(ana)
    await ana.says("halo")
    await ana.says(f"{ANA.nip} {await stage.code_for(ana)}")
    ana.sees("Selamat datang, ", "Ana Lestari")
    ana.sees_no("tidak lagi terhubung")


@only_telegram
async def test_a_phone_number_alone_never_takes_a_chat_away(stage: Stage, ana: Player) -> None:
    """A04"""
    thief = stage.another("Pemilik nomor baru", id=4001, phone=ANA.phone)
    await agrees(thief)
    await thief.shares_contact()
    thief.sees("tidak dapat kami pakai", "NIP")
    thief.sees_no("Ana Lestari")
    await ana.says("WFO hari ini?")
    ana.sees("045.2/1656/06/2020")


async def test_a_wrong_code_for_a_taken_nip_leaves_everything_as_it_is(
    stage: Stage, ana: Player, eko: Player
) -> None:
    """A05"""
    await agrees(eko)
    await eko.says(f"{ANA.nip} K7QF-2M9D")
    eko.sees("tidak cocok")
    await ana.says("WFO hari ini?")
    ana.sees("045.2/1656/06/2020")


@only_telegram
async def test_what_still_waits_for_one_person_is_not_said_to_the_next_one_in_the_chat(
    stage: Stage, ana: Player, boris: Player
) -> None:
    """A04"""
    await stage.unlinks(ana)
    await ana.says("halo")
    async with stage.db.transaction() as tx:
        await outbox.add(
            tx, stage.seal, channel="telegram", address=ana.address, person_id=ana.person_id, urgency=Class.ALERT,
            message="settings/language_set", locale="id", body={"params": {}}, now=stage.clock.now(),
        )  # fmt: skip
        await tx.run("UPDATE outbox SET state = 'held' WHERE message = 'settings/language_set'")
    await ana.says(f"{BORIS.nip} {await stage.code_for(boris)}")
    (row,) = await stage.rows("SELECT state FROM outbox WHERE message = 'settings/language_set'")
    assert row["state"] == "dropped"


@only_telegram
async def test_what_was_held_for_a_chat_that_is_gone_arrives_on_the_new_phone(
    stage: Stage, ana: Player
) -> None:
    """C07"""
    await ana.blocks()
    async with stage.db.transaction() as tx:
        await outbox.add(
            tx, stage.seal, channel="telegram", address=ana.address, person_id=ana.person_id, urgency=Class.ALERT,
            message="settings/language_set", locale="id", body={"params": {}}, now=stage.clock.now(),
        )  # fmt: skip
        await outbox.hold_chat(
            tx, channel="telegram", address=ana.address, because="blocked", now=stage.clock.now()
        )
    new = await moves_to_a_new_phone(stage, ana)
    assert any("bahasa Indonesia" in seen.text for seen in new.seen)
