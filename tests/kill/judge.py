"""The judgement: what the platform's ledger says was taken and delivered, against what the bot's books hold."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from tests.kill.engage import Outcome
from tests.kill.killer import KILL, Strike
from tests.kill.personas import Persona, named_in

SOONEST = 5.0  # seconds after a start in which updates must be acknowledged again


@dataclass(frozen=True, kw_only=True)
class Account:
    """The figures of one engagement, and in `breaches` what must not be."""

    name: str
    kills: int
    rounds: int
    acknowledged: int
    lost: int
    twice: int
    receipts: int
    missing: int
    delivered: int
    duplicates: int
    unmarked: int
    sending: int
    in_flight: int
    usual: float
    slowest: float
    breaches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delivered:
    """What one chat got beyond its answers."""

    duplicates: int
    unmarked: tuple[str, ...]


def account_of(outcome: Outcome) -> Account:
    """Return the account; every breach is a sentence with the numbers to look for."""
    lost = sorted(set(_lost(outcome)))
    saved = Counter(outcome.books.saved)
    twice = sorted(item for item, times in saved.items() if times > 1)
    receipts = _receipts(outcome)
    missing = sorted(receipt for receipt in receipts if receipt not in outcome.books.items)
    chats = [_delivered(outcome, persona) for persona in outcome.personas]
    duplicates = sum(chat.duplicates for chat in chats)
    unmarked = [text for chat in chats for text in chat.unmarked]
    in_flight = sum(strike.in_flight for strike in _kills(outcome))
    breaches = [f"update {number} was acknowledged and had no effect" for number in lost]
    breaches += [f"{item!r} was applied {saved[item]} times" for item in twice]
    breaches += [f"{item!r} has a receipt and is not stored" for item in missing]
    breaches += [f"delivered again without a mark: {text!r}" for text in unmarked]
    breaches += list(_other_breaches(outcome))
    if duplicates > in_flight:
        breaches.append(f"{duplicates} messages were sent twice, with {in_flight} in flight at the kills")
    return Account(
        name=outcome.contender.name,
        kills=len(_kills(outcome)),
        rounds=sum(len(persona.receipts) for persona in outcome.personas),
        acknowledged=outcome.world.ledger.acknowledged,
        lost=len(lost),
        twice=len(twice),
        receipts=len(receipts),
        missing=len(missing),
        delivered=len(outcome.world.ledger.delivered),
        duplicates=duplicates,
        unmarked=len(unmarked),
        sending=sum(strike.sending for strike in _kills(outcome)),
        in_flight=in_flight,
        usual=median(strike.accepting_after for strike in outcome.strikes),
        slowest=max(strike.accepting_after for strike in outcome.strikes),
        breaches=tuple(breaches),
    )


def _kills(outcome: Outcome) -> Sequence[Strike]:
    return [strike for strike in outcome.strikes if strike.how == KILL]


def _lost(outcome: Outcome) -> Iterator[int]:
    """Acknowledged updates that nobody ever heard of again, or that the books do not know."""
    for persona in outcome.personas:
        yield from (row.update_id for row in persona.lost if row.acknowledged_at is not None)
    handled = outcome.books.handled
    if handled is None:
        return
    for row in outcome.world.ledger.updates:
        if row.acknowledged_at is not None and row.update_id not in handled:
            yield row.update_id


def _receipts(outcome: Outcome) -> set[str]:
    """What every receipt that was delivered is known by."""
    texts = (row.text or "" for row in outcome.world.ledger.delivered)
    return {receipt for text in texts if (receipt := outcome.contender.receipt(text))}


def _delivered(outcome: Outcome, persona: Persona) -> Delivered:
    texts = [row.text or "" for row in outcome.world.ledger.delivered if row.chat == persona.chat]
    if outcome.contender.script.tries_again:
        return Delivered(max(0, len(texts) - _answered(outcome, persona)), ())
    return _repeats(outcome, texts)


def _answered(outcome: Outcome, persona: Persona) -> int:
    """How many of a person's updates were acknowledged and not lost: each has one answer."""
    lost = {row.update_id for row in persona.lost}
    rows = [row for row in outcome.world.ledger.updates if row.chat == persona.chat]
    return sum(row.acknowledged_at is not None and row.update_id not in lost for row in rows)


def _repeats(outcome: Outcome, texts: Sequence[str]) -> Delivered:
    """Find what came twice: the same text in a row, or again any text that names an item or is a receipt."""
    script = outcome.contender.script
    seen: set[str] = set()
    before, duplicates, unmarked = "", 0, []
    for text in texts:
        plain = script.without_mark(text)
        is_unique = bool(named_in(plain) or outcome.contender.receipt(plain))
        if plain == before or (is_unique and plain in seen):
            duplicates += 1
            if plain == text:
                unmarked.append(text)
        seen.add(plain)
        before = plain
    return Delivered(duplicates, tuple(unmarked))


def _other_breaches(outcome: Outcome) -> Iterator[str]:
    for strike in outcome.strikes:
        if strike.accepting_after > SOONEST:
            yield f"after a {strike.how} it took {strike.accepting_after:.1f} s to accept updates again"
    for persona in outcome.personas:
        if persona.is_stuck:
            yield f"chat {persona.chat} was left without an answer"
        for item, text in persona.receipts.items():
            stored = outcome.books.items.get(outcome.contender.receipt(text))
            if stored not in (None, item):
                yield f"the receipt for {item!r} stands for {stored!r}"
    for why, count in sorted(outcome.books.troubles.items()):
        yield f"{count} times: {why}"
    for refused in outcome.world.ledger.refused:
        if refused["method"] != "getUpdates":
            yield f"the platform refused {refused['method']}: {refused['description']}"
