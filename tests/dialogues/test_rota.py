"""The unit's rota in its head's chat: drawn, shown, changed within the law, published, told to whom it concerns."""

from collections import Counter
from datetime import date

import pytest

from db import appointments
from db.appointments import Post
from tests.chat import Player
from tests.factories import AGENCY, BY
from tests.rota_office import HALF, draws, hire, places, published, under_quota
from tests.stage import Stage

WEEK = ("2020-06-22", "2020-06-23", "2020-06-24", "2020-06-25", "2020-06-26")


def _rows(boris: Player) -> list[str]:
    """The rows of the table that is shown."""
    lines = [line.strip("`") for line in "\n".join(boris.texts).splitlines()]
    return [line for line in lines if line[-1:] in "KR–·" and line.count("   ") > 2]


async def test_a_week_is_drawn_under_the_cap_and_shown_as_a_table(stage: Stage, boris: Player) -> None:
    await under_quota(stage)
    await draws(boris)
    boris.sees(
        "usulan J-", "belum berlaku", "Sen 3 dari", "Benih undian", "Terbit sendiri Jumat pukul 12.00 WIB"
    )
    rows = _rows(boris)
    assert len(rows) == 6
    assert all(len(row) <= 32 for row in rows)
    assert next(row for row in rows if row.startswith("Boris")).split()[2:] == ["K"] * 5
    for column in range(5):
        assert (
            sum(row.split()[-5:][column] == "K" for row in rows) == 3
        )  # Boris, and half of five rounded down
    assert await places(stage) == {}


async def test_published_everybody_gets_one_card_and_the_verdict_follows(
    stage: Stage, boris: Player, ana: Player, clara: Player
) -> None:
    await under_quota(stage)
    await draws(boris)
    await boris.taps("Terbitkan")
    boris.sees("terbit", "6 pegawai; 6 di antaranya dikabari", "Jadwal piket Anda")
    stands = await places(stage)
    for player in (ana, clara):
        (card,) = player.texts
        assert card.count("Jun:") == 5
        assert (
            f"Sen, 22 Jun: {'kantor' if stands[player.person_id, WEEK[0]] == 'WFO' else 'rumah'}"
            in card.replace("*", "")
        )
    await ana.says("WFO 22 Juni?")
    ana.sees(
        "WFO: bekerja" if stands[ana.person_id, WEEK[0]] == "WFO" else "WFH: bekerja",
        "Giliran piket Anda",
        "800/50/2020",
    )
    counted = Counter(day for (_, day), place in stands.items() if place == "WFO")
    assert counted == dict.fromkeys(WEEK, 3)


async def test_nobody_but_the_head_makes_the_rota_and_others_see_their_own_week(
    stage: Stage, boris: Player, ana: Player
) -> None:
    await published(stage, boris)
    stage.moves_to("2020-06-22 06:30")
    await ana.says("jadwal piket")
    ana.sees("Hari kerja Anda", "Sen, 22 Jun", "giliran piket")
    ana.sees_no("Boris", "Clara", "Susun")


async def test_my_days_go_on_with_next_weeks_turns(stage: Stage, boris: Player, ana: Player) -> None:
    await published(stage, boris)
    await ana.says("jadwal saya")
    ana.sees("Sen, 15 Jun", "Sen, 22 Jun", "giliran piket")
    assert {"Gambar", "Tukar jadwal"} <= set(ana.choices)


async def test_where_this_week_needs_no_rota_the_head_sees_the_next(stage: Stage, boris: Player) -> None:
    later = HALF.replace("from: 2020-06-05", "from: 2020-06-22").replace("on: 2020-06-15", "on: 2020-06-22")
    await under_quota(stage, body=later)
    await boris.says("jadwal piket")
    await boris.says("1")
    boris.sees("Sen, 22 Jun – Jum, 26 Jun: belum disusun")
    assert "Susun jadwal" in boris.choices


