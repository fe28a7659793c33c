"""Loose text at home: which features it points to, and for which day. Says what it found; decides nothing."""

import difflib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from handlers.commands import COMMANDS
from handlers.text import folded
from handlers.vocabulary import (
    BESIDE_NAMES,
    GENERAL_WORDS,
    HELP_FIRST,
    HELP_TOPICS,
    INTENTS,
    MENU_WORDS,
    PHRASES,
    THANKS_SIGNS,
    THANKS_WORDS,
    TOGETHER,
    VOCATIVES,
)

_CLOSE = 0.85  # how alike a mistyped word must be (difflib ratio)
_A_SIGN = 4  # characters: more emoji than this are a text of their own
_SHORTEST_TYPO = 4  # shorter words are taken only as written
DAY_WORDS = {
    "hari ini": 0,
    "today": 0,
    "sekarang": 0,
    "skrg": 0,
    "besok": 1,
    "bsk": 1,
    "besuk": 1,
    "tomorrow": 1,
    "lusa": 2,
    "kemarin": -1,
    "kmrn": -1,
    "kemaren": -1,
    "yesterday": -1,
}
WEEKDAYS = {"senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "jum'at": 4, "sabtu": 5, "minggu": 6}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari february",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt august aug",
            "september sep sept",
            "oktober okt october oct",
            "november nov nopember",
            "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMES = frozenset().union(*INTENTS.values())
_ANY_DAY = date(2020, 1, 1)
# "2 Januari" said in December is ahead, "30 Desember" said in January behind (T04).
_HALF_A_YEAR = timedelta(days=183)
_DATE = re.compile(r"\b(\d{1,2})(?:[/.-](\d{1,2})|\s+([a-z]+))(?:[/.-]|\s+)?(\d{4})?\b")
_WEEK = re.compile(r"\b(minggu|pekan) (ini|depan)\b|\b(this|next) week\b")
_NUMBERED = re.compile(r"\b(?:tanggal|tgl) (\d{1,2})\b")
_JUST_PAST = timedelta(days=7)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


@dataclass(frozen=True)
class Meaning:
    """What a text points to: "flow:action" names, the clearest first, and the day it names, if any."""

    intents: tuple[str, ...]
    day: date | None


def meaning(text: str, *, today: date) -> Meaning:
    """Return what `text` may mean; no intents when nothing in it is known."""
    plain = folded(text)
    if plain in PHRASES:
        return Meaning(intents=(PHRASES[plain],), day=None)
    day = day_named(plain, today=today)
    rest, together = _phrases(plain)
    words = re.findall(r"[^\W\d_]+", rest)
    if words and words[0] in HELP_FIRST:
        return Meaning(intents=("help:start",), day=day)
    found = dict.fromkeys(together, True)  # intent -> a clear word pointed to it
    for word in words:
        for intent, known in INTENTS.items():
            if _points(word, known):
                found[intent] = found.get(intent, False) or word not in GENERAL_WORDS
    if not found and _WEEK.search(plain):
        found["today:start"] = True
    clear = tuple(intent for intent, is_clear in found.items() if is_clear)
    return Meaning(intents=clear or tuple(found), day=day)


def greets(plain: str) -> bool:
    """Return whether a folded text is a greeting and no more, such as "halo" or "selamat pagi pak"."""
    return _unaddressed(plain) in MENU_WORDS


def thanks(text: str) -> bool:
    """Return whether a text only thanks or agrees, such as "makasih bu" or a thumb."""
    plain = folded(text)
    return _unaddressed(plain) in THANKS_WORDS or (
        not plain and len(text) <= _A_SIGN and text[:1] in THANKS_SIGNS
    )


def _unaddressed(plain: str) -> str:
    words = plain.split()
    while len(words) > 1 and words[-1] in VOCATIVES:
        words.pop()
    return " ".join(words)


def help_topic(plain: str) -> str | None:
    """Return which situation of the help a folded text speaks of, or None."""
    spoken = f" {plain} "
    named = (topic for topic, words in HELP_TOPICS.items() if any(f" {word} " in spoken for word in words))
    return next(named, None)


def asks_for_help(plain: str) -> bool:
    """Return whether a folded text is a call for help and nothing else, such as "bantuan" or "bantuan sakit"."""
    first, _, rest = plain.partition(" ")
    return first in HELP_FIRST and (not rest or any(rest in words for words in HELP_TOPICS.values()))


def _phrases(plain: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without the phrases that are known, and what they point to."""
    found: list[str] = []
    for phrase, intents in TOGETHER.items():
        if re.search(phrase, plain):
            plain = re.sub(phrase, " ", plain)
            found += intents
    return plain, tuple(found)


@lru_cache(maxsize=2048)
def _points(word: str, known: frozenset[str]) -> bool:
    if word in known:
        return True
    if len(word) < _SHORTEST_TYPO:
        return False
    return bool(
        difflib.get_close_matches(word, [w for w in known if len(w) >= _SHORTEST_TYPO], n=1, cutoff=_CLOSE)
    )


def day_named(text: str, *, today: date) -> date | None:
    """Return the day that a text names: "besok", "kemarin", "Jumat", "15 Juni", "15/6", "2020-06-15"."""
    plain = folded(text)
    for name, days in DAY_WORDS.items():
        if re.search(rf"\b{name}\b", plain):
            return today + timedelta(days=days)
    return _date_written(plain, today) or _weekday(plain, today)


def _date_written(plain: str, today: date) -> date | None:
    if iso := _ISO.search(plain):
        return _real(int(iso[1]), int(iso[2]), int(iso[3]))
    for match in _DATE.finditer(plain):
        month = int(match[2]) if match[2] else MONTHS.get(match[3] or "", 0)
        years = (int(match[4]),) if match[4] else (today.year - 1, today.year, today.year + 1)
        days = [day for year in years if month and (day := _real(year, month, int(match[1])))]
        near = [day for day in days if match[4] or abs(day - today) <= _HALF_A_YEAR]
        if near:
            return min(near, key=lambda day: abs(day - today))
    numbered = _NUMBERED.search(plain)
    return _numbered(int(numbered[1]), today) if numbered else None


def _numbered(number: int, today: date) -> date | None:
    """Return the day of "tanggal 20": of this month, or of the next when that is long past or in no calendar."""
    year, month = divmod(today.year * 12 + today.month, 12)
    possible = (_real(today.year, today.month, number), _real(year, month + 1, number))
    return next((day for day in possible if day and day >= today - _JUST_PAST), None)


def _weekday(plain: str, today: date) -> date | None:
    plain = re.sub(r"(?<!hari )\b(?:minggu|pekan) (ini|depan|lalu)\b", r"\1", plain)
    for name, number in WEEKDAYS.items():
        if found := re.search(rf"\b{name}\b(?: (depan|lalu))?", plain):
            weeks = {"depan": 1, "lalu": -1}.get(found[1] or "")
            ahead = number - today.weekday()
            return today + timedelta(days=ahead % 7 if weeks is None else ahead + 7 * weeks)
    return None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def only_names(text: str) -> bool:
    """Whether a text only names what it is about and a day, such as "hasil kemarin" or "WFO besok?"."""
    words = re.findall(r"[^\W\d_]+", folded(text))
    return all(word in _NAMES or word in BESIDE_NAMES or _is_of_a_day(word) for word in words)


def _is_of_a_day(word: str) -> bool:
    return word in MONTHS or day_named(word, today=_ANY_DAY) is not None


def command(text: str) -> tuple[str, str] | None:
    """Return (name, rest) of a text that begins with a slash, small letters, without a bot's name; else None."""
    match = re.match(r"/([A-Za-z0-9_]+)(?:@\w+)?\s*(.*)", text.strip(), re.DOTALL)
    return (match[1].casefold(), match[2].strip()) if match else None


def closest_command(name: str) -> str | None:
    """Return the command that was most likely meant by a mistyped one."""
    close = difflib.get_close_matches(name.replace("_", ""), list(COMMANDS), n=1, cutoff=0.6)
    return close[0] if close else None
