"""Faults on demand: what the page or a test asks the pretend platform to do wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from simulator.errors import PlayError

KINDS = (
    "429", "500", "502", "html", "truncated", "not_ok", "cut_after_accept", "cut_before", "hang",
    "hang_after_accept", "error",
)  # fmt: skip


@dataclass(slots=True)
class Failure:
    """One fault for calls of a method ("*": any), so many times; `chat` narrows it to one chat."""

    method: str
    kind: str
    times: int = 1
    retry_after: int = 5
    chat: int | None = None
    error_code: int = 400
    description: str = "Bad Request: failed on demand"

    def fits(self, method: str, chat: int | None) -> bool:
        is_named = self.method in {"*", method} or self.method.lower() == method.lower()
        return self.times > 0 and is_named and self.chat in {None, chat}


@dataclass(slots=True)
class Faults:
    """Everything that goes wrong from now on; a new description replaces all of the old one."""

    latency_ms: float = 0
    rate_limits: bool = False
    fail: list[Failure] = field(default_factory=list)
    duplicate_updates: float = 0.0
    reorder_updates: bool = False
    platform_down: bool = False

    def take(self, method: str, chat: int | None) -> Failure | None:
        """The fault for this call, used up by one; None when it goes well."""
        for failure in self.fail:
            if failure.fits(method, chat):
                failure.times -= 1
                return failure
        return None

    def described(self) -> dict[str, Any]:
        return asdict(self)


def read_faults(given: Mapping[str, Any]) -> Faults:
    """Faults from JSON; PlayError names what is not understood."""
    unknown = set(given) - set(Faults.__dataclass_fields__)
    if unknown:
        raise PlayError(f"There is no fault called {', '.join(sorted(unknown))}.")
    try:
        return Faults(
            latency_ms=_within(given.get("latency_ms", 0), 600_000),
            rate_limits=given.get("rate_limits", False) is True,
            fail=[_failure(row) for row in given.get("fail", ())],
            duplicate_updates=_within(given.get("duplicate_updates", 0), 1),
            reorder_updates=given.get("reorder_updates", False) is True,
            platform_down=given.get("platform_down", False) is True,
        )
    except (TypeError, ValueError) as error:
        raise PlayError(f"A fault is described wrongly: {error}.") from error


def _within(given: Any, most: float) -> float:
    number = float(given)
    if not 0 <= number <= most:
        raise ValueError(f"{number} is not between 0 and {most}")
    return number


def _failure(row: Mapping[str, Any]) -> Failure:
    failure = Failure(**{**row, "kind": str(row.get("kind"))})
    failure.times, failure.retry_after = int(failure.times), int(failure.retry_after)
    if failure.kind not in KINDS:
        raise PlayError(f"There is no kind of failure called {failure.kind}; there are {', '.join(KINDS)}.")
    return failure
