"""The rotas of a unit's weeks: proposed, published, superseded or discarded. Their days are in db/rota/days.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from db.engine import Row, Tx, Value
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.receipts import new_code
from db.rota import days as rota_days
from db.rota.days import Day
from db.sealed import Seal
from db.two_clocks import hold
from policy.calendar import monday_of
from policy.rota.published import commitment, order_in

State = Literal["proposed", "published", "superseded", "discarded"]
ITSELF = "rota"  # who published it, when nobody did


@dataclass(frozen=True, kw_only=True)
class Rota:
    id: str
    unit_code: str
    week: date  # its Monday
    version: int
    code: str
    state: State
    seed: str
    inputs: Mapping[str, Any]  # the list by which anybody recomputes it
    problems: Sequence[Mapping[str, Any]]
    made_at: datetime
    made_by: str
    made_because: str
    publish_at: datetime | None  # when it publishes itself, if the head does not before
    published_at: datetime | None
    published_by: str | None

    @property
    def promise(self) -> str:
        """What was promised by its seed and list, in hex; empty where nothing was drawn."""
        return commitment(self.seed, order_in(self.inputs["order"])) if "order" in self.inputs else ""

    @property
    def is_open(self) -> bool:
        return self.state == "proposed"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A rota that is not stored yet."""

    unit_code: str
    week: date
    seed: str
    inputs: Mapping[str, Any]
    problems: Sequence[Mapping[str, Any]]
    days: Sequence[Day]
    because: str  # drawn, again, edited, mended
    publish_at: datetime | None = None


_COLUMNS = (
    "id, unit_code, week, version, code, state, seed, inputs, problems, made_at, made_by, made_because,"
    " publish_at, published_at, published_by"
)
_LATEST = f"SELECT {_COLUMNS} FROM rotas WHERE unit_code = :unit AND week = :week"


async def propose(tx: Tx, seal: Seal, draft: Draft, *, by: str, now: datetime) -> Rota:
    """Keep a rota as a proposal, and return it; an older proposal of the same week is discarded."""
    await hold(tx, "units", key=draft.unit_code)
    where: dict[str, Value] = {"unit": draft.unit_code, "week": draft.week.isoformat()}
    await tx.run(
        "UPDATE rotas SET state = 'discarded', ended_at = :now"
        " WHERE unit_code = :unit AND week = :week AND state = 'proposed'",
        now=to_micros(now),
        **where,
    )
    last = await tx.one(
        "SELECT MAX(version) AS last FROM rotas WHERE unit_code = :unit AND week = :week", **where
    )
    rota_id = new_id()
    await tx.run(
        "INSERT INTO rotas (id, unit_code, week, version, code, state, seed, inputs, problems, made_at, made_by,"
        " made_because, publish_at) VALUES (:id, :unit, :week, :version, :code, 'proposed', :seed, :inputs,"
        " :problems, :now, :by, :because, :publish_at)",
        id=rota_id,
        version=(last["last"] or 0) + 1 if last else 1,
        code=new_code("J"),
        seed=draft.seed,
        inputs=seal.close(draft.inputs, place=_place("inputs", rota_id)),
        problems=seal.close({"problems": list(draft.problems)}, place=_place("problems", rota_id)),
        now=to_micros(now),
        by=by,
        because=draft.because,
        publish_at=to_micros(draft.publish_at) if draft.publish_at else None,
        **where,
    )
    await rota_days.add_days(tx, rota_id, draft.days)
    found = await by_id(tx, seal, rota_id=rota_id)
    assert found is not None, "a row that was just inserted"
    return found


async def by_id(tx: Tx, seal: Seal, *, rota_id: str) -> Rota | None:
    """Return a rota, or None."""
    row = await tx.one(f"SELECT {_COLUMNS} FROM rotas WHERE id = :id", id=rota_id)
    return _rota(seal, row) if row else None


async def proposed(tx: Tx, seal: Seal, *, unit_code: str, week: date) -> Rota | None:
    """Return the proposal that waits for this week, or None."""
    row = await tx.one(_LATEST + " AND state = 'proposed'", unit=unit_code, week=week.isoformat())
    return _rota(seal, row) if row else None


async def published(tx: Tx, seal: Seal, *, unit_code: str, week: date) -> Rota | None:
    """Return the rota that is published for this week now, or None."""
    row = await tx.one(_LATEST + " AND state = 'published'", unit=unit_code, week=week.isoformat())
    return _rota(seal, row) if row else None


