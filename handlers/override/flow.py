"""A head decides by letter where one of their people works: who, where, when, the letter, what was considered."""

from datetime import date, timedelta
from typing import Any

from db import people
from db.appointments import Power
from db.people import Person
from handlers import powers, telling
from handlers.flow import Context, Flow
from handlers.override import considering, service
from handlers.override.service import PLACES, Wanted
from handlers.paging import says_menu
from handlers.picking import ask_who, one_named
from handlers.spans import NoSuchDay, span_named
from handlers.telling import Word
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done
from policy.model import Arrangement

flow = Flow("override", is_of_a_day=False, roles=("head", "superior"))

MOST_DAYS = 366
MOST_LETTER = 100
_PLACES = tuple(Choice(value=each.value, label=f"place_{each.value.lower()}") for each in PLACES)
_OFF = Choice(value="off", label="override_off")
_DAYS = (
    Choice(value="today", label="day_today"),
    Choice(value="tomorrow", label="day_tomorrow"),
)
_SURE = (Choice(value="send", label="save"), Choice(value="cancel", label="cancel"))


@flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    """Ask for whom, unless a button named them."""
    under = await service.people_led(ctx)
    if not under:
        return done(await powers.refused(ctx, Power.OVERRIDES, otherwise="unit/nobody"))
    named = next((each for each in under if each.person_id == answer.args.get("person")), None)
    return await _ask_place(ctx, named.person_id) if named else ask_who(under, what="override", page=0)


@flow.step("who", wants_text=True)
async def who(ctx: Context, answer: Answer) -> Turn:
    """Take one of one's own people."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    under = await service.people_led(ctx)
    if answer.value == "more":
        return ask_who(under, what="override", page=ctx.draft["_page"] + 1)
    found = one_named(under, answer.value or answer.text)
    return await _ask_place(ctx, found.person_id) if found else again("unit/who_unread")


async def _ask_place(ctx: Context, person_id: str) -> Turn:
    person = await people.by_id(ctx.db, person_id=person_id, now=ctx.now)
    if person is None or await service.capacity(ctx, person) is None:
        return await _not_yours(ctx)
    stands = await service.standing(ctx, person_id)
    choices = (*_PLACES, *((_OFF,) if stands else ()))
    params = {"name": person.name, **_standing(stands)}
    return ask("override/place", step="place", choices=choices, draft={"_person": person_id}, **params)


def _standing(stands: Any) -> dict[str, Any]:
    return {
        "place": stands.arrangement.value if stands else None,
        "letter": stands.letter if stands else None,
        "until": stands.until.isoformat() if stands and stands.until else None,
    }


@flow.step("place", wants_text=True)
async def place(ctx: Context, answer: Answer) -> Turn:
    """Take the place, or take back what stands."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    if answer.value == "off":
        return await _take_back(ctx, ctx.draft["_person"], first=service.here(ctx), last=None)
    typed = next((each.value for each in PLACES if each.value.casefold() == answer.text.casefold()), None)
    picked = answer.value or typed
    if picked is None:
        return again("common/pick")
    return ask("override/days", step="days", choices=_DAYS, draft={**ctx.draft, "place": picked})


@flow.step("days", wants_text=True)
async def days(ctx: Context, answer: Answer) -> Turn:
    """Take the days."""
    today = service.here(ctx)
    words = {"today": "hari ini", "tomorrow": "besok"}.get(answer.value or "", answer.text)
    span = span_named(words, today=today)
    if span is None or isinstance(span, NoSuchDay):
        return again("override/days_unread", most=MOST_DAYS)
    last = span.last or span.first + timedelta(days=_length(span.count, span.unit) - 1)
    if not today <= span.first <= last < today + timedelta(days=MOST_DAYS):
        return again("override/days_unread", most=MOST_DAYS)
    draft = {**ctx.draft, "first": span.first.isoformat(), "last": last.isoformat()}
    return ask("override/letter", step="letter", draft=draft, first=draft["first"], last=draft["last"])


def _length(count: int, unit: str) -> int:
    """Return how many days are meant; a month is 30 of them here: the dates are shown before anything is kept."""
    return max(1, count * {"week": 7, "month": 30}.get(unit, 1))


@flow.step("letter", wants_text=True)
async def letter(ctx: Context, answer: Answer) -> Turn:
    """Take the letter, with its number and date: a head decides by letter."""
    words = " ".join(answer.text.split())
    if len(words) > MOST_LETTER:
        return again("common/too_long", chars=len(words), most=MOST_LETTER)
    if not any(sign.isdigit() for sign in words):
        return again("override/letter_unread")
    return considering.ask_for({**ctx.draft, "letter": words, "ticked": [], "own": ""}, page=0)


