"""What is in the database after the story was played, beside what the oracle expects: each difference in a line."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from db.engine import Db
from db.moments import from_micros
from db.sending.outbox import Class
from tests.year import heads
from tests.year.play import Year
from tests.year.story import OF


class Compared:
    """`wrong`: every difference. `counts`: how much was compared, by what it is."""

    def __init__(self, db: Db, year: Year) -> None:
        self._db, self._year = db, year
        self.wrong: list[str] = []
        self.counts: Counter[str] = Counter()
        self._names = {key: who for who, key in year.ids.items()}

    async def all(self) -> None:
        """Compare everything; and no job failed at a row."""
        rows = await self._rows("SELECT * FROM attempts")
        self.wrong += [f"failed: {row['update_key']} {row['error']}" for row in rows]
        await self._days()
        await self._obligations()
        await self._messages()
        await self._explained()
        await self._alerts()
        await self._digests()

    async def _days(self) -> None:
        """Every stage of every day, and the minute in which it was said."""
        found = {
            self._key(row): row for row in await self._rows("SELECT * FROM workdays") if self._is_played(row)
        }
        self._same("opened", dict.fromkeys(found, "yes"), dict.fromkeys(self._year.fore, "yes"))
        for (who, day), wanted in self._year.fore.items():
            row = found.get((who, day))
            log = (
                [(stage, from_micros(at), fate) for stage, at, fate in json.loads(row["log"])] if row else []
            )
            said = {stage: _minute(at, who) for stage, at, fate in log if fate == "sent"}
            due = {stage: _minute(at, who) for at, stages in wanted.said.items() for stage in stages}
            self._same(f"{who} {day}", {stage: fate for stage, _, fate in log}, wanted.fates)
            self._same(f"{who} {day} at", said, due)
            self.counts["stages"] += len(wanted.fates)
        self.counts["days"] += len(found)

    async def _obligations(self) -> None:
        found: dict[tuple[str, date], dict[str, str]] = defaultdict(dict)
        for row in await self._rows("SELECT * FROM obligations"):
            if self._is_played(row):
                found[self._key(row)][row["kind"]] = row["state"]
                self.counts["obligations"] += 1
        for key in found.keys() | self._year.fore.keys():
            wanted = self._year.fore.get(key)
            self._same(f"{key[0]} {key[1]} owed", found[key], wanted.ends if wanted else {})

    async def _messages(self) -> None:
        """Every reminder that was queued: so many and no more, to whom, and in which minute."""
        rows = await self._rows(
            "SELECT o.person_id, o.created_at, o.expires_at, o.not_before, w.on_date FROM outbox o"
            " LEFT JOIN workdays w ON o.once_key LIKE 'remind:' || w.id || ':%' AND w.person_id = o.person_id"
            f" WHERE o.class = {Class.REMINDER.value}"
        )
        found: Counter[str] = Counter()
        for row in rows:
            who, at = self._names[row["person_id"]], from_micros(row["created_at"])
            if row["not_before"] != row["created_at"] or row["expires_at"] <= row["created_at"]:
                self.wrong.append(f"{who} {at}: would not be sent at once")
            found[f"{who} {row['on_date']} {_minute(at, who)}"] += 1
        wanted = Counter(
            f"{who} {day} {_minute(at, who)}"
            for (who, day), each in self._year.fore.items()
            for at in each.said
        )
        played = Counter({each: n for each, n in found.items() if each.split()[1] <= str(self._year.last)})
        self._same("message", _text(played), _text(wanted))
        self.counts["messages"] += sum(played.values())

    async def _explained(self) -> None:
        """Who was reminded of a day that is not worked after all is told so, once."""
        rows = await self._rows("SELECT person_id FROM outbox WHERE message = 'reminders/off'")
        found = Counter(self._names[row["person_id"]] for row in rows)
        wanted = Counter(who for (who, _), each in self._year.fore.items() if each.ends_at and each.said)
        self._same("told it is off", _text(found), _text(wanted))

    async def _alerts(self) -> None:
        """How often each alert was opened, when for the last time, when its head was told, and by which messages."""
        wanted = heads.alerts(self._year.fore, until=self._year.ends)
        found: dict[str, str] = {}
        for row in await self._rows("SELECT * FROM alerts WHERE part IN ('morning', 'evening')"):
            unit, log = row["unit_code"], json.loads(row["log"])
            anew = sum(what == "reopened" for what, _, _ in log)
            told = [
                (from_micros(at), self._names[who])
                for what, at, to in log
                if what == "told"
                for who in to["to"]
            ]
            opened = from_micros(row["opened_at"])
            found[f"{unit} {row['on_date']} {row['part']}"] = _alert(unit, 1 + anew, opened, told)
            self.counts["alerts told"] += len(told)
        self.counts["alerts"] += len(found)
        due = {
            f"{unit} {day} {part}": _alert(unit, len(each.opened), each.opened[-1], each.told)
            for (unit, day, part), each in wanted.items()
        }
        self._same("alert", found, due)
        heard: Counter[str] = Counter()
        for row in await self._rows("SELECT * FROM outbox WHERE once_key LIKE 'alert:%'"):
            who = self._names[row["person_id"]]
            heard[f"{who} {_minute(from_micros(row['not_before']), who)}"] += 1
        tellings = Counter(f"{who} {_minute(at, who)}" for each in wanted.values() for at, who in each.told)
        self._same("alert to", _text(heard), _text(tellings))

    async def _digests(self) -> None:
        """Each digest once, in its minute; its head is owed one message, or why not is written down."""
        wanted = heads.digests(self._year.first, self._year.last)
        made = {
            _digest(row["unit_code"], row["kind"], row["on_date"]): _minute(
                from_micros(row["as_of"]), row["unit_code"]
            )
            for row in await self._rows("SELECT * FROM digests")
        }
        self._same("digest", made, {_digest(*key): _minute(each.at, key[0]) for key, each in wanted.items()})
        asked = Counter(
            row["once_key"] for row in await self._rows("SELECT once_key FROM work WHERE kind = 'digest'")
        )
        self._same(
            "digest for",
            _text(asked),
            {
                f"digest:{kind}:{on}:{self._year.ids[each.head]}": "1"
                for (_, kind, on), each in wanted.items()
                if each.head is not None
            },
        )
        rows = await self._rows("SELECT * FROM skipped WHERE what LIKE 'digest/%'")
        skipped = {f"{row['once_key']} {row['because']}": "yes" for row in rows}
        unheard = {
            f"digest:{kind}:{on}:{unit} no_reachable_head": "yes"
            for (unit, kind, on), each in wanted.items()
            if each.head is None
        }
        self._same("digest skipped", skipped, unheard)
        self.counts["digests"] += len(made)

    def _same(self, about: str, found: Mapping[Any, str], wanted: Mapping[Any, str]) -> None:
        for key in sorted(found.keys() | wanted.keys()):
            if found.get(key) != wanted.get(key):
                self.wrong.append(f"{about} {key}: {found.get(key)} for {wanted.get(key)}")

    def _key(self, row: Any) -> tuple[str, date]:
        return self._names[row["person_id"]], date.fromisoformat(row["on_date"])

    def _is_played(self, row: Any) -> bool:
        return str(self._year.first) <= str(row["on_date"]) <= str(self._year.last)

    async def _rows(self, sql: str) -> list[Any]:
        async with self._db.reading() as tx:
            return list(await tx.all(sql))


def _text(counted: Mapping[str, int]) -> dict[str, str]:
    return {key: str(number) for key, number in counted.items()}


def _alert(unit: str, times: int, opened: datetime, told: Iterable[tuple[datetime, str]]) -> str:
    said = ", ".join(f"{who} {_minute(at, who)}" for at, who in told)
    return f"opened {times} times, at last {_minute(opened, unit)}, told {said}"


def _digest(unit: str, kind: str, on: date | str) -> str:
    return f"{unit} {kind} {on}"


def _minute(at: datetime, who: str) -> str:
    return f"{at.astimezone(OF[who[0]].zone):%m-%d %H:%M}"
