"""A badan of ten units under SE 58 and 67/2020 in a yellow zone, with published rotas and a Friday behind it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from db import (
    adoptions,
    appointments,
    health,
    identities,
    memberships,
    meta,
    notices,
    people,
    regions,
    reports,
    roles,
    settings,
    superiors,
    units,
)
from db.appointments import Post
from db.engine import Db, Tx, transact
from db.items import Item
from db.roles import Role
from db.rota import drawing as rota_drawing
from db.sealed import Seal
from handlers import notice
from policy.book import Book
from policy.words import JobLevel

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = date(2020, 9, 7)
FRIDAY_BEFORE = date(2020, 9, 4)
FOUNDED = datetime(2020, 8, 24, 9, 0, tzinfo=ZONE)
SINCE = date(2020, 9, 1)
AGENCY, CITY, BY = "BAPENDA", "18.71", "day"
FIRST_CHAT = 5001
CHANNEL = "telegram"
UNITS = (
    "Sekretariat", "Bidang Pajak Daerah", "Bidang Retribusi", "Bidang Perencanaan dan Pengembangan",
    "Bidang Pengendalian dan Pembinaan", "Bidang Teknologi Informasi", "UPTD Samsat Rajabasa",
    "UPTD Samsat Sukarame", "UPTD Samsat Kedaton", "UPTD Samsat Panjang",
)  # fmt: skip
_FIRST = (
    "Agus", "Ayu", "Bambang", "Citra", "Dian", "Eka", "Fajar", "Gita", "Hendra", "Indah", "Joko", "Kartika",
    "Lestari", "Made", "Nina", "Oki", "Putri", "Rahmat", "Sari", "Taufik", "Umar", "Vina", "Wahyu", "Yanti", "Zaki",
)  # fmt: skip
_LAST = (
    "Saputra", "Wulandari", "Nugroho", "Hasanah", "Siregar", "Pratama", "Utami", "Kurniawan", "Maharani",
    "Sitorus", "Ramadhan", "Anggraini",
)  # fmt: skip
WORK = (
    "Verifikasi berkas wajib pajak", "Rekap penerimaan harian", "Layanan loket", "Menyusun surat keluar",
    "Rapat koordinasi", "Pemutakhiran data kendaraan", "Menyiapkan bahan laporan bulanan",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody of the office, and their chat."""

    id: str
    name: str
    unit: str
    chat: int
    is_head: bool
    work: tuple[str, str]


async def found(db: Db, seal: Seal, book: Book, *, people_count: int = 300) -> list[Member]:
    """Fill an empty, migrated database; return everybody, heads first in their unit."""
    chance = Random(67_2020)
    async with db.transaction() as tx:
        await meta.flag_demo(tx)
        await _agency(tx)
        staff = [await _hire(tx, number, chance) for number in range(people_count)]
        await _lead(tx, staff)
    for start in range(0, len(staff), 50):
        async with db.transaction() as tx:
            for member in staff[start : start + 50]:
                await _friday(tx, seal, member)
    for code in sorted({member.unit for member in staff}):
        await transact(db, partial(_rota, seal, book, code))
    return staff


async def _agency(tx: Tx) -> None:
    await regions.add(tx, code="18", name="Lampung", kind="provinsi", timezone="WIB")
    await regions.add(tx, code=CITY, name="Bandar Lampung", kind="kota", timezone="WIB", parent_code="18")
    await regions.record_fact(
        tx, region_code=CITY, value="kuning", valid_from=SINCE, by=BY, now=FOUNDED, source="Satgas (contoh)"
    )
    name = "Badan Pendapatan Daerah Provinsi Lampung"
    await units.add(tx, code=AGENCY, name=name, kind="pemprov", region_code=CITY, now=FOUNDED)
    for number, unit in enumerate(UNITS):
        await units.add(
            tx,
            code=_code(number),
            name=unit,
            kind="bidang",
            region_code=CITY,
            parent_code=AGENCY,
            now=FOUNDED,
        )
    for circular in ("menpanrb-58-2020", "menpanrb-67-2020"):
        await adoptions.adopt(tx, circular=circular, unit_code=AGENCY, valid_from=SINCE, by=BY, now=FOUNDED)
    basis = "SK Kepala Badan 800/41/2020 (contoh)"
    for setting, value in (("health_mode", "kmk328"), ("reporting", "plan,output")):
        await settings.set_value(
            tx, unit_code=AGENCY, name=setting, value=value, basis=basis, valid_from=SINCE, by=BY, now=FOUNDED
        )


