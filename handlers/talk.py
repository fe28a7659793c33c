"""One update in one conversation: what it means, which step reads it, and where the conversation stands after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db import keyboards, people
from handlers import menu
from handlers.flow import Context, Flow, Wording
from handlers.hearing import RESUME, Cancel, Continue, Heard, Nothing, Open, Remark, hear
from handlers.routes import FLOWS
from handlers.state import Kept, Prompt, State
from handlers.text import folded
from handlers.understand import only_names
from handlers.update import STAY, Answer, Choice, Look, Say, Turn, Update
from handlers.vocabulary import PHRASES
from policy.calendar import local_date, zone_named

DRAFT_KEPT = timedelta(hours=24)
_MOST_OPENINGS = 4
_RESUME, _FRESH = Choice(value="resume", label="resume"), Choice(value="fresh", label="fresh")


@dataclass(frozen=True)
class Said:
    """What a turn came to: messages in order, a passing note for the pressed button, and the new state."""

    says: tuple[Say, ...]
    state: State
    toast: str = ""


async def talk(ctx: Context, update: Update, state: State, *, wording: Wording) -> Said:
    """Answer one update. Never sends; everything it wants said is in what it returns."""
    owner = ctx.person.id if ctx.person else ""
    if state.owner != owner:
        state = State(owner=owner)
    flow = FLOWS.get(state.flow)
    if flow is not None and ctx.day_has_passed and flow.is_of_a_day and not flow.for_strangers:
        return await _begin_anew(ctx, flow, state)
    wants_text = flow is not None and state.step in flow.wants_text
    wants_file = flow is not None and state.step in flow.wants_file
    heard = await hear(ctx, update, state, wording=wording, wants_text=wants_text, wants_file=wants_file)
    said = await _perform(ctx, heard, state)
    remembered = replace(said.state, album=update.album or said.state.album)
    return replace(said, state=_with_source(remembered, state, update, heard))


async def _begin_anew(ctx: Context, flow: Flow, state: State) -> Said:
    """Ask again, for the day it is now, what was asked for a day that is over (I15)."""
    passed = Say(
        message="common/day_passed", params={"day": state.prompt.day.isoformat() if state.prompt else ""}
    )
    over = replace(state, flow="", step="", draft={}, sources={}, kept=None)
    return await _open(ctx, Open(f"{flow.name}:start"), over, before=(passed,))


async def _perform(ctx: Context, heard: Heard, state: State) -> Said:
    match heard:
        case Open():
            return await _open(ctx, heard, state)
        case Continue():
            return await _continue(ctx, heard, state)
        case Remark():
            return await _settle(ctx, state, FLOWS.get(state.flow), heard.turn)
        case Cancel():
            return await _cancel(ctx, state)
        case Nothing():
            return Said((), state)


async def _open(
    ctx: Context, wanted: Open, state: State, *, before: tuple[Say, ...] = (), depth: int = 0
) -> Said:
    name, _, action = wanted.target.partition(":")
    flow = FLOWS.get(name)
    if flow is None or action not in flow.actions or not _may(ctx, flow):
        target = "menu:start" if ctx.person else "enrol:start"
        return await _open(ctx, Open(target), state, before=before, depth=depth + 1)
    if _waits(state.kept, flow, ctx) and action == "start" and _only_opens(wanted.answer):
        return _offer_to_resume(
            ctx, state, flow, before, said="" if wanted.answer.value else wanted.answer.text
        )
    if flow.is_aside and state.flow not in ("", flow.name):
        return await _aside(ctx, flow, action, wanted.answer, state)
    left = _left(ctx, state, flow)
    turn = await flow.actions[action](replace(ctx, draft={}), wanted.answer)
    fresh = replace(left, flow="", step="", draft={}, sources={})
    return await _settle(ctx, fresh, flow, turn, before=before, depth=depth)


def _may(ctx: Context, flow: Flow) -> bool:
    if ctx.person is None:
        return flow.for_strangers
    return not flow.roles or bool(flow.roles & ctx.person.roles)


async def _aside(ctx: Context, flow: Flow, action: str, answer: Answer, state: State) -> Said:
    """Answer a question in the middle of a form, then ask again where the form stands."""
    turn = await flow.actions[action](replace(ctx, draft={}), answer)
    # What it asks itself is asked by buttons, beside the question of the form; what it offers is left out.
    plain = tuple(replace(say, look=Look.BUTTONS, choices=_opening(say, turn)) for say in turn.says)
    locale = next((say.locale for say in turn.says if say.locale), "")  # the language was changed just now
    repeated = (replace(state.prompt.say, locale=locale),) if state.prompt else ()
    return _asked(ctx, replace(state), (*plain, *repeated), day=_day(ctx, state))


def _opening(say: Say, turn: Turn) -> tuple[Choice, ...]:
    """The choices that mean something beside a form: no step waits there for the others."""
    return tuple(choice for choice in say.choices if choice.opens) if turn.step else ()


async def _continue(ctx: Context, heard: Continue, state: State) -> Said:
    flow = FLOWS.get(state.flow)
    over = replace(state, flow="", step="", draft={})
    if flow is None or (heard.step not in flow.steps and heard.step != RESUME):
        return await _open(ctx, Open("menu:start"), over)
    if not _may(ctx, flow):  # the role is gone since it was asked (A09)
        return await _settle(ctx, over, None, Turn(says=(Say(message="common/not_yours_now"),)))
    if heard.step == RESUME:
        return await _resume(ctx, heard.answer, state, flow)
    turn = await flow.steps[heard.step](replace(ctx, draft=state.draft), heard.answer)
    return await _settle(ctx, state, flow, turn)


async def _cancel(ctx: Context, state: State) -> Said:
    left = _left(ctx, state, None)
    kept = left.kept is not state.kept
    says = (Say(message="common/cancelled", params={"kept": kept}),)
    over = replace(left, flow="", step="", draft={}, sources={})
    return await _settle(ctx, over, None, Turn(says=says))


def _left(ctx: Context, state: State, to: Flow | None) -> State:
    """Keep the draft of a form that is left for another; enrolment and untouched forms leave nothing."""
    if not (state.flow and _is_touched(state) and state.prompt and ctx.person) or (
        to and to.name == state.flow
    ):
        return state
    if FLOWS[state.flow].is_aside or state.step == RESUME:
        return state
    until = ctx.now + DRAFT_KEPT
    kept = Kept(flow=state.flow, step=state.step, draft=state.draft, prompt=state.prompt, until=until)
    return replace(state, kept=kept)


def _is_touched(state: State) -> bool:
    """Whether the form holds anything yet, but the day that it is for and what it was opened with (named _…)."""
    held = (value for name, value in state.draft.items() if name != "day" and not name.startswith("_"))
    return any(value not in (None, "", [], {}) for value in held)


def _waits(kept: Kept | None, flow: Flow, ctx: Context) -> bool:
    if kept is None or kept.flow != flow.name or kept.until <= ctx.now:
        return False
    return kept.prompt.day == ctx.day or not flow.is_of_a_day


def _only_opens(answer: Answer) -> bool:
    """Whether a form is only asked for; "cuti minggu depan" says more, and begins a new one beside the kept."""
    is_name = answer.value is not None or folded(answer.text) in PHRASES or only_names(answer.text)
    return is_name and not answer.args


def _offer_to_resume(ctx: Context, state: State, flow: Flow, before: tuple[Say, ...], *, said: str) -> Said:
    fresh = replace(_FRESH, args={"text": said} if said else {})
    offer = Say(
        message="common/resume", params={"flow": flow.name}, choices=(_RESUME, fresh), look=Look.KEYBOARD
    )
    asking = replace(state, flow=flow.name, step=RESUME, draft={})
    return _asked(ctx, asking, (*before, offer), day=ctx.day)


async def _resume(ctx: Context, answer: Answer, state: State, flow: Flow) -> Said:
    kept = state.kept
    if answer.value == "resume" and kept is not None:
        back = replace(state, flow=kept.flow, step=kept.step, draft=kept.draft, kept=None)
        return _asked(ctx, back, (kept.prompt.say,), day=kept.prompt.day)
    begun = Answer(text=answer.args.get("text", ""), message_key=answer.message_key)
    return await _open(
        ctx, Open(f"{flow.name}:start", begun), replace(state, kept=None, flow="", step="", draft={})
    )


async def _settle(
    ctx: Context, state: State, flow: Flow | None, turn: Turn, *, before: tuple[Say, ...] = (), depth: int = 0
) -> Said:
    """Return where the conversation stands after `turn`."""
    says = (*before, *turn.says)
    if turn.opens and depth < _MOST_OPENINGS:
        over = replace(state, flow="", step="", draft={}, sources={})
        opened = await _open(ctx, Open(turn.opens), over, before=says, depth=depth + 1)
        return replace(opened, toast=turn.toast or opened.toast)
    if turn.step is STAY:
        return _stays(ctx, state, turn, says)
    draft = state.draft if turn.draft is None else turn.draft
    if turn.step is None or flow is None:
        ctx = await _as_known_now(ctx)
        owner = ctx.person.id if ctx.person else ""
        ended = replace(state, owner=owner, flow="", step="", draft={}, sources={})
        if ctx.person and not _has_keyboard(says):
            says = _homeward(says, await menu.home(ctx))
        return replace(_asked(ctx, ended, says, day=ctx.day), toast=turn.toast)
    asking = replace(state, flow=flow.name, step=turn.step, draft=draft)
    return replace(_asked(ctx, asking, says, day=_day(ctx, asking)), toast=turn.toast)


async def _as_known_now(ctx: Context) -> Context:
    """Return the context with the person whom a stranger has just proved to be."""
    if ctx.person is not None:
        return ctx
    person = await people.by_address(
        ctx.db, channel=ctx.sender.channel, address=ctx.sender.address, now=ctx.now
    )
    if person is None:
        return ctx
    day = local_date(ctx.sent_at, zone_named(person.timezone))
    return replace(ctx, person=person, locale=person.locale, day=day)


def _stays(ctx: Context, state: State, turn: Turn, says: tuple[Say, ...]) -> Said:
    """Keep the step. The current choices go out again with the last word, so that nobody is left without them."""
    if not says:
        return Said((), state, turn.toast)
    last, prompt = says[-1], state.prompt
    if not last.choices and prompt is not None:
        last = replace(last, choices=prompt.choices, look=prompt.say.look)
        return Said((*says[:-1], last), state, turn.toast)
    return replace(_asked(ctx, state, says, day=_day(ctx, state)), toast=turn.toast)


def _has_keyboard(says: tuple[Say, ...]) -> bool:
    """Whether the last message brings the choices of what comes next, such as those of home, by itself."""
    return bool(says and says[-1].look is Look.KEYBOARD and says[-1].choices)


def _homeward(says: tuple[Say, ...], home: Say) -> tuple[Say, ...]:
    """Put the home choices under the last message, or in one of their own when that has buttons already."""
    if says and not says[-1].choices and says[-1].to is None:
        return (*says[:-1], replace(says[-1], choices=home.choices, look=home.look))
    return (*says, home)


def _asked(ctx: Context, state: State, says: Sequence[Say], *, day: date) -> Said:
    """Return the state in which the last of `says` is the prompt."""
    own = [say for say in says if say.to is None]
    if not own:
        return Said(tuple(says), state)
    nonce = keyboards.new_nonce(channel=ctx.sender.channel, address=ctx.sender.address)
    prompt = Prompt(nonce=nonce, say=own[-1], day=day, asked_at=ctx.now)
    return Said(tuple(says), replace(state, prompt=prompt, last=state.prompt))


def _day(ctx: Context, state: State) -> date:
    named = state.draft.get("day")
    return date.fromisoformat(named) if named else ctx.day


def _with_source(after: State, before: State, update: Update, heard: Heard) -> State:
    """Remember which step read a message, so that editing it before sending changes the draft (I03).

    Where the draft holds something else by now, that step could not read it again.
    """
    if not _names(before) <= _names(after):
        return replace(after, sources={})
    if not (
        isinstance(heard, Continue) and heard.answer.text and update.message_key and after.flow == before.flow
    ):
        return after
    return replace(after, sources={**after.sources, update.message_key: heard.step})


def _names(state: State) -> set[str]:
    return {name.removeprefix("_") for name in state.draft}
