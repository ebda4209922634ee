"""Files: sealed with a password before they go out."""
