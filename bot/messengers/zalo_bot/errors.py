"""What the Zalo Bot API answers, classified for delivery; reasons hold no token, no text and no names."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.chat.messenger import DeliveryFailed, Outcome

SILENCE = 408  # nothing new within the time of a long poll
PAUSE_SECONDS = 60.0  # Zalo's 429 names no time
QUOTA_PAUSE_SECONDS = 3600.0  # the month's messages are used up

_GONE = (
    "chat not found",
    "user not found",
    "group not found",
    "chat does not exist",
    "invalid chat",
    "blocked",
    "not a member",
    "not in group",
    "kicked",
    "deactivated",
    "disbanded",
)
_REJECTED = ("text is too long", "text is empty", "text_styles", "parse_mode", "caption", "photo", "url")
_QUOTA = ("quota", "month")


class ZaloFailed(Exception):
    """A request that did not end well; the message is safe to log."""


class NotSent(ZaloFailed):
    """Nothing left this machine: certainly not delivered."""


class Lost(ZaloFailed):
    """The request went out and no answer that can be read came: delivered or not, nobody knows."""


class Refused(ZaloFailed):
    """Zalo said no. `description` may quote what was sent and is never shown; `after` in seconds, 0 unsaid."""

    def __init__(self, code: int, description: str = "", after: float = 0.0) -> None:
        super().__init__(f"refused with {code}")
        self.code, self.description, self.after = code, description, after

    def says(self, *phrases: str) -> bool:
        return any(phrase in self.description.lower() for phrase in phrases)


def classify(error: ZaloFailed, *, repeatable: bool = False) -> DeliveryFailed:
    """`repeatable`: asking once more does no harm, so an unclear end is no loss."""
    if isinstance(error, Refused):
        return _refused(error, Outcome.TRY_AGAIN if repeatable else Outcome.UNCLEAR)
    if isinstance(error, NotSent) or repeatable:
        return DeliveryFailed(Outcome.TRY_AGAIN, str(error))
    return DeliveryFailed(Outcome.UNCLEAR, str(error))


def _refused(error: Refused, unclear: Outcome) -> DeliveryFailed:
    if error.code == 401:
        return DeliveryFailed(Outcome.TRY_AGAIN, "the token is not accepted")
    if error.code == 429:
        return _too_fast(error)
    if error.code in (SILENCE, 504):
        return DeliveryFailed(unclear, f"the server answered {error.code}")
    if error.code >= 500 or (error.code == 403 and error.says("internal")):  # 403 "internal server error", sic
        return DeliveryFailed(Outcome.TRY_AGAIN, f"the server answered {error.code}")
    gone = next((phrase for phrase in _GONE if error.says(phrase)), None)
    if gone is not None or error.code in (403, 404):
        return DeliveryFailed(Outcome.GONE, gone or ("forbidden" if error.code == 403 else "chat not found"))
    known = next((phrase for phrase in _REJECTED if error.says(phrase)), None)
    return DeliveryFailed(Outcome.REJECTED, known or f"refused with {error.code}")


def _too_fast(error: Refused) -> DeliveryFailed:
    if error.says(*_QUOTA):
        reason, usual = "the quota is used up", QUOTA_PAUSE_SECONDS
    else:
        reason, usual = "too many requests", PAUSE_SECONDS
    return DeliveryFailed(Outcome.SLOW_DOWN, reason, after=error.after or usual)


@contextmanager
def classified(*, repeatable: bool = False) -> Iterator[None]:
    """Whatever Zalo says no to inside leaves as DeliveryFailed."""
    try:
        yield
    except ZaloFailed as error:
        raise classify(error, repeatable=repeatable) from None
