"""What lasts: one file an aggregate, its table and every query about it."""
