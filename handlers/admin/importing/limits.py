"""How much a file may hold: far more than the longest list of people, far less than what would fill the machine."""

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 150 * 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELLS = 1_500_000
LONGEST_TEXT = 5_000
MOST_TEXT = 400_000_000  # cells times the longest shared text: what a reader may have to hold
