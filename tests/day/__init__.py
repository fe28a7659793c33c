"""One working day of three hundred people, run fast against the real bot, and looked at from the heads' chats."""
