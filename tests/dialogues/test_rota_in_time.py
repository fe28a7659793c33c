"""Rotas by the clock: proposed once, published unless the head has them in hand, mended with as few moves as can be."""

import asyncio
from datetime import date

from db import absences, adoptions
from db.rota import settings as rota_settings
from db.rota.settings import AgencyHours, WeeklyMoment
from policy.model import AbsenceKind
from scheduler import changes, rotas
from tests.chat import Player
from tests.factories import AGENCY, BY, SINCE, UPTD
from tests.rota_office import HALF, draws, places, published, under_quota
from tests.stage import BOOK, Stage

OFFICE = "WFO"


async def _looks(stage: Stage, local: str) -> int:
    stage.moves_to(local)
    for player in stage.players.values():
        player._since = len(player.seen)
    found = await rotas.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    return found


async def _mends(stage: Stage, first: str) -> set[str]:
    for player in stage.players.values():
        player._since = len(player.seen)
    async with stage.db.transaction() as tx:
        told = await rotas.mend(
            tx,
            stage.seal,
            BOOK,
            unit_code=AGENCY,
            first_day=date.fromisoformat(first),
            now=stage.clock.now(),
        )
    await stage.drains()
    return told


async def _away(stage: Stage, person_id: str, first: str, last: str) -> None:
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx,
            person_id=person_id,
            kind=AbsenceKind.SICK_LEAVE,
            valid_from=date.fromisoformat(first),
            valid_until=date.fromisoformat(last),
            by=BY,
            now=stage.clock.now(),
        )


async def test_it_is_proposed_on_thursday_and_publishes_itself_on_friday(
    stage: Stage, boris: Player, ana: Player, dewi: Player
) -> None:
    await under_quota(stage)
    assert await _looks(stage, "2020-06-18 08:59") == 0
    assert await _looks(stage, "2020-06-18 09:00") == 2  # the agency's own people, and its UPTD
    boris.sees("Usulan jadwal piket Dinas Kominfo", "Usulan jadwal piket UPTD Pusat Data")
    assert len(boris.texts) == 2
    assert ana.texts == dewi.texts == []
    assert await _looks(stage, "2020-06-18 09:01") == 0
    assert boris.texts == []
    assert await places(stage) == {}
    assert await _looks(stage, "2020-06-19 12:00") == 2
    boris.sees("terbit sendiri pada waktunya", "6 pegawai dikabari")
    assert [text.count("Jun:") for text in ana.texts] == [5]
    assert len(await places(stage)) == 7 * 5
    assert await _looks(stage, "2020-06-19 12:01") == 0
    assert ana.texts == []


async def test_a_duty_that_cannot_be_met_is_said_to_the_head_in_words(stage: Stage, boris: Player) -> None:
    """Half of one person, rounded down, is nobody."""
    await under_quota(stage)
    await _looks(stage, "2020-06-18 09:00")
    boris.sees("Yang tidak dapat dipenuhi", "tidak seorang pun dari 1 pegawai boleh di kantor", "dan 2 lagi")


async def test_the_head_opens_it_from_its_button_and_publishes_it_first(
    stage: Stage, boris: Player, ana: Player
) -> None:
    await under_quota(stage)
    await _looks(stage, "2020-06-18 09:00")
    await boris.taps("Buka jadwal")
    await boris.taps("Terbitkan")
    assert await _looks(stage, "2020-06-19 12:00") == 1  # the other unit's
    (ours,) = await stage.rows("SELECT published_by FROM rotas WHERE published_by <> 'rota'")
    assert ours["published_by"] == boris.person_id


async def test_discarded_or_changed_by_the_head_it_does_not_publish_itself(
    stage: Stage, boris: Player
) -> None:
    await under_quota(stage)
    await _looks(stage, "2020-06-18 09:00")
    await boris.says("jadwal piket")
    await boris.says("1")  # the agency's own people
    await boris.taps("Ubah")
    await boris.taps("Senin")
    home = next(line[0] for line in boris.last.splitlines() if line.endswith(": rumah"))
    office = next(
        line[0] for line in boris.last.splitlines() if line.endswith(": kantor") and "Boris" not in line
    )
    await boris.says(f"{office} {home}")
    await boris.taps("Ke jadwal")
    await boris.taps("Unit lain")
    await boris.says("2")
    boris.sees("UPTD Pusat Data")
    await boris.taps("Batalkan usulan")
    assert await _looks(stage, "2020-06-19 12:00") == 0
    assert await places(stage) == {}
    assert await _looks(stage, "2020-06-19 12:05") == 0  # and is not drawn again
    await boris.says("jadwal piket")
    await boris.says("1")
    await boris.taps("Terbit otomatis")
    boris.sees("sudah lewat")


async def test_where_no_limit_holds_it_is_looked_at_once(stage: Stage, boris: Player) -> None:
    assert await _looks(stage, "2020-06-18 09:00") == 0
    assert boris.texts == []
    rows = await stage.rows("SELECT made_because, state FROM rotas")
    assert {(row["made_because"], row["state"]) for row in rows} == {("not_needed", "discarded")}
    assert len(rows) == 2


