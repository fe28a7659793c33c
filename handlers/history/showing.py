"""One's days as the parameters of messages: a month in few lines, a day whole, a day's text for e-Kinerja."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from db.files import File
from db.items import Item
from db.overview import Check, Reported
from handlers.history.days import Day, Mark, basis
from policy.card import headline, reason_params

Params = dict[str, Any]
FILE = "file:"


def lines(days: Sequence[Day]) -> list[Params]:
    """Return the month in few lines: days that follow each other and say the same are one."""
    shown: list[Params] = []
    for day in days:
        said = _said(day)
        if shown and all(shown[-1][name] == said[name] for name in said):
            shown[-1]["last"] = day.on.isoformat()
        else:
            shown.append(said | {"first": day.on.isoformat(), "last": day.on.isoformat()})
    return shown


def _said(day: Day) -> Params:
    return {
        "place": day.place,
        "name": day.rest_name,
        "half": day.half,
        "plan": day.mark(day.plan).value,
        "output": day.mark(day.output).value,
    }


def counts(days: Sequence[Day]) -> Mapping[str, int]:
    """Return how many plans and outputs there are, and how many of the outputs are approved."""
    plans = [day for day in days if day.plan]
    outputs = [day for day in days if day.output]
    approved = sum(day.mark(day.output) is Mark.APPROVED for day in days)
    return {"plans": len(plans), "outputs": len(outputs), "approved": approved}


def whole(day: Day, *, files: Mapping[str, File], timezone: str, today: date) -> Params:
    """Return the parameters of a day that was opened."""
    cited = basis(day.verdict)
    return {
        "day": day.on.isoformat(),
        "is_today": day.on == today,
        "timezone": timezone,
        "verdict": headline(day.verdict) if day.verdict else None,
        "basis": reason_params(cited)["citation"] if cited else None,
        "health": day.health and {"code": day.health.code, "at": day.health.at.isoformat()},
        "plan": _report(day.plan, files),
        "output": _report(day.output, files),
        "missed": day.is_missed,
    }


def _report(report: Reported | None, files: Mapping[str, File]) -> Params | None:
    if report is None:
        return None
    return {
        "code": report.code,
        "at": report.at.isoformat(),
        "items": [item_params(item, files) for item in report.items],
        "check": check_params(report.check),
    }


def check_params(check: Check | None) -> Params | None:
    """Return what a superior decided."""
    return asdict(check) | {"at": check.at.isoformat()} if check else None


def item_params(item: Item, files: Mapping[str, File]) -> Params:
    """Return one line of a report, its evidence by names and links."""
    return {
        "activity": item.activity,
        "output": item.output,
        "volume": " ".join(part for part in (item.volume, item.unit) if part),
        "achievement": item.achievement,
        "evidence": [evidence_name(each, files) for each in item.evidence],
    }


def evidence_name(evidence: str, files: Mapping[str, File]) -> str:
    """Return a link as it is, and of a file its name."""
    if not evidence.startswith(FILE):
        return evidence
    file = files.get(evidence.removeprefix(FILE))
    return file.name if file else "?"


def file_ids(*reports: Reported | None) -> list[str]:
    """Return the keys of all files that prove these reports."""
    proofs = (proof for report in reports if report for item in report.items for proof in item.evidence)
    return [proof.removeprefix(FILE) for proof in proofs if proof.startswith(FILE)]
