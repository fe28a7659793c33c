"""Digests by the clock: what is read, who is told, and what is corrected."""
