"""The outbox: what is owed, claimed, sent and what became of it."""
