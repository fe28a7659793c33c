"""Who cannot prove who they are learns nothing from the answers, and is told whom to ask."""

from datetime import timedelta

import pytest

from db import enrol, people
from tests.chat import Player, agrees
from tests.dialogues.marks import only_narrow, only_telegram
from tests.factories import ANA, BORIS, DEWI, code_for
from tests.stage import Stage

UNKNOWN = "199001012015031009"


async def answer_to(stage: Stage, player: Player, nip: str, code: str) -> tuple[str, tuple[str, ...]]:
    """Return what somebody is told, and can tap, after this proof."""
    await agrees(player)
    await player.says(f"{nip} {code}")
    (text,) = player.texts
    return text, player.choices


async def test_unknown_wrong_taken_used_and_expired_are_all_answered_alike(first_day: Stage) -> None:
    """A01, A02"""
    boris, dewi = first_day.players["boris"], first_day.players["dewi"]
    await agrees(boris)
    used = await first_day.code_for(boris)
    await boris.says(f"{BORIS.nip} {used}")
    late = await first_day.code_for(dewi)
    first_day.passes(4 * 24 * 3600)
    await first_day.code_for(first_day.players["ana"])
    strangers = [first_day.another(f"x{n}", id=3000 + n, phone=f"+62811000000{n}") for n in range(5)]
    proofs = [
        (UNKNOWN, "K7QF-2M9D"),
        (ANA.nip, "K7QF-2M9D"),
        (BORIS.nip, used),
        (DEWI.nip, late),
        (BORIS.nip, "K7QF-2M9D"),
    ]
    answers = {
        await answer_to(first_day, player, *proof) for player, proof in zip(strangers, proofs, strict=True)
    }
    assert len(answers) == 1
    assert "bagian kepegawaian" in next(iter(answers))[0]


async def test_an_unknown_nip_is_asked_for_its_code_like_any_other(first_day: Stage) -> None:
    """A01"""
    ana, eko = first_day.players["ana"], first_day.players["eko"]
    for player, nip in ((ana, ANA.nip), (eko, UNKNOWN)):
        await agrees(player)
        await player.says(nip)
    assert ana.last == eko.last


async def test_a_code_is_burnt_after_five_wrong_tries_even_for_the_right_one(first_day: Stage) -> None:
    """A02"""
    ana, eko = first_day.players["ana"], first_day.players["eko"]
    code = await first_day.code_for(ana)
    await agrees(eko)
    for _ in range(5):
        await eko.says(f"{ANA.nip} K7QF-2M9D")
    await agrees(ana)
    await ana.says(f"{ANA.nip} {code}")
    ana.sees("tidak cocok, atau kodenya tidak berlaku lagi")


async def test_another_persons_code_is_worth_nothing(first_day: Stage) -> None:
    """A02"""
    ana, boris = first_day.players["ana"], first_day.players["boris"]
    await agrees(ana)
    await ana.says(f"{ANA.nip} {await first_day.code_for(boris)}")
    ana.sees("tidak cocok")


async def test_after_five_wrong_tries_a_chat_waits_and_knows_until_when(first_day: Stage) -> None:
    """A01"""
    ana = first_day.players["ana"]
    await agrees(ana)
    for _ in range(5):
        await ana.says(f"{ANA.nip} K7QF-2M9D")
    ana.sees("setelah pukul 07.45 WIB", "bagian kepegawaian")
    code = await first_day.code_for(ana)
    await ana.says(f"{ANA.nip} {code}")
    ana.sees("setelah pukul 07.45 WIB")
    first_day.moves_to("2020-06-15 07:46")
    await ana.says("halo")
    await ana.says(f"{ANA.nip} {code}")
    ana.sees("Selamat datang, ", "Ana Lestari")


async def test_a_chat_that_must_wait_says_so_before_it_asks_for_a_code(first_day: Stage) -> None:
    """A01"""
    ana = first_day.players["ana"]
    await agrees(ana)
    for _ in range(5):
        await ana.says(f"{ANA.nip} K7QF-2M9D")
    first_day.restarts()
    await ana.says("halo")
    ana.sees("setelah pukul")
    ana.sees_no("siapa Anda?")


