"""What a demo's page says of each row that the bot keeps: in words of the office, never with what is sealed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.wording import (
    ABSENCES,
    ARRANGEMENTS,
    CLASSES,
    DECISIONS,
    ENDS,
    FILES,
    FORMS,
    PROOFS,
    READERS,
    REPORTS,
    REQUESTS,
    STATES,
    TOPICS,
)
from bot.words import worded_date, worded_time
from db.items import Item, item_in
from db.moments import from_micros
from db.stored import Sent, Stored
from policy.model import Verdict

LOCALE = "id"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One card of the panel. `sealed` is the beginning of what stands encrypted, `readers` says who may open it."""

    id: str
    title: str
    at: str
    lines: list[str] = field(default_factory=list)
    code: str = ""
    tag: str = ""
    sealed: str = ""
    readers: str = ""

    def described(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Reader:
    """Whose rows are described, and in which zone."""

    name: str
    timezone: str

    def clock(self, moment: datetime) -> str:
        return worded_time(moment.isoformat(), self.timezone, locale=LOCALE)

    def local(self, moment: datetime) -> str:
        return moment.astimezone(ZoneInfo(self.timezone)).isoformat()


def day(value: str) -> str:
    return worded_date(value, shape="short", locale=LOCALE)


def days(first: str, last: str | None) -> str:
    if last is None:
        return f"sejak {day(first)}"
    return day(first) if first == last else f"{day(first)} s.d. {day(last)}"


def verdict(row: Stored, found: Verdict, reader: Reader) -> Entry:
    """Return what a person was told for a day: the answer and the paragraph that decides."""
    cited = [reason.citation for reason in found.reasons if reason.citation]
    lines = [f"{one.form} {one.circular} angka {one.paragraph}".strip() for one in cited[:1]]
    return Entry(
        id=row.id,
        title=f"Jawaban untuk {day(found.on.isoformat())}",
        at=reader.local(row.at),
        lines=[ARRANGEMENTS[found.arrangement], *lines],
        sealed=row.sealed,
        readers="Disimpan tersegel, persis seperti yang dijawab.",
    )


def _health(row: Stored, reader: Reader) -> Entry:
    return Entry(
        id=row.id,
        title="Laporan kesehatan",
        at=reader.local(row.at),
        code=row.facts["code"],
        tag="dibatalkan" if row.facts["withdrawn_at"] else _version(row),
        sealed=row.sealed,
        readers=READERS.format(name=reader.name),
    )


def _case(row: Stored, reader: Reader) -> Entry:
    facts = row.facts
    is_over = facts["ended_at"] is not None
    until = f", s.d. {day(facts['until'])}" if facts["until"] else ""
    closed = f"Belum boleh ke kantor, sejak {day(facts['since'])}{until}"
    return Entry(
        id=row.id,
        title="Pemantauan kesehatan",
        at=reader.local(row.at),
        code=facts["code"],
        tag="selesai" if is_over else "berjalan",
        lines=["Tidak menahan dari kantor lagi" if is_over else closed],
    )


def _report(row: Stored, reader: Reader) -> Entry:
    facts = row.facts
    lines = [f"{place}. {_item(item_in(kept))}" for place, kept in enumerate(json.loads(facts["items"]), 1)]
    if facts["decision"]:
        lines.append(f"{DECISIONS[facts['decision']]} oleh {facts['decided_by']}")
    return Entry(
        id=row.id,
        title=REPORTS[facts["kind"]],
        at=reader.local(row.at),
        code=facts["code"],
        tag="dibatalkan" if facts["withdrawn_at"] else _version(row),
        lines=lines,
    )


def _item(item: Item) -> str:
    volume = f"{item.volume} {item.unit}".strip()
    achieved = "" if item.achievement is None else f"{item.achievement}%"
    proof = f"{len(item.evidence)} bukti" if item.evidence else ""
    beside = ", ".join(part for part in (volume, achieved, proof) if part)
    return f"{item.activity} ({beside})" if beside else item.activity


def _task(row: Stored, reader: Reader) -> Entry:
    facts = row.facts
    return Entry(
        id=row.id,
        title=f"Tugas dari {facts['given_by']}",
        at=reader.local(row.at),
        lines=[facts["activity"], day(facts["on_date"])],
        tag=ENDS.get(facts["ended_as"] or "", ""),
    )


def _given(row: Stored, reader: Reader) -> Entry:
    facts = row.facts
    lines = [facts["activity"], day(facts["on_date"])]
    return Entry(id=row.id, title=f"Tugas untuk {facts['name']}", at=reader.local(row.at), lines=lines)


def _absence(row: Stored, reader: Reader) -> Entry:
    facts = row.facts
    return Entry(
        id=row.id,
        title=ABSENCES.get(facts["kind"], "Ketidakhadiran"),
        at=reader.local(row.at),
        tag="tercatat",
        lines=[days(facts["valid_from"], facts["valid_until"])],
    )


def _request(row: Stored, reader: Reader) -> Entry:
    facts = row.facts
    state = REQUESTS.get(facts["state"], facts["state"])
    return Entry(
        id=row.id,
        title=f"Permohonan {ABSENCES.get(facts['kind'], 'izin').lower()}",
        at=reader.local(row.at),
        code=facts["code"],
        lines=[
            days(facts["valid_from"], facts["valid_until"]),
            f"{state} oleh {facts['decided_by']}" if facts["decided_by"] else state,
        ],
        sealed=row.sealed,
        readers="Alasannya tersegel." if row.sealed else "",
    )


def _snooze(row: Stored, reader: Reader) -> Entry:
    until = from_micros(row.facts["until_at"]).astimezone(ZoneInfo(reader.timezone))
    line = f"sampai {day(until.date().isoformat())} pukul {reader.clock(until)}"
    return Entry(id=row.id, title="Pengingat dijeda", at=reader.local(row.at), lines=[line])


def _file(row: Stored, reader: Reader) -> Entry:
    size = row.facts["size"]
    kilobytes = "" if size is None else f", {max(1, round(size / 1000))} KB"
    return Entry(
        id=row.id,
        title="Berkas",
        at=reader.local(row.at),
        lines=[f"{row.facts['name']}{kilobytes}"],
        sealed=row.sealed,
        readers=FILES.get(row.facts["state"], ""),
    )


def _thread(row: Stored, reader: Reader) -> Entry:
    facts = row.facts
    tag = "selesai" if facts["closed_at"] else "dijawab" if facts["answered_at"] else "menunggu jawaban"
    return Entry(
        id=row.id, title="Pertanyaan ke kantor", at=reader.local(row.at), code=facts["code"], tag=tag
    )


def _verified(row: Stored, reader: Reader) -> Entry:
    facts = row.facts
    line = f"{REPORTS.get(facts['kind'], 'Laporan')} {facts['name']}"
    return Entry(
        id=row.id,
        title=DECISIONS.get(facts["decision"], "Diputuskan"),
        at=reader.local(row.at),
        lines=[line],
    )


def _identity(row: Stored, reader: Reader) -> Entry:
    proof = PROOFS.get(row.facts["proved_by"], "")
    return Entry(
        id=row.id, title="Obrolan ini terhubung", at=reader.local(row.at), lines=[proof] if proof else []
    )


def _notice(row: Stored, reader: Reader) -> Entry:
    tag = "disetujui" if row.facts["accepted_at"] else "ditampilkan"
    return Entry(id=row.id, title="Pemberitahuan privasi", at=reader.local(row.at), tag=tag)


_ENTRIES: Mapping[str, Callable[[Stored, Reader], Entry]] = {
    "health_reports": _health,
    "health_cases": _case,
    "reports": _report,
    "tasks": _task,
    "given": _given,
    "absences": _absence,
    "absence_requests": _request,
    "snoozes": _snooze,
    "files": _file,
    "threads": _thread,
    "verified": _verified,
    "identities": _identity,
    "notices": _notice,
}


def entry(row: Stored, reader: Reader) -> Entry:
    """Return the card of a row, except for verdicts, which have to be opened first."""
    return _ENTRIES[row.table](row, reader)


def _version(row: Stored) -> str:
    return f"versi {row.facts['version']}" if row.facts["version"] > 1 else ""


def form(flow: str, at: datetime, reader: Reader) -> Entry:
    """Return the card of a form that is half-way: what was filled in stays sealed."""
    return Entry(
        id=f"form:{flow}",
        title=f"Isian terbuka: {FORMS[flow]}",
        at=reader.local(at),
        tag="belum dikirim",
        readers="Jawaban sementara tersegel, disimpan 24 jam.",
    )


def sent_line(row: Sent, reader: Reader) -> dict[str, Any]:
    """Return one message of the outbox: its name, class and state, never its words."""
    return {
        "id": row.id,
        "title": TOPICS.get(row.message.partition("/")[0], "Pesan"),
        "message": row.message,
        "class": CLASSES.get(row.urgency, ""),
        "state": STATES.get(row.state, row.state),
        "is_done": row.state == "sent",
        "at": reader.local(row.at),
        "ms": row.took,
        "repeat": row.is_repeat,
    }
