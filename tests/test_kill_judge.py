"""The judge of the kill test finds what it is there to find: a judge that never complains proves nothing."""

import random
from collections.abc import Sequence

from simulator.ledger import Handed
from tests.kill.contender import Books
from tests.kill.engage import Outcome
from tests.kill.judge import account_of
from tests.kill.killer import KILL, Strike
from tests.kill.ours import SCRIPT, Piket
from tests.kill.personas import Persona
from tests.kill.rush import FIRST_CHAT, RushWorld

ITEM = f"kegiatan {FIRST_CHAT} 1"
CODE = "P-7KQ2-M4"
ASKED, SHOWN = "Apa rencana kerja Anda? Untuk hari ini", f"Simpan rencana ini?\n1. {ITEM}"
RECEIPT = f"Rencana tercatat: 1 kegiatan.\nKode {CODE}, pukul 06.45 WIB"
FAIR = (ASKED, SHOWN, RECEIPT)


def outcome(
    texts: Sequence[str], *, saved: Sequence[str] = (ITEM,), handled: int = 3, in_flight: int = 1
) -> Outcome:
    """One person's round: `texts` were delivered, three updates acknowledged, of which the books know `handled`."""
    world = RushWorld(people=1)
    for number in range(3):
        world.ledger.updates.append(Handed(number, FIRST_CHAT, "message", 0.0, acknowledged_at=1.0))
    for number, text in enumerate(texts):
        facts = {"method": "sendMessage", "chat": FIRST_CHAT, "message_id": number, "payload": {}}
        world.ledger.accept(at=1.0, text=text, **facts)
    persona = Persona(world, FIRST_CHAT, SCRIPT, random.Random(1), receipts={ITEM: RECEIPT})
    strike = Strike(how=KILL, waiting=1, sending=1, in_flight=in_flight, ended_after=0.0, accepting_after=1.0)
    books = Books(saved=saved, items={CODE: saved[0]} if saved else {}, handled=frozenset(range(handled)))
    return Outcome(
        contender=Piket("sqlite:none"),
        world=world,
        personas=[persona],
        strikes=[strike],
        books=books,
        stopped_after=0.1,
    )


def test_a_fair_round_has_no_breach() -> None:
    account = account_of(outcome(FAIR))
    assert (account.breaches, account.receipts, account.duplicates) == ((), 1, 0)


def test_an_acknowledged_update_that_the_books_do_not_know_is_lost() -> None:
    account = account_of(outcome(FAIR, handled=2))
    assert account.lost == 1
    assert "update 2" in account.breaches[0]


def test_what_is_stored_twice_was_applied_twice() -> None:
    assert account_of(outcome(FAIR, saved=(ITEM, ITEM))).twice == 1


def test_a_receipt_for_nothing_or_for_something_else_is_a_breach() -> None:
    assert account_of(outcome(FAIR, saved=())).missing == 1
    assert account_of(outcome(FAIR, saved=("kegiatan 2001 9",))).breaches


def test_a_second_copy_counts_and_must_carry_the_mark() -> None:
    marked = account_of(outcome((*FAIR, f"{RECEIPT}\n\n{SCRIPT.mark}")))
    bare = account_of(outcome((*FAIR, RECEIPT)))
    assert (marked.duplicates, marked.unmarked, marked.breaches) == (1, 0, ())
    assert (bare.duplicates, bare.unmarked) == (1, 1)
    assert bare.breaches


def test_more_second_copies_than_sends_in_flight_are_a_breach() -> None:
    texts = (*FAIR, f"{RECEIPT}\n\n{SCRIPT.mark}")
    assert (
        "1 messages were sent twice, with 0 in flight" in account_of(outcome(texts, in_flight=0)).breaches[0]
    )


def test_somebody_left_without_an_answer_is_a_breach() -> None:
    left = outcome(FAIR)
    left.personas[0].is_stuck = True
    assert "without an answer" in account_of(left).breaches[0]
