"""People and work groups: setting one up, joining it, roles, and what the bot may do there."""

# isort: off - the order is the one in which /help lists the commands
from handlers.people import (
    confirming,
    delegating,
    emailing,
    health,
    inviting,
    joining,
    leaving,
    linking,
    making,
    members,
    office,
    placing,
    roles,
    setting_up,
    telephone,
    usage,
    welcoming,
)

# isort: on
from handlers.people.feature import feature

__all__ = [
    "confirming",
    "delegating",
    "emailing",
    "feature",
    "health",
    "inviting",
    "joining",
    "leaving",
    "linking",
    "making",
    "members",
    "office",
    "placing",
    "roles",
    "setting_up",
    "telephone",
    "usage",
    "welcoming",
]
