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
        except PermissionError:
            raise Stopped(
                f"Port {port} is for the system's own services. Take one from 1024 on: PIKET_DEMO_PORT=8765 make demo"
            ) from None
        except OSError as error:
            other = port + 1 if port < 65535 else port - 1
            raise Stopped(
                f"Port {port} cannot be used: {(error.strerror or 'taken').lower()}. Take another one: "
                f"PIKET_DEMO_PORT={other} make demo"
            ) from None
