"""Whoever has not reported is reminded: when, of what, in which words."""
