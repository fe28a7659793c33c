"""Chains that come back to where they began: units above each other, superiors of each other."""

from collections.abc import Mapping


def circles(above: Mapping[str, str | None]) -> list[list[str]]:
    """Return each circle once, from its smallest member on. It never hangs, however the chains run."""
    settled: set[str] = set()
    found: list[list[str]] = []
    for start in above:
        path: list[str] = []
        places: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in settled and at not in places:
            places[at] = len(path)
            path.append(at)
            at = above.get(at)
        if at is not None and at in places:
            circle = path[places[at] :]
            first = circle.index(min(circle))
            found.append(circle[first:] + circle[:first])
        settled.update(path)
    return found
