"""All the ways in: a stranger reads the notice, proves who they are, and is welcomed by name."""

import pytest

from db import notices
from handlers import notice
from tests.chat import agrees
from tests.dialogues.marks import HOME, only_narrow, only_telegram
from tests.factories import ANA, BORIS, CLARA
from tests.stage import Stage


async def test_whatever_a_stranger_writes_they_are_greeted_with_the_privacy_notice(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await ana.says("WFH besok?")
    ana.sees("Selamat datang di Piket", "Disimpan", "Untuk", "petugas kesehatan", "Hak Anda", notice.VERSION)
    ana.sees_choices("Setuju", "Baca lengkap", "Nanti saja")


async def test_agreeing_to_the_notice_is_kept_with_version_language_and_time(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    async with first_day.db.reading() as tx:
        kept = await notices.last_accepted(tx, channel=first_day.channel.name, address=ana.address)
    assert kept is not None
    assert (kept.version, kept.locale, kept.at) == (notice.VERSION, "id", first_day.clock.now())


async def test_the_whole_notice_can_be_read_before_agreeing(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await ana.says("halo")
    await ana.taps("Baca lengkap")
    ana.sees("Siapa yang melihat", "UU 27/2022", "Berapa lama")
    ana.sees_choices("Setuju", "Nanti saja")
    await ana.taps("Setuju")
    ana.sees("siapa Anda?")


async def test_who_does_not_agree_is_left_in_peace_and_may_come_back(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await ana.says("halo")
    await ana.taps("Nanti saja")
    ana.sees("tidak apa-apa")
    assert await first_day.rows("SELECT * FROM notices WHERE accepted_at IS NOT NULL") == []
    await ana.says("saya kembali")
    ana.sees("Selamat datang di Piket")


async def test_who_has_agreed_once_is_not_asked_again(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    await ana.says("batal")
    await ana.says("halo")
    ana.sees("siapa Anda?")
    ana.sees_no("Disimpan")


async def test_nip_and_then_code_link_the_chat_and_welcome_by_name(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    await ana.says(ANA.nip)
    ana.sees("kode sekali pakai")
    await ana.says(await first_day.code_for(ana))
    ana.sees("Selamat datang, ", "Ana Lestari", "Dinas Kominfo Provinsi Lampung", "WFO hari ini?")
    ana.sees_choices(*HOME)


@pytest.mark.parametrize(
    "written",
    [
        "{nip} {code}",
        "{nip}{newline}{code}",
        "NIP {nip} kode {code}",
        "{code} {nip}",
        "nip saya: {spaced}, kode saya: {lower}",
        "{dotted} {joined}",
    ],
)
@only_telegram
async def test_nip_and_code_may_come_in_one_message_however_they_are_written(
    first_day: Stage, written: str
) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    nip, code = ANA.nip, await first_day.code_for(ana)
    spaced = f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
    ways = {"spaced": spaced, "dotted": spaced.replace(" ", "."), "lower": code.lower(), "newline": "\n"}
    await ana.says(written.format(nip=nip, code=code, joined=code.replace("-", ""), **ways))
    ana.sees("Selamat datang, Ana Lestari")


async def test_the_number_of_a_pppk_is_as_good_as_any(first_day: Stage) -> None:
    clara = first_day.players["clara"]
    await agrees(clara)
    await clara.says(f"{CLARA.nip} {await first_day.code_for(clara)}")
    clara.sees("Clara Wijaya")


@only_telegram
@pytest.mark.parametrize("as_sent", ["+6281200000001", "6281200000001"])
async def test_ones_own_contact_that_matches_the_offices_number_links_at_once(
    first_day: Stage, as_sent: str
) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    ana.sees_choices("Bagikan nomor saya")
    await ana.shares_contact(as_sent)
    ana.sees("Selamat datang, Ana Lestari")
    ana.sees_choices(*HOME)


@only_narrow
async def test_where_no_contact_can_be_asked_for_the_nip_is_the_way(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    ana.sees("NIP", "bila tombol itu ada")
    assert ana.seen[-1].shown == ()


async def test_the_first_link_and_its_proof_stand_in_the_audit(first_day: Stage) -> None:
    boris = first_day.players["boris"]
    await agrees(boris)
    await boris.says(f"{BORIS.nip} {await first_day.code_for(boris)}")
    (row,) = await first_day.rows("SELECT * FROM audit WHERE action = 'linked'")
    assert row["subject"] == boris.person_id
    assert '"proved_by": "code"' in row["detail"]
    assert BORIS.nip not in row["detail"]


async def test_the_choices_under_the_welcome_work_at_once(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    await ana.says(f"{ANA.nip} {await first_day.code_for(ana)}")
    await ana.taps("WFO hari ini?")
    ana.sees("045.2/1656/06/2020")


async def test_an_english_phone_is_spoken_to_in_english_and_stays_so(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    ana.locale = "en"
    await ana.says("hello")
    await ana.taps("I agree")
    await ana.says(f"{ANA.nip} {await first_day.code_for(ana)}")
    ana.sees("Welcome, ", "Ana Lestari")
    ana.can_tap("WFO today?")


async def test_half_an_enrolment_survives_a_restart(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    await ana.says(ANA.nip)
    first_day.restarts()
    await ana.says(await first_day.code_for(ana))
    ana.sees("Ana Lestari")


async def test_a_code_typed_the_next_afternoon_still_counts(first_day: Stage) -> None:
    ana = first_day.players["ana"]
    await agrees(ana)
    await ana.says(ANA.nip)
    first_day.moves_to("2020-06-16 14:00")
    await ana.says(await first_day.code_for(ana))
    ana.sees("Ana Lestari")
