"""A flow is a named list of steps; a step reads one answer and returns a Turn. Names are data: they are stored."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from db.engine import Tx
from db.facts import UnitFacts
from db.people import Person
from handlers.update import Answer, Choice, Sender, Turn
from policy.book import Book


class Wording(Protocol):
    """How a choice is called in a language; given by the side that renders."""

    def label(self, choice: Choice, *, locale: str) -> str:
        """Return the words on the button."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """All that a step may use: the transaction it runs in, who is asking, and the rules. `now` is taken once."""

    db: Tx
    sender: Sender
    person: Person | None
    policy: Book
    now: datetime  # UTC, the moment this update is handled
    sent_at: datetime  # UTC, when the person wrote it
    day: date  # the working day the answer belongs to
    day_has_passed: bool = False  # the current prompt was for a day whose grace is over
    locale: str
    seal: Any  # db.sealed.Seal
    draft: Mapping[str, Any] = field(default_factory=dict)
    units: UnitFacts = field(default_factory=dict)  # read once in an update, however often it is judged

    @property
    def me(self) -> Person:
        """The enrolled person. Only flows that need a role are given one."""
        if self.person is None:
            raise LookupError("A step for enrolled people was reached by a stranger.")
        return self.person


Step = Callable[[Context, Answer], Awaitable[Turn]]


class Flow:
    """The steps and actions of one feature, put together in one file and listed in routes."""

    def __init__(
        self,
        name: str,
        *,
        for_strangers: bool = False,
        is_aside: bool = False,
        is_of_a_day: bool = True,
        roles: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.for_strangers = for_strangers
        self.is_aside = is_aside  # answers in the middle of another form without leaving it
        self.is_of_a_day = is_of_a_day  # what is asked is for one day, and means nothing after it
        self.roles = frozenset(roles)  # one of them is needed; none: whoever is enrolled
        self.steps: dict[str, Step] = {}
        self.actions: dict[str, Step] = {}
        self.wants_text: set[str] = set()
        self.wants_file: set[str] = set()

    def step(
        self, name: str, *, wants_text: bool = False, wants_file: bool = False
    ) -> Callable[[Step], Step]:
        """Register what reads the answer to the prompt that named `name`.

        `wants_text` takes free text, `wants_file` a photo or a document.
        """

        def register(step: Step) -> Step:
            self.steps[name] = step
            if wants_text:
                self.wants_text.add(name)
            if wants_file:
                self.wants_file.add(name)
            return step

        return register

    def action(self, name: str = "start") -> Callable[[Step], Step]:
        """Register what a command, a menu choice or a button (`opens="flow:name"`) begins."""

        def register(step: Step) -> Step:
            self.actions[name] = step
            return step

        return register
