"""How fast each messenger may be written to: as it says or, where it says nothing, carefully."""

from collections.abc import Mapping

from bot.delivery.pacing import Limits
from config.settings import Settings

MAIL = Limits(per_second=5, per_chat=1, per_group_minute=0)
ZALO = Limits(per_second=10, per_chat=1, per_group_minute=0)  # nothing is documented
UNPACED = Limits(per_second=10_000, per_chat=10_000, per_group_minute=0)


def limits_of(settings: Settings) -> Mapping[str, Limits]:
    """By messenger; who is not named is not paced."""
    own = settings.telegram
    telegram = Limits(per_second=own.per_second, per_chat=own.per_chat, per_group_minute=own.per_group_minute)
    return {"telegram": telegram, "zalo_bot": ZALO, "zalo_oa": ZALO, "mail": MAIL}
