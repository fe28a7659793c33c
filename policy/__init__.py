"""The rules themselves, pure: no clock, no database, no network, and nothing of the other rooms."""
