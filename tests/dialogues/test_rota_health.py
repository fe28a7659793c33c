"""The health gate moves the rota of a unit, and nobody but those who may know learns why."""

from collections.abc import Mapping

from policy.rota.checking import check
from scheduler import changes
from tests.chat import Player
from tests.rota_office import HALF, draws, places, under_quota
from tests.stage import BOOK, Stage

TWO = HALF.replace('at_most: "50 %"', 'exactly: "2 orang"')
Places = Mapping[tuple[str, str], str]
HEALTH_WORDS = (
    "kesehatan", "sehat", "sakit", "risiko", "gejala", "kasus", "K-", "kmk", "petugas", "boleh masuk", "Ana",
)  # fmt: skip


async def _published(stage: Stage, boris: Player) -> Places:
    await under_quota(stage, body=TWO)
    await draws(boris)
    await boris.taps("Terbitkan")
    return await places(stage)


async def _is_looked_at(stage: Stage) -> None:
    """The clock looks at what changed, with everybody's chat as if it were empty."""
    for player in stage.players.values():
        player._since = len(player.seen)
    stage.passes(120)
    await changes.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()


async def _falls_ill(ana: Player) -> None:
    await ana.says("sehat")
    await ana.says("5 6")
    await ana.taps("Selesai")
    await ana.taps("Kirim")


async def _is_cleared(dewi: Player) -> None:
    await dewi.says("/kasus")
    await dewi.taps("1 Ana Lestari")
    await dewi.taps("Boleh masuk kantor")
    await dewi.taps("Hari kerja berikut")


def _moved(before: Places, after: Places) -> dict[str, set[str]]:
    """By person the days on which they were told something else."""
    found: dict[str, set[str]] = {}
    for person, day in before.keys() | after.keys():
        if before.get((person, day)) != after.get((person, day)):
            found.setdefault(person, set()).add(day)
    return found


def _office(stands: Places, who: Player) -> set[str]:
    return {day for (person, day), place in stands.items() if person == who.person_id and place == "WFO"}


def _inside(stands: Places, day: str) -> int:
    """How many turns in the office there are; with the head, who stands outside the quota of two."""
    return sum(place == "WFO" for (_, on), place in stands.items() if on == day)


def _hear_of_days_alone(stage: Stage, moved: Mapping[str, set[str]], but: tuple[Player, ...]) -> None:
    """Who moved hears it once; the head hears that it is so; nobody hears anything else."""
    for player in stage.players.values():
        if player in but:
            continue
        words = " ".join(player.texts).casefold()
        assert not [word for word in HEALTH_WORDS if word.casefold() in words], player.name
        cards = [text for text in player.texts if "Jadwal piket Anda berubah" in text]
        assert len(cards) == (player.person_id in moved), player.name
        if player.person_id in moved:
            assert cards[0].count("Jun:") == len(moved[player.person_id])


async def test_who_is_kept_out_is_replaced_keeps_their_turn_and_nobody_learns_why(
    stage: Stage, boris: Player, ana: Player, dewi: Player
) -> None:
    before = await _published(stage, boris)
    assert _office(before, ana)
    await _falls_ill(ana)
    await _is_looked_at(stage)
    after = await places(stage)
    moved = _moved(before, after)
    assert ana.person_id not in moved
    assert set().union(*moved.values()) == _office(before, ana)
    assert all(after[who, day] == "WFO" for who, days in moved.items() for day in days)
    boris.sees("disesuaikan karena ada perubahan")
    _hear_of_days_alone(stage, moved, but=(ana, dewi))
    (row,) = await stage.rows("SELECT kind, recorded_by FROM changes WHERE subject = :ana", ana=ana.person_id)
    assert dict(row) == {"kind": "person", "recorded_by": ana.person_id}
    await _is_looked_at(stage)
    assert await places(stage) == after


async def test_the_list_of_the_mended_rota_calls_it_away(stage: Stage, boris: Player, ana: Player) -> None:
    await _published(stage, boris)
    await _falls_ill(ana)
    await _is_looked_at(stage)
    await boris.says("jadwal piket")
    await boris.says("1")
    if "Pekan depan" in boris.choices:
        await boris.taps("Pekan depan")
    await boris.taps("Periksa undian")
    boris._since = len(boris.seen)
    await stage.works()
    text = boris.files[0].body.decode()
    assert check(text).is_true
    assert '"away"' in text
    assert not [word for word in ("health", "gate", "kmk", '"home"') if word in text]


async def test_cleared_from_a_day_on_it_is_mended_from_that_day_on(
    stage: Stage, boris: Player, ana: Player, dewi: Player
) -> None:
    before = await _published(stage, boris)
    await _falls_ill(ana)
    await _is_looked_at(stage)
    stage.moves_to("2020-06-23 09:00")
    await _is_cleared(dewi)
    await _is_looked_at(stage)
    after = await places(stage)
    assert set().union(*_moved(before, after).values()) <= _office(before, ana)
    for day in ("2020-06-22", "2020-06-23"):  # her turn stands beside that of who was called for her
        assert _inside(after, day) == 3 + (day in _office(after, ana))
    for day in ("2020-06-24", "2020-06-25", "2020-06-26"):
        assert _inside(after, day) == 3


async def test_a_report_taken_back_before_the_look_moves_nobody(
    stage: Stage, boris: Player, ana: Player
) -> None:
    before = await _published(stage, boris)
    await _falls_ill(ana)
    await ana.taps("Batalkan laporan")
    await _is_looked_at(stage)
    assert await places(stage) == before
    assert len(await stage.rows("SELECT id FROM changes WHERE subject = :ana", ana=ana.person_id)) == 2


async def test_a_report_taken_back_after_it_lets_one_too_many_go(
    stage: Stage, boris: Player, ana: Player
) -> None:
    before = await _published(stage, boris)
    await _falls_ill(ana)
    await _is_looked_at(stage)
    mended = await places(stage)
    assert mended != before
    stage.passes(120)
    await ana.taps("Batalkan laporan")
    await _is_looked_at(stage)
    after = await places(stage)
    assert set().union(*_moved(mended, after).values()) == _office(before, ana)
    assert {_inside(after, day) for _, day in after} == {3}


async def test_a_longer_stay_out_and_a_healthy_report_note_what_they_must(
    stage: Stage, boris: Player, ana: Player, clara: Player, dewi: Player
) -> None:
    await _published(stage, boris)
    await clara.says("sehat")
    await clara.says("semua tidak")
    await clara.taps("Kirim")
    assert await stage.rows("SELECT id FROM changes WHERE kind = 'person'") == []
    await _falls_ill(ana)
    await dewi.says("/kasus")
    await dewi.taps("1 Ana Lestari")
    await dewi.taps("Perpanjang")
    await dewi.says("25 Juni")
    await dewi.taps("Simpan")
    rows = await stage.rows("SELECT subject, recorded_by FROM changes WHERE kind = 'person'")
    assert [tuple(row.values()) for row in map(dict, rows)] == [(ana.person_id, ana.person_id)] * 2
