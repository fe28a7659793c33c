"""A simulated year in three zones, beside an oracle that knows nothing of the code: what must be said, and when."""
