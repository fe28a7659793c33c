"""What is overdue is told to who leads, again, and up; and units in which nobody can be told."""
