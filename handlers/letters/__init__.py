"""Letters: read when they arrive, confirmed by a person, entered in the group's register under an arrival number."""

from handlers.letters import commands, correcting, jobs  # noqa: F401 - they declare
from handlers.letters.book import find_letter
from handlers.letters.feature import feature

__all__ = ["feature", "find_letter"]
