"""What an admin records of one person: a trait, what they are there for, a head's decision by letter."""

from dataclasses import dataclass
from datetime import date, datetime

from db import appointments, audit, changes, memberships, overrides, people, traits, units
from db.appointments import Appointment, Post, Power
from db.changes import ChangeKind
from db.engine import Tx
from db.overrides import Decision
from db.people import Person
from db.sealed import Seal
from db.traits import KIND_OF, TraitKind
from handlers.admin.finding import in_order, person_with
from handlers.admin.refusal import AdminRefused
from policy.words import Arrangement, Function, JobLevel, Trait

_CAPACITIES = {Post.HEAD: "Kepala", Post.PLT: "Plt.", Post.PLH: "Plh."}


@dataclass(frozen=True, kw_only=True)
class Days:
    """From when to when something holds, both included, and who records it when."""

    first: date
    last: date | None
    by: str
    now: datetime

    def __post_init__(self) -> None:
        in_order(self.first, self.last)


async def set_trait(tx: Tx, seal: Seal, *, nip: str, trait: Trait, basis: str, days: Days) -> Person:
    """Record a trait of somebody; return who it is. Raises AdminRefused.

    UU 27/2022 art. 4 and 20: health data need a legal basis, which is named and kept, sealed with the trait.
    """
    person = await person_with(tx, nip, now=days.now)
    if KIND_OF[trait] is not TraitKind.WORK and not basis.strip():
        raise AdminRefused(
            "Health and discipline are personal data that need a legal basis (UU 27/2022 art. 4 and 20); name it: "
            '--basis "SK Kepala Dinas Nomor … tanggal …".'
        )
    await traits.record(
        tx,
        seal,
        person_id=person.id,
        trait=trait,
        basis=basis.strip() or None,
        valid_from=days.first,
        valid_until=days.last,
        by=days.by,
        now=days.now,
    )
    await _note_trait(tx, "trait_recorded", person, days)
    return person


async def end_trait(tx: Tx, seal: Seal, *, nip: str, trait: Trait, days: Days) -> Person:
    """Let a trait hold no more from a day on. Raises AdminRefused if it was not recorded for then."""
    person = await person_with(tx, nip, now=days.now)
    given_way = await traits.end(
        tx, seal, person_id=person.id, trait=trait, first=days.first, by=days.by, now=days.now
    )
    if not given_way:
        raise AdminRefused(
            f"`{trait}` is not recorded of {person.name} from {days.first} on; nothing has changed."
        )
    await _note_trait(tx, "trait_ended", person, days)
    return person


async def set_function(
    tx: Tx, *, nip: str, function: Function | None, is_strategic: bool | None, days: Days
) -> Person:
    """Record what somebody is there for, from a day on; None: as their unit. Raises AdminRefused."""
    person = await person_with(tx, nip, now=days.now)
    post = await memberships.of(tx, person_id=person.id, on=days.first, as_known_at=days.now)
    if post is None:
        raise AdminRefused(f"{person.name} belongs to no unit on {days.first}.")
    await memberships.assign(
        tx,
        person_id=person.id,
        unit_code=post.unit_code,
        position=post.position,
        job_level=JobLevel(post.job_level),
        function=function,
        is_strategic=is_strategic,
        valid_from=days.first,
        valid_until=days.last or post.valid_until,
        by=days.by,
        now=days.now,
    )
    detail = {"function": function, "strategic": is_strategic, **_span(days)}
    await _audit(tx, "function_recorded", person, detail, days)
    await _change(tx, ChangeKind.MEMBERSHIP, post.unit_code, days)
    return person


