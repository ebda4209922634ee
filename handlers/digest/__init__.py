"""The morning digest: what is overdue, due, and who is on duty; nothing to anybody when there is nothing."""

from handlers.digest.jobs import feature

__all__ = ["feature"]
