"""Dewi's chat: open cases, and what she does about them; what Ana and those above her hear of it."""

from datetime import date

import pytest

from db import cases, health, memberships, people, roles
from db.roles import Role
from handlers.admin import decisions
from policy.words import JobLevel
from tests.chat import Player
from tests.db.office import ILL, sent
from tests.factories import AGENCY, BY, SINCE, UPTD
from tests.stage import Stage

_CASES = "SELECT code, ended_as, look_at FROM health_cases ORDER BY opened_at"


async def _ill(who: Player, numbers: str = "5 6") -> None:
    await who.says("sehat")
    await who.says(numbers)
    await who.taps("Selesai")
    await who.taps("Kirim")


async def _opens(dewi: Player) -> None:
    await dewi.says("/kasus")
    await dewi.taps(next(label for label in dewi.choices if "Ana" in label))


async def _appoint(stage: Stage, who: Player, unit: str | None) -> None:
    async with stage.db.transaction() as tx:
        await roles.grant(
            tx, person_id=who.person_id, role=Role.HEALTH, unit_code=unit, valid_from=SINCE, by=BY,
            now=stage.clock.now(),
        )  # fmt: skip


async def _code(stage: Stage) -> str:
    return str((await stage.rows(_CASES))[0]["code"])


async def test_dewi_hears_of_a_case_at_once_and_opens_it_from_there(
    stage: Stage, ana: Player, dewi: Player
) -> None:
    await _ill(ana)
    code = await _code(stage)
    ana.sees(code, "sudah diberi tahu dan akan menghubungi Anda")
    dewi.sees("Kasus kesehatan baru", "Ana Lestari", code)
    await dewi.taps("Buka kasus")
    dewi.sees(code, "+6281200000001", "risiko besar", "Nomor 5", "Nomor 6", "dibuka oleh laporannya")
    dewi.sees_choices("Sudah dihubungi", "Perpanjang", "Boleh masuk kantor", "Kembali")


async def test_the_list_says_what_waits_and_a_number_picks(stage: Stage, ana: Player, dewi: Player) -> None:
    await dewi.says("menu")
    await dewi.taps("Kasus kesehatan")
    dewi.sees("Tidak ada kasus kesehatan yang terbuka")
    await _ill(ana, "6")
    await dewi.taps("Kasus kesehatan")
    dewi.sees("Kasus terbuka: 1", "Ana Lestari", "tanggal belum ditetapkan", "belum dihubungi")
    dewi.sees_choices("1 Ana Lestari", "Menu")
    await dewi.says("1")
    dewi.sees("Nomor 6, gejala: ya")
    dewi.sees_no("Nomor 5")


async def test_contacted_is_confirmed_with_a_note_that_only_the_health_role_reads(
    stage: Stage, ana: Player, dewi: Player, boris: Player
) -> None:
    await _ill(ana)
    await _opens(dewi)
    await dewi.taps("Sudah dihubungi")
    await dewi.says("batuk ringan sejak Minggu")
    dewi.sees("sudah dihubungi?", "Catatan: batuk ringan sejak Minggu")
    await dewi.says("ya")
    dewi.sees("Tercatat", "sudah dihubungi", "Kasus terbuka: 1")
    ana.sees("sudah menghubungi Anda")
    ana.sees_no("ringan")
    await dewi.says("1")
    dewi.sees("dihubungi oleh Dewi Anggraini", "batuk ringan")
    assert boris.seen == []


async def test_extending_by_a_typed_day_tells_ana_and_her_head_the_day_alone(
    stage: Stage, ana: Player, dewi: Player, boris: Player
) -> None:
    await _ill(ana)
    await _opens(dewi)
    await dewi.taps("Perpanjang")
    dewi.sees("+3 hari: Kamis, 18 Juni 2020", "+14 hari: Senin, 29 Juni 2020")
    await dewi.says("25 Juni")
    dewi.sees("Kamis, 25 Juni 2020")
    await dewi.taps("Simpan")
    dewi.sees("Tercatat", "25 Juni 2020", "Kasus terbuka: 1")
    ana.sees("tidak ke kantor", "Kamis, 25 Juni 2020", "Sesudah tanggal itu pun")
    boris.sees("Ana Lestari", "tidak ke kantor s.d. Kamis, 25 Juni 2020")
    assert len(boris.seen) == 1
    await ana.says("WFO?")
    ana.sees("sampai Kamis, 25 Juni 2020")


async def test_extending_by_a_tap_counts_from_the_day_stated_last(
    stage: Stage, ana: Player, dewi: Player
) -> None:
    await _ill(ana)
    for expected in ("18 Juni", "21 Juni"):
        await _opens(dewi)
        await dewi.taps("Perpanjang")
        await dewi.taps("+3 hari")
        await dewi.taps("Simpan")
        dewi.sees(expected)


@pytest.mark.parametrize("typed", ["12 Juni", "kapan-kapan", "25 Juni 2021", "31 Juni"])
async def test_a_day_that_is_none_is_refused_with_an_example(
    stage: Stage, ana: Player, dewi: Player, typed: str
) -> None:
    """T04"""
    await _ill(ana)
    await _opens(dewi)
    await dewi.taps("Perpanjang")
    await dewi.says(typed)
    dewi.sees("tidak bisa saya pakai", "25 Juni", "Belum ada yang berubah")
    dewi.can_tap("+3 hari", "Kembali")


