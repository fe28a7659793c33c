"""One morning check-in, end to end, by us and by what one would write with the usual libraries.

The check-in is three messages of one person: "Lapor kesehatan", "Semua tidak", "Kirim". Each is posted to the bot's
webhook by a pretend platform on the same machine, which also takes the bot's answers. All bots get the same updates,
keep a row a check-in in a SQLite file of their own (WAL, synchronous=FULL), and know the same number of people.

What each promises, and does not:

- Piket: the update, the conversation, the sealed report and the answer owed are committed before the 2xx; repeats
  have no effect; the answer is sent after the commit and again after a kill. It also looks up person and roles, judges
  the day by the circulars, words two messages at the end (receipt; what is still open), and paces each chat.
- python-telegram-bot as documented (a custom webhook that puts updates into the queue, ConversationHandler,
  PicklePersistence with its interval of a minute): acknowledges before anything is handled; a kill loses what is in
  the queue and everything since the last minute. Nothing is durable at its answer.
- The same with an aiosqlite insert at the end: the report is durable when its receipt is sent; the rest as before.
- python-telegram-bot made durable: each update is handled, the report and the persistence committed, then the 2xx.
  The answer goes out before the state is committed; a repeat after a kill is handled again.
- aiogram as documented (SimpleRequestHandler as it comes, MemoryStorage, an aiosqlite insert): acknowledges before
  anything is handled; the report is durable when its receipt is sent; a kill loses every state.
- aiogram made durable: handled before the 2xx, its states in the same SQLite file, one commit an update, and that
  before the answer. A repeat is handled again; an answer that could not be sent is lost.
"""
