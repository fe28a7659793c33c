"""Counts of what happened, for /metrics: names, kinds and numbers, and nothing that belongs to a person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

Labels = tuple[tuple[str, str], ...]


@dataclass
class Metrics:
    """Counters that only rise, gauges that are set, and when each loop was last seen at work."""

    _counts: Counter[tuple[str, Labels]] = field(default_factory=Counter)
    _gauges: dict[tuple[str, Labels], float] = field(default_factory=dict)
    _beats: dict[str, float] = field(default_factory=dict)

    def count(self, name: str, **labels: str) -> None:
        """Count one more `piket_{name}_total`."""
        self._counts[name, tuple(sorted(labels.items()))] += 1

    def counted(self, name: str, **labels: str) -> int:
        """Return how many were counted."""
        return self._counts[name, tuple(sorted(labels.items()))]

    def gauge(self, name: str, value: float, **labels: str) -> None:
        """Set `piket_{name}`."""
        self._gauges[name, tuple(sorted(labels.items()))] = value

    def beat(self, loop: str, *, at: float) -> None:
        """Note that a loop did a round at `at`, in seconds of the clock that never jumps."""
        self._beats[loop] = at

    def age(self, loop: str, *, at: float) -> float | None:
        """Return how many seconds ago a loop did its last round, or None if it never did."""
        return at - self._beats[loop] if loop in self._beats else None

    def page(self, *, at: float, waiting: Mapping[tuple[str, str], int]) -> str:
        """Return all in Prometheus's text form. `waiting`: messages not yet sent, by channel and state."""
        lines = [
            _line(f"piket_{name}_total", labels, value) for (name, labels), value in self._counts.items()
        ]
        lines += [_line(f"piket_{name}", labels, value) for (name, labels), value in self._gauges.items()]
        lines += [
            _line("piket_outbox_waiting", (("channel", channel), ("state", state)), value)
            for (channel, state), value in waiting.items()
        ]
        lines += [
            _line("piket_loop_age_seconds", (("loop", loop),), round(at - beat, 1))
            for loop, beat in self._beats.items()
        ]
        return "\n".join(sorted(lines)) + "\n"


def _line(name: str, labels: Labels, value: float) -> str:
    worded = ",".join(f'{key}="{text}"' for key, text in labels)
    return f"{name}{{{worded}}} {value:g}" if worded else f"{name} {value:g}"
