"""What can go wrong with the database, as facts that a loop can act on."""


class DbError(Exception):
    """The database did not do what was asked."""


class Unavailable(DbError):
    """The database cannot store anything right now; the same call may go through later."""


class Refused(DbError):
    """The database must not be used as it is; the text says why and what to do."""
