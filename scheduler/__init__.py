"""What is driven by time: it looks at rows, moves them on, and adds outbox rows. Never sends."""
