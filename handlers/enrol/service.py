"""Linking a chat to a person who has proved who they are, by the office's code or by their own phone number."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db import audit, enrol, identities, notices, people
from db.engine import Tx
from db.people import Person
from db.sealed import Seal
from db.sending import outbox
from handlers import notice
from handlers.enrol.reading import phone
from handlers.update import Contact, Sender

MOST_WRONG_TRIES = 5
TRIES_WITHIN = timedelta(hours=1)
STRANGER = "stranger"


@dataclass(frozen=True, kw_only=True)
class Linked:
    """The chat belongs to `person` now; `old` was theirs until this moment, if they had another."""

    person: Person
    old: str | None


async def may_try_again_at(tx: Tx, sender: Sender, *, now: datetime) -> datetime | None:
    """Return when this chat may try a code again, or None if it may now."""
    return await enrol.may_try_again_at(
        tx,
        channel=sender.channel,
        address=sender.address,
        most=MOST_WRONG_TRIES,
        within=TRIES_WITHIN,
        now=now,
    )


async def by_code(
    tx: Tx, seal: Seal, sender: Sender, *, nip: str, code: str, locale: str, now: datetime
) -> Linked | None:
    """Link the chat if the code is this person's. None, after the same work, whatever it was that did not fit.

    An unknown NIP, a wrong, used, burnt or expired code: nobody can tell them apart (faults A01, A02).
    """
    person_id = await people.id_with_nip(tx, nip=nip)
    fits = await enrol.redeem(tx, seal, person_id=person_id, code=code, now=now)
    await enrol.note_try(tx, channel=sender.channel, address=sender.address, matched=fits, now=now)
    person = await people.by_id(tx, person_id=person_id, now=now) if fits and person_id else None
    return await _link(tx, sender, person, proved_by="code", locale=locale, now=now) if person else None


async def by_contact(
    tx: Tx, sender: Sender, contact: Contact, *, locale: str, now: datetime
) -> Linked | None:
    """Link the chat if its own number is the office's number of exactly one person who has no chat here yet.

    A number can be given to somebody else one day, so it never takes a chat away from anybody (fault A04).
    """
    number = phone(contact.phone)
    found = await people.by_phone(tx, phone=number, now=now) if number else []
    if len(found) != 1 or await _has_other_chat(tx, found[0], sender):
        await note_refused_contact(tx, sender, why="no_match" if len(found) != 1 else "taken", now=now)
        return None
    return await _link(tx, sender, found[0], proved_by="contact", locale=locale, now=now)


async def note_refused_contact(tx: Tx, sender: Sender, *, why: str, now: datetime) -> None:
    """Write down that a contact proved nothing (fault A03). Neither number nor chat: they are nobody's yet."""
    await audit.note(
        tx, actor=STRANGER, action="contact_refused", detail={"channel": sender.channel, "why": why}, now=now
    )


async def _has_other_chat(tx: Tx, person: Person, sender: Sender) -> bool:
    chats = await identities.linked(tx, person_id=person.id)
    return any(chat.channel == sender.channel and chat.address != sender.address for chat in chats)


async def _link(
    tx: Tx, sender: Sender, person: Person, *, proved_by: str, locale: str, now: datetime
) -> Linked:
    is_first = not await identities.linked(tx, person_id=person.id)
    place = {"channel": sender.channel, "address": sender.address}
    (old,) = await identities.link(
        tx, person_id=person.id, user_key=sender.user, proved_by=proved_by, now=now, **place
    )
    await notices.accepted(tx, version=notice.VERSION, person_id=person.id, now=now, **place)
    if is_first:
        await people.set_locale(
            tx, person_id=person.id, locale=locale
        )  # the one they have just been spoken to in
    await outbox.drop_others(tx, person_id=person.id, now=now, **place)
    if old is not None:
        await outbox.move(tx, channel=sender.channel, old=old, new=sender.address)
    await outbox.release_held(
        tx, now=now, **place
    )  # here somebody is, whatever was known of the old chat (C07)
    await audit.note(
        tx,
        actor=person.id,
        action="linked" if old is None else "relinked",
        subject=person.id,
        detail={"channel": sender.channel, "proved_by": proved_by},
        now=now,
    )
    return Linked(person=person, old=old)
