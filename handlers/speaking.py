"""Put what a turn says into the outbox, and remember what its buttons open."""

from collections.abc import Sequence
from datetime import timedelta

from db import keyboards
from db.keyboards import new_nonce
from db.sending import outbox
from handlers import prompts
from handlers.flow import Context
from handlers.state import Prompt
from handlers.update import Class, Say

BUTTONS_KEPT = timedelta(days=14)
ANSWER_KEPT = timedelta(hours=24)  # an answer that could not be sent for a day answers nothing any more
ALERT_KEPT = timedelta(days=30)  # what must arrive waits for somebody who is away (fault C07)


async def speak(ctx: Context, says: Sequence[Say], *, prompt: Prompt | None) -> None:
    """Queue `says` in their order. The one that is the current prompt carries the prompt's nonce."""
    for say in says:
        is_prompt = prompt is not None and say == prompt.say
        nonce = prompt.nonce if is_prompt and prompt else _own_nonce(ctx, say, prompt)
        await _queue(ctx, say, nonce=nonce)
        is_bound = prompt is not None and nonce == prompt.nonce  # the conversation itself knows these
        if any(choice.opens for choice in say.choices) and not is_bound:
            await _keep_buttons(ctx, say, nonce=nonce)


def _own_nonce(ctx: Context, say: Say, prompt: Prompt | None) -> str:
    if prompt is not None and say.to is None and say.choices == prompt.choices:
        return prompt.nonce  # the same choices again, under another sentence
    channel, address = _place(ctx, say)
    return new_nonce(channel=channel, address=address)


def _place(ctx: Context, say: Say) -> tuple[str, str]:
    """Return whose chat it is said in: buttons work only there."""
    return say.to or (ctx.sender.channel, ctx.sender.address)


async def _queue(ctx: Context, say: Say, *, nonce: str) -> None:
    channel, address = _place(ctx, say)
    person = ctx.person.id if ctx.person and say.to is None else say.to_person
    await outbox.add(
        ctx.db,
        ctx.seal,
        channel=channel,
        address=address,
        person_id=person,
        urgency=say.urgency,
        message=say.message,
        locale=say.locale or ctx.locale,
        body=prompts.body_of(say, nonce=nonce),
        now=ctx.now,
        once=say.once,
        role_needed=say.role_needed,
        expires_at=say.expires_at or ctx.now + (ALERT_KEPT if say.urgency >= Class.ALERT else ANSWER_KEPT),
    )


async def _keep_buttons(ctx: Context, say: Say, *, nonce: str) -> None:
    channel, address = _place(ctx, say)
    await keyboards.keep(
        ctx.db,
        ctx.seal,
        nonce=nonce,
        channel=channel,
        address=address,
        choices=[prompts.stored(choice) for choice in say.choices],
        now=ctx.now,
        expires_at=ctx.now + BUTTONS_KEPT,
    )
