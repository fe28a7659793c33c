"""Whether a circular holds together: its names, its rules beside each other, and its worked cases."""
