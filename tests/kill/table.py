"""The accounts side by side, in plain text."""

from collections.abc import Callable, Sequence

from tests.kill.judge import Account

ROWS: tuple[tuple[str, Callable[[Account], object]], ...] = (
    ("kills with updates waiting and sends in flight", lambda it: it.kills),
    ("errands run to their end", lambda it: it.rounds),
    ("updates acknowledged", lambda it: it.acknowledged),
    ("  of these lost", lambda it: it.lost),
    ("applied twice", lambda it: it.twice),
    ("receipts given", lambda it: it.receipts),
    ("  of these for something not stored", lambda it: it.missing),
    ("messages delivered", lambda it: it.delivered),
    ("  of these a second time", lambda it: it.duplicates),
    ("  of these without a mark", lambda it: it.unmarked),
    ("sends in flight at the kills", lambda it: it.in_flight),
    ("  with the platform busy with them", lambda it: it.sending),
    ("seconds from a start to accepting, usually", lambda it: f"{it.usual:.1f}"),
    ("  and at most", lambda it: f"{it.slowest:.1f}"),
)


def table(accounts: Sequence[Account]) -> str:
    """Return a table with a column for each account."""
    head = ["", *(account.name for account in accounts)]
    rows = [[label, *(str(figure(account)) for account in accounts)] for label, figure in ROWS]
    widths = [max(len(row[n]) for row in [head, *rows]) for n in range(len(head))]
    return "\n".join(
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in [head, *rows]
    )
