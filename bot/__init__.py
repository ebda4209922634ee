"""The machine: knows messengers, transactions and time, and nothing of offices."""
