"""What the clock does by itself, what it costs, and whether people who write meanwhile feel it.

The day that is played is Monday, 15 June 2020: it is opened on the evening before, people are reminded in the morning,
and heads get their digests. Reminders stand beside what one would take instead, a job for each person. What each
promises, and does not:

- Piket: a day and what is owed on it are rows, committed for fifty people at a time. A reminder is decided anew when
  it is due, by what was reported and by the rules as they are then; that it is said, and the message, are committed
  together for a hundred people. A kill at any moment loses none and says none twice; two services may look at once.
- APScheduler with SQLAlchemyJobStore: a job is on the disk once it is added, each with a commit of its own. It is
  taken out of the store when it is handed over, before it has run: a kill then loses the reminder. As it comes, a job
  that is a second late is dropped; here it is not. The store is written in the loop of the bot, and nobody is answered
  meanwhile. Two services may not share a store.
- JobQueue of python-telegram-bot: in memory. After a stop no reminder is left.

The jobs beside ours do nothing but note that they ran; ours read what is missing, ask the rules, and queue the message.
"""