def _code(number: int) -> str:
    return f"{AGENCY}.{number:02}"


async def _hire(tx: Tx, number: int, chance: Random) -> Member:
    unit, is_head = _code(number % len(UNITS)), number < len(UNITS)
    name = f"{_FIRST[number % len(_FIRST)]} {_LAST[(number // len(_FIRST) + number) % len(_LAST)]}"
    nip = f"19{75 + number % 25:02}{1 + number % 12:02}{1 + number % 28:02}200801{1 + number % 2}{1 + number:03}"
    person_id = await people.add(
        tx, nip=nip, name=name, phone=f"+62812{number:08}", employment="pns", now=FOUNDED
    )
    await memberships.assign(
        tx,
        person_id=person_id,
        unit_code=unit,
        position="Kepala" if is_head else "Pelaksana",
        job_level=JobLevel.ADMINISTRATOR if is_head else JobLevel.PELAKSANA,
        valid_from=SINCE,
        by=BY,
        now=FOUNDED,
    )
    member = Member(
        id=person_id,
        name=name,
        unit=unit,
        chat=FIRST_CHAT + number,
        is_head=is_head,
        work=(chance.choice(WORK[:3]), chance.choice(WORK[3:])),
    )
    await _link(tx, member)
    return member


async def _link(tx: Tx, member: Member) -> None:
    place = {"channel": CHANNEL, "address": str(member.chat)}
    await notices.shown(tx, version=notice.VERSION, locale="id", now=FOUNDED, **place)
    await notices.accepted(tx, version=notice.VERSION, person_id=member.id, now=FOUNDED, **place)
    await identities.link(
        tx, person_id=member.id, user_key=str(member.chat), proved_by="code", now=FOUNDED, **place
    )


async def _lead(tx: Tx, staff: list[Member]) -> None:
    heads = {member.unit: member for member in staff if member.is_head}
    top = staff[0]
    await appointments.appoint(
        tx, unit_code=AGENCY, person_id=top.id, post=Post.HEAD, valid_from=SINCE, by=BY, now=FOUNDED
    )
    for unit, head in heads.items():
        await appointments.appoint(
            tx, unit_code=unit, person_id=head.id, post=Post.HEAD, valid_from=SINCE, by=BY, now=FOUNDED
        )
    for member in staff:
        above = top if member.is_head else heads[member.unit]
        if above is not member:
            await superiors.name(
                tx, person_id=member.id, superior_id=above.id, valid_from=SINCE, by=BY, now=FOUNDED
            )
    await roles.grant(
        tx, person_id=staff[len(heads)].id, role=Role.ADMIN, valid_from=SINCE, by=BY, now=FOUNDED
    )


async def _friday(tx: Tx, seal: Seal, member: Member) -> None:
    """What everybody reported on the Friday before, so that Monday can go on from it."""
    at = datetime.combine(FRIDAY_BEFORE, datetime.min.time(), tzinfo=ZONE) + timedelta(hours=7, minutes=20)
    await health.save(
        tx,
        seal,
        person_id=member.id,
        on=FRIDAY_BEFORE,
        answers={"mode": "kmk328", "yes": [], "risk": "kecil", "fit": True},
        channel=CHANNEL,
        reported_at=at,
        now=at,
    )
    items = [Item(activity=work) for work in member.work]
    for kind, when in (("plan", at), ("output", at + timedelta(hours=8))):
        await reports.save(
            tx,
            person_id=member.id,
            on=FRIDAY_BEFORE,
            kind="plan" if kind == "plan" else "output",
            items=items,
            channel=CHANNEL,
            source_message=None,
            reported_at=when,
            now=when,
        )


async def _rota(seal: Seal, book: Book, code: str, tx: Tx) -> None:
    """Draw and publish the unit's week, as the clock would have done on Thursday and Friday."""
    now = datetime.combine(FRIDAY_BEFORE, datetime.min.time(), tzinfo=ZONE) + timedelta(hours=12)
    rota = await rota_drawing.draw_if_needed(tx, seal, book, unit_code=code, monday=MONDAY, by=BY, now=now)
    if rota is not None:
        await rota_drawing.publish(tx, seal, book, rota, by=BY, now=now)
