"""What somebody may do about an alert at this moment: take it over, remind, excuse, give it to another."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import audit, leading, obligations, preferences, snoozes, subordinates
from db.alerting import alerts
from db.alerting import people as alert_people
from db.alerting import readers as alert_readers
from db.alerting.alerts import KINDS, TOLD_OF, Alert
from db.alerting.people import Counts, Missing
from db.alerting.readers import Reader
from db.alerting.shown import Shown, shown
from db.rota import units as rota_units
from db.subordinates import Subordinate
from handlers.flow import Context
from policy.calendar import local_date
from policy.workdays import may_report

PAUSE = timedelta(hours=2)  # so long nobody is reminded by their head again
REMINDED, EXCUSED = "reminded", "excused"


@dataclass(frozen=True, kw_only=True)
class Found:
    """An alert as it is, as what the person may act on it, and what is shown of it."""

    alert: Alert
    reader: Reader
    on: date  # today, where the unit is
    shown: Shown
    may_report: bool  # whether reports of that day are still taken

    @property
    def others(self) -> list[Missing]:
        """Who has not reported, but oneself: nobody excuses or reminds themself."""
        return [each for each in self.shown.missing if each.person_id != self.reader.person.id]

    @property
    def is_of_reports(self) -> bool:
        """Whether people have not reported; else their superiors have not judged."""
        return self.alert.part in KINDS

    @property
    def may_give(self) -> bool:
        """Whether they lead those people, and so may give the alert to somebody else; their own is theirs."""
        return self.is_of_reports and bool(self.others) and self.reader.capacity in ("head", "stand_in")


async def found(ctx: Context, alert_id: str) -> Found | None:
    """Return an alert to who may act on it now; None to everybody else, whatever they were told before (V05)."""
    alert = await alerts.held(ctx.db, alert_id=alert_id)
    if alert is None or alert.part not in TOLD_OF:
        return None
    return await _as_read_by(ctx, alert, ctx.me.id)


async def _as_read_by(ctx: Context, alert: Alert, person_id: str) -> Found | None:
    zone = await rota_units.zone_of(ctx.db, unit_code=alert.unit_code)
    on = local_date(ctx.now, zone)
    reader = await alert_readers.standing(ctx.db, alert, person_id=person_id, on=on, now=ctx.now)
    if reader is None:
        return None
    return Found(
        alert=alert,
        reader=reader,
        on=on,
        shown=await shown(ctx.db, alert, reader, now=ctx.now),
        may_report=may_report(alert.on, sent=ctx.now, zone=zone),
    )


async def take(ctx: Context, this: Found) -> bool:
    """Deal with it from now on: no repeats, no steps up. False if somebody does already."""
    taken = await alerts.acknowledge(ctx.db, this.alert, by=ctx.me.id, now=ctx.now)
    if taken:
        await _audit(ctx, "alert_acknowledged", this)
    return taken


async def may_be_reminded(ctx: Context, this: Found) -> list[Missing]:
    """Return who may be reminded now: not away, not reminded by their head just before, not asking for quiet."""
    just_now = _reminded_since(this.alert, ctx.now - PAUSE)
    rested = [each for each in this.others if each.person_id not in just_now]
    return [each for each in rested if await _hears(ctx, this, each.person_id)]


async def _hears(ctx: Context, this: Found, person_id: str) -> bool:
    if await snoozes.until(ctx.db, person_id=person_id, now=ctx.now) is not None:
        return False
    wished = await preferences.of(ctx.db, person_id=person_id)
    local = ctx.now.astimezone(await rota_units.zone_of(ctx.db, unit_code=this.alert.unit_code))
    is_away = await leading.is_away(ctx.db, person_id=person_id, on=this.on, now=ctx.now)
    return wished.quiet.end(local) is None and not is_away


async def reminded(ctx: Context, this: Found, people: Sequence[Missing]) -> None:
    """Write down who was reminded."""
    if people:
        ids = [each.person_id for each in people]
        await alerts.note(ctx.db, this.alert, REMINDED, now=ctx.now, by=ctx.me.id, people=ids)
        await _audit(ctx, "alert_reminded", this, people=len(ids))


async def excuse(
    ctx: Context, this: Found, people: Sequence[Missing], *, reason: str, words: str
) -> list[Missing]:
    """Let these people owe no more what the alert is about; return those who still owed it.

    `reason` is a word of a closed list, or "own" with `words`, which are kept sealed: they may say anything.
    """
    excused = []
    for each in people:
        was_owed = [
            await obligations.excuse(
                ctx.db, obligation_id=key, because=f"head:{reason}", by=ctx.me.id, now=ctx.now
            )
            for _, _, key in each.owes
        ]
        excused += [each] if any(was_owed) else []
    if excused:
        ids = [each.person_id for each in excused]
        kept = {"by": ctx.me.id, "people": ids, "reason": reason, "words": _closed(ctx, this.alert, words)}
        await alerts.note(ctx.db, this.alert, EXCUSED, now=ctx.now, **kept)
        await _audit(ctx, "alert_excused", this, people=ids, reason=reason)
    return excused


async def may_take_it(ctx: Context, this: Found) -> list[Subordinate]:
    """Return to whom the alert may be given: everybody under the person today."""
    return await subordinates.of(ctx.db, person_id=ctx.me.id, on=this.on, now=ctx.now)


async def give(ctx: Context, this: Found, to: Subordinate) -> bool:
    """Give this alert, and no other, to somebody. False if it is over."""
    given = await alerts.delegate(ctx.db, this.alert, to=to.person_id, by=ctx.me.id, now=ctx.now)
    if given:
        await _audit(ctx, "alert_delegated", this, to=to.person_id)
    return given


async def as_given(ctx: Context, this: Found, to: Subordinate) -> Found | None:
    """Return the alert as the person it was given to reads it."""
    alert = await alerts.by_id(ctx.db, alert_id=this.alert.id)
    return await _as_read_by(ctx, alert, to.person_id) if alert else None


async def counts(ctx: Context, this: Found) -> Counts:
    """Return how it ended: when the last of them reported, and how many are excused."""
    return await alert_people.counts(ctx.db, this.alert)


def _reminded_since(alert: Alert, since: datetime) -> set[str]:
    return {
        person
        for what, at, detail in alert.log
        if what == REMINDED and at > since
        for person in detail["people"]
    }


def _closed(ctx: Context, alert: Alert, words: str) -> str:
    if not words:
        return ""
    sealed = ctx.seal.close(words, place=f"alerts.log:{alert.id}")
    return b64encode(sealed).decode()


async def _audit(ctx: Context, action: str, this: Found, **more: object) -> None:
    alert = this.alert
    detail = {"alert": alert.id, "part": alert.part.value, "day": alert.on.isoformat(), **more}
    detail["capacity"] = this.reader.capacity
    await audit.note(
        ctx.db, actor=ctx.me.id, action=action, subject=alert.unit_code, detail=detail, now=ctx.now
    )
