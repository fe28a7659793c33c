"""How the interpreter runs a service: for hours, with one busy thread and a few that wait for the disk."""

import gc
import sys

SWITCH_SECONDS = 0.001  # a thread that comes back from a commit need not wait 5 ms for its turn
FIRST_LOOK, SECOND_LOOK, THIRD_LOOK = 20_000, 20, 100


def settle_down() -> None:
    """Call once all parts are there: the collector looks no more at what stays, and less often at the rest."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(FIRST_LOOK, SECOND_LOOK, THIRD_LOOK)
