"""`make bench` runs every benchmark, `make bench ONLY=sends` one of them."""

import sys

from benchmarks import sends, starting
from benchmarks.checkin import bench as checkin
from benchmarks.clock import bench as clock
from benchmarks.policy import bench as policy

BENCHES = {
    "checkin": checkin.main,
    "clock": clock.main,
    "policy": policy.main,
    "sends": sends.main,
    "starting": starting.main,
}


def main() -> None:
    wanted = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in wanted if name not in BENCHES]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]}. There are: {', '.join(BENCHES)}.")
    for name in wanted:
        print(f"\n== {name}")
        BENCHES[name]()


if __name__ == "__main__":
    main()