async def test_a_mistyped_code_can_simply_be_typed_again(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    await ana.says(f"{ANA.nip} K7QF-2M9D")
    await ana.says(await first_day.code_for(ana))
    ana.sees("Ana Lestari")


async def test_o_and_zero_for_q_and_small_letters_are_read_as_meant(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    code = "AAAA-AAAA"
    while not set(code) & set("QV"):
        code = await code_for(first_day.db, first_day.seal, ana.person_id, now=first_day.clock.now())
    await ana.says(f"{ANA.nip} {code.replace('Q', '0', 1).replace('Q', 'o').replace('V', 'u').lower()}")
    ana.sees("Ana Lestari")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("19920315201503200", "18 angka"),
        ("199213152015032001", "tanggal lahir"),
        ("199203152015033001", "Angka ke-15"),
        ("K7QF-2M9D", "bersama NIP"),
        ("saya Ana", "belum menemukan NIP"),
    ],
)
@only_telegram
async def test_what_is_no_nip_is_explained_and_costs_no_try(first_day: Stage, typed: str, told: str) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    for _ in range(6):
        await ana.says(typed)
        ana.sees(told)
    await ana.says(f"{ANA.nip} {await first_day.code_for(ana)}")
    ana.sees("Ana Lestari")


async def test_what_has_not_the_form_of_a_code_costs_no_try(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    await ana.says(ANA.nip)
    for _ in range(6):
        await ana.says("kodenya belum ada")
        ana.sees("8 huruf dan angka")
    await ana.says(await first_day.code_for(ana))
    ana.sees("Ana Lestari")


async def test_somebody_elses_contact_is_refused_with_the_reason_and_noted(first_day: Stage) -> None:
    """A03"""
    eko = first_day.players["eko"]
    await agrees(eko)
    await eko.shares_contact(ANA.phone, own=False)
    eko.sees("bukan milik akun ini", "tidak disimpan")
    eko.sees_no("Ana")
    (row,) = await first_day.rows("SELECT * FROM audit WHERE action = 'contact_refused'")
    assert ANA.phone not in str(dict(row))
    assert await first_day.rows("SELECT * FROM identities") == []


@only_telegram
async def test_a_forwarded_contact_is_refused_even_if_it_is_ones_own(first_day: Stage) -> None:
    """A03"""
    ana = first_day.players["ana"]
    await agrees(ana)
    at = int(first_day.clock.now().timestamp())
    await first_day.deliver(first_day.telegram.forward(ana, "", at=at, contact=ANA.phone))
    ana.sees("diteruskan")
    assert await first_day.rows("SELECT * FROM identities") == []


@only_telegram
async def test_a_number_that_two_people_share_proves_neither(first_day: Stage) -> None:
    """A03"""
    ana, boris = first_day.players["ana"], first_day.players["boris"]
    async with first_day.db.transaction() as tx:
        await people.correct(
            tx, person_id=boris.person_id, name=BORIS.name, phone=ANA.phone, employment="pns"
        )
    await agrees(ana)
    await ana.shares_contact()
    ana.sees("tidak dapat kami pakai", "NIP")


@only_telegram
async def test_a_number_the_office_does_not_know_leads_to_nip_and_code(first_day: Stage) -> None:
    eko = first_day.players["eko"]
    await agrees(eko)
    await eko.shares_contact()
    eko.sees("tidak dapat kami pakai", "NIP")
    eko.sees_choices("Bagikan nomor saya")


@only_telegram
async def test_the_button_typed_as_words_explains_how_to_share(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    await ana.says("bagikan nomor saya")
    ana.sees("belum sampai")


@only_narrow
async def test_somebody_who_left_the_office_is_a_stranger(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    code = await first_day.code_for(ana)
    async with first_day.db.transaction() as tx:
        await people.leave(tx, person_id=ana.person_id, now=first_day.clock.now())
    await ana.says(f"{ANA.nip} {code}")
    ana.sees("tidak cocok")


async def test_guessing_from_many_chats_is_told_to_the_admins_once(
    stage: Stage, clara: Player, eko: Player
) -> None:
    """A01"""
    async with stage.db.transaction() as tx:
        for number in range(60):
            now = stage.clock.now() - timedelta(minutes=1)
            await enrol.note_try(tx, channel="telegram", address=f"9{number}", matched=False, now=now)
    await agrees(eko)
    for _ in range(2):
        await eko.says(f"{ANA.nip} K7QF-2M9D")
    assert [seen.text for seen in clara.seen if "menebak-nebak" in seen.text] == [clara.last]
    eko.sees_no("menebak")
