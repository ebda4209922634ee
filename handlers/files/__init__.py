"""Files: sealed with a password before they go out, the password never in the chat that carries the file."""

from handlers.files import commands, jobs, keeping, links, listing, passwords  # noqa: F401 - they declare
from handlers.files.feature import feature

__all__ = ["feature"]
