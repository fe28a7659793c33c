"""After an outage: ask again what was asked shortly before or during it, because the platform forgot the presses.

A press on a button waits 150 seconds at Telegram, a written answer a day; so whoever pressed in vain sees the
question once more, with the same buttons.
"""

from datetime import datetime, timedelta

from db import conversations, people
from db.engine import Db
from db.sealed import Seal
from db.sending import outbox
from handlers import prompts
from handlers.state import from_json
from handlers.update import Class, Look

PRESS_LIVES = timedelta(seconds=150)
NOTICED_AFTER = timedelta(seconds=120)


async def offer_again(db: Db, seal: Seal, *, channel: str, began: datetime, ended: datetime) -> int:
    """Queue every unanswered question with buttons that an outage may have swallowed; return how many."""
    async with db.reading() as tx:
        addresses = await conversations.asked_between(
            tx, channel=channel, since=began - PRESS_LIVES, until=ended
        )
    return sum([await _offer(db, seal, channel, address, began, ended) for address in addresses])


async def _offer(db: Db, seal: Seal, channel: str, address: str, began: datetime, ended: datetime) -> bool:
    async with db.transaction() as tx:
        conversation = await conversations.lock(tx, seal, channel=channel, address=address, now=ended)
        state = from_json(conversation.state)
        prompt = state.prompt
        if prompt is None or prompt.say.look is not Look.BUTTONS or not prompt.choices:
            return False
        person = await people.by_address(tx, channel=channel, address=address, now=ended)
        if state.owner != (person.id if person else ""):  # it was asked of somebody who is not here any more
            return False
        added = await outbox.add(
            tx,
            seal,
            channel=channel,
            address=address,
            person_id=person.id if person else None,
            urgency=Class.ANSWER,
            message=prompt.say.message,
            locale=person.locale if person else "id",
            body=prompts.body_of(prompt.say, nonce=prompt.nonce),
            now=ended,
            once=f"again:{channel}:{address}:{began:%Y%m%d%H%M%S}",
            expires_at=ended + timedelta(hours=1),
        )
    return added is not None
