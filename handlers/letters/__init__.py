"""Letters: read when they arrive, confirmed by a person, entered in the group's register under an arrival number."""

# isort: off - the order is the one in which /help lists the commands
from handlers.letters import (
    commands,
    correcting,
    directing,
    doubting,
    exporting,
    extending,
    giving,
    handing,
    jobs,
    life,
    meetings,
    queue,
    searching,
    taking,
    unlocking,
    urging,
)

# isort: on
from handlers.letters.book import find_letter
from handlers.letters.feature import feature
from handlers.letters.waiting import waiting

__all__ = [
    "commands",
    "correcting",
    "directing",
    "doubting",
    "exporting",
    "extending",
    "feature",
    "find_letter",
    "giving",
    "handing",
    "jobs",
    "life",
    "meetings",
    "queue",
    "searching",
    "taking",
    "unlocking",
    "urging",
    "waiting",
]
