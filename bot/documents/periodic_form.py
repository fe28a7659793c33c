"""A unit's periodic report as the data of periodic.typ: its figures, the names, the head's note; nothing of health."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.documents.plain import plain
from bot.documents.wording import Wording
from db.periodic_reports.content import Signature, Tally
from db.periodic_reports.lines import Line
from db.periodic_reports.reports import Report
from db.periodic_reports.said import last_answer_day
from policy.nonperformance import Period

Data = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A report with what stands around it. `signed`: who sent it, or is about to; `receiver`: who received it."""

    report: Report
    lines: Sequence[Line]  # whom the reader reads of
    reasons: Sequence[str]  # why others are left out, for the PyB
    unit: str
    agency: str
    place: str
    signed: Signature
    receiver: Signature | None
    wording: Wording
    now: datetime
    printed_on: date


def periodic_form(paper: Paper) -> Data:
    """Return the data of periodic.typ."""
    say, report = paper.wording, paper.report
    words = {**say.list("words"), **say.list("periodic")}
    return {
        "locale": say.locale,
        "words": words,
        "agency": plain(paper.agency),
        "unit": plain(paper.unit),
        "title": words["title"],
        "subtitle": say.say("periodic_number", number=report.number),
        "particulars": _clean(_particulars(paper, words)),
        "recap": _clean(_recap(paper, words)),
        "tallies": [
            _tally(words[f"{kind}_name"], tally) for kind, tally in report.content.figures.tallies.items()
        ],
        "rule": plain(_rule(paper, words)),
        "people": [_person(number, line, paper, words) for number, line in enumerate(paper.lines, 1)],
        "out": say.say("periodic_out", count=len(paper.reasons)) if paper.reasons else "",
        "reasons": [plain(reason) for reason in paper.reasons],
        "note": plain(report.content.note or words["no_note"]),
        "no_sanction": words["no_sanction"],
        "place_and_date": plain(f"{paper.place}, {say.date(_signed_on(paper), 'long')}"),
        "signers": [
            _signer(words["receives"], paper.receiver, say),
            _signer(_role(paper), paper.signed, say),
        ],
        "footer": plain(say.say("printed", at=say.moment(paper.now))),
    }


def period_words(period: Period, say: Wording) -> str:
    """Return a period as an office says it: a month by its name, a week by its days."""
    is_month = period.first.day == 1 and period.first.month == period.last.month
    if is_month and period.last.day >= 28:
        return say.date(period.first, "month")
    return say.say("periodic_span", first=say.date(period.first, "long"), last=say.date(period.last, "long"))


def _signed_on(paper: Paper) -> date:
    sent = paper.report.sent_at
    return paper.printed_on if sent is None else sent.astimezone(paper.wording.zone).date()


def _particulars(paper: Paper, words: Data) -> list[list[str]]:
    say, report = paper.wording, paper.report
    moments = (("periodic_sent", report.sent_at), ("periodic_received", report.received_at))
    state = " ".join(say.say(sentence, at=say.moment(at)) for sentence, at in moments if at is not None)
    return [
        [words["to"], words["pyb"]],
        [words["unit_of_work"], paper.unit],
        [words["span"], period_words(report.period, say)],
        [words["basis"], words["legal"]],
        [words["state"], state or words["draft"]],
    ]


def _recap(paper: Paper, words: Data) -> list[list[str]]:
    say, figures = paper.wording, paper.report.content.figures
    places = say.list("places")
    days = [f"{places.get(place, place)} {days}" for place, days in sorted(figures.places.items())]
    return [
        [words["people"], str(figures.people)],
        [words["worked"], ", ".join(days) or "–"],
        [words["as_of"], say.moment(figures.as_of)],
    ]


def _tally(name: str, tally: Tally) -> list[str]:
    numbers = (tally.owed, tally.in_time, tally.late, tally.excused, tally.missed, tally.outage)
    return [name, *(str(number) for number in numbers)]


def _rule(paper: Paper, words: Data) -> str:
    say, rule = paper.wording, paper.report.rule
    kinds = words["or"].join(words[f"{kind}_name"].lower() for kind in rule.kinds)
    sentence = "periodic_rule" if paper.lines else "periodic_nobody"
    return say.say(sentence, missed=rule.missed, span=words[rule.within], kinds=kinds)


def _person(number: int, line: Line, paper: Paper, words: Data) -> Data:
    say = paper.wording
    days = [
        f"{say.date(day.on, 'short')}: {words['and'].join(words[f'{kind}_short'].lower() for kind in day.kinds)}"
        for day in line.days
    ]
    out = say.say("periodic_out_because", reason=line.left_out) if line.left_out else ""
    return {
        "no": str(number),
        "name": plain(line.name),
        "nip": say.nip(line.nip),
        "days": [plain(day) for day in days],
        "answer": plain(_answer(line, paper, words)),
        "out": plain(out),
    }


def _answer(line: Line, paper: Paper, words: Data) -> str:
    if line.answer:
        return line.answer
    if line.no_chance:
        return str(words[line.no_chance])
    until = date.fromisoformat(last_answer_day(paper.report, paper.wording.timezone))
    return paper.wording.say("periodic_no_answer", until=paper.wording.date(until, "long"))


def _role(paper: Paper) -> str:
    return paper.wording.list("capacities")[paper.signed.capacity]


def _signer(role: str, who: Signature | None, say: Wording) -> Data:
    return {"role": role, "name": plain(who.name) if who else "", "nip": say.nip(who.nip) if who else ""}


def _clean(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in rows]
