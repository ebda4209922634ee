"""What is said, in no messenger's dialect."""
