"""Which block of an edited copy is which block of the draft."""
