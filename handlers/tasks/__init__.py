"""Tasks: giving out work, following it, and closing it."""

from handlers.tasks import acting, assigning, changing, listing, recurring, undoing  # noqa: F401 - they declare
from handlers.tasks.assigning import from_letter
from handlers.tasks.feature import feature

__all__ = ["feature", "from_letter"]
