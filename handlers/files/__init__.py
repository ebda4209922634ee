"""Files: sealed with a password before they go out, the password never in the chat that carries the file."""

from handlers.files import jobs  # noqa: F401 - it declares
from handlers.files.commands import feature

__all__ = ["feature"]
