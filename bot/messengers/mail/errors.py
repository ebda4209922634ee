"""What a mail server's refusals mean to delivery; its words hold addresses, so that only its numbers are passed on."""

import re
from enum import StrEnum

from bot.chat.messenger import DeliveryFailed, Outcome

PAUSE = 60.0  # seconds: servers name none when they find us too fast
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_TOO_FAST = {"4.4.5", "4.5.3", "4.7.28"}  # RFC 3463: congestion, too many recipients; 4.7.28 is Google's rate limit
_BAD_SENDER = {"5.1.7", "5.1.8"}
_NOBODY = {550, 551, 553}


class Step(StrEnum):
    """How far a mail had got when it was refused."""

    CONNECT = "connect"  # greeting, encryption, login: nothing was said of the mail yet
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"


def classify(step: Step, code: int, said: str) -> DeliveryFailed:
    """`said` is read for its enhanced status code (RFC 3463) only."""
    found = _ENHANCED.match(said)
    status = found[1] if found else ""
    reason = " ".join(each for each in (f"the mail server refused at {step}:", str(code), status) if each)
    if step is Step.CONNECT:
        return DeliveryFailed(Outcome.TRY_AGAIN, reason)  # a login that is wrong is the operator's to mend
    if _is_too_fast(code, status):
        return DeliveryFailed(Outcome.SLOW_DOWN, reason, after=PAUSE)
    if 400 <= code < 500:
        return DeliveryFailed(Outcome.TRY_AGAIN, reason)
    gone = code >= 500 and _is_unknown(step, code, status)
    return DeliveryFailed(Outcome.GONE if gone else Outcome.REJECTED, reason)


def _is_too_fast(code: int, status: str) -> bool:
    """Greylisting (450, 451 4.7.1) is no such thing: it is passed by trying again as usual."""
    return status in _TOO_FAST or (code == 421 and status.startswith("4.7."))


def _is_unknown(step: Step, code: int, status: str) -> bool:
    """Nobody has this address (any more). 5.7.x is a policy and may be the fault of the mail."""
    if status.startswith("5.1.") or status == "5.2.1":
        return step in (Step.RCPT, Step.DATA) and status not in _BAD_SENDER
    return step is Step.RCPT and not status and code in _NOBODY
