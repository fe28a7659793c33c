"""What an admin records of a region or a unit from a day on, in the words that rules ask for."""

from datetime import date, datetime

from db import audit, changes, regions, unit_facts
from db.changes import ChangeKind
from db.engine import Tx
from db.regions import Region
from db.units import Unit
from handlers.admin.finding import in_order, region_named, unit_named, word_of
from handlers.admin.refusal import AdminRefused
from policy.conditions import KEYS
from policy.words import Function, Yes

REGION_FACTS = tuple(dict.fromkeys(key.regional for key in KEYS.values() if key.regional))
UNIT_FACTS = (*(key.of_unit for key in KEYS.values() if key.of_unit), "function", "strategic")
_WORDS = {"function": tuple(Function), "strategic": tuple(Yes)}


async def set_region_fact(
    tx: Tx,
    *,
    region_code: str,
    name: str,
    value: str,
    valid_from: date,
    source: str | None,
    by: str,
    now: datetime,
) -> Region:
    """Record what is said of a region from a day on, until the next; return the region. Raises AdminRefused."""
    region = await region_named(tx, region_code)
    name = word_of(REGION_FACTS, name, what="a fact of a region")
    value = _value(name, value)
    await regions.record_fact(
        tx,
        region_code=region_code,
        name=name,
        value=value,
        valid_from=valid_from,
        source=source,
        by=by,
        now=now,
    )
    detail = {name: value, "from": valid_from.isoformat(), "source": source}
    action = "zone_recorded" if name == "zone" else "region_fact_recorded"
    await audit.note(tx, actor=by, action=action, subject=region_code, detail=detail, now=now)
    await changes.note(tx, kind=ChangeKind.ZONE, subject=region_code, first_day=valid_from, by=by, now=now)
    return region


async def set_unit_fact(
    tx: Tx,
    *,
    unit_code: str,
    name: str,
    value: str,
    valid_from: date,
    valid_until: date | None,
    source: str | None,
    by: str,
    now: datetime,
) -> Unit:
    """Record what is said of a unit, and of all below it, on these days; return the unit. Raises AdminRefused."""
    unit = await unit_named(tx, unit_code)
    name = word_of(UNIT_FACTS, name, what="a fact of a unit")
    value = _value(name, value)
    in_order(valid_from, valid_until)
    await unit_facts.record(
        tx,
        unit_code=unit_code,
        name=name,
        value=value,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
        by=by,
        now=now,
    )
    until = valid_until.isoformat() if valid_until else None
    detail = {name: value, "from": valid_from.isoformat(), "until": until, "source": source}
    await audit.note(tx, actor=by, action="unit_fact_recorded", subject=unit_code, detail=detail, now=now)
    await changes.note(tx, kind=ChangeKind.UNIT_FACT, subject=unit_code, first_day=valid_from, by=by, now=now)
    return unit


def _value(name: str, value: str) -> str:
    """The value as rules write it; a status and a stage are free words."""
    words = _WORDS.get(name) or KEYS[name].words
    if words is not None:
        return word_of(words, value, what=name)
    if not value.strip():
        raise AdminRefused(f"`{name}` needs a value.")
    return " ".join(value.split())
