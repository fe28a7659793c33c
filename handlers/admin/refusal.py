"""What an admin may not do, or not like this."""


class AdminRefused(Exception):
    """Nothing was written; the text says why and what to do instead."""
