"""Find out what an update means where the conversation stands: an answer, something to open, or only a remark."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db import keyboards, reports
from handlers import menu, prompts
from handlers.commands import COMMANDS
from handlers.flow import Context, Wording
from handlers.state import Prompt, State
from handlers.text import MOST_CHARS, clean, folded
from handlers.understand import asks_for_help, closest_command, command, greets, meaning, only_names, thanks
from handlers.update import STAY, Answer, Choice, Kind, Look, Say, Turn, Update
from handlers.vocabulary import CANCEL_WORDS, ERRANDS

MOST_SUGGESTIONS = 3
SECOND_TAP_SECONDS = 60
RESUME = "*resume*"
_ANY_DAY = date(2020, 1, 1)
_A_SENTENCE = 3  # words
_OF_WORK = ("plan:start", "output:start", "today:start")
_ASKED = ("question:start", "today:start", "menu:start")
_BEGINNINGS = ("start", "tomorrow", "others")
_FORMS_OF_WORK = ("plan", "output")
_USUAL = ("morning:start", "today:start", "menu:start")


@dataclass(frozen=True)
class Open:
    """Begin `target` ("flow:action")."""

    target: str
    answer: Answer = field(default_factory=Answer)


@dataclass(frozen=True)
class Continue:
    """Give `answer` to the current flow, at `step` (usually the current one)."""

    answer: Answer
    step: str


@dataclass(frozen=True)
class Remark:
    """Say something; the step stays as it is."""

    turn: Turn


class Cancel:
    """Leave the form; its draft is kept."""


class Nothing:
    """The update needs no answer."""


Heard = Open | Continue | Remark | Cancel | Nothing


async def hear(
    ctx: Context,
    update: Update,
    state: State,
    *,
    wording: Wording,
    wants_text: bool,
    wants_file: bool = False,
) -> Heard:
    """Return what `update` means. Reads the database only for buttons and edits."""
    if update.kind is Kind.PRESS:
        return await _press(ctx, update, state)
    if update.kind is Kind.CONTACT:
        return _contact(update, state)
    if update.kind is not Kind.TEXT:
        return _file(update, state) if wants_file and _is_file(update) else _not_text(update, state)
    text = clean(update.text)
    if len(text) > MOST_CHARS:
        return _remark("common/too_long", chars=len(text), most=MOST_CHARS)
    if not text:
        return _remark("common/only_text", kind="empty")
    answer = Answer(text=text, message_key=update.message_key, is_edit=update.is_edit)
    if update.is_edit:
        return await _edit(ctx, state, answer)
    return _text(ctx, state, answer, wording=wording, wants_text=wants_text)


def _remark(message: str, **params: Any) -> Remark:
    return Remark(Turn(says=(Say(message=message, params=params),), step=STAY))


def _contact(update: Update, state: State) -> Heard:
    asked = state.prompt is not None and any(choice.asks_contact for choice in state.prompt.choices)
    if not (state.flow and asked):
        return _remark("common/only_text", kind="contact")
    return Continue(Answer(contact=update.contact, message_key=update.message_key), state.step)


def _is_file(update: Update) -> bool:
    return update.kind is Kind.MEDIA and update.file is not None


def _file(update: Update, state: State) -> Heard:
    """Give a photo or document to the step; it keeps all of an album and answers the first (I05)."""
    if update.is_edit:  # its caption was changed: the file itself is kept already
        return _remark("common/edit_ignored")
    is_more = bool(update.album) and update.album == state.album
    answer = Answer(
        text=clean(update.text), file=update.file, message_key=update.message_key, is_more=is_more
    )
    return Continue(answer, state.step)


def _not_text(update: Update, state: State) -> Heard:
    if update.album and update.album == state.album:
        return Nothing()  # one answer for an album, however many pictures (I05)
    if update.kind is Kind.FORWARD:
        return _remark("common/only_own_words")
    if state.owner and not state.flow and update.media in ("photo", "document"):
        return _remark("common/file_unasked")
    return _remark("common/only_text", kind=update.media or "other")


async def _press(ctx: Context, update: Update, state: State) -> Heard:
    nonce, position = prompts.read_press(update.press)
    place = {"channel": update.channel, "address": update.sender.address}
    if not nonce:
        return _old_button(state)  # not ours, or of a release that named its buttons otherwise (I20)
    if not keyboards.is_for(nonce, **place):
        return Remark(Turn(toast="common/not_for_you", step=STAY))
    if state.prompt is not None and nonce == state.prompt.nonce:
        return _picked(state, state.prompt.choices, position)
    if state.last is not None and nonce == state.last.nonce:
        return _second_press(state, state.last.choices, position)
    kept = await keyboards.pressed(ctx.db, ctx.seal, nonce=nonce, now=ctx.now, **place)
    if kept is None:
        return _old_button(state)
    return _picked(state, tuple(prompts.restored(choice) for choice in kept), position)


def _second_press(state: State, choices: tuple[Choice, ...], position: int) -> Heard:
    """Answer a press on the prompt before: it was answered already, unless it opens something by itself."""
    if 0 <= position < len(choices) and choices[position].opens:
        return _picked(state, choices, position)
    return Remark(Turn(toast="common/already", step=STAY))


def _old_button(state: State) -> Remark:
    says = (Say(message="common/old_button"),) if state.prompt else ()
    return Remark(Turn(says=says, toast="common/old_button", step=STAY))


def _picked(state: State, choices: tuple[Choice, ...], position: int) -> Heard:
    if not 0 <= position < len(choices):
        return _old_button(state)
    return _chosen(state, choices[position], Answer())


def _chosen(state: State, choice: Choice, answer: Answer) -> Heard:
    if choice.value == "cancel" and state.flow and not choice.opens:
        return Cancel()  # tapped or typed, it is the same
    picked = Answer(text=answer.text, value=choice.value, args=choice.args, message_key=answer.message_key)
    return Open(choice.opens, picked) if choice.opens else Continue(picked, state.step)


async def _edit(ctx: Context, state: State, answer: Answer) -> Heard:
    key = answer.message_key or ""
    if state.flow and key in state.sources:
        return Continue(answer, state.sources[key])  # not sent yet: the latest words count, once (I03)
    report = await reports.by_source(ctx.db, person_id=ctx.me.id, source_message=key) if ctx.person else None
    if report is not None:
        args = {"day": report.on.isoformat(), "text": answer.text}
        return Open(f"{report.kind}:edited", Answer(text=answer.text, args=args, message_key=key))
    return _remark("common/edit_ignored")


def _text(ctx: Context, state: State, answer: Answer, *, wording: Wording, wants_text: bool) -> Heard:
    if named := command(answer.text):
        return _command(*named, state=state)
    plain = folded(answer.text)
    if plain in CANCEL_WORDS and state.flow:
        return Cancel()
    if asks_for_help(plain):  # also where a form awaits text, and from a stranger
        return Open("help:start", Answer(text=answer.text))
    prompt = state.prompt
    if prompt is not None:
        choice = prompts.meant(answer.text, prompt.choices, wording=wording, takes_text=wants_text)
        if choice is not None:
            return _chosen(state, choice, answer)
    if state.flow and wants_text and ctx.person and _is_short_question(answer.text):
        return Open("today:start", Answer(text=answer.text))
    if state.flow and wants_text and ctx.person and (errand := _errand(state, answer, wording)):
        return Open(errand)
    if state.flow and wants_text:
        return Continue(answer, state.step)
    if tapped := _second_tap(ctx, answer, state.last, wording):
        return _tapped_late(state, tapped, answer)
    if ctx.person is None:
        return Open("enrol:start", answer) if not state.flow else _remark("common/pick")
    if greets(plain) or plain in CANCEL_WORDS:  # nothing is open: as /batal
        return Open("menu:start")
    if thanks(answer.text) and not state.flow:
        return Remark(Turn(says=(Say(message="common/thanks"),)))
    at_home = () if state.flow else menu.EVERYTHING
    known = prompts.meant(answer.text, at_home, wording=wording, takes_text=True)
    return Open(known.opens, answer) if known else _loose(ctx, state, answer)


def _is_short_question(text: str) -> bool:
    """Whether "WFO besok?" is asked where free text is taken: nobody's work, and answered beside the form."""
    return (
        text.endswith("?") and only_names(text) and meaning(text, today=_ANY_DAY).intents == ("today:start",)
    )