async def override(
    tx: Tx,
    seal: Seal,
    *,
    nip: str,
    arrangement: Arrangement,
    letter: str,
    considerations: tuple[str, ...],
    signed_by: str | None,
    days: Days,
) -> tuple[Person, str]:
    """Record a head's decision by letter for one person; return them, and who decided. Raises AdminRefused.

    Where nobody is named (`signed_by`, a NIP), it is who leads their unit on the first day, or the nearest above.
    """
    person = await person_with(tx, nip, now=days.now)
    if arrangement not in (Arrangement.WFO, Arrangement.WFH, Arrangement.WFA, Arrangement.FIELD):
        raise AdminRefused(f"A head cannot order `{arrangement}`: leave and travel are recorded as absences.")
    if not letter.strip():
        raise AdminRefused('A head decides by a letter; name it: --letter "800/123/2020".')
    head_id, capacity = await _head(tx, person, signed_by=signed_by, days=days)
    decision = Decision(
        arrangement=arrangement,
        letter=" ".join(letter.split()),
        by_id=head_id,
        capacity=capacity,
        considerations=tuple(" ".join(each.split()) for each in considerations),
    )
    await overrides.decide(
        tx,
        seal,
        decision,
        person_id=person.id,
        valid_from=days.first,
        valid_until=days.last,
        by=days.by,
        now=days.now,
    )
    detail = {"arrangement": arrangement.value, "letter": decision.letter, "head": head_id, **_span(days)}
    await _audit(tx, "override_recorded", person, detail, days)
    await _change(tx, ChangeKind.OVERRIDE, person.id, days)
    head = await people.by_id(tx, person_id=head_id, now=days.now)
    return person, f"{head.name if head else 'a head who has left'} ({capacity})"


async def end_override(tx: Tx, seal: Seal, *, nip: str, days: Days) -> Person:
    """Let no decision of a head hold for somebody from a day on. Raises AdminRefused if none was recorded."""
    person = await person_with(tx, nip, now=days.now)
    given_way = await overrides.withdraw(
        tx, seal, person_id=person.id, first=days.first, by=days.by, now=days.now
    )
    if not given_way:
        raise AdminRefused(f"No letter decides for {person.name} from {days.first} on; nothing has changed.")
    await _audit(tx, "override_ended", person, _span(days), days)
    await _change(tx, ChangeKind.OVERRIDE, person.id, days)
    return person


async def _head(tx: Tx, person: Person, *, signed_by: str | None, days: Days) -> tuple[str, str]:
    """Who decides for somebody, and in what capacity: never they themselves."""
    named = await person_with(tx, signed_by, now=days.now) if signed_by else None
    powerless: Appointment | None = None
    for unit_code in await units.chain(tx, code=person.unit_code):
        for each in await appointments.of_unit(tx, unit_code=unit_code, on=days.first, as_known_at=days.now):
            if each.person_id == person.id or (named is not None and each.person_id != named.id):
                continue
            if each.gives(Power.OVERRIDES):
                unit = await units.by_code(tx, code=unit_code)
                return each.person_id, f"{_CAPACITIES[each.post]} {unit.name if unit else unit_code}"
            powerless = powerless or each
    if powerless is not None:
        raise AdminRefused(_without_power(powerless))
    if named is not None:
        raise AdminRefused(
            f"{named.name} leads neither {person.unit_code} nor a unit above it on {days.first}."
        )
    raise AdminRefused(
        f"Nobody leads {person.unit_code} or a unit above it on {days.first}, so nobody could sign for {person.name}."
    )


def _without_power(post: Appointment) -> str:
    """The letter is named, not the person."""
    powers = ", ".join(sorted(post.powers or ())) or "none"
    return (
        f"The letter {post.letter or 'of appointment'} ({_CAPACITIES[post.post]} {post.unit_code}) names these powers: "
        f"{powers}. Overrides are not among them, so they stay with whom it stands in for."
    )


async def _note_trait(tx: Tx, action: str, person: Person, days: Days) -> None:
    """The audit never says which trait: it is read by others than the trait is."""
    await _audit(tx, action, person, _span(days), days)
    await _change(tx, ChangeKind.PERSON, person.id, days)


async def _audit(tx: Tx, action: str, person: Person, detail: dict[str, object], days: Days) -> None:
    await audit.note(tx, actor=days.by, action=action, subject=person.id, detail=detail, now=days.now)


async def _change(tx: Tx, kind: ChangeKind, subject: str, days: Days) -> None:
    await changes.note(tx, kind=kind, subject=subject, first_day=days.first, by=days.by, now=days.now)


def _span(days: Days) -> dict[str, object]:
    return {"from": days.first.isoformat(), "until": days.last.isoformat() if days.last else None}
