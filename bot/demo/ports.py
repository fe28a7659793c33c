"""Ports on this machine: a free one to take, and a sentence for one that is taken."""

import socket

from bot.stopped import Stopped

HOST = "127.0.0.1"


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def refuse_taken(port: int) -> None:
    """Raise Stopped if somebody listens on this port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Stopped(
                f"Port {port} cannot be used ({error.strerror}); perhaps another demo is running. Stop it, or "
                f"take another port: PIKET_DEMO_PORT={port + 1} make demo"
            ) from None
