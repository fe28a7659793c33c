"""Swapping a day: offered only where every limit stays true, agreed by the partner, told to or approved by the head."""

from datetime import date

import pytest

from db import absences
from db.rota import days as rota_days
from db.rota import settings as rota_settings
from db.rota.days import Day
from policy.model import AbsenceKind, Arrangement
from scheduler import rotas as clock
from tests.chat import Player
from tests.factories import AGENCY, BY
from tests.rota_office import places, published
from tests.stage import BOOK, Stage

Places = dict[tuple[str, str], str]
OFFICE, HOME = "WFO", "WFH"


async def _asks(stage: Stage, ana: Player) -> tuple[Player, str, str]:
    """Ana asks for the first swap she is offered; return the partner, the day she gives and the one she takes."""
    await ana.says("tukar jadwal")
    days = [label for label in ana.choices if "/" in label]
    for number in range(1, len(days) + 1):
        await ana.says(str(number))
        if "Menu" in ana.choices and "tidak ada rekan" not in ana.last:
            break
        await ana.says("tukar jadwal")
    await ana.says("1")
    ana.sees("Ajukan tukar jadwal ini?")
    await ana.says("ya")
    ana.sees("terkirim ke", "sebelum itu jadwal yang sekarang berlaku")
    (swap,) = await stage.rows("SELECT * FROM swaps WHERE state = 'asked'")
    partner = next(each for each in stage.players.values() if each.person_id == swap["partner_id"])
    return partner, swap["gives_date"], swap["takes_date"]


async def _state(stage: Stage) -> str:
    (swap,) = await stage.rows("SELECT state FROM swaps")
    return str(swap["state"])


def _counts(stands: Places) -> dict[str, int]:
    days = {day for _, day in stands}
    return {day: sum(place == OFFICE for (_, on), place in stands.items() if on == day) for day in days}


async def _must_be_approved(stage: Stage) -> None:
    async with stage.db.transaction() as tx:
        await rota_settings.set_swap_rule(
            tx, unit_code=AGENCY, rule="approve", valid_from=date(2020, 6, 1), by=BY, now=stage.clock.now()
        )


async def test_agreed_both_have_new_days_the_head_hears_it_and_every_cap_holds(
    stage: Stage, boris: Player, ana: Player
) -> None:
    await published(stage, boris)
    before = await places(stage)
    partner, gives, takes = await _asks(stage, ana)
    assert "ingin bertukar jadwal dengan Anda" in partner.last
    for player in (ana, boris):
        player._since = len(player.seen)
    await partner.taps("Setuju tukar")
    after = await places(stage)
    assert await _state(stage) == "done"
    assert _counts(after) == _counts(before)
    for on in (gives, takes):
        assert after[ana.person_id, on] == before[partner.person_id, on]
        assert after[partner.person_id, on] == before[ana.person_id, on]
    assert {key[0] for key in after if after[key] != before[key]} == {ana.person_id, partner.person_id}
    ana.sees("Jadwal piket Anda berubah")
    boris.sees("Tukar jadwal di unit Anda", "Ana Lestari")
    await ana.says(f"WFO {date.fromisoformat(gives):%d/%m}?")
    ana.sees("hasil tukar jadwal")


async def test_refused_or_taken_back_nothing_changes_and_nobody_says_why(
    stage: Stage, boris: Player, ana: Player
) -> None:
    await published(stage, boris)
    before = await places(stage)
    partner, *_ = await _asks(stage, ana)
    ana._since = len(ana.seen)
    await partner.taps("Tidak setuju")
    ana.sees("tidak menyetujui", "Jadwal yang sekarang tetap berlaku")
    await partner.taps("Setuju tukar")
    partner.sees("sudah selesai")
    await _asks(stage, ana)
    await ana.taps("Tarik kembali")
    ana.sees("ditarik kembali")
    assert await places(stage) == before
    states = await stage.rows("SELECT state FROM swaps ORDER BY asked_at")
    assert [row["state"] for row in states] == ["refused", "withdrawn"]


async def test_where_the_agency_wants_it_the_head_approves(stage: Stage, boris: Player, ana: Player) -> None:
    await published(stage, boris)
    await _must_be_approved(stage)
    before = await places(stage)
    partner, gives, _ = await _asks(stage, ana)
    boris._since = len(boris.seen)
    await partner.taps("Setuju tukar")
    partner.sees("menunggu persetujuan atasan")
    boris.sees("menunggu persetujuan Anda")
    assert await places(stage) == before
    assert await _state(stage) == "agreed"
    await boris.taps("Setujui tukar")
    assert await _state(stage) == "done"
    assert (await places(stage))[ana.person_id, gives] != before[ana.person_id, gives]


