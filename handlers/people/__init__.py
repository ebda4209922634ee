"""People and work groups: setting one up, joining it, roles, and what the bot may do there."""

# isort: off - the order is the one in which /help lists the commands
from handlers.people import (
    emailing,
    health,
    inviting,
    joining,
    leaving,
    linking,
    members,
    placing,
    roles,
    setting_up,
    usage,
)

# isort: on
from handlers.people.feature import feature

__all__ = [
    "emailing",
    "feature",
    "health",
    "inviting",
    "joining",
    "leaving",
    "linking",
    "members",
    "placing",
    "roles",
    "setting_up",
    "usage",
]
