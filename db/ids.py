"""Keys of rows: made by us before the insert, because a sealed column is bound to its row's key."""

import uuid_utils


def new_id() -> str:
    """Return a key that sorts by the time it was made (UUID version 7, 32 hex digits)."""
    return uuid_utils.uuid7().hex