async def test_the_agency_states_its_own_moments(stage: Stage, boris: Player) -> None:
    await under_quota(stage)
    hours = AgencyHours(draw_at=WeeklyMoment.read("1 07:00"), publish_at=WeeklyMoment.read("2 08:30"))
    async with stage.db.transaction() as tx:
        await rota_settings.set_hours(
            tx, agency_code=AGENCY, hours=hours, valid_from=SINCE, by=BY, now=stage.clock.now()
        )
    assert await _looks(stage, "2020-06-16 07:00") == 2
    assert await _looks(stage, "2020-06-17 08:29") == 0
    assert await _looks(stage, "2020-06-17 08:30") == 2


async def test_two_processes_that_look_at_once_do_it_once(stage: Stage, boris: Player) -> None:
    await under_quota(stage)
    for local, done in (("2020-06-18 10:00", 2), ("2020-06-19 13:00", 2)):
        stage.moves_to(local)
        now = stage.clock.now()
        found = await asyncio.gather(*(rotas.look(stage.db, stage.seal, BOOK, now) for _ in range(3)))
        assert sum(found) == done
    await stage.drains()
    assert sum("terbit sendiri pada waktunya" in seen.text for seen in boris.seen) == 2
    assert len(await places(stage)) == 7 * 5


async def test_the_seed_of_the_next_cycle_stands_before_it_begins(stage: Stage) -> None:
    await under_quota(stage)
    await _looks(stage, "2020-06-18 09:00")
    week = date(2020, 6, 22) + rota_settings.CYCLE
    async with stage.db.reading() as tx:
        assert await rota_settings.seed(tx, unit_code=AGENCY, week=week)
        assert await rota_settings.seed(tx, unit_code=UPTD, week=week)


async def test_somebody_away_is_replaced_by_others_and_only_they_are_told(
    stage: Stage, boris: Player, ana: Player
) -> None:
    """Ana's own turn stands: it is her leave that keeps her, and it counts again if that ends."""
    await published(stage, boris)
    before = await places(stage)
    on = next(
        day for (person, day), place in sorted(before.items()) if person == ana.person_id and place == OFFICE
    )
    await _away(stage, ana.person_id, on, on)
    told = await _mends(stage, on)
    after = await places(stage)
    moved = {key for key in before if before[key] != after[key]}
    assert {day for _, day in moved} <= {on}
    assert {person for person, _ in moved} == told
    assert len(moved) <= 1
    assert after[ana.person_id, on] == OFFICE
    assert ana.texts == []
    boris.sees(*(["disesuaikan karena ada perubahan"] if moved else []))
    assert await _mends(stage, on) == set()
    assert await places(stage) == after


async def test_an_approved_absence_mends_the_rota_by_itself(
    stage: Stage, boris: Player, ana: Player, clara: Player
) -> None:
    await under_quota(stage, body=HALF.replace('at_most: "50 %"', 'exactly: "2 orang"'))
    await draws(boris)
    await boris.taps("Terbitkan")
    before = await places(stage)
    on = next(day for (who, day), place in sorted(before.items()) if who == ana.person_id and place == OFFICE)
    await ana.says(f"cuti {date.fromisoformat(on):%d/%m}")
    for label in ("Nanti saja", "Tanpa surat dulu", "Tanpa alasan"):
        if label in ana.choices:
            await ana.taps(label)
    await ana.taps("Ajukan")
    await boris.taps("Setujui")
    stage.passes(120)
    await changes.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    after = await places(stage)
    moved = {key for key in before if before[key] != after[key]}
    assert len(moved) == 1
    ((who, day),) = moved
    assert (day, after[who, day]) == (on, OFFICE)
    called = next(player for player in stage.players.values() if player.person_id == who)
    assert "Jadwal piket Anda berubah" in called.last
    assert sum("Jadwal piket Anda berubah" in seen.text for seen in called.seen) == 1


async def test_days_that_are_over_are_never_changed(stage: Stage, boris: Player, ana: Player) -> None:
    await published(stage, boris)
    before = await places(stage)
    await _away(stage, ana.person_id, "2020-06-22", "2020-06-26")
    stage.moves_to("2020-06-24 10:00")
    await _mends(stage, "2020-06-22")
    after = await places(stage)
    assert {key for key in before if before[key] != after[key]} <= {
        key for key in before if key[1] >= "2020-06-24"
    }


async def test_when_the_quota_ends_the_published_week_still_stands(
    stage: Stage, boris: Player, ana: Player
) -> None:
    await published(stage, boris)
    before = await places(stage)
    async with stage.db.transaction() as tx:
        await adoptions.drop(
            tx,
            circular="half-in-the-office@1",
            unit_code=AGENCY,
            first=date(2020, 6, 24),
            by=BY,
            now=stage.clock.now(),
        )
    await _mends(stage, "2020-06-24")
    after = await places(stage)
    assert {key for key in before if before[key] != after.get(key)} <= {
        key for key in before if key[1] >= "2020-06-24"
    }