async def test_an_agency_that_has_set_the_days_states_the_date_at_once(
    stage: Stage, ana: Player, dewi: Player
) -> None:
    async with stage.db.transaction() as tx:
        await decisions.set_case_days(
            tx, agency_code=AGENCY, days=14, basis="SK 800/2/2020", valid_from=SINCE, by=BY,
            now=stage.clock.now(),
        )  # fmt: skip
    await _ill(ana)
    ana.sees("sampai Minggu, 28 Juni 2020, dan sesudah itu sampai petugas kesehatan menyatakan boleh")
    dewi.sees("sampai Minggu, 28 Juni 2020")


async def test_clearing_opens_the_office_and_everybody_hears_their_part(
    stage: Stage, ana: Player, dewi: Player, boris: Player
) -> None:
    await _ill(ana)
    await _opens(dewi)
    await dewi.taps("Boleh masuk kantor")
    dewi.sees("Mulai hari ini: Senin, 15 Juni 2020", "Hari kerja berikut: Selasa, 16 Juni 2020")
    await dewi.taps("Mulai hari ini")
    dewi.sees("boleh masuk kantor mulai Senin, 15 Juni 2020", "Kasus ditutup", "Tidak ada kasus kesehatan")
    ana.sees("boleh ke kantor lagi", "Senin, 15 Juni 2020", "WFO: bekerja dari kantor")
    boris.sees("Ana Lestari", "kembali dapat ke kantor mulai Senin, 15 Juni 2020")
    await ana.says("WFO?")
    ana.sees_no("Jangan ke kantor dulu")


async def test_clearing_from_the_next_working_day_keeps_today_shut(
    stage: Stage, ana: Player, dewi: Player
) -> None:
    """T04: over a weekend."""
    stage.moves_to("2020-06-19 08:00")
    await _ill(ana)
    await _opens(dewi)
    await dewi.taps("Boleh masuk kantor")
    await dewi.taps("Hari kerja berikut")
    ana.sees("Senin, 22 Juni 2020")
    await ana.says("WFO?")
    ana.sees("sampai Minggu, 21 Juni 2020")
    stage.moves_to("2020-06-22 07:00")
    await ana.says("WFO?")
    ana.sees("WFO: bekerja dari kantor")


async def test_two_officers_clear_at_once_and_one_counts(
    stage: Stage, ana: Player, dewi: Player, clara: Player, boris: Player
) -> None:
    """C02, D12"""
    await _appoint(stage, clara, AGENCY)
    await _ill(ana)
    for officer in (dewi, clara):
        await _opens(officer)
        await officer.taps("Boleh masuk kantor")
    await dewi.taps("Mulai hari ini")
    await clara.taps("Mulai hari ini")
    clara.sees("sudah ditutup", "sudah dinyatakan boleh masuk", "Tidak ada yang saya ubah lagi")
    assert len(boris.seen) == 1
    audited = await stage.rows("SELECT action FROM audit WHERE action = 'case_cleared'")
    assert len(audited) == 1


async def test_a_second_tap_on_save_changes_nothing(stage: Stage, ana: Player, dewi: Player) -> None:
    """C02"""
    await _ill(ana)
    await _opens(dewi)
    await dewi.taps("Sudah dihubungi")
    await dewi.taps("Simpan")
    await dewi.says("Simpan", after=0.2)
    dewi.sees("Sudah tercatat")
    assert len(await stage.rows("SELECT id FROM case_events WHERE kind = 'contacted'")) == 1


async def test_after_another_report_of_high_risk_a_closed_case_is_followed_by_a_new_one(
    stage: Stage, ana: Player, dewi: Player
) -> None:
    """The very same answers again, after they were cleared: not "recorded already" and no gate."""
    await _ill(ana)
    await _opens(dewi)
    await dewi.taps("Boleh masuk kantor")
    await dewi.taps("Mulai hari ini")
    await _ill(ana)
    ana.sees("belum boleh masuk kantor", "Jangan ke kantor dulu")
    assert [row["ended_as"] for row in await stage.rows(_CASES)] == ["cleared", None]


async def test_seven_people_a_page_fit_the_narrowest_list(stage: Stage, dewi: Player) -> None:
    await _many(stage, 9)
    await dewi.says("/kasus")
    dewi.sees("Kasus terbuka: 9", "halaman 1 dari 2")
    assert len(dewi.choices) == 9
    await dewi.taps("Berikutnya")
    dewi.sees("halaman 2 dari 2")
    dewi.sees_choices("1 Orang Ke-8", "2 Orang Ke-9", "Berikutnya", "Menu")
    await dewi.says("2")
    dewi.sees("Orang Ke-9")


async def _many(stage: Stage, count: int) -> None:
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        for number in range(1, count + 1):
            who = await people.add(tx, nip=None, name=f"Orang Ke-{number}", employment="non-ASN", now=now)
            await memberships.assign(
                tx, person_id=who, unit_code=UPTD, position="Staf", job_level=JobLevel.PELAKSANA,
                valid_from=SINCE, by=BY, now=now,
            )  # fmt: skip
            on = date(2020, 6, 1 + number)
            saved = await health.save(tx, stage.seal, person_id=who, on=on, answers=ILL, **sent(now))
            await cases.open_case(
                tx, stage.seal, person_id=who, report_id=saved.id, since=on, until=None, look_at=now, now=now
            )
