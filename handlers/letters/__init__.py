"""Letters: from a file in the chat to a register entry with its deadline."""
