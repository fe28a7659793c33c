"""The pictures of a week and the list of a draw: for whose they are, and as true as the rota."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from policy.rota.checking import check
from scheduler import rotas
from tests.chat import Player
from tests.rota_office import draws, places, published, under_quota
from tests.stage import BOOK, Stage


async def _makes(stage: Stage, *players: Player) -> None:
    for player in players:
        player._since = len(player.seen)
    await stage.works()


async def test_the_head_gets_the_units_week_as_a_picture(stage: Stage, boris: Player) -> None:
    await under_quota(stage)
    await draws(boris)
    await boris.taps("Gambar")
    boris.sees("Sedang disiapkan")
    await _makes(stage, boris)
    (file,) = boris.files
    assert file.type == "image/png"
    assert file.body.startswith(b"\x89PNG")
    boris.sees("Jadwal piket unit", "per 15 Juni 2020")


async def test_everybody_gets_their_own_week_and_the_list_of_their_draw(
    stage: Stage, boris: Player, ana: Player
) -> None:
    await published(stage, boris)
    stage.moves_to("2020-06-22 06:30")
    await ana.says("jadwal saya")
    await ana.taps("Gambar")
    await _makes(stage, ana)
    assert [file.type for file in ana.files] == ["image/png"]
    await ana.says("jadwal saya")
    await ana.taps("Periksa undian")
    await _makes(stage, ana)
    (file,) = ana.files
    found = check(file.body.decode())
    assert found.is_true
    assert found.changed == ()
    content = json.loads(file.body)
    assert content["people"][ana.person_id] == "Ana Lestari"
    drawn = {
        (person, on): place["arrangement"]
        for on, people in content["drawn"]["days"].items()
        for person, place in people.items()
    }
    assert drawn == await places(stage)


async def test_a_list_that_was_touched_is_found_out(stage: Stage, boris: Player, tmp_path: Path) -> None:
    await under_quota(stage)
    await draws(boris)
    await boris.taps("Periksa undian")
    await _makes(stage, boris)
    (file,) = boris.files
    path = tmp_path / "list.json"
    path.write_bytes(file.body)
    good = CliRunner().invoke(main, ["rota", "check", str(path)])
    assert good.exit_code == 0, good.output
    assert "drawn again and equal" in good.output
    content = json.loads(file.body)
    told = next(seen.text for seen in boris.seen if "Janji undian" in seen.text)
    assert content["promise"] in told
    assert content["promise"] in good.output
    held = CliRunner().invoke(main, ["rota", "check", str(path), "--promise", content["promise"]])
    assert held.exit_code == 0
    other = CliRunner().invoke(main, ["rota", "check", str(path), "--promise", "ab" * 32])
    assert other.exit_code == 1
    assert "not those that were promised" in other.output
    content["seed"] = content["order"]["seed"] = "a friend's seed"
    path.write_text(json.dumps(content))
    bad = CliRunner().invoke(main, ["rota", "check", str(path)])
    assert bad.exit_code == 1
    assert "not those that were promised" in bad.output
    content = json.loads(file.body)
    content["drawn"]["days"][min(content["drawn"]["days"])].popitem()
    path.write_text(json.dumps(content))
    bad = CliRunner().invoke(main, ["rota", "check", str(path)])
    assert bad.exit_code == 1
    assert "does not follow from its list" in bad.output


@pytest.mark.parametrize("text", ["", "{", "[]", '{"form": 1}', "\udce4"])
def test_what_is_no_list_is_refused_with_a_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    found = CliRunner().invoke(main, ["rota", "check", str(path)])
    assert found.exit_code == 1
    assert found.output.startswith("Piket: ")


async def test_what_the_head_changed_after_the_draw_is_named(stage: Stage, boris: Player) -> None:
    await under_quota(stage)
    await draws(boris)
    await boris.taps("Ubah")
    await boris.taps("Senin")
    home = next(line[0] for line in boris.last.splitlines() if line.endswith(": rumah"))
    office = next(
        line[0] for line in boris.last.splitlines() if line.endswith(": kantor") and "Boris" not in line
    )
    await boris.says(f"{office} {home}")
    await boris.taps("Ke jadwal")
    await boris.taps("Periksa undian")
    await _makes(stage, boris)
    found = check(boris.files[0].body.decode())
    assert found.is_true
    assert [(f"{on}", why) for _, on, why in found.changed] == [("2020-06-22", "head")] * 2


async def test_a_proposal_is_the_heads_and_the_list_is_nobody_elses(
    stage: Stage, boris: Player, ana: Player, dewi: Player
) -> None:
    await under_quota(stage)
    await draws(boris)
    await ana.says("periksa undian")
    ana.sees("belum ada jadwal piket Anda yang terbit")
    await boris.taps("Terbitkan")
    await dewi.says("periksa undian")
    dewi.sees("belum ada jadwal piket Anda yang terbit")


async def test_the_seed_of_a_cycle_was_told_as_a_hash_in_the_lists_of_the_one_before(
    stage: Stage, boris: Player, tmp_path: Path
) -> None:
    await under_quota(stage)
    paths = []
    for thursday in ("2020-06-18 09:00", "2020-07-16 09:00"):
        stage.moves_to(thursday)
        await rotas.look(stage.db, stage.seal, BOOK, stage.clock.now())
        await stage.drains()
        await boris.says("jadwal piket")
        await boris.says("1")
        await boris.taps("Periksa undian")
        await _makes(stage, boris)
        paths.append(tmp_path / f"{len(paths)}.json")
        paths[-1].write_bytes(boris.files[0].body)
    first, later = map(str, paths)
    good = CliRunner().invoke(main, ["rota", "check", later, "--earlier", first])
    assert good.exit_code == 0, good.output
    bad = CliRunner().invoke(main, ["rota", "check", first, "--earlier", later])
    assert bad.exit_code == 1
    assert "whose hash" in bad.output
