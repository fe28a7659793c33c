"""What the command line can do: a file a group, listed in bot/cli.py."""
