"""docs/rota.md promises that anybody can check a rota: here somebody does, by its words alone."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from policy.roster import plan
from policy.rota.published import commitment, order_out, published, rota_out
from tests.policy.rosters import MONDAY, weeks
from tests.policy.test_roster import order

PAGE = Path(__file__).parents[2] / "docs/rota.md"


def test_the_first_day_of_equals_goes_by_the_draw_as_written() -> None:
    assert 'SHA-256(seed + "\\n" + id + "\\n" + Monday)' in PAGE.read_text(encoding="utf-8")
    found = order(6, 2, days=weeks(1)[:1], seed="ab12")
    drawn = sorted(
        (sha256(f"ab12\n{m.id}\n{MONDAY.isoformat()}".encode()).hexdigest(), m.id) for m in found.members
    )
    assert plan(found).in_office(MONDAY) == tuple(sorted(who for _, who in drawn[:2]))


def test_the_promise_is_over_seed_and_published_list() -> None:
    found = replace(order(3, 1), seed="ab12")
    listed = json.loads(order_out(published(found)))
    listed["seed"] = ""
    text = json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert commitment("ab12", found) == sha256(f"ab12\n{text}".encode()).hexdigest()


def test_the_lines_of_code_on_the_page_run_and_say_what_was_promised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = published(order(4, 2))
    (tmp_path / "daftar.json").write_text(order_out(found), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    exec(PAGE.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0], {"print": said.append})
    assert said == [commitment(found.seed, found), rota_out(plan(found))]