async def test_the_head_declines_and_nobody_else_can_approve(
    stage: Stage, boris: Player, ana: Player, clara: Player
) -> None:
    await published(stage, boris)
    await _must_be_approved(stage)
    before = await places(stage)
    partner, *_ = await _asks(stage, ana)
    await partner.taps("Setuju tukar")
    assert await _state(stage) == "agreed"
    await boris.taps("Tolak tukar")
    boris.sees("tidak disetujui")
    assert await places(stage) == before
    assert await _state(stage) == "refused"


async def test_a_rota_that_changed_meanwhile_overtakes_it(stage: Stage, boris: Player, ana: Player) -> None:
    await published(stage, boris)
    partner, gives, _ = await _asks(stage, ana)
    async with stage.db.transaction() as tx:
        _, unit, day = await rota_days.turn(  # type: ignore[misc]
            tx, person_id=ana.person_id, on=date.fromisoformat(gives), as_known_at=stage.clock.now()
        )
        other = Arrangement.WFH if day.arrangement is Arrangement.WFO else Arrangement.WFO
        moved = Day(person_id=day.person_id, on=day.on, arrangement=other, shift=None, because="head")
        assert await rota_days.replace_turns(tx, unit_code=unit, days=[moved], now=stage.clock.now())
    before = await places(stage)
    await partner.taps("Setuju tukar")
    partner.sees("tidak dapat dilanjutkan")
    assert await places(stage) == before
    assert await _state(stage) == "overtaken"


async def test_a_partner_who_is_away_by_then_overtakes_it(stage: Stage, boris: Player, ana: Player) -> None:
    await published(stage, boris)
    partner, gives, takes = await _asks(stage, ana)
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx,
            person_id=partner.person_id,
            kind=AbsenceKind.SICK_LEAVE,
            valid_from=date.fromisoformat(min(gives, takes)),
            valid_until=date.fromisoformat(max(gives, takes)),
            by=BY,
            now=stage.clock.now(),
        )
    ana._since = len(ana.seen)
    await partner.taps("Setuju tukar")
    assert await _state(stage) == "overtaken"
    ana.sees("tidak dapat dilanjutkan")
    ana.sees_no("sakit", "cuti")


async def test_whoever_is_barred_is_not_offered_and_nobody_reads_why(
    stage: Stage, boris: Player, ana: Player, clara: Player
) -> None:
    more = await published(stage, boris)
    await clara.says("sehat")
    await clara.says("6")
    await clara.taps("Selesai")
    await clara.taps("Kirim")
    for number in range(1, 6):
        await ana.says("tukar jadwal")
        await ana.says(str(number))
        ana.sees_no("Clara", "kesehatan", "ketentuan")
    assert more


async def test_a_day_is_in_one_request_at_a_time(stage: Stage, boris: Player, ana: Player) -> None:
    await published(stage, boris)
    partner, gives, _ = await _asks(stage, ana)
    await ana.says("tukar jadwal")
    await ana.says(f"{date.fromisoformat(gives):%d/%m}")
    await ana.says("1")
    await ana.taps("Ajukan tukar")
    ana.sees("sedang dalam permintaan tukar lain")
    await ana.taps("Tarik kembali")
    await partner.taps("Setuju tukar")
    partner.sees("sudah selesai")
    assert await _state(stage) == "withdrawn"


async def test_unanswered_it_is_over_when_its_day_comes(stage: Stage, boris: Player, ana: Player) -> None:
    await published(stage, boris)
    partner, gives, takes = await _asks(stage, ana)
    stage.moves_to(f"{min(gives, takes)} 00:05")
    ana._since = len(ana.seen)
    await clock.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await clock.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    assert await _state(stage) == "overtaken"
    assert sum("tidak dapat dilanjutkan" in text for text in ana.texts) == 1
    await partner.taps("Setuju tukar")
    partner.sees("sudah selesai")


@pytest.mark.parametrize("said", ["tukar", "/tukar", "tukar jadwal piket", "mau tukar hari dong"])
async def test_without_a_published_rota_there_is_nothing_to_swap(ana: Player, said: str) -> None:
    await ana.says(said)
    ana.sees("belum ada yang bisa ditukar")
