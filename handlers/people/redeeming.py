"""Using up a one-time code, with a limit on guessing."""

from bot.engine.work import Refusal, Work
from storage import codes
from storage.codes import CodeKind, OneTimeCode
from storage.people import Account


def redeem(work: Work, kind: CodeKind, said: str) -> OneTimeCode:
    """The code's row, used up. Refusal for a wrong one; the third wrong one is followed by ten minutes of silence."""
    account = account_of(work)
    if not codes.may_try(work.session, account.id or 0, work.now):
        raise Refusal("code-too-often")
    found = codes.redeem(work.session, kind, said, work.now)
    if found is None:
        work.afterwards(lambda session: codes.count_wrong(session, account.id or 0, work.now))
        raise Refusal("code-wrong")
    return found


def account_of(work: Work) -> Account:
    if work.account is None:
        raise Refusal("setup-anonymous")
    return work.account