async def count(tx: Tx, *, unit_code: str, week: date, because: Sequence[str] = ()) -> int:
    """Return how many rotas were made for this week, whatever became of them; only those made because of this."""
    rows = await tx.all(
        "SELECT made_because FROM rotas WHERE unit_code = :unit AND week = :week",
        unit=unit_code,
        week=week.isoformat(),
    )
    return sum(not because or row["made_because"] in because for row in rows)


async def schedule(tx: Tx, *, rota_id: str, publish_at: datetime | None) -> bool:
    """Let a proposal publish itself at that moment, or (None) only when the head does it. False if it is none."""
    touched = await tx.run(
        "UPDATE rotas SET publish_at = :at WHERE id = :id AND state = 'proposed'",
        at=to_micros(publish_at) if publish_at else None,
        id=rota_id,
    )
    return touched > 0


async def publish(tx: Tx, rota: Rota, *, by: str, now: datetime) -> list[Day] | None:
    """Publish a proposal; return the days that are new or changed. None if it is no proposal any more.

    A day before the week's first unpublished one is taken over like any other: what is equal is left as it stands.
    """
    await hold(tx, "units", key=rota.unit_code)
    touched = await tx.run(
        "UPDATE rotas SET state = 'published', published_at = :now, published_by = :by"
        " WHERE id = :id AND state = 'proposed'",
        now=to_micros(now),
        by=by,
        id=rota.id,
    )
    if not touched:
        return None
    await tx.run(
        "UPDATE rotas SET state = 'superseded', ended_at = :now"
        " WHERE unit_code = :unit AND week = :week AND state = 'published' AND id <> :id",
        now=to_micros(now),
        unit=rota.unit_code,
        week=rota.week.isoformat(),
        id=rota.id,
    )
    return await rota_days.take_effect(tx, rota_id=rota.id, unit_code=rota.unit_code, week=rota.week, now=now)


async def discard(tx: Tx, rota: Rota, *, now: datetime) -> bool:
    """Let a proposal go. False if it is none any more."""
    touched = await tx.run(
        "UPDATE rotas SET state = 'discarded', ended_at = :now WHERE id = :id AND state = 'proposed'",
        now=to_micros(now),
        id=rota.id,
    )
    return touched > 0


async def published_weeks(tx: Tx, *, unit_code: str, first: date) -> list[date]:
    """Return the Mondays of the weeks with a published rota that are not over on that day."""
    rows = await tx.all(
        "SELECT week FROM rotas WHERE unit_code = :unit AND week >= :monday AND state = 'published' ORDER BY week",
        unit=unit_code,
        monday=monday_of(first).isoformat(),
    )
    return [date.fromisoformat(row["week"]) for row in rows]


async def to_publish(tx: Tx, *, now: datetime) -> list[str]:
    """Return the keys of the proposals whose moment to publish themselves has come."""
    rows = await tx.all(
        "SELECT id FROM rotas WHERE state = 'proposed' AND publish_at <= :now ORDER BY publish_at, id",
        now=to_micros(now),
    )
    return [row["id"] for row in rows]


async def due(tx: Tx, seal: Seal, *, rota_id: str, now: datetime) -> Rota | None:
    """Return a proposal that is to publish itself now, its unit held; None if the head took it in hand meanwhile."""
    found = await by_id(tx, seal, rota_id=rota_id)
    if found is None:
        return None
    await hold(tx, "units", key=found.unit_code)
    rota = await by_id(tx, seal, rota_id=rota_id)
    is_due = rota is not None and rota.is_open and rota.publish_at is not None and rota.publish_at <= now
    return rota if is_due else None


def _rota(seal: Seal, row: Row) -> Rota:
    plain = ("id", "unit_code", "version", "code", "state", "seed", "made_by", "made_because", "published_by")
    return Rota(
        **{name: row[name] for name in plain},
        publish_at=_moment(row["publish_at"]),
        published_at=_moment(row["published_at"]),
        week=date.fromisoformat(row["week"]),
        inputs=seal.open(row["inputs"], place=_place("inputs", row["id"])),
        problems=seal.open(row["problems"], place=_place("problems", row["id"]))["problems"],
        made_at=from_micros(row["made_at"]),
    )


def _moment(micros: int | None) -> datetime | None:
    return from_micros(micros) if micros is not None else None


def _place(column: str, rota_id: str) -> str:
    return f"rotas.{column}:{rota_id}"
