"""The sealed part of a periodic report: its figures, the head's recommendation and signature, the PyB's questions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from db.moments import from_micros, to_micros
from db.sealed import Seal


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What became of one kind of report, in person-days. `outage`: not done, but we could not hear people."""

    owed: int = 0
    in_time: int = 0
    late: int = 0
    excused: int = 0
    missed: int = 0
    outage: int = 0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A unit's recap: how many people, where they worked (person-days), and what they reported. Never health."""

    people: int
    places: Mapping[str, int]  # by arrangement
    tallies: Mapping[str, Tally]  # by kind: plan, output
    as_of: datetime


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What the PyB asked about the report after it was sent, or what the head answered to that."""

    by: str  # name
    at: datetime
    text: str
    is_heads: bool


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who sent it, as it stood then. `capacity`: head, plt, plh, or above (the level above, in the head's place)."""

    name: str
    nip: str | None
    capacity: str


@dataclass(frozen=True, kw_only=True)
class Content:
    """The sealed part of a report."""

    figures: Figures
    note: str = ""  # the head's recommendation
    signature: Signature | None = None
    remarks: tuple[Remark, ...] = ()


def closed(seal: Seal, content: Content, *, report_id: str) -> bytes:
    """Seal the content of a report."""
    figures, signature = content.figures, content.signature
    data = {
        "people": figures.people,
        "places": dict(figures.places),
        "tallies": {kind: asdict(tally) for kind, tally in figures.tallies.items()},
        "as_of": to_micros(figures.as_of),
        "note": content.note,
        "signature": asdict(signature) if signature else None,
        "remarks": [[each.by, to_micros(each.at), each.text, each.is_heads] for each in content.remarks],
    }
    return seal.close(data, place=_place(report_id))


def opened(seal: Seal, sealed: bytes, *, report_id: str) -> Content:
    """Return the content of a report. Raises CannotOpen."""
    data: Mapping[str, Any] = seal.open(sealed, place=_place(report_id))
    return Content(
        figures=Figures(
            people=data["people"],
            places=data["places"],
            tallies={kind: Tally(**tally) for kind, tally in data["tallies"].items()},
            as_of=from_micros(data["as_of"]),
        ),
        note=data["note"],
        signature=Signature(**data["signature"]) if data["signature"] else None,
        remarks=tuple(
            Remark(by=by, at=from_micros(at), text=text, is_heads=is_heads)
            for by, at, text, is_heads in data["remarks"]
        ),
    )


def _place(report_id: str) -> str:
    return f"periodic_reports.figures:{report_id}"
