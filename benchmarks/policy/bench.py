"""`make bench ONLY=policy`: verdicts and rotas, the same rules in other engines, and how it grows."""

from benchmarks.policy import beside, rotas, verdicts
from policy.loader import shipped

BESIDE = ("lampung-2020-06-04", "menpanrb-67-2020", "menpanrb-25-2021")


def main() -> None:
    """Print the tables."""
    print(verdicts.one(), flush=True)
    for name in BESIDE:
        print(beside.compare(shipped()[name]), flush=True)
    print(verdicts.growth(), flush=True)
    print(rotas.growth(), flush=True)
