"""The numbered reports of unit heads, by the clock."""
