"""One-time codes for the people of a unit who have no chat yet, to be handed out on paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db import audit, enrol, staff, units
from db.engine import Tx
from db.sealed import Seal
from db.staff import Member
from handlers.admin.refusal import AdminRefused
from policy.calendar import local_date, zone_named

VALID_FOR = timedelta(days=14)  # as long as it takes to reach people who are on leave or in the field


@dataclass(frozen=True, kw_only=True)
class Handed:
    """Who got which code; who is linked already, and who holds a code that still works."""

    codes: tuple[tuple[Member, str], ...]
    linked: tuple[Member, ...]
    holding: tuple[Member, ...]
    without_nip: tuple[Member, ...]  # the code is typed together with the NIP, so they link by their phone
    expires_at: datetime


async def hand_out(
    tx: Tx, seal: Seal, *, unit_code: str, by: str, now: datetime, again: bool = False
) -> Handed:
    """Make codes for a unit and all below it. Codes that still work are replaced only `again`.

    Raises AdminRefused for an unknown unit.
    """
    codes = await units.under(tx, code=unit_code)
    if not codes:
        raise AdminRefused(
            f"There is no unit {unit_code}. `piket agency list` shows the agencies and their codes."
        )
    on = local_date(now, zone_named("WIB"))
    everybody = await staff.members(tx, on=on, now=now)
    here = [member for member in everybody if member.is_active and member.unit_code in codes]
    waiting = [member for member in here if not member.is_linked]
    wanted = [member for member in waiting if member.nip and (again or not member.has_code)]
    made = [(member, await _code(tx, seal, member, by=by, now=now)) for member in wanted]
    detail = {"unit": unit_code, "codes": len(made), "again": again}
    await audit.note(tx, actor=by, action="codes_issued", detail=detail, now=now)
    return Handed(
        codes=tuple(made),
        linked=tuple(member for member in here if member.is_linked),
        holding=tuple(member for member in waiting if member.nip and member not in wanted),
        without_nip=tuple(member for member in waiting if not member.nip),
        expires_at=now + VALID_FOR,
    )


async def _code(tx: Tx, seal: Seal, member: Member, *, by: str, now: datetime) -> str:
    return await enrol.issue_code(tx, seal, person_id=member.id, issued_by=by, now=now, valid_for=VALID_FOR)
