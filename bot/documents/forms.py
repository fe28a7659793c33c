"""A person's days as the data of the two forms: everything said in words, nothing of their health, nothing cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.documents.plain import plain
from bot.documents.wording import Wording
from db.files import File
from db.items import Item
from db.overview import Check, Papers, Reported
from handlers.history.days import Day, basis
from handlers.history.showing import FILE
from handlers.places import place_of

Data = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What every form needs: whose it is, in which words, and as of when it is printed."""

    papers: Papers
    wording: Wording
    files: Mapping[str, File]
    now: datetime
    printed_on: date


def day_form(day: Day, sheet: Sheet) -> Data:
    """Return the data of day.typ."""
    say, words = sheet.wording, sheet.wording.list("words")
    cited = basis(day.verdict)
    rows = [[words["on"], say.date(day.on)], [words["arrangement"], _long_place(day, say)]]
    if cited is not None and cited.citation is not None:
        rows.append([words["basis"], say.cited(cited.citation)])
    return {
        **_common(sheet, title=say.list("titles")["day"], subtitle=say.date(day.on), check=_check(day)),
        "particulars": _clean([*_person(sheet), *rows]),
        "plan": [_row(number, item, sheet) for number, item in enumerate(_items(day.plan), 1)],
        "output": [_row(number, item, sheet) for number, item in enumerate(_items(day.output), 1)],
        "verification": _clean(_verification(day, say)),
        "footer": plain(_footer(sheet, day)),
    }


def month_form(days: Sequence[Day], sheet: Sheet) -> Data:
    """Return the data of month.typ."""
    say, words = sheet.wording, sheet.wording.list("words")
    title, month = say.list("titles")["month"], say.date(days[0].on, "month")
    past = [day for day in days if day.on <= sheet.printed_on]  # of the rest nothing is known yet
    period = (
        month if len(past) == len(days) else say.say("until", month=month, day=say.date(past[-1].on, "long"))
    )
    return {
        **_common(sheet, title=title, subtitle=month),
        "particulars": _clean([*_person(sheet), [words["period"], period]]),
        "summary": _clean(_summary(past, say)),
        "days": [_line(day, say) for day in past],
        "footer": plain(_footer(sheet)),
    }


def _common(sheet: Sheet, *, title: str, subtitle: str, check: Check | None = None) -> Data:
    say, papers, words = sheet.wording, sheet.papers, sheet.wording.list("words")
    superior = (check.by_name, check.by_nip) if check else (papers.superior_name, papers.superior_nip)
    return {
        "locale": say.locale,
        "words": dict(words),
        "agency": plain(papers.agency),
        "unit": plain(papers.unit),
        "title": title,
        "subtitle": subtitle,
        "place_and_date": plain(f"{papers.place}, {say.date(sheet.printed_on, 'long')}"),
        "signers": [
            _signer(words["superior_signs"], *superior, say),
            _signer(words["person_signs"], papers.name, papers.nip, say),
        ],
    }


def _signer(role: str, name: str, nip: str | None, say: Wording) -> Data:
    return {"role": role, "name": plain(name), "nip": say.nip(nip)}


def _person(sheet: Sheet) -> list[list[str]]:
    papers, words = sheet.papers, sheet.wording.list("words")
    return [
        [words["name"], papers.name],
        [words["nip"], sheet.wording.nip(papers.nip) or "–"],
        [words["position"], papers.position],
        [words["unit_of_work"], papers.unit],
    ]


def _clean(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in rows]


def _place(day: Day, say: Wording) -> str:
    return say.list("places")[place_of(day.verdict, for_others=True)]


def _long_place(day: Day, say: Wording) -> str:
    word = say.list("long_places").get(place_of(day.verdict, for_others=True), _place(day, say))
    return f"{word}: {day.rest_name}" if day.rest_name else word


def _items(report: Reported | None) -> Sequence[Item]:
    return report.items if report else ()


def _row(number: int, item: Item, sheet: Sheet) -> Data:
    done = "" if item.achievement is None else f"{item.achievement} %"
    proofs = "\n".join(_proof(proof, sheet) for proof in item.evidence)
    return {
        "no": str(number),
        "activity": plain(item.activity),
        "output": plain(item.output),
        "volume": plain(item.volume),
        "unit": plain(item.unit),
        "achievement": done,
        "evidence": plain(proofs),
    }


def _proof(proof: str, sheet: Sheet) -> str:
    """Return a link, or a file's name; one that was refused proves nothing, and it is said."""
    if not proof.startswith(FILE):
        return proof
    file = sheet.files.get(proof.removeprefix(FILE))
    if file is not None and file.state != "refused":
        return file.name
    return f"{file.name if file else '?'} ({sheet.wording.list('words')['not_kept']})"


def _status(report: Reported | None, day: Day, say: Wording, *, is_short: bool = False) -> str:
    if report is None:
        return say.say("missing") if day.is_missed else "–"
    if report.check is None:
        return say.say("waiting")
    at = say.day_of(report.check.at) if is_short else say.moment(report.check.at)
    return say.say(report.check.decision, at=at)


def _check(day: Day) -> Check | None:
    """Return what was decided about the output, or while nothing was, about the plan."""
    return next((report.check for report in (day.output, day.plan) if report and report.check), None)


def _verification(day: Day, say: Wording) -> list[list[str]]:
    words, check = say.list("words"), _check(day)
    by, capacity = say.say("nobody"), "–"
    if check is not None:
        nip = say.nip(check.by_nip)
        by = f"{check.by_name}, NIP {nip}" if nip else check.by_name
        capacity = say.list("capacities").get(check.capacity, check.capacity)
    return [
        [words["plan_name"], _status(day.plan, day, say)],
        [words["output_name"], _status(day.output, day, say)],
        [words["verified_by"], by],
        [words["capacity"], capacity],
    ]


def _footer(sheet: Sheet, day: Day | None = None) -> str:
    say, words = sheet.wording, sheet.wording.list("words")
    reports = ((words["plan_name"], day.plan), (words["output_name"], day.output)) if day else ()
    codes = [
        say.say("code", name=name.lower(), code=report.code, at=say.moment(report.at))
        for name, report in reports
        if report
    ]
    listed = say.say("codes", codes=", ".join(codes)) + " " if codes else ""
    return listed + say.say("printed", at=say.moment(sheet.now))


def _summary(days: Sequence[Day], say: Wording) -> list[list[str]]:
    words, places = say.list("words"), [place_of(day.verdict, for_others=True) for day in days]
    at_work = [place for place in places if place not in ("rest", "off", "unknown")]
    approved = sum(
        1 for day in days if day.output and day.output.check and day.output.check.decision == "approved"
    )
    numbers = [
        (words["working_days"], len(at_work)),
        *((say.list("places")[place], at_work.count(place)) for place in dict.fromkeys(at_work)),
        (words["plans"], sum(1 for day in days if day.plan)),
        (words["outputs"], sum(1 for day in days if day.output)),
        (words["approved"], approved),
    ]
    return [[name, say.say("count", count=number)] for name, number in numbers]


def _line(day: Day, say: Wording) -> Data:
    items = _items(day.output) or _items(day.plan)
    done = [plain(item.activity) for item in items]
    status = _status(day.output, day, say, is_short=True) if day.output or day.is_missed else "–"
    return {
        "date": say.date(day.on, "short"),
        "arrangement": plain(_place(day, say)),
        "activities": done or ([plain(day.rest_name)] if day.rest_name else []),
        "plan": day.plan.code if day.plan else "–",
        "output": day.output.code if day.output else "–",
        "status": plain(status),
    }