def _errand(state: State, answer: Answer, wording: Wording) -> str:
    """Return what else is wanted where free text is taken: no line of work reads "Lapor pagi". The form is kept."""
    taught = ERRANDS.get(folded(answer.text), "") if state.flow in _FORMS_OF_WORK else ""
    named = prompts.meant(answer.text, menu.ERRANDS, wording=wording, takes_text=True)
    target = named.opens if named else taught
    return target if target.partition(":")[0] != state.flow else ""


def _second_tap(ctx: Context, answer: Answer, last: Prompt | None, wording: Wording) -> Choice | None:
    if last is None or (ctx.now - last.asked_at).total_seconds() > SECOND_TAP_SECONDS:
        return None
    return prompts.meant(answer.text, last.choices, wording=wording, takes_text=True)


def _tapped_late(state: State, choice: Choice, answer: Answer) -> Heard:
    """Answer a choice of the prompt before: what begins another errand is a change of mind, not a second tap."""
    flow, _, action = choice.opens.partition(":")
    if action in _BEGINNINGS and flow != state.flow:
        return _chosen(state, choice, answer)
    return _remark("common/already")


def _command(name: str, rest: str, *, state: State) -> Heard:
    target = COMMANDS.get(name.replace("_", ""))
    if target == "cancel":
        return Cancel() if state.flow else Open("menu:start")
    if target is None:
        return _remark("common/unknown_command", closest=closest_command(name))
    return Open(target, Answer(text=clean(rest)))


