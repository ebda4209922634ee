"""From heard to done."""
