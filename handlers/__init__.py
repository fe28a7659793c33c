"""What is driven by people: one neutral update in, records, state and outbox rows out. Knows no platform."""
