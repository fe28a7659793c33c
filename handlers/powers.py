"""What the letter of who stands in for a head allows: who acts without the power is told what their letter names.

The power itself is looked at where rows are read (db/subordinates.py, db/approvers.py, db/rota/units.py): what is not
in it is never shown. Here is only the sentence.
"""

from db import appointments, units
from db.appointments import Appointment, Power
from handlers.flow import Context
from handlers.update import Look, Say
from policy.calendar import local_date, zone_named


async def refusal(ctx: Context, power: Power) -> Say | None:
    """Return what is said to who leads only by letters that do not name this power; None to everybody else."""
    here = local_date(ctx.now, zone_named(ctx.me.timezone))
    held = await appointments.of_person(ctx.db, person_id=ctx.me.id, on=here, as_known_at=ctx.now)
    if not held or any(each.gives(power) for each in held) or _by_office(ctx, power):
        return None
    posts = [await _post(ctx, each) for each in held]
    return Say(message="unit/no_power", params={"power": power.value, "posts": posts}, look=Look.BUTTONS)


def _by_office(ctx: Context, power: Power) -> bool:
    """Whether they may do it as the personnel office: admins decide about the leave of who has nobody above."""
    return power is Power.ABSENCES and "admin" in ctx.me.roles


async def refused(ctx: Context, power: Power, otherwise: str) -> Say:
    """Return the sentence about the letter, or else this message, which takes no parameters."""
    return await refusal(ctx, power) or Say(message=otherwise, look=Look.BUTTONS)


async def _post(ctx: Context, each: Appointment) -> dict[str, object]:
    unit = await units.by_code(ctx.db, code=each.unit_code)
    return {
        "post": each.post.value,
        "unit": unit.name if unit else each.unit_code,
        "letter": each.letter,
        "powers": [power.value for power in Power if power in (each.powers or ())],
    }
