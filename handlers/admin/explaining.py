"""Why somebody's day is what it is, for an operator who must answer for it: what anybody may read, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from db import audit, people, verdicts
from db.engine import Tx
from db.facts import NotInAnyUnitError, facts_for
from db.grounds_recorded import Recorded, recorded
from db.sealed import Seal
from db.verdicts import Told
from handlers.admin.refusal import AdminRefused
from policy import nip as nips
from policy.book import Book
from policy.engine import decide
from policy.model import EVERYONE, Reason, Step, Verdict


@dataclass(frozen=True, kw_only=True)
class Explained:
    """The verdict by what was known at a moment, everything the person was told, and what the day rests on."""

    name: str
    nip: str
    unit_chain: tuple[str, ...]
    unit_names: tuple[str, ...]
    timezone: str
    as_known_at: datetime
    verdict: Verdict
    told: Sequence[Told]
    records: Sequence[Recorded]


async def explain(
    tx: Tx,
    seal: Seal,
    book: Book,
    *,
    nip: str,
    on: date,
    as_known_at: datetime,
    by: str,
    now: datetime,
) -> Explained:
    """Return how a day is decided by what was known then; that it was asked is noted. Raises AdminRefused."""
    number = nips.parse(nip)
    if isinstance(number, nips.NipProblem):
        raise AdminRefused(number.sentence)
    person = await people.known_with_nip(tx, nip=number.value)
    if person is None:
        raise AdminRefused(f"Nobody with the NIP {nips.grouped(number.value)} has ever worked here.")
    person_id, name = person
    try:
        facts = await facts_for(tx, seal, person_id=person_id, on=on, now=as_known_at, book=book)
    except NotInAnyUnitError:
        raise AdminRefused(
            f"By what was known at that moment, {name} belonged to no unit on {on}. Ask about another day, or a later "
            "moment with --as-known-at."
        ) from None
    told = await verdicts.versions(tx, seal, person_id=person_id, on=on)
    detail = {"on": on.isoformat(), "as_known_at": as_known_at.isoformat()}
    await audit.note(tx, actor=by, action="verdict_explained", subject=person_id, detail=detail, now=now)
    return Explained(
        name=name,
        nip=number.value,
        unit_chain=facts.unit_chain,
        unit_names=facts.unit_names,
        timezone=facts.timezone,
        as_known_at=as_known_at,
        verdict=for_operator(decide(facts)),
        told=[replace(each, verdict=for_operator(each.verdict)) for each in told],
        records=await recorded(
            tx, person_id=person_id, unit_code=facts.unit_code, on=on, as_known_at=as_known_at
        ),
    )


def for_operator(verdict: Verdict) -> Verdict:
    """The verdict as somebody may read it who is neither the person nor their head nor of the clinic.

    Whatever not everybody may read is one private reason at the end, which says nothing of its step; and whether
    somebody is kept out of the office is not said.
    """
    shown = [reason for reason in verdict.reasons if reason.audience == EVERYONE and reason.key != "private"]
    if len(shown) < len(verdict.reasons):
        shown.append(Reason("private", Step.OVERRIDE))
    return replace(verdict, reasons=tuple(shown), barred_from_office=False, barred_until=None)
