"""`python -m bot` is `piket`."""

from bot.cli import main

main()
