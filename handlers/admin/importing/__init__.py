"""People, units, regions and zones from one file: read, checked cell by cell, and applied as a whole or not at all."""
