"""From decided to arrived."""
