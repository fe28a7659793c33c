"""The kinds of column that migrations use, named once so that both engines get the same."""

from typing import Any

import sqlalchemy as sa


def key(name: str = "id") -> "sa.Column[str]":
    """A primary key made by us before the insert."""
    return sa.Column(name, sa.Text, primary_key=True)


def text(name: str, *, optional: bool = False, unique: bool = False) -> "sa.Column[str]":
    """Text; dates are ISO text, so that they sort."""
    return sa.Column(name, sa.Text, nullable=optional, unique=unique)


def moment(name: str, *, optional: bool = False) -> "sa.Column[int]":
    """Microseconds since 1970, UTC."""
    return sa.Column(name, sa.BigInteger, nullable=optional)


def number(name: str, *, default: int | None = None, optional: bool = False) -> "sa.Column[int]":
    """A whole number, or 0/1 for no and yes."""
    return sa.Column(
        name, sa.Integer, nullable=optional, server_default=None if default is None else str(default)
    )


def sealed(name: str, *, optional: bool = False) -> "sa.Column[bytes]":
    """Encrypted by db.sealed; never readable in the file."""
    return sa.Column(name, sa.LargeBinary, nullable=optional)


def points_to(name: str, target: str, *, optional: bool = False) -> "sa.Column[Any]":
    """A reference to a row of another table."""
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=optional)


def two_clocks() -> "tuple[sa.Column[Any], ...]":
    """From when to when it is true (local dates), and when we recorded and superseded it."""
    return (
        text("valid_from"),
        text("valid_until", optional=True),
        moment("recorded_at"),
        text("recorded_by"),
        moment("superseded_at", optional=True),
    )


def versioned() -> "tuple[sa.Column[Any], ...]":
    """Where a report came from, when it was written, stored, and replaced by a newer version."""
    return (
        text("channel"),
        moment("reported_at"),
        moment("recorded_at"),
        moment("superseded_at", optional=True),
    )
