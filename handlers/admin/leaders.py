"""Who leads a unit from a day on, by which letter and with what powers: a head, a Plt, a Plh with dates."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from db import appointments, audit, changes, units
from db.alerting import readers as alert_readers
from db.appointments import Post, Power
from db.changes import ChangeKind
from db.engine import Tx
from db.people import Person
from db.units import Unit
from handlers.admin.finding import in_order, person_with, unit_named, word_of
from handlers.admin.refusal import AdminRefused


@dataclass(frozen=True, kw_only=True)
class Appointing:
    """What a letter says. `powers` is None where it names none: all that the post brings."""

    unit_code: str
    nip: str
    post: Post
    first: date
    last: date | None
    letter: str | None
    powers: Collection[Power] | None


def powers_named(text: str | None) -> frozenset[Power] | None:
    """Return the powers of a list such as "verify,absences"; None for no list. Raises AdminRefused."""
    if text is None:
        return None
    words = [each.strip() for each in text.split(",") if each.strip()]
    if not words:
        raise AdminRefused(
            f"Name the powers that the letter names, of: {', '.join(Power)}. Without --powers it brings all of them."
        )
    return frozenset(Power(word_of(tuple(Power), word, what="a power")) for word in words)


async def appoint(tx: Tx, wanted: Appointing, *, by: str, now: datetime) -> tuple[Person, Unit]:
    """Record who leads a unit; return them and the unit. Raises AdminRefused.

    UU 30/2014 art. 14: an acting head acts by a mandate, so a Plt or Plh needs the letter, and a Plh an end.
    """
    unit, person = await unit_named(tx, wanted.unit_code), await person_with(tx, wanted.nip, now=now)
    in_order(wanted.first, wanted.last)
    if wanted.post is not Post.HEAD and not (wanted.letter or "").strip():
        raise AdminRefused('An acting head is one by letter; name it: --letter "821.22/123/2020".')
    if wanted.post is Post.PLH and wanted.last is None:
        raise AdminRefused("A Plh stands in for some days; name the last of them: --until 2020-06-19.")
    await appointments.appoint(
        tx,
        unit_code=unit.code,
        person_id=person.id,
        post=wanted.post,
        valid_from=wanted.first,
        valid_until=wanted.last,
        letter=" ".join(wanted.letter.split()) if wanted.letter else None,
        powers=wanted.powers,
        by=by,
        now=now,
    )
    detail = {
        "unit": unit.code,
        "post": wanted.post.value,
        "from": wanted.first.isoformat(),
        "until": wanted.last.isoformat() if wanted.last else None,
        "letter": wanted.letter,
        "powers": sorted(wanted.powers) if wanted.powers is not None else None,
    }
    await audit.note(tx, actor=by, action="leader_appointed", subject=person.id, detail=detail, now=now)
    await _changed(tx, unit, first=wanted.first, by=by, now=now)
    return person, unit


async def dismiss(tx: Tx, *, unit_code: str, post: Post, first: date, by: str, now: datetime) -> Unit:
    """Leave a post of a unit vacant from a day on; return the unit. Raises AdminRefused if it is vacant already."""
    unit = await unit_named(tx, unit_code)
    given_way = await appointments.dismiss(tx, unit_code=unit.code, post=post, first=first, by=by, now=now)
    if not given_way:
        raise AdminRefused(f"{unit.name} has no {post.value} from {first} on; nothing has changed.")
    detail = {"unit": unit.code, "post": post.value, "from": first.isoformat()}
    await audit.note(tx, actor=by, action="leader_dismissed", subject=unit.code, detail=detail, now=now)
    await _changed(tx, unit, first=first, by=by, now=now)
    return unit


async def _changed(tx: Tx, unit: Unit, *, first: date, by: str, now: datetime) -> None:
    """Days may change (a circular may ask heads otherwise), and open alerts follow whoever leads now."""
    await changes.note(tx, kind=ChangeKind.UNIT_FACT, subject=unit.code, first_day=first, by=by, now=now)
    await alert_readers.follow(tx, units=await units.under(tx, code=unit.code), now=now)
