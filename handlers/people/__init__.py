"""People and work groups: setting one up, joining it, roles, and what the bot may do there."""

from handlers.people.commands import feature

__all__ = ["feature"]
