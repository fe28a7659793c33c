"""An explained day as text and as JSON."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.templating import FOLDER, environment_of
from db.grounds_recorded import Recorded
from db.verdicts import Told
from handlers.admin.explaining import Explained
from policy.card import reason_params
from policy.model import Reason, Verdict
from policy.nip import grouped

_PRIVATE = "A private reason (ketentuan pribadi)."


def as_text(explained: Explained) -> Iterator[str]:
    """The lines of it, for a terminal; times are those of the person's unit."""
    zone = ZoneInfo(explained.timezone)
    verdict = explained.verdict
    yield f"{explained.name} ({grouped(explained.nip)}), {verdict.on:%A %d %B %Y}"
    units = zip(explained.unit_names, explained.unit_chain, strict=True)
    yield "  " + " < ".join(f"{name} [{code}]" for name, code in units)
    yield ""
    yield f"BY WHAT WAS KNOWN AT {_moment(explained.as_known_at, zone)}: {_answer(verdict)}"
    yield from _steps(verdict)
    for note in verdict.not_stated:
        yield f"  not stated in {note.circular}: {note.about}. {note.reading or f'Not guessed: ask {note.ask}.'}"
    if verdict.ask is not None:
        yield f"  whom to ask: {verdict.ask}"
    yield ""
    yield from _told(explained, zone)
    yield ""
    yield "WHAT IT RESTS ON"
    for record in explained.records:
        yield f"  {_record(record, zone)}"


def as_json(explained: Explained) -> dict[str, Any]:
    """The same as plain values; moments carry their zone."""
    return {
        "nip": explained.nip,
        "name": explained.name,
        "unit": explained.unit_chain[0],
        "as_known_at": explained.as_known_at.isoformat(),
        "verdict": _verdict(explained.verdict),
        "told": [
            {
                "told_at": each.told_at.isoformat(),
                "superseded_at": each.superseded_at and each.superseded_at.isoformat(),
                "superseded_because": each.because,
                "stood": each.stood_at(explained.as_known_at),
                "verdict": _verdict(each.verdict),
            }
            for each in explained.told
        ],
        "records": [
            {
                **vars(each),
                "since": each.since.isoformat(),
                "until": each.until and each.until.isoformat(),
                "recorded_at": each.recorded_at.isoformat(),
            }
            for each in explained.records
        ],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    """As it is stored, but that a private reason stands at no step, for that would tell of what kind it is."""
    told: dict[str, Any] = verdict.to_json()
    hidden = {"step": None}
    return told | {
        "reasons": [each | (hidden if each["key"] == "private" else {}) for each in told["reasons"]]
    }


def _told(explained: Explained, zone: ZoneInfo) -> Iterator[str]:
    yield "WHAT THEY WERE TOLD"
    if not explained.told:
        yield "  Nothing so far."
    for each in explained.told:
        yield f"  {_moment(each.told_at, zone)}: {_answer(each.verdict)}. {_fate(each, zone)}"
        yield from (f"  {line}" for line in _steps(each.verdict))
    stood = next((each for each in explained.told if each.stood_at(explained.as_known_at)), None)
    last = f"{_answer(stood.verdict)}, told at {_moment(stood.told_at, zone)}" if stood else "nothing yet"
    yield f"  The last word at {_moment(explained.as_known_at, zone)}: {last}."


def _fate(told: Told, zone: ZoneInfo) -> str:
    if told.superseded_at is None:
        return "It stands."
    return f"Superseded at {_moment(told.superseded_at, zone)}: {told.because}."


def _answer(verdict: Verdict) -> str:
    shift = f", shift {verdict.shift}" if verdict.shift else ""
    hours = f", {verdict.hours.start:%H.%M}-{verdict.hours.end:%H.%M}" if verdict.hours else ""
    modality = f" ({verdict.modality})" if verdict.modality else ""
    return f"{verdict.arrangement}{modality}{shift}{hours}"


def _steps(verdict: Verdict) -> Iterator[str]:
    for number, reason in enumerate(verdict.reasons, 1):
        first, *others = _reason(reason).splitlines()
        step = "" if reason.key == "private" else f"{reason.step}: "
        yield f"  {number}. {step}{first}"
        yield from (f"     {line}" for line in others if line.strip())


def _reason(reason: Reason) -> str:
    """In the words of the card; what is private stays so."""
    if reason.key == "private":
        return _PRIVATE
    return str(_words().reason(reason_params(reason))).strip()


@cache
def _words() -> Any:
    return environment_of(FOLDER, "en", "plain").get_template("today/_words.j2").module


def _record(record: Recorded, zone: ZoneInfo) -> str:
    until = f" until {record.until}" if record.until else ""
    source = f" ({record.source})" if record.source else ""
    return (
        f"{record.kind}: {record.subject}: {record.says}{source}, since {record.since}{until}; "
        f"recorded {_moment(record.recorded_at, zone)} by {record.recorded_by}"
    )


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d %B %Y %H.%M}"
