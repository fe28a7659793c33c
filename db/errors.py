"""What can go wrong with the database, as facts that a loop can act on; and where a mistake of ours is."""

from pathlib import Path


class DbError(Exception):
    """The database did not do what was asked."""


class Unavailable(DbError):
    """The database cannot store anything right now; the same call may go through later."""


class Refused(DbError):
    """The database must not be used as it is; the text says why and what to do."""


def where(error: BaseException) -> str:
    """Return kind and place of a mistake of ours; its words could hold what no log may."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + place
