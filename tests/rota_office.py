"""An office under a quota: Boris leads, five people share the desks of two, on every working day."""

import zlib
from datetime import datetime

from db import adoptions, circular_texts, memberships, people
from db.engine import Tx
from handlers import notice
from policy.words import JobLevel
from tests import factories
from tests.chat import Player
from tests.factories import AGENCY, BY, CIRCULAR, SINCE
from tests.stage import Stage

NAME = "half-in-the-office"
MORE = ("Fitri Handayani", "Gita Maharani", "Hana Pertiwi")
HALF = """
number: "800/50/2020"
form: SE
issuer: Kepala Dinas Kominfo
rank: Pimpinan instansi
title: Pembatasan pegawai di kantor
signed: 2020-06-05
in_force: {from: 2020-06-05, until: not stated}
sources: [{title: Naskah, url: "https://example.go.id/se-50", checked_on: 2020-06-05}]
rules:
  - id: half
    paragraph: "1"
    says: Paling banyak setengah pegawai bekerja di kantor.
    then:
      quota:
        of: WFO
        at_most: "50 %"
        per: unit kerja
        counted: sehari
        rounding: not stated
        modality: wajib
        outside: {job_level: [JPT Pratama]}
  - id: heads
    paragraph: "2"
    says: Kepala dinas bekerja di kantor.
    when: {job_level: [JPT Pratama]}
    then: {arrangement: WFO, modality: wajib}
cases:
  - {name: kepala di kantor, on: 2020-06-15, given: {job_level: JPT Pratama}, expect: WFO, because: "2"}
"""


async def under_quota(stage: Stage, *, body: str = HALF) -> dict[str, Player]:
    """Put the agency under the quota, and hire three more, each with a chat; return them by first name."""
    now = stage.clock.now()
    # What was read once is kept under its name for all tests: another text needs another name.
    name = NAME if body == HALF else f"{NAME}-{zlib.crc32(body.encode()):x}"
    async with stage.db.transaction() as tx:
        text, _ = await circular_texts.add(tx, name=name, body=body, by=BY, now=now)
        await adoptions.drop(tx, circular=CIRCULAR, unit_code=AGENCY, first=SINCE, by=BY, now=now)
        await adoptions.adopt(tx, circular=text.id, unit_code=AGENCY, valid_from=SINCE, by=BY, now=now)
        hired = {name: await hire(tx, name, now=now) for name in MORE}
    for number, (name, person_id) in enumerate(hired.items(), 3001):
        first = name.split()[0].casefold()
        player = Player(
            stage, name=name.split()[0], id=number, phone=f"+62812{number}0000", person_id=person_id
        )
        stage.players[first] = player
    new = [stage.players[name.split()[0].casefold()] for name in MORE]
    chats = {player.person_id: player.address for player in new}
    await factories.link_chats(stage.db, chats, channel=stage.channel.name, version=notice.VERSION, now=now)
    return {player.name.casefold(): player for player in new}


async def hire(tx: Tx, name: str, *, now: datetime) -> str:
    """Take one more employee in; return their key."""
    person_id = await people.add(tx, nip=None, name=name, phone=None, employment="non-asn", now=now)
    await memberships.assign(
        tx,
        person_id=person_id,
        unit_code=AGENCY,
        position="Staf",
        job_level=JobLevel.PELAKSANA,
        valid_from=SINCE,
        by=BY,
        now=now,
    )
    return person_id


async def draws(boris: Player) -> None:
    """Boris opens next week and draws it."""
    await boris.says("jadwal piket")
    if "Jadwal piket unit mana" in boris.last:
        await boris.says("1")
    if "Pekan depan" in boris.choices:
        await boris.taps("Pekan depan")
    await boris.taps("Susun jadwal")


async def published(stage: Stage, boris: Player) -> dict[str, Player]:
    """The office under its quota, with next week's rota published."""
    more = await under_quota(stage)
    await draws(boris)
    await boris.taps("Terbitkan")
    return more


async def places(stage: Stage) -> dict[tuple[str, str], str]:
    """Return what is published now: (person, day) -> arrangement."""
    rows = await stage.rows(
        "SELECT person_id, on_date, arrangement FROM rota_days"
        " WHERE published_at IS NOT NULL AND superseded_at IS NULL"
    )
    return {(row["person_id"], row["on_date"]): row["arrangement"] for row in rows}
