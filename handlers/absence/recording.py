"""A superior records an absence of one of their own people: who, what, which days, the letter; told to the person."""

from dataclasses import replace
from datetime import date
from typing import Any

from db import absences, audit, changes, people, subordinates
from db.appointments import Power
from db.changes import ChangeKind
from db.people import Person
from db.subordinates import Subordinate
from handlers import powers, telling
from handlers.absence import service
from handlers.absence.days import Days, Objection, days_of, overlap
from handlers.absence.kinds import RARE, USUAL, kind_named
from handlers.flow import Context
from handlers.paging import says_menu
from handlers.picking import ask_who, one_named
from handlers.spans import NoSuchDay, Span, span_named
from handlers.telling import Word
from handlers.text import folded
from handlers.update import Answer, Choice, Look, Say, Turn, again, ask, done, say
from policy.calendar import local_date, zone_named
from policy.model import AbsenceKind

MOST_LETTER = 100
_KINDS = tuple(Choice(value=each.value, label=f"kind_{each.value}") for each in (*USUAL, *RARE))
_DAYS = (Choice(value="today", label="day_today"), Choice(value="tomorrow", label="day_tomorrow"))
_LATER = Choice(value="later", label="letter_later")
_SURE = (Choice(value="send", label="save"), Choice(value="cancel", label="cancel"))


async def start(ctx: Context, answer: Answer) -> Turn:
    """Ask of whom, unless a button named them."""
    under = await _under(ctx)
    if not under:
        return done(await powers.refused(ctx, Power.ABSENCES, otherwise="unit/nobody"))
    named = next((each for each in under if each.person_id == answer.args.get("person")), None)
    return _ask_kind(named) if named else ask_who(under, what="absence", page=0, step="of_whom")


async def of_whom(ctx: Context, answer: Answer) -> Turn:
    """Take one of one's own people."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    under = await _under(ctx)
    if answer.value == "more":
        return ask_who(under, what="absence", page=ctx.draft["_page"] + 1, step="of_whom")
    found = one_named(under, answer.value or answer.text)
    return _ask_kind(found) if found else again("unit/who_unread")


def _ask_kind(found: Subordinate) -> Turn:
    draft = {"_person": found.person_id}
    return ask("absence/their_kind", step="their_kind", choices=_KINDS, draft=draft, name=found.name)


async def their_kind(ctx: Context, answer: Answer) -> Turn:
    """Take the kind; days in the same words are taken as well."""
    if says_menu(answer.text):
        return Turn(opens="menu:start")
    named = kind_named(folded(answer.text)) if answer.value is None else AbsenceKind(answer.value)
    if named is None:
        return again("absence/kind_unclear")
    draft = {**ctx.draft, "kind": named.value}
    turn = ask("absence/dates", step="their_dates", choices=_DAYS, draft=draft)
    if answer.value is None and span_named(answer.text, today=_here(ctx)) is not None:
        return await their_dates(replace(ctx, draft=draft), answer)
    return turn


async def their_dates(ctx: Context, answer: Answer) -> Turn:
    """Take the days, by the calendar of the person's agency; what they have already is not recorded twice."""
    words = {"today": "hari ini", "tomorrow": "besok"}.get(answer.value or "", answer.text)
    found = await _days(ctx, span_named(words, today=_here(ctx)))
    if isinstance(found, Objection):
        said = Say(message=found.message, params=found.params)
        return Turn(says=(said,), step="their_dates", draft=ctx.draft)
    if found is None:
        return again("absence/dates_unclear")
    draft = {**ctx.draft, "first": found.first.isoformat(), "last": found.last.isoformat()}
    return ask("absence/their_letter", step="their_letter", choices=(_LATER,), draft=draft)


async def _days(ctx: Context, span: Span | NoSuchDay | None) -> Days | Objection | None:
    owner = await people.by_id(ctx.db, person_id=ctx.draft["_person"], now=ctx.now)
    if span is None or owner is None:
        return None
    if isinstance(span, NoSuchDay):
        return Objection(message="absence/no_such_day", params={"written": span.written})
    as_owner = replace(ctx, person=owner)
    found = await days_of(as_owner, span)
    if isinstance(found, Objection):
        return found
    meets = await overlap(as_owner, first=found.first, last=found.last)
    return Objection(message="absence/their_overlap", params=meets.params) if meets else found


async def their_letter(ctx: Context, answer: Answer) -> Turn:
    """Take the number of the letter, or none yet, and show the whole."""
    words = "" if answer.value == "later" else " ".join(answer.text.split())
    if len(words) > MOST_LETTER:
        return again("absence/too_long", chars=len(words), most=MOST_LETTER)
    person = await _mine(ctx, ctx.draft["_person"])
    if person is None:
        return await _not_yours(ctx)
    draft = {**ctx.draft, "letter": words}
    params = {"name": person.name, **_about(draft)}
    return ask("absence/their_card", step="their_card", choices=_SURE, draft=draft, **params)


