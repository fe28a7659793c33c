"""What a stranger is asked: whether the privacy notice is all right, and who they are."""

from dataclasses import replace
from typing import Any

from db import notices
from handlers import notice
from handlers.enrol import alarm, service
from handlers.enrol.reading import Proof, read
from handlers.enrol.service import Linked
from handlers.flow import Context, Flow
from handlers.update import Answer, Choice, Class, Contact, Say, Turn, again, ask, done, say
from policy.nip import Nip, NipProblem

flow = Flow("enrol", for_strangers=True)

AGREE = Choice(value="agree", label="agree")
MORE = Choice(value="more", label="more")
NOT_NOW = Choice(value="not_now", label="not_now")
SHARE = Choice(value="share", label="share_contact", asks_contact=True)
STRANGERS_ZONE = "Asia/Jakarta"


@flow.action("start")
async def start(ctx: Context, _answer: Answer) -> Turn:
    if ctx.person is not None:
        return Turn(opens="menu:start")
    place = {"channel": ctx.sender.channel, "address": ctx.sender.address}
    if await notices.accepted_version(ctx.db, **place) == notice.VERSION:
        return await _ask_who(ctx)
    await notices.shown(ctx.db, version=notice.VERSION, locale=ctx.locale, now=ctx.now, **place)
    choices = (AGREE, MORE, NOT_NOW)
    return ask("enrol/welcome", step="notice", choices=choices, version=notice.VERSION)


@flow.step("notice")
async def read_notice(ctx: Context, answer: Answer) -> Turn:
    if answer.value == MORE.value:
        return ask("enrol/more", step="notice", choices=(AGREE, NOT_NOW), version=notice.VERSION)
    if answer.value == AGREE.value:
        place = {"channel": ctx.sender.channel, "address": ctx.sender.address}
        await notices.accepted(ctx.db, version=notice.VERSION, now=ctx.now, **place)
        return await _ask_who(ctx)
    return done(say("enrol/not_now"))


async def _ask_who(ctx: Context) -> Turn:
    return await _must_wait(ctx) or ask("enrol/who", step="who", choices=(SHARE,), draft={})


@flow.step("who", wants_text=True)
async def who(ctx: Context, answer: Answer) -> Turn:
    if answer.contact is not None:
        return await _by_contact(ctx, answer.contact)
    if answer.value == SHARE.value:
        return again("enrol/share_how")
    proof = read(answer.text)
    match proof:
        case Proof(nip=Nip(value=number), code=""):
            return await _must_wait(ctx) or ask("enrol/code", step="code", draft={"nip": number})
        case Proof(nip=Nip(value=number), code=code):
            return await _by_code(ctx, number, code)
        case Proof(code=code) if code and not code.isdigit():
            return again("enrol/nip_first")
        case Proof(nip=NipProblem(fault=fault)):
            return again("enrol/nip_form", fault=fault.value)
    return again("enrol/who_unclear")


@flow.step("code", wants_text=True)
async def code(ctx: Context, answer: Answer) -> Turn:
    proof = read(answer.text)
    if isinstance(proof.nip, Nip):
        return await who(ctx, answer)  # another number: they begin anew
    if proof.code:
        return await _by_code(ctx, str(ctx.draft["nip"]), proof.code)
    return again("enrol/code_form")


async def _by_code(ctx: Context, nip: str, given: str) -> Turn:
    if wait := await _must_wait(ctx):
        return wait
    linked = await service.by_code(
        ctx.db, ctx.seal, ctx.sender, nip=nip, code=given, locale=ctx.locale, now=ctx.now
    )
    if linked is not None:
        return _welcome(ctx, linked)
    refused = await _must_wait(ctx) or ask("enrol/refused", step="code", draft={"nip": nip})
    alarms = await alarm.says(ctx)
    return replace(refused, says=(*alarms, *refused.says))


async def _by_contact(ctx: Context, contact: Contact) -> Turn:
    if not contact.is_own:
        await service.note_refused_contact(ctx.db, ctx.sender, why="not_own", now=ctx.now)
        return again("enrol/contact_not_own")
    linked = await service.by_contact(ctx.db, ctx.sender, contact, locale=ctx.locale, now=ctx.now)
    return _welcome(ctx, linked) if linked else again("enrol/contact_no_match")


async def _must_wait(ctx: Context) -> Turn | None:
    until = await service.may_try_again_at(ctx.db, ctx.sender, now=ctx.now)
    return done(say("enrol/wait", until=until.isoformat(), timezone=STRANGERS_ZONE)) if until else None


def _welcome(ctx: Context, linked: Linked) -> Turn:
    person = linked.person
    welcome = say("enrol/linked", name=person.name, unit=person.unit_name)
    if linked.old is None:
        return done(welcome)
    return done(_goodbye(ctx, linked), welcome)


def _goodbye(ctx: Context, linked: Linked) -> Say:
    """Tell the chat that was linked until now; whoever holds that phone sees nothing more of this person."""
    params: dict[str, Any] = {"at": ctx.now.isoformat(), "timezone": linked.person.timezone}
    return Say(
        message="enrol/moved_away",
        params=params,
        to=(ctx.sender.channel, str(linked.old)),
        urgency=Class.ALERT,
        locale=linked.person.locale,
    )