async def test_who_is_not_the_head_any_more_changes_nothing(stage: Stage, boris: Player) -> None:
    """V05"""
    await under_quota(stage)
    await draws(boris)
    async with stage.db.transaction() as tx:
        await appointments.dismiss(
            tx, unit_code=AGENCY, post=Post.HEAD, first=date(2020, 6, 15), by=BY, now=stage.clock.now()
        )
    await boris.says("Terbitkan")
    assert await places(stage) == {}
    boris.sees("bukan lagi")


async def test_a_change_above_the_cap_is_refused_and_two_can_be_exchanged(
    stage: Stage, boris: Player, ana: Player, clara: Player
) -> None:
    await published(stage, boris)
    before = await places(stage)
    monday = {person: place for (person, day), place in before.items() if day == WEEK[0]}
    await boris.taps("Ubah")
    await boris.says("Senin")
    boris.sees("Senin, 22 Juni 2020", "Di kantor 3 dari paling banyak", "sudah terbit")
    names = sorted(
        [player for player in stage.players.values() if player.person_id in monday], key=lambda p: p.name
    )
    home = next(n for n, p in enumerate(names, 1) if monday[p.person_id] == "WFH")
    office = next(n for n, p in enumerate(names, 1) if monday[p.person_id] == "WFO" and p is not boris)
    await boris.says(str(home))
    boris.sees("tidak dapat dipindahkan", "melebihi batas aturan", "Tidak ada yang diubah")
    await boris.says(str(names.index(boris) + 1))
    boris.sees("sudah ditetapkan di kantor oleh aturan")
    assert await places(stage) == before
    await boris.says(f"{home} {office}")
    boris.sees_no("tidak dapat dipindahkan")
    assert await places(stage) == before  # only a proposal until it is published
    await boris.taps("Ke jadwal")
    boris.sees("usulan J-")
    boris.sees_no("Terbit sendiri")  # what the head has begun is the head's to publish
    for player in names:
        player._since = len(player.seen)
    await boris.taps("Terbitkan")
    after = await places(stage)
    moved = {names[home - 1], names[office - 1]}
    assert {key[0] for key in before if before[key] != after[key]} == {each.person_id for each in moved}
    for player in names:
        if player is not boris:
            assert len(player.texts) == (1 if player in moved else 0), player.name
            assert all("Jadwal piket Anda berubah" in text for text in player.texts), player.name
    boris.sees("2 pegawai; 2 di antaranya")


async def test_one_goes_home_and_another_comes_and_fairness_is_said(stage: Stage, boris: Player) -> None:
    await under_quota(stage)
    await draws(boris)
    said = []
    for day in ("Senin", "Selasa", "Rabu", "Kamis", "Jumat"):
        await boris.taps("Ubah")
        await boris.taps(day)
        if "1. Ana Lestari: kantor" in boris.last:
            await boris.says("1")
            said += boris.texts
        await boris.taps("Ke jadwal")
    assert any("berbeda lebih dari satu hari" in text and "Ana Lestari" in text for text in said)
    assert next(row for row in _rows(boris) if row.startswith("Ana")).split()[2:] == ["R"] * 5


async def test_drawn_again_it_has_the_next_seed_and_that_is_on_record(stage: Stage, boris: Player) -> None:
    await under_quota(stage)
    await draws(boris)
    await boris.taps("Undi ulang")
    boris.sees("Diundi ulang", "tercatat")
    rows = await stage.rows("SELECT seed, state FROM rotas ORDER BY version")
    assert [row["state"] for row in rows] == ["discarded", "proposed"]
    assert rows[1]["seed"] == f"{rows[0]['seed']}-2"
    audit = await stage.rows("SELECT actor FROM audit WHERE action = 'rota_again'")
    assert [row["actor"] for row in audit] == [boris.person_id]


async def test_discarded_nothing_is_published_and_a_second_tap_does_no_harm(
    stage: Stage, boris: Player
) -> None:
    await under_quota(stage)
    await draws(boris)
    await boris.taps("Batalkan usulan")
    boris.sees("dibatalkan")
    assert [row["state"] for row in await stage.rows("SELECT state FROM rotas")] == ["discarded"]
    await boris.says("Batalkan usulan")
    await boris.taps("Susun jadwal")
    await boris.taps("Terbitkan")
    stands = await places(stage)
    await boris.says("Terbitkan")
    assert await places(stage) == stands


