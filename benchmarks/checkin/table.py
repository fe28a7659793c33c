"""The figures in plain text: the ratios first, then a row for each bot."""

import statistics
from collections.abc import Callable, Mapping, Sequence

from benchmarks.checkin.contenders import Contender
from benchmarks.checkin.loads import Figures
from benchmarks.checkin.running import Round

Rounds = Mapping[Contender, Sequence[Round]]
_HEAD = ("", "check-ins/s", "answered", "stored", "CPU ms", "MB", "")


def saturated(rounds: Rounds, *, people: int, latency: float = 0.0) -> str:
    """Return the table of one size: as many check-ins as go through."""
    platform = f"after {1000 * latency:.0f} ms" if latency else "at once"
    done = sum(each.figures.done for taken in rounds.values() for each in taken)
    count = len(next(iter(rounds.values())))
    title = (
        f"\n{people} people, the platform answers {platform}; {done} check-ins in {count} round(s) of each;"
        f" the platform itself took {_driver(rounds):.0%} of one processor at most"
    )
    return "\n".join([title, *_ratios(rounds), *_rows(rounds), *_troubles(rounds)])


def streamed(rounds: Rounds, *, rate: float) -> str:
    """Return the figures of the steady load."""
    title = f"\nsteady, {rate:.0f} updates/s (stored and answered: p50 / p99 / most, ms)"
    lines = [
        f"  {contender.name:34} stored {_spread(_stored(each.figures, contender))}"
        f"   answered {_spread([tap.answered for tap in each.figures.taps])}"
        f"   {each.cpu:.1f} CPU ms a check-in, {each.memory:.0f} MB"
        for contender, taken in rounds.items()
        for each in taken
    ]
    return "\n".join([title, *lines, *_troubles(rounds)])


def _ratios(rounds: Rounds) -> list[str]:
    """Return how often ours is as fast as each of the others: the median over the rounds, and from where to where."""
    ours = next(taken for contender, taken in rounds.items() if contender.is_ours)
    lines = []
    for contender, taken in rounds.items():
        if contender.is_ours:
            continue
        each = [mine.figures.rate / other.figures.rate for mine, other in zip(ours, taken, strict=True)]
        lines.append(
            f"  {statistics.median(each):5.2f} x {contender.name.strip()} ({min(each):.2f} to {max(each):.2f})"
        )
    return lines


def _rows(rounds: Rounds) -> list[str]:
    rows = [_HEAD, *(_row(contender, taken) for contender, taken in rounds.items())]
    return [
        f"  {row[0]:34}{row[1]:>12}{row[2]:>20}{row[3]:>20}{row[4]:>8}{row[5]:>6}  {row[6]}" for row in rows
    ]


def _row(contender: Contender, taken: Sequence[Round]) -> Sequence[str]:
    answered = [tap.answered for each in taken for tap in each.figures.taps]
    stored = [seconds for each in taken for seconds in _stored(each.figures, contender)]
    return (
        contender.name,
        f"{_median(taken, lambda each: each.figures.rate):.0f}",
        _spread(answered),
        _spread(stored) if stored else "up to a minute",
        f"{_median(taken, lambda each: each.cpu):.1f}",
        f"{_median(taken, lambda each: each.memory):.0f}",
        contender.durability,
    )


def _stored(figures: Figures, contender: Contender) -> list[float]:
    """Return after how long what was said was on the disk, as far as the platform can tell."""
    if contender.stored_at == "2xx":
        return [tap.stored for tap in figures.taps]
    return [tap.answered for tap in figures.last] if contender.stored_at == "reply" else []


def _spread(seconds: Sequence[float]) -> str:
    """Return p50, p99 and the longest, in milliseconds."""
    if not seconds:
        return "-"
    in_order = sorted(seconds)
    p50, p99 = (in_order[int(share * (len(in_order) - 1))] for share in (0.5, 0.99))
    return f"{1000 * p50:.0f} / {1000 * p99:.0f} / {1000 * in_order[-1]:.0f}"


def _median(taken: Sequence[Round], of: Callable[[Round], float]) -> float:
    return statistics.median(map(of, taken))


def _driver(rounds: Rounds) -> float:
    return max(each.driver for taken in rounds.values() for each in taken)


def _troubles(rounds: Rounds) -> list[str]:
    """Return a line for each bot that did not do what it said: a figure for less work is none."""
    return [
        f"  NOT RIGHT: {contender.name.strip()}: {failed} check-ins failed, {missing} reports are not in its file"
        for contender, taken in rounds.items()
        if (failed := sum(each.figures.failed for each in taken))
        | (missing := sum(each.missing for each in taken))
    ]
