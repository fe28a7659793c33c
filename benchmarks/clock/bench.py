"""`make bench ONLY=clock`: what the clock does by itself, and that people who write meanwhile do not feel it."""

from benchmarks.clock import days, meanwhile, ticks


def main() -> None:
    """Print the tables."""
    print(days.growth(), flush=True)
    print(ticks.compare(), flush=True)
    print(meanwhile.felt(), flush=True)