async def test_without_a_quota_no_rota_is_needed(stage: Stage, boris: Player) -> None:
    await boris.says("jadwal piket")
    await boris.says("1")
    boris.sees("tidak perlu jadwal piket")


async def test_what_another_did_meanwhile_is_shown_and_nothing_is_done(stage: Stage, boris: Player) -> None:
    await under_quota(stage)
    await draws(boris)
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE rotas SET state = 'discarded'")
    await boris.taps("Terbitkan")
    boris.sees("sudah berubah sejak Anda melihatnya", "belum disusun")
    assert await places(stage) == {}


async def test_fixed_days_and_who_is_needed_count_in_the_next_draw(stage: Stage, boris: Player) -> None:
    await under_quota(stage)
    await draws(boris)
    await boris.taps("Hari tetap")
    await boris.says("1")
    boris.sees("Ana Lestari", "tidak ada")
    await boris.taps("Rabu")
    await boris.taps("Jumat")
    boris.sees("Hari tetap di kantor: Rab, Jum")
    await boris.taps("✓ Rabu")
    boris.sees("Hari tetap di kantor: Jum")
    await boris.taps("Ke jadwal")
    boris.sees("1. Ana Lestari: di kantor Jum")
    await boris.taps("Ke jadwal")
    await boris.taps("Undi ulang")
    assert next(row for row in _rows(boris) if row.startswith("Ana")).split()[-1] == "K"


@pytest.mark.parametrize("name", ["<b>Budi</b> & Co", "*Budi* _Satu_", "Budi"])
async def test_a_unit_of_sixty_is_paged_and_names_stay_as_they_are(
    stage: Stage, boris: Player, name: str
) -> None:
    await under_quota(stage)
    async with stage.db.transaction() as tx:
        for number in range(55):
            await hire(tx, f"{name} {number:02}", now=stage.clock.now())
    await draws(boris)
    assert len(_rows(boris)) == 61
    await boris.taps("Ubah")
    await boris.taps("Selasa")
    boris.sees("Selasa, 23 Juni 2020", "1. ")
    await boris.taps("Berikutnya")
    boris.sees("9. ")
    assert len(boris.choices) == 10
    await boris.says("61")
    assert len(boris.choices) == 10


FLEXIBLE = """
number: "800/60/2020"
form: SE
issuer: Kepala Dinas Kominfo
rank: Pimpinan instansi
title: Hari kerja fleksibel
signed: 2020-06-05
in_force: {from: 2020-06-05, until: not stated}
sources: [{title: Naskah, url: "https://example.go.id/se-60", checked_on: 2020-06-05}]
rules:
  - id: two-days
    paragraph: "1"
    says: Pegawai dapat bekerja dari rumah paling banyak dua hari sepekan.
    then:
      quota:
        of: WFH
        at_most: "2 hari"
        per: pegawai
        counted: hari sepekan
        rounding: not stated
        modality: dapat
cases:
  - {name: tanpa giliran di kantor, on: 2020-06-15, given: {job_level: Pelaksana}, expect: WFO, because: "1"}
"""


async def test_flexible_days_are_given_by_the_head_and_never_more_than_allowed(
    stage: Stage, boris: Player, ana: Player
) -> None:
    await under_quota(stage, body=FLEXIBLE)
    await draws(boris)
    row = next(row for row in _rows(boris) if row.startswith("Ana"))
    assert row.split()[2:] == ["K"] * 5
    refused = []
    for day in ("Senin", "Selasa", "Rabu"):
        await boris.taps("Ubah")
        await boris.taps(day)
        await boris.says("1")
        refused.append("hari di luar kantor sepekan akan melebihi batas" in "".join(boris.texts))
        await boris.taps("Ke jadwal")
    assert refused == [False, False, True]
    await boris.taps("Terbitkan")
    await ana.says("WFO 22/6?")
    ana.sees("WFH: bekerja dari rumah", "Giliran piket Anda")
    await ana.says("WFO 24/6?")
    ana.sees("WFO: bekerja dari kantor")
