"""How an alert looks in a chat: as it is now, with what its reader can do about it; and what others are told."""

from datetime import timedelta
from typing import Any

from db.alerting.people import Missing
from db.alerting.shown import line
from db.appointments import Power
from handlers import powers, telling
from handlers.alerts import service
from handlers.alerts.service import Found
from handlers.flow import Context
from handlers.telling import Word
from handlers.update import Choice, Class, Look, Say

_VERIFY = Choice(value="verify", label="verify", opens="unit:verify")
MENU = Choice(value="menu", label="menu", opens="menu:start")
_KEPT = timedelta(hours=4)  # a head's reminder means nothing in the evening


def choices(this: Found) -> tuple[Choice, ...]:
    """What can be done: WhatsApp shows them as a list where they are more than three."""
    alert, sees_names = this.alert, this.reader.sees_names
    take = (button("alert_take", "take", alert.id),) if alert.state == "open" else ()
    if not this.is_of_reports:
        return (*take, *((_VERIFY,) if sees_names else ()))
    wanted = (
        ("alert_remind", "remind", this.reader.capacity != "office" and this.may_report),
        ("alert_excuse", "excuse", sees_names and bool(this.others)),
        ("alert_give", "give", this.may_give),
        ("alert_list", "list", bool(this.shown.params.get("more"))),
    )
    return (*take, *(button(label, action, alert.id) for label, action, is_offered in wanted if is_offered))


def kept(this: Found, *, but: str = "") -> tuple[Choice, ...]:
    """What can be done next, and the menu: the choices under an answer to who tapped."""
    return (*(each for each in choices(this) if each.value != but), MENU)


def button(label: str, action: str, alert_id: str) -> Choice:
    """A button that does something about an alert, days later too."""
    return Choice(value=action, label=label, opens=f"alerts:{action}", args={"alert": alert_id})


async def as_it_is(ctx: Context, this: Found) -> Say:
    """The alert as it is now; or that nothing is missing any more, and since when."""
    if not this.shown.missing:
        return await settled(ctx, this)
    return Say(message=this.shown.message, params=this.shown.params, choices=kept(this), look=Look.KEYBOARD)


async def settled(ctx: Context, this: Found) -> Say:
    """Nothing is missing any more."""
    counts = await service.counts(ctx, this)
    done = counts.last_done_at
    params = {
        "unit": this.shown.params["unit"],
        "part": this.alert.part.value,
        "day": this.alert.on.isoformat(),
        "timezone": this.shown.params["timezone"],
        "done_at": done.isoformat() if done else None,
        "excused": counts.excused,
    }
    return Say(
        message="alerts/settled",
        params=params,
        look=Look.BUTTONS,
    )


async def not_yours(ctx: Context) -> Say:
    """To whom an alert does not concern (any more)."""
    return await powers.refused(ctx, Power.ALERTS, otherwise="alerts/not_yours")


async def remind(ctx: Context, this: Found, person: Missing) -> tuple[Say, ...]:
    """A private word to one of those who are missing: what is awaited, and the buttons that begin it."""
    kinds = [kind.value for kind, _, _ in person.owes]
    args = {"day": this.alert.on.isoformat()}
    word = Word(
        message="alerts/please",
        params={
            "by": ctx.me.name,
            "day": this.alert.on.isoformat(),
            "owes": line(person, me="")["owes"],
            "timezone": this.shown.params["timezone"],
        },
        once=f"nudge:{this.alert.id}:{person.person_id}:{ctx.now:%Y%m%d%H%M}",
        choices=tuple(Choice(value=kind, label=kind, opens=f"{kind}:start", args=args) for kind in kinds),
    )
    return await telling.one(ctx, person.person_id, word, urgency=Class.REMINDER, kept=_KEPT)


async def tell_excused(
    ctx: Context, this: Found, person: Missing, *, reason: str, words: str
) -> tuple[Say, ...]:
    """Tell somebody what they owe no more, and why."""
    params: dict[str, Any] = {
        "by": ctx.me.name,
        "day": this.alert.on.isoformat(),
        "kinds": [kind.value for kind, _, _ in person.owes],
        "reason": reason,
        "words": words,
    }
    word = Word(
        message="alerts/excused",
        params=params,
        once=f"excused:{this.alert.id}:{person.person_id}:{ctx.now:%Y%m%d%H%M}",
    )
    return await telling.one(ctx, person.person_id, word)