@flow.step("considered", wants_text=True)
async def considered(ctx: Context, answer: Answer) -> Turn:
    """Tick what was considered, write it in one's own words, or go on."""
    if answer.value != "next":
        return considering.read(ctx.draft, answer)
    if not ctx.draft["ticked"] and not ctx.draft["own"]:
        return again("override/nothing_considered")
    found = await _mine(ctx, ctx.draft["_person"])
    if found is None:
        return await _not_yours(ctx)
    person, capacity = found
    return ask(
        "override/sure",
        step="sure",
        choices=_SURE,
        draft=dict(ctx.draft),
        name=person.name,
        capacity=capacity,
        **_params(wanted_in(ctx)),
    )


@flow.step("sure")
async def sure(ctx: Context, answer: Answer) -> Turn:
    """Record it and tell the person; whoever lost the right meanwhile decides nothing (V05)."""
    if answer.value != "send":
        return again("common/pick")
    found = await _mine(ctx, ctx.draft["_person"])
    if found is None:
        return await _not_yours(ctx)
    person, capacity = found
    wanted = wanted_in(ctx)
    await service.decide(ctx, person, wanted, capacity=capacity)
    params = {**_params(wanted), "by": ctx.me.name, "capacity": capacity}
    word = Word(message="override/told", params=params, once=f"override:{person.id}:{ctx.now:%Y%m%d%H%M%S}")
    told = await telling.one(ctx, person.id, word)
    args = {"person": person.id, "first": params["first"], "last": params["last"]}
    back = Choice(value="off", label="override_off", opens="override:off", args=args)
    names = ("place", "first", "last", "letter")
    about = {name: params[name] for name in names} | {"name": person.name, "is_told": bool(told)}
    return done(*told, Say(message="override/kept", params=about, choices=(back,), look=Look.BUTTONS))


@flow.action("off")
async def off(ctx: Context, answer: Answer) -> Turn:
    """Take a decision back, from its button: from today on, for what is past was so."""
    args = answer.args
    if not {"person", "first", "last"} <= args.keys():
        return await start(ctx, answer)
    first = max(service.here(ctx), date.fromisoformat(args["first"]))
    return await _take_back(ctx, args["person"], first=first, last=date.fromisoformat(args["last"]))


async def _take_back(ctx: Context, person_id: str, *, first: date, last: date | None) -> Turn:
    found = await _mine(ctx, person_id)
    if found is None:
        return await _not_yours(ctx)
    person, _ = found
    is_over = last is not None and last < first
    if is_over or not await service.take_back(ctx, person.id, first=first, last=last):
        return done(Say(message="override/none", params={"name": person.name}, look=Look.BUTTONS))
    params = {"by": ctx.me.name, "first": first.isoformat()}
    word = Word(
        message="override/told_off", params=params, once=f"override_off:{person.id}:{ctx.now:%Y%m%d%H%M%S}"
    )
    told = await telling.one(ctx, person.id, word)
    said = {"name": person.name, "first": first.isoformat(), "is_told": bool(told)}
    return done(*told, Say(message="override/off", params=said, look=Look.BUTTONS))


def wanted_in(ctx: Context) -> Wanted:
    """Return what the draft decides."""
    draft = ctx.draft
    return Wanted(
        arrangement=Arrangement(draft["place"]),
        first=date.fromisoformat(draft["first"]),
        last=date.fromisoformat(draft["last"]),
        letter=draft["letter"],
        considerations=considering.named_in(draft),
    )


def _params(wanted: Wanted) -> dict[str, Any]:
    return {
        "place": wanted.arrangement.value,
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
        "letter": wanted.letter,
        "considerations": list(wanted.considerations),
    }


async def _mine(ctx: Context, person_id: str) -> tuple[Person, str] | None:
    """Return somebody for whom the person may decide at this moment, and in which post."""
    person = await people.by_id(ctx.db, person_id=person_id, now=ctx.now)
    capacity = await service.capacity(ctx, person) if person else None
    return (person, capacity) if person and capacity else None


async def _not_yours(ctx: Context) -> Turn:
    said = await powers.refused(ctx, Power.OVERRIDES, otherwise="override/not_yours")
    return Turn(says=(said,), opens="unit:start")