def _loose(ctx: Context, state: State, answer: Answer) -> Heard:
    found = meaning(answer.text, today=ctx.day)
    args: Mapping[str, Any] = {"day": found.day.isoformat()} if found.day else {}
    # In a form a day counts as a question only when there is nothing else: "paling lambat 28 Juni" is none.
    is_day = found.day is not None and (not state.flow or only_names(answer.text))
    intents = found.intents or (("today:start",) if is_day else ())
    if len(intents) == 1 and (not state.flow or state.step == RESUME):
        return Open(intents[0], Answer(text=answer.text, args=args, message_key=answer.message_key))
    if state.flow:
        aside = [intent for intent in intents if intent.startswith(("today:", "help:"))]
        return (
            Open(aside[0], Answer(text=answer.text, args=args))
            if len(aside) == len(intents) == 1
            else _remark("common/pick")
        )
    return Remark(_suggestions(intents, answer, args))


def _suggestions(intents: tuple[str, ...], answer: Answer, args: Mapping[str, Any]) -> Turn:
    """Ask which of several was meant (I12), or offer the usual ones for a text nobody understood (I11).

    A sentence that nobody understood is most likely about work: it becomes the first line of the form. A question
    is one for the office.
    """
    is_work = len(answer.text.split()) >= _A_SENTENCE
    usual = _ASKED if answer.text.endswith("?") else _OF_WORK if is_work else _USUAL
    offered = (intents or usual)[:MOST_SUGGESTIONS]
    choices = tuple(
        Choice(value=target, label=target.partition(":")[0], opens=target, args={**args, "text": answer.text})
        for target in offered
    )
    message = "common/which" if intents else "common/not_understood"
    return Turn(says=(Say(message=message, choices=choices, look=Look.KEYBOARD),))
