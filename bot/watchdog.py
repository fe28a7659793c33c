"""Ends a process whose event loop is blocked, so that it is started anew (fault P06).

It must not run in the loop it watches: a thread of its own asks the loop for a sign of life. Ending abruptly is safe,
because nothing is acknowledged before it is stored, and a dead process holds neither the poll nor the lock.
"""

import faulthandler
import os
import sys
import threading
from asyncio import AbstractEventLoop

PATIENCE = 30.0
EXIT_STATUS = 75  # EX_TEMPFAIL: whoever supervises the process should start it again


class Watchdog:
    """Watches one event loop."""

    def __init__(self, loop: AbstractEventLoop, *, patience: float = PATIENCE) -> None:
        self._loop = loop
        self._patience = patience
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to ask for signs of life."""
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._stopped.set()

    def _watch(self) -> None:
        while not self._stopped.is_set():
            alive = threading.Event()
            self._loop.call_soon_threadsafe(alive.set)
            if not alive.wait(self._patience) and not self._stopped.is_set():
                self._end()
            self._stopped.wait(self._patience / 6)

    def _end(self) -> None:
        sys.stderr.write(
            f'{{"level": "error", "action": "loop_blocked", "seconds": {self._patience:g}, '
            '"says": "The event loop was blocked; the process ends and must be started again."}\n'
        )
        faulthandler.dump_traceback(file=sys.stderr, all_threads=True)  # places in the code, no values
        os._exit(EXIT_STATUS)
