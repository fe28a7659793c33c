"""A superior's "hari ini": numbers, then names, of one's own people alone; by day, by person, by unit."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from db import absences, memberships, obligations, snoozes, superiors
from db.obligations import Owing
from policy.deadlines import Owed, Span
from policy.model import AbsenceKind
from policy.words import JobLevel
from tests.chat import Player
from tests.dialogues.written import reports
from tests.factories import AGENCY, BY, SINCE, UPTD
from tests.stage import LOCAL, Stage

MONDAY = date(2020, 6, 15)


async def owing(
    stage: Stage, *players: Player, on: date = MONDAY, kinds: Sequence[str] = ("plan", "output")
) -> None:
    """Let these people owe plan (07.00-09.00) and output (15.30-17.00), or what is named."""

    def span(kind: Owed) -> Span:
        opens, due = ((7, 9), (15.5, 17))[kind is Owed.OUTPUT]
        start = datetime(on.year, on.month, on.day, tzinfo=LOCAL)
        return Span(start + timedelta(hours=opens), start + timedelta(hours=due))

    all_ = [Owing(kind=Owed(kind), basis="SK 1", span=span(Owed(kind))) for kind in kinds]
    async with stage.db.transaction() as tx:
        await obligations.open_many(
            tx,
            on=on,
            unit_of={who.person_id: AGENCY for who in players},
            owing={who.person_id: all_ for who in players},
        )


async def opens(boris: Player) -> None:
    await boris.says("menu")
    await boris.taps("Unit saya")
    await boris.taps("Unit hari ini")


async def test_a_superior_sees_who_is_where_and_who_has_not_reported(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await owing(stage, ana, clara)
    stage.moves_to("2020-06-15 09:30")
    await reports(clara, "rencana", "Rapat")
    await opens(boris)
    boris.sees("Dinas Kominfo", "Senin, 15 Juni 2020, per pukul 09.30 WIB", "2 pegawai: 2 WFO")
    boris.sees(
        "Rencana masuk: 1. Hasil masuk: 0.", "Belum lapor: 1 orang", "1. Ana Lestari: rencana sejak 09.00"
    )
    boris.sees_no("hasil batas", "hasil sejak")
    await boris.taps("Belum lapor")
    await boris.taps("1 Ana Lestari")
    boris.sees(
        "Ana Lestari, Pranata Komputer",
        "(hari ini): WFO",
        "rencana: belum, sejak 09.00",
        "hasil: belum waktunya",
    )


async def test_where_each_is_says_no_more_than_others_may_know(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    """V03: an illness reads only that somebody is not on duty."""
    async with stage.db.transaction() as tx:
        for who, kind in ((ana, AbsenceKind.SICK_LEAVE), (clara, AbsenceKind.ANNUAL_LEAVE)):
            await absences.excuse(
                tx, person_id=who.person_id, kind=kind, valid_from=MONDAY,
                valid_until=MONDAY + timedelta(days=3), by=BY, now=stage.clock.now(),
            )  # fmt: skip
    await boris.says("siapa di mana?")
    boris.sees("1 tidak bertugas", "1 cuti")
    await boris.taps("Siapa di mana")
    boris.sees("1. Ana Lestari: tidak bertugas s.d. Kam, 18 Jun", "2. Clara Wijaya: cuti s.d. Kam, 18 Jun")
    boris.sees_no("sakit")


async def test_another_day_is_asked_for_in_words(stage: Stage, ana: Player, boris: Player) -> None:
    await owing(stage, ana, on=date(2020, 6, 12))
    await boris.says("siapa belum lapor kemarin")
    boris.sees("Minggu, 14 Juni 2020", "libur", "Tidak ada laporan yang ditagih")
    await boris.says("12 Juni")
    boris.sees("Jumat, 12 Juni 2020", "Belum lapor: 1 orang", "rencana sejak 09.00, hasil sejak 17.00")
    await boris.taps("Hari ini")
    boris.sees("Senin, 15 Juni 2020")
    await boris.says("1 Januari 2019")
    boris.sees("sampai 62 hari")


async def test_what_is_done_late_is_not_missing(stage: Stage, ana: Player, boris: Player) -> None:
    await owing(stage, ana, kinds=["plan"])
    stage.moves_to("2020-06-15 10:00")
    await reports(ana, "rencana", "Rapat")
    await boris.says("/siapa")
    boris.sees("Tidak ada yang belum melapor sampai saat ini")
    await boris.taps("Siapa di mana")
    await boris.says("1")
    boris.sees("rencana: sudah, terlambat")
    await boris.taps("Buka laporan")
    boris.sees("1. Rapat")


@pytest.mark.parametrize("name", ["ana", "clara", "dewi"])
async def test_a10_nobody_else_is_told_who_is_where(stage: Stage, ana: Player, name: str) -> None:
    await owing(stage, ana)
    other = stage.players[name]
    for said in ("/siapa", "siapa di mana", "siapa belum lapor", "unit hari ini"):
        await other.says(said)
        other.sees_no("pegawai:", "Belum lapor:", "Boris", "Dinas Kominfo Provinsi Lampung\nSenin")


async def test_v05_who_is_led_by_another_now_is_unseen_the_same_minute(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await boris.says("/siapa")
    await boris.taps("Siapa di mana")
    boris.sees("Ana Lestari")
    async with stage.db.transaction() as tx:
        await superiors.name(
            tx, person_id=ana.person_id, superior_id=clara.person_id,
            valid_from=SINCE, by=BY, now=stage.clock.now(),
        )  # fmt: skip
    await boris.says("1")
    boris.sees("bukan wewenang Anda")
    boris.sees_no("Ana Lestari", "Pranata")
    await clara.says("/siapa")
    clara.sees("1 pegawai")


async def test_who_leads_several_units_begins_with_the_own_one(
    stage: Stage, ana: Player, boris: Player, dewi: Player
) -> None:
    await boris.says("/siapa")
    boris.sees("Dinas Kominfo Provinsi Lampung", "2 pegawai")
    await boris.taps("Unit lain")
    boris.sees("1. Dinas Kominfo Provinsi Lampung (2 orang)", "2. UPTD Pusat Data (1 orang)")
    await boris.says("2")
    boris.sees("UPTD Pusat Data", "1 pegawai")
    await boris.taps("Siapa di mana")
    boris.sees("1. Dewi Anggraini: WFO")


async def test_those_who_are_missing_are_reminded_once_and_privately(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await owing(stage, ana, clara)
    stage.moves_to("2020-06-15 09:30")
    await snooze(stage, clara)
    await boris.says("/siapa")
    await boris.taps("Ingatkan")
    boris.sees("1 orang saya ingatkan", "1 orang sedang tidak bertugas atau meminta tidak diganggu")
    assert "Boris Siregar menunggu laporan Anda" in ana.last
    assert "rencana" in ana.last
    clara.sees_nothing()
    count = len(ana.seen)
    await boris.taps("Ingatkan")
    boris.sees("Tidak ada yang diingatkan kali ini", "1 orang baru saja diingatkan")
    assert len(ana.seen) == count
    await reports(ana, "rencana", "Rapat")
    await boris.taps("Ingatkan")
    boris.sees_no("Ana Lestari")
    boris.sees("1 orang sedang tidak bertugas")


async def snooze(stage: Stage, who: Player) -> None:
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await snoozes.begin(tx, person_id=who.person_id, until_at=now + timedelta(hours=5), now=now)


async def test_one_person_is_reminded_from_their_own_card(
    stage: Stage, ana: Player, boris: Player, clara: Player
) -> None:
    await owing(stage, ana, clara)
    stage.moves_to("2020-06-15 09:30")
    await boris.says("siapa belum lapor")
    await boris.taps("Belum lapor")
    await boris.taps("2 Clara Wijaya")
    await boris.taps("Ingatkan")
    boris.sees("1 orang saya ingatkan")
    assert "menunggu laporan Anda" in clara.last
    ana.sees_nothing()


async def test_of_a_day_to_come_only_the_places_are_told(stage: Stage, ana: Player, boris: Player) -> None:
    await owing(stage, ana, on=date(2020, 6, 16))
    await boris.says("siapa di mana besok?")
    boris.sees("Selasa, 16 Juni 2020", "2 pegawai: 2 WFO")
    boris.sees_no("Rencana masuk", "melapor", "ditagih")


async def test_v05_days_in_another_unit_are_not_the_new_superiors(
    stage: Stage, ana: Player, boris: Player
) -> None:
    await owing(stage, ana, on=date(2020, 6, 12))
    async with stage.db.transaction() as tx:
        await memberships.assign(
            tx, person_id=ana.person_id, unit_code=UPTD, position="Arsiparis", job_level=JobLevel.PELAKSANA,
            valid_from=MONDAY, by=BY, now=stage.clock.now(),
        )  # fmt: skip
    await boris.says("siapa di mana 12 Juni")
    await boris.taps("Unit lain")
    await boris.says("2")
    boris.sees("UPTD Pusat Data", "1 belum ada catatan")
    boris.sees_no("Belum lapor:", "Ana Lestari: rencana")
