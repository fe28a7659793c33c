"""The same check-in with the usual libraries; each is run as a process."""
