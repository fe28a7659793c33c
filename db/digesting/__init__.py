"""What digests count, read for many units at once; and the digests as they were made."""
