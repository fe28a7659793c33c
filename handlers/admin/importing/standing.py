"""What the office knows already, on the day from which a file is to hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from db import regions, roles, staff, units
from db.engine import Tx
from db.regions import Region
from db.roles import Role
from db.staff import Member
from db.units import Unit


@dataclass(frozen=True)
class Standing:
    """People by key, units and regions by code, the regions that have a zone, and the admins' keys."""

    members: Mapping[str, Member]
    units: Mapping[str, Unit]
    regions: Mapping[str, Region]
    zoned: frozenset[str]
    admins: frozenset[str]

    @cached_property
    def by_nip(self) -> Mapping[str, Member]:
        return {member.nip: member for member in self.members.values() if member.nip is not None}

    @cached_property
    def without_nip(self) -> Mapping[tuple[str, str], Member]:
        """Non-ASN have no number: they are known again by their name and telephone, or name and unit."""
        nameless = [member for member in self.members.values() if member.nip is None]
        by_unit = {(member.name.casefold(), member.unit_code or ""): member for member in nameless}
        return by_unit | {
            (member.name.casefold(), member.phone): member for member in nameless if member.phone
        }


async def standing(tx: Tx, *, on: date, now: datetime) -> Standing:
    """Read what is known for that day, in a handful of queries and one for each region."""
    known = {region.code: region for region in await regions.all_regions(tx)}
    zones = {code: await regions.fact(tx, region_code=code, on=on, as_known_at=now) for code in known}
    return Standing(
        members={member.id: member for member in await staff.members(tx, on=on, now=now)},
        units={unit.code: unit for unit in await units.all_units(tx)},
        regions=known,
        zoned=frozenset(code for code, zone in zones.items() if zone is not None),
        admins=frozenset(await roles.holders(tx, role=Role.ADMIN, on=on, as_known_at=now)),
    )