async def their_card(ctx: Context, answer: Answer) -> Turn:
    """Record it, if the days are still free and the person still one's own (V05); they are told."""
    if answer.value != "send":
        return again("common/pick")
    person = await _mine(ctx, ctx.draft["_person"])
    if person is None:
        return await _not_yours(ctx)
    first, last = (date.fromisoformat(ctx.draft[name]) for name in ("first", "last"))
    meets = await _days(ctx, Span(first=first, last=last))
    if isinstance(meets, Objection):
        return done(say(meets.message, **meets.params))
    await absences.excuse(
        ctx.db,
        person_id=person.id,
        kind=AbsenceKind(ctx.draft["kind"]),
        valid_from=first,
        valid_until=last,
        letter=ctx.draft["letter"] or None,
        by=ctx.me.id,
        now=ctx.now,
    )
    await _note(ctx, "absence_recorded", person, first=first, last=last)
    params = {**_about(ctx.draft), "by": ctx.me.name}
    told = await _tell(ctx, person, "absence/recorded_for_you", params)
    args = {"person": person.id, "first": ctx.draft["first"], "last": ctx.draft["last"]}
    back = Choice(value="unrecord", label="absence_off", opens="absence:unrecord", args=args)
    about = {**_about(ctx.draft), "name": person.name, "is_told": bool(told)}
    return done(*told, Say(message="absence/recorded", params=about, choices=(back,), look=Look.BUTTONS))


async def unrecord(ctx: Context, answer: Answer) -> Turn:
    """Take back what was recorded, from its button: from today on, for what is past was so."""
    args = answer.args
    if not {"person", "first", "last"} <= args.keys():
        return done(say("common/old_button"))
    person = await _mine(ctx, args["person"])
    if person is None:
        return await _not_yours(ctx)
    first, last = max(_here(ctx), date.fromisoformat(args["first"])), date.fromisoformat(args["last"])
    given_way = last >= first and await absences.withdraw(
        ctx.db, person_id=person.id, first=first, last=last, by=ctx.me.id, now=ctx.now
    )
    if not given_way:
        return done(say("absence/not_recorded", name=person.name))
    await _note(ctx, "absence_unrecorded", person, first=first, last=last)
    params = {"first": first.isoformat(), "last": last.isoformat()}
    told = await _tell(ctx, person, "absence/unrecorded_for_you", {**params, "by": ctx.me.name})
    said = {**params, "name": person.name, "is_told": bool(told)}
    return done(*told, Say(message="absence/unrecorded", params=said, look=Look.BUTTONS))


def _about(draft: Any) -> dict[str, Any]:
    return {
        "kind": draft["kind"],
        "first": draft["first"],
        "last": draft["last"],
        "letter": draft["letter"] or None,
    }


async def _tell(ctx: Context, person: Person, message: str, params: dict[str, Any]) -> tuple[Say, ...]:
    once = f"{message}:{person.id}:{ctx.now:%Y%m%d%H%M%S}"
    return await telling.one(ctx, person.id, Word(message=message, params=params, once=once))


async def _note(ctx: Context, action: str, person: Person, *, first: date, last: date) -> None:
    """The audit never says which kind: it may name an illness."""
    detail = {"from": first.isoformat(), "until": last.isoformat()}
    await audit.note(ctx.db, actor=ctx.me.id, action=action, subject=person.id, detail=detail, now=ctx.now)
    await changes.note(
        ctx.db, kind=ChangeKind.PERSON, subject=person.id, first_day=first, by=ctx.me.id, now=ctx.now
    )


async def _under(ctx: Context) -> list[Subordinate]:
    return await subordinates.of(
        ctx.db, person_id=ctx.me.id, on=_here(ctx), now=ctx.now, power=Power.ABSENCES
    )


async def _mine(ctx: Context, person_id: str) -> Person | None:
    """Return somebody whose absences the person decides at this moment; None for everybody else."""
    approver = await service.approver_of(ctx, person_id=person_id)
    if person_id == ctx.me.id or approver is None or approver.person_id != ctx.me.id:
        return None
    return await people.by_id(ctx.db, person_id=person_id, now=ctx.now)


async def _not_yours(ctx: Context) -> Turn:
    said = await powers.refused(ctx, Power.ABSENCES, otherwise="unit/not_yours")
    return Turn(says=(said,), opens="unit:start")


def _here(ctx: Context) -> date:
    return local_date(ctx.now, zone_named(ctx.me.timezone))
