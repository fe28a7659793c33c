"""Working days are opened, written as the verdict has them, and follow what is decided."""
