"""Reminders: the marks of a task's ladder, brought to people as quietly as possible."""

from handlers.reminders.jobs import feature

__all__ = ["feature"]
