"""The list of a draw as a file that anybody in the unit can recompute: the order, what was drawn, what changed since.

Written by the bot for who asks; read by `piket rota check`, which needs no database and nobody's word.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from policy.roster import Assignment, Order, plan
from policy.rota.published import commitment, order_in, order_out, published, rota_in, rota_out

FORM = 1
_Key = tuple[str, date]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What recomputing a list showed. `differs`: places that the draw does not give, though the file says so."""

    rota: str
    seed: str
    people: Mapping[str, str]
    days: int
    differs: tuple[_Key, ...]
    changed: tuple[tuple[str, date, str], ...]  # (person, day, why) of what was changed after the draw
    promise: str  # what the seed and the list come to
    keeps_promise: bool  # whether the file says the same
    next_seed: str | None  # the SHA-256 of the next cycle's seed, in hex, where that is fixed already

    @property
    def is_true(self) -> bool:
        return self.keeps_promise and not self.differs

    @property
    def seed_hash(self) -> str:
        """What a list of the cycle before must have told of this cycle's seed."""
        return hash_of(self.seed.partition("-")[0])  # a draw that was done again adds its number


def hash_of(seed: str) -> str:
    """What is told of a seed before it is used: its SHA-256, in hex."""
    return sha256(seed.encode()).hexdigest()


def written(
    order: Order,
    *,
    code: str,
    unit: str,
    names: Mapping[str, str],
    stands: Mapping[_Key, Assignment | str],
    next_seed: str | None,
) -> str:
    """Return the file's text. `stands`: days that are otherwise now than they were drawn, with why.

    `next_seed`: the seed of the cycle after this one, of which only the hash is told, or None.
    """
    shown = published(order)
    content = {
        "form": FORM,
        "unit": unit,
        "rota": code,
        "seed": order.seed,
        "promise": commitment(order.seed, order),
        "next_seed_sha256": hash_of(next_seed) if next_seed else None,
        "people": {member.id: names.get(member.id, "") for member in shown.members},
        "order": json.loads(order_out(shown)),
        "drawn": json.loads(rota_out(plan(shown))),
        "changed": [[person, on.isoformat(), str(why)] for (person, on), why in sorted(stands.items())],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def check(text: str) -> Checked:
    """Draw again from a file, and compare. Raises ValueError, with a sentence, for a file that is no such list."""
    content = _content(text)
    order, drawn = order_in(json.dumps(content["order"])), rota_in(json.dumps(content["drawn"]))
    again = plan(order)
    days = {on: set(people) for rota in (again, drawn) for on, people in rota.days.items()}
    differs = [
        (person, on)
        for on, people in sorted(days.items())
        for person in sorted(people | set(again.days.get(on, {})) | set(drawn.days.get(on, {})))
        if again.days.get(on, {}).get(person) != drawn.days.get(on, {}).get(person)
    ]
    return Checked(
        rota=str(content["rota"]),
        seed=order.seed,
        people=content["people"],
        days=len(drawn.days),
        differs=tuple(differs),
        changed=tuple((person, date.fromisoformat(on), why) for person, on, why in content["changed"]),
        promise=(promise := commitment(order.seed, order)),
        keeps_promise=promise == content["promise"],
        next_seed=content["next_seed_sha256"],
    )


def _content(text: str) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise ValueError(f"This file is no JSON: {error}.") from None
    wanted = {"form", "unit", "rota", "seed", "promise", "next_seed_sha256"}
    wanted |= {"people", "order", "drawn", "changed"}
    if not isinstance(content, dict) or set(content) != wanted or content["form"] != FORM:
        raise ValueError(f"This file is no list of a rota of form {FORM}.")
    if content["seed"] != content["order"].get("seed"):
        raise ValueError("The seed that the file names is not the seed of its list.")
    return content
