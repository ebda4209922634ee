"""Files: sealed with a password before they go out, the password never in the chat that carries the file."""

from handlers.files import (  # noqa: F401 - they declare
    albums,
    commands,
    fetching,
    handing_in,
    jobs,
    keeping,
    links,
    listing,
    mailing,
    passwords,
    plain,
    uncarried,
    unsupported,
)
from handlers.files.feature import feature

__all__ = ["feature"]
