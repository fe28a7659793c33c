"""What a recap as a workbook and one on paper have in common: whose it is, in which words, and its moments."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.documents.recap_days import Days
from bot.documents.wording import Wording
from db.overview import Papers
from db.subordinates import Capacity


@dataclass(frozen=True, kw_only=True)
class Recap:
    """Everything that is said of a superior's people over some days. `unit` is "" for those of several units."""

    days: Days
    wording: Wording
    papers: Papers  # of whoever asks and signs
    capacity: Capacity
    leads: str  # the unit of which they sign
    unit: str
    keeps_health: bool  # whether the agency asks for health reports at all
    now: datetime
    printed_on: date

    @property
    def title(self) -> str:
        return self.wording.list("recap")["title"]

    @property
    def unit_name(self) -> str:
        """The unit, or that of whoever asks with all below it."""
        return self.unit or self.papers.unit

    @property
    def period(self) -> str:
        first, last = self.days.first, self.days.last
        shown = self.wording.date(first, "long")
        return shown if first == last else f"{shown} – {self.wording.date(last, 'long')}"

    @property
    def as_of(self) -> str:
        return self.wording.say("as_of", at=self.wording.moment(self.now))

    @property
    def signs_as(self) -> str:
        return self.wording.list("recap_signs")[self.capacity]


def employment(stored: str) -> str:
    """Return how somebody is employed, as offices write it."""
    return "Non-ASN" if stored.casefold() == "non-asn" else stored.upper()
