"""A head's decision about one person's place of work by letter: whose right it is, recording it, taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db import appointments, audit, changes, overrides, subordinates, units
from db.appointments import Post, Power
from db.changes import ChangeKind
from db.overrides import Decision
from db.people import Person
from db.subordinates import Subordinate
from handlers.flow import Context
from policy.calendar import local_date, zone_named
from policy.model import Arrangement, Override

PLACES = (Arrangement.WFO, Arrangement.WFH, Arrangement.WFA, Arrangement.FIELD)
# SE MenPANRB 58/2020, A.4: what is considered before somebody works elsewhere. Kept in its own words.
CONSIDERATIONS = (
    "jenis pekerjaan",
    "hasil penilaian kinerja",
    "kompetensi mengoperasikan sistem dan teknologi informasi",
    "laporan disiplin pegawai",
    "kondisi kesehatan atau faktor komorbiditas",
    "tempat tinggal",
    "kondisi kesehatan keluarga",
    "riwayat perjalanan 14 hari terakhir",
    "riwayat interaksi dengan penderita 14 hari terakhir",
    "efektivitas pelaksanaan tugas",
)
_POSTS = {Post.HEAD: "Kepala", Post.PLT: "Plt.", Post.PLH: "Plh."}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the head decides: where, from when to when (both included), by which letter, considering what."""

    arrangement: Arrangement
    first: date
    last: date
    letter: str
    considerations: tuple[str, ...]


async def people_led(ctx: Context) -> list[Subordinate]:
    """Return those for whom the person may decide now: by leading them, never by being their superior alone."""
    under = await subordinates.of(
        ctx.db, person_id=ctx.me.id, on=here(ctx), now=ctx.now, power=Power.OVERRIDES
    )
    held = await appointments.of_person(ctx.db, person_id=ctx.me.id, on=here(ctx), as_known_at=ctx.now)
    return under if any(each.gives(Power.OVERRIDES) for each in held) else []


async def capacity(ctx: Context, person: Person) -> str | None:
    """Return in which post the person decides for somebody now, as it is shown; None: it is not theirs to decide.

    It is who leads the unit with this power, or else the nearest above; nobody decides about themself.
    """
    for code in await units.chain(ctx.db, code=person.unit_code):
        post = await appointments.leading(
            ctx.db, unit_code=code, on=here(ctx), as_known_at=ctx.now, power=Power.OVERRIDES
        )
        if post is None or post.person_id == person.id:
            continue
        if post.person_id != ctx.me.id:
            return None
        unit = await units.by_code(ctx.db, code=code)
        return f"{_POSTS[post.post]} {unit.name if unit else code}"
    return None


async def standing(ctx: Context, person_id: str) -> Override | None:
    """Return what is decided for somebody's today."""
    return await overrides.of(ctx.db, ctx.seal, person_id=person_id, on=here(ctx), as_known_at=ctx.now)


async def decide(ctx: Context, person: Person, wanted: Wanted, *, capacity: str) -> None:
    """Record the decision; the changes job tells whoever's day it alters."""
    decision = Decision(
        arrangement=wanted.arrangement,
        letter=wanted.letter,
        by_id=ctx.me.id,
        capacity=capacity,
        considerations=wanted.considerations,
    )
    await overrides.decide(
        ctx.db,
        ctx.seal,
        decision,
        person_id=person.id,
        valid_from=wanted.first,
        valid_until=wanted.last,
        by=ctx.me.id,
        now=ctx.now,
    )
    detail = {
        "arrangement": wanted.arrangement.value,
        "letter": wanted.letter,
        "head": ctx.me.id,
        "from": wanted.first.isoformat(),
        "until": wanted.last.isoformat(),
    }
    await _note(ctx, "override_recorded", person.id, detail, first=wanted.first)


async def take_back(ctx: Context, person_id: str, *, first: date, last: date | None) -> bool:
    """Let no decision hold for somebody on these days. False if none did."""
    given_way = await overrides.withdraw(
        ctx.db, ctx.seal, person_id=person_id, first=first, last=last, by=ctx.me.id, now=ctx.now
    )
    if given_way:
        detail = {"from": first.isoformat(), "until": last.isoformat() if last else None}
        await _note(ctx, "override_ended", person_id, detail, first=first)
    return given_way > 0


def here(ctx: Context) -> date:
    """Return the date by which rights are judged: that of the moment."""
    return local_date(ctx.now, zone_named(ctx.me.timezone))


async def _note(
    ctx: Context, action: str, person_id: str, detail: Mapping[str, object], *, first: date
) -> None:
    await audit.note(ctx.db, actor=ctx.me.id, action=action, subject=person_id, detail=detail, now=ctx.now)
    await changes.note(
        ctx.db, kind=ChangeKind.OVERRIDE, subject=person_id, first_day=first, by=ctx.me.id, now=ctx.now
    )
