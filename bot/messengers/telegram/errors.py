"""What Telegram answers, classified for delivery; reasons hold no token, no text and no names."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.chat.messenger import DeliveryFailed, Outcome
from bot.messengers.telegram.request import LateAnswer, Lost, NotSent, ServerTrouble, TooFast

NOT_MODIFIED = "message is not modified"
NOTHING_TO_DELETE = "message to delete not found"
QUERY_TOO_OLD = ("query is too old", "query_id_invalid")
ALREADY_ADMITTED = ("hide_requester_missing", "user_already_participant")
NO_THREAD = ("message thread not found", "topic_deleted", "topic_id_invalid")
OTHER_KIND = ("there is no text in the message to edit", "there is no caption in the message to edit")

_GONE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot can't initiate conversation with a user",
    "bot can't send messages to bots",
    "bot was kicked",
    "bot is not a member",
    "the group chat was deleted",
    "group chat was deactivated",
    "chat not found",
    "peer_id_invalid",
    "user not found",
)
_REJECTED = (
    NOT_MODIFIED,
    *OTHER_KIND,
    *NO_THREAD,
    *QUERY_TOO_OLD,
    *ALREADY_ADMITTED,
    "message to edit not found",
    NOTHING_TO_DELETE,
    "message to pin not found",
    "message can't be edited",
    "message can't be deleted",
    "message text is empty",
    "message is too long",
    "message caption is too long",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "group chat was upgraded to a supergroup chat",
    "file is too big",
    "wrong file identifier",
    "wrong file_id",
)
_CODE = re.compile(r"\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b")
_NO_ACCESS = ("rights", "write_forbidden")


def says(error: TelegramError, *phrases: str) -> bool:
    return any(phrase in error.message.lower() for phrase in phrases)


@contextmanager
def unless_said(*phrases: str) -> Iterator[None]:
    """Such a refusal is none: what was wished is so already, or does not matter any more."""
    try:
        yield
    except BadRequest as refused:
        if not says(refused, *phrases):
            raise


def classify(error: TelegramError, *, repeatable: bool = False) -> DeliveryFailed:
    """`repeatable`: asking once more does no harm, so an unclear end is no loss."""
    if isinstance(error, TooFast):
        return DeliveryFailed(Outcome.SLOW_DOWN, error.message, after=error.seconds)
    if isinstance(error, ChatMigrated):
        return DeliveryFailed(Outcome.MOVED, "the group has a new id", to=str(error.new_chat_id))
    if isinstance(error, Forbidden | BadRequest):
        return _refused(error)
    if isinstance(error, InvalidToken | EndPointNotFound):
        return DeliveryFailed(Outcome.TRY_AGAIN, "the token is not accepted")
    if isinstance(error, Conflict):
        return DeliveryFailed(Outcome.TRY_AGAIN, "another program takes this bot's updates")
    if isinstance(error, NotSent | ServerTrouble):
        return DeliveryFailed(Outcome.TRY_AGAIN, error.message)
    if says(error, "entity too large"):
        return DeliveryFailed(Outcome.REJECTED, "file is too big")
    lost = error.message if isinstance(error, Lost | LateAnswer) else "the answer cannot be read"
    if isinstance(error, NetworkError) and not isinstance(error, Lost | LateAnswer):
        return DeliveryFailed(Outcome.REJECTED, "an unknown refusal")
    return DeliveryFailed(Outcome.TRY_AGAIN if repeatable else Outcome.UNCLEAR, lost)


def _refused(error: Forbidden | BadRequest) -> DeliveryFailed:
    for phrase in _GONE:
        if says(error, phrase):
            return DeliveryFailed(Outcome.GONE, phrase)
    if isinstance(error, Forbidden) and not says(error, *_NO_ACCESS):
        return DeliveryFailed(Outcome.GONE, "forbidden")
    return DeliveryFailed(Outcome.REJECTED, _safe_reason(error))


def _safe_reason(error: TelegramError) -> str:
    """Telegram's words only where they are known: others may quote what was sent."""
    known = next((phrase for phrase in _REJECTED if says(error, phrase)), None)
    if known is not None:
        return known
    code = _CODE.search(error.message.upper() if error.message.isidentifier() else error.message)
    return code[0] if code else "refused"


@contextmanager
def classified(*, repeatable: bool = False) -> Iterator[None]:
    """Whatever Telegram says no to inside leaves as DeliveryFailed."""
    try:
        yield
    except TelegramError as error:
        raise classify(error, repeatable=repeatable) from None
