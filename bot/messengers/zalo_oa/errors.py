"""What Zalo answers, classified for delivery; reasons hold no token, no text and no names."""

from datetime import datetime, timedelta, timezone

from bot.chat.messenger import DeliveryFailed, Outcome

VIETNAM = timezone(timedelta(hours=7))
MORNING = 6  # o'clock: before it and from ten in the evening Zalo may refuse with -234

BAD_TOKEN = frozenset({-216, -220, 216, 401, -401})
WRONG_KIND = -235  # of account for this version
V2_CLOSED = -240
BAD_PARAMETER = -201
ATTACHMENT_EXPIRED = -100
RATE = -32
NIGHT = -234
WINDOW = frozenset({-230, -232, -305})

_GONE = {
    -213: "not following",
    -217: "blocked the account's invitations",
    -218: "takes no more messages",
    -227: "banned or inactive",
    -230: "window",
    -232: "window",
    -244: "restricted this kind of message",
    -305: "window",
    -311: "reply quota used up",
    -237: "the group has expired",
    -403: "the account is not in the group",
}
_REJECTED = {
    ATTACHMENT_EXPIRED: "attachment expired",
    BAD_PARAMETER: "bad parameter",
    -210: "over a limit",
    -211: "quota used up",
    -233: "type not supported",
    -248: "against Zalo's policy",
    -249: "this template cannot be used",
    -320: "no Zalo Cloud Account linked",
    -321: "the Zalo Cloud Account is out of money",
}
_SETUP = {
    -204: "the account is disabled",
    -205: "the account does not exist",
    -209: "the app is not active",
    -212: "the app has no permission for this API",
    -219: "the app was removed",
    -221: "the account is not verified",
    -223: "the account has not granted this permission",
    -224: "the account's package is too low",
    WRONG_KIND: "this kind of account may not use this API",
    -238: "the group's asset is in use",
    V2_CLOSED: "the old message API is closed for this account",
    -241: "the group's asset is disabled",
    -242: "appsecret_proof is wrong",
}


class OaRefusal(DeliveryFailed):
    """Zalo answered with an error. `code` is its number."""

    def __init__(self, code: int, outcome: Outcome, reason: str, *, after: float = 0.0, stays: bool = False) -> None:
        super().__init__(outcome, reason, after=after, stays=stays)
        self.code = code


def refusal(code: int, now: datetime) -> OaRefusal:
    if code in _GONE:
        return OaRefusal(code, Outcome.GONE, _GONE[code])
    if code in _REJECTED:
        return OaRefusal(code, Outcome.REJECTED, _REJECTED[code])
    if code in _SETUP:
        return OaRefusal(code, Outcome.TRY_AGAIN, _SETUP[code])
    if code in BAD_TOKEN:
        return OaRefusal(code, Outcome.TRY_AGAIN, "the access token is not accepted")
    if code == RATE:
        return OaRefusal(code, Outcome.SLOW_DOWN, "too many requests", after=60.0 - now.second)
    if code == NIGHT:
        return OaRefusal(code, Outcome.SLOW_DOWN, "not at night", after=until_morning(now))
    if code == -200:  # sending failed, though it may have arrived
        return OaRefusal(code, Outcome.UNCLEAR, "sending failed")
    return OaRefusal(code, Outcome.REJECTED, f"refused with {code}")


def is_setup(failure: OaRefusal) -> bool:
    """Something only the operator can put right."""
    return failure.code in _SETUP or failure.code in (-211, -320, -321)


def until_morning(now: datetime) -> float:
    here = now.astimezone(VIETNAM)
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return ((morning if morning > here else morning + timedelta(days=1)) - here).total_seconds()
