"""Writes down what became of sent messages: one transaction for many, each by its fate and class."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from bot.channels.base import Fate, SendFailure
from bot.journey import Became, Outcome
from bot.outlet import Outlet, paused_by
from db import audit, channel_states, identities, pauses
from db.engine import Tx
from db.sending import outbox
from db.sending.claims import end, give_back, mark_sent, mark_uncertain, retry_later
from handlers.update import Class

ACTOR = "delivery"
LONGEST_RETRY = 60.0
UNCERTAIN_REST = timedelta(seconds=2)  # an answer that comes late must not cross its own repeat
MUST_ARRIVE = frozenset({Class.ALERT, Class.BROADCAST})
# So often a message is tried that surely did not arrive, about once a minute: as long as it is worth something.
MOST_TRIES: Mapping[int, int] = {
    Class.ANSWER: 24 * 60,
    Class.CODE: 15,
    Class.ALERT: 3 * 24 * 60,
    Class.REMINDER: 60,
    Class.DIGEST: 4 * 60,
    Class.BROADCAST: 24 * 60,
}


async def record(
    tx: Tx, outcomes: Sequence[Outcome], *, now: datetime, real_now: datetime, chance: Random
) -> None:
    """Write down every outcome. Chats that moved or ended come first: identities are locked before the outbox."""
    for outcome in sorted(outcomes, key=_is_about_the_message):
        await _notes(tx, outcome, now=now)
        if outcome.became is not Became.SENT:
            await _record_one(tx, outcome, now=now, real_now=real_now, chance=chance)
    await mark_sent(tx, [(o.message, o.keys) for o in outcomes if o.became is Became.SENT], now=now)


def _is_about_the_message(outcome: Outcome) -> bool:
    return outcome.failure is None or outcome.failure.fate not in (Fate.GONE, Fate.MOVED)


async def _notes(tx: Tx, outcome: Outcome, *, now: datetime) -> None:
    for action, subject, says in outcome.notes:
        detail = {"outbox": outcome.message.id, "channel": outcome.message.channel, "says": says}
        await audit.note(tx, actor=ACTOR, action=action, subject=subject, detail=detail, now=now)


async def _record_one(tx: Tx, outcome: Outcome, *, now: datetime, real_now: datetime, chance: Random) -> None:
    message = outcome.message
    if outcome.became is Became.NOT_BEGUN:
        await give_back(tx, message)
    elif outcome.became is Became.TOO_FAST:
        await give_back(tx, message, at=now + timedelta(seconds=outcome.wait))
    elif outcome.became is Became.NOT_OWED:
        await end(tx, message, state="dropped", because=outcome.says, now=now)
    elif outcome.failure is None:
        await end(tx, message, state="failed", because=outcome.says, now=now)
    else:
        await _FATES[outcome.failure.fate](tx, outcome, outcome.failure, _When(now, real_now, chance))


class _When:
    """The moments of one recording, and the chance that spreads retries."""

    def __init__(self, now: datetime, real_now: datetime, chance: Random) -> None:
        self.now = now
        self.real_now = real_now
        self.chance = chance


async def _retry(tx: Tx, outcome: Outcome, failure: SendFailure, when: _When) -> None:
    message = outcome.message
    if message.tries + 1 >= MOST_TRIES.get(message.urgency, 60):
        because = f"gave up after {message.tries + 1} tries: {failure.says}"
        await end(tx, message, state="failed", because=because, now=when.now)
        return
    seconds = retry_pause(message.tries, when.chance)
    await retry_later(tx, message, at=when.now + timedelta(seconds=seconds), because=failure.says)


async def _uncertain(tx: Tx, outcome: Outcome, failure: SendFailure, when: _When) -> None:
    await mark_uncertain(tx, outcome.message, look_at=when.now + UNCERTAIN_REST, because=failure.says)


async def _paused(tx: Tx, outcome: Outcome, failure: SendFailure, when: _When) -> None:
    message, wait = outcome.message, timedelta(seconds=failure.seconds)
    for what in paused_by(urgency=message.urgency, address=message.address):
        await pauses.pause(
            tx, channel=message.channel, what=what, until=when.real_now + wait, because=failure.says
        )
    await _note(tx, outcome, failure, "paused", when, seconds=int(failure.seconds))
    await give_back(tx, message, at=when.now + wait)


async def _gone(tx: Tx, outcome: Outcome, failure: SendFailure, when: _When) -> None:
    message, because = outcome.message, f"unreachable: {failure.says}"
    place = {"channel": message.channel, "address": message.address}
    await identities.mark_unreachable(tx, because=failure.says, now=when.now, **place)
    await _note(tx, outcome, failure, "unreachable", when)
    state = "held" if message.urgency in MUST_ARRIVE else "dropped"
    await end(tx, message, state=state, because=because, now=when.now)
    await outbox.hold_chat(tx, because=because, now=when.now, **place)


async def _moved(tx: Tx, outcome: Outcome, failure: SendFailure, when: _When) -> None:
    message = outcome.message
    await identities.move(tx, channel=message.channel, old=message.address, new=failure.address)
    await _note(tx, outcome, failure, "moved", when)
    await give_back(tx, message)
    await outbox.move(tx, channel=message.channel, old=message.address, new=failure.address)


async def _down(tx: Tx, outcome: Outcome, failure: SendFailure, when: _When) -> None:  # noqa: ARG001  one of _FATES
    await give_back(tx, outcome.message)


async def _refused(tx: Tx, outcome: Outcome, failure: SendFailure, when: _When) -> None:
    await end(tx, outcome.message, state="failed", because=failure.says, now=when.now)


_Recorded = Callable[[Tx, Outcome, SendFailure, _When], Awaitable[None]]
_FATES: Mapping[Fate, _Recorded] = {
    Fate.RETRY: _retry,
    Fate.UNCERTAIN: _uncertain,
    Fate.PAUSED: _paused,
    Fate.GONE: _gone,
    Fate.MOVED: _moved,
    Fate.BAD_MARKUP: _refused,
    Fate.REFUSED: _refused,
    Fate.DOWN: _down,
}


async def _note(
    tx: Tx, outcome: Outcome, failure: SendFailure, action: str, when: _When, **more: int
) -> None:
    detail = {"outbox": outcome.message.id, "channel": outcome.message.channel, "says": failure.says, **more}
    await audit.note(
        tx, actor=ACTOR, action=action, subject=outcome.message.person_id, detail=detail, now=when.now
    )


async def note_state(tx: Tx, outlet: Outlet, *, now: datetime) -> None:
    """Write down how a channel is, if that is news to the database."""
    if outlet.noted == outlet.state:
        return
    says = outlet.detail
    is_news = await channel_states.note(tx, channel=outlet.name, state=outlet.state, detail=says, now=now)
    if is_news and (outlet.noted is not None or says):
        action = f"channel_{outlet.state}"
        await audit.note(tx, actor=ACTOR, action=action, subject=outlet.name, detail={"says": says}, now=now)


def retry_pause(tries: int, chance: Random) -> float:
    """Return the seconds to wait after this many failed tries: 1, 2, 4 … 60, each up to a quarter shorter."""
    return float(min(LONGEST_RETRY, 2.0 ** min(tries, 10)) * chance.uniform(0.75, 1.0))
