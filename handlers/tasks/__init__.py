"""Tasks: giving out work, following it, and closing it."""

# the order is the one in which /help lists the commands
# isort: off
from handlers.tasks import (
    acting,
    assigning,
    changing,
    reminding,
    extending,
    handing,
    listing,
    recurring,
    replying,
    undoing,
)

# isort: on
from handlers.tasks.assigning import from_letter
from handlers.tasks.feature import feature

__all__ = [
    "acting",
    "assigning",
    "changing",
    "extending",
    "feature",
    "from_letter",
    "handing",
    "listing",
    "recurring",
    "reminding",
    "replying",
    "undoing",
]
