"""The way around: help, the group's language, one's groups, and the messengers' menus."""

from handlers.guide.commands import feature

__all__ = ["feature"]
