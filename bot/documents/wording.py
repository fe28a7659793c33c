"""The words of the forms, in a language: dates, receipts and paragraphs as the templates for paper want them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from bot import words
from bot.templating import FOLDER, LOCALES
from policy.model import Citation

Lists = Mapping[str, Mapping[str, str]]


@cache
def lists_of(locale: str) -> Lists:
    """Return every word of the forms in a language, by list and name."""
    known = locale if locale in LOCALES else LOCALES[0]
    lists: dict[str, dict[str, str]] = {}
    for path in sorted((FOLDER / known).glob("documents*.yaml")):  # a form may have a file of its own
        with path.open(encoding="utf-8") as file:
            for name, words_of in YAML(typ="safe", pure=True).load(file).items():
                lists.setdefault(name, {}).update(words_of)
    return lists


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Words for one reader, by their language and the zone of their office."""

    locale: str
    timezone: str

    def list(self, name: str) -> Mapping[str, str]:
        """Return a list of words."""
        return lists_of(self.locale)[name]

    def say(self, sentence: str, **parts: Any) -> str:
        """Return a sentence with its parts; what is in a part is never read as a sentence."""
        return self.list("sentences")[sentence].format(**parts).strip()

    def date(self, on: date, shape: str = "full") -> str:
        return words.worded_date(on.isoformat(), shape=shape, locale=self.locale)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def moment(self, at: datetime, shape: str = "long") -> str:
        """Return a date and a time of day, with its zone."""
        stamp = at.isoformat()
        return self.say(
            "moment",
            date=words.worded_date(stamp, self.timezone, shape, locale=self.locale),
            time=words.worded_time(stamp, self.timezone, locale=self.locale),
            zone=words.zone_name(self.timezone),
        )

    def hours(self, start: time, end: time) -> str:
        """Return working hours, such as "07.30–16.00"."""
        return "–".join(words.worded_time(at.isoformat(), locale=self.locale) for at in (start, end))

    def day_of(self, at: datetime) -> str:
        """Return the date of a moment."""
        return words.worded_date(at.isoformat(), self.timezone, "long", locale=self.locale)

    def nip(self, nip: str | None) -> str:
        return words.worded_nip(nip) if nip else ""

    def cited(self, citation: Citation) -> str:
        """Return a paragraph as an office cites it."""
        part = self.say("point" if citation.paragraph[:1].isdigit() else "section")
        return self.say(
            "cited",
            form=citation.form or self.say("circular"),
            issuer=citation.issuer or "",
            number=citation.circular,
            part="" if citation.paragraph.startswith("Pasal ") else part,
            paragraph=citation.paragraph,
        ).replace("  ", " ")
