"""One's official address, for sealed files and passwords: confirmed by a code that is sent there."""

from datetime import timedelta

from bot.chat.messages import Card, Part, Style, plain
from bot.chat.messenger import Outcome
from bot.engine import context
from bot.engine.commands import fold
from bot.engine.features import Answer, Command, Due, Where
from bot.engine.work import Refusal, Work
from handlers.people import official
from handlers.people.feature import feature
from handlers.people.redeeming import account_of, redeem
from storage import codes, mailboxes, people
from storage.codes import CodeKind
from storage.columns import Secrets
from storage.people import MAIL, Who

LIVES = timedelta(minutes=30)  # mail servers let a sender they do not know wait for a quarter of an hour
MOST = 5  # codes a day: a mailbox cannot be flooded with them
_FORGET = frozenset({"xoa", "bo", "off", "none", "remove", "delete"})


@feature.command("email", "thudientu", who=Who.ANYONE, where=Where.PRIVATE, groupless=True)
def email(order: Command, work: Work) -> None:
    """/thudientu an@quangtri.gov.vn, then the code that came there; /thudientu xoa; alone: which one is known."""
    said = order.text.strip()
    context.refuse_a_new_account(work)
    if not said:
        _show(work)
    elif fold(said) in _FORGET:
        _forget(work)
    elif "@" in said:
        _send_code(said.lower(), work)
    else:
        _confirm(said, work)


def _show(work: Work) -> None:
    known = mailboxes.of(work.session, account_of(work).person_id)
    if known is None:
        work.say("email-none")
    else:
        work.say("email-now", address=official.masked(known.ref))


def _forget(work: Work) -> None:
    if not mailboxes.forget(work.session, account_of(work).person_id):
        raise Refusal("email-none")
    work.record("email-forgotten", f"person:{work.person_id}")
    work.say("email-forgotten")


def _send_code(address: str, work: Work) -> None:
    account = account_of(work)
    if not context.own_groups(work):
        raise Refusal("refuse-no-group")
    _refuse_private(address, work)
    recent = work.now - timedelta(days=1) + LIVES
    if codes.made_since(work.session, CodeKind.EMAIL, account.id or 0, recent) >= MOST:
        raise Refusal("email-too-often")
    made = codes.make(work.session, CodeKind.EMAIL, work.now + LIVES, account_id=account.id)
    codes.remember(work.session, made, lambda place: work.need(Secrets).hide(address, place))
    # not private: what is for a mailbox is never sent to a chat instead
    work.send(MAIL, address, _code_card(work, made), private=False, report=f"people-email:{account.id}")
    work.record("email-code-sent", f"person:{work.person_id}")
    work.ask("people-email", plain(work.words("email-sent", minutes=int(LIVES.total_seconds() // 60))))


def _refuse_private(address: str, work: Work) -> None:
    allowed = official.domains(work)
    if not allowed:
        raise Refusal("email-not-set-up")
    if not official.is_official(address, allowed):
        raise Refusal("email-not-official", domains=", ".join(allowed))


def _code_card(work: Work, code: str) -> Card:
    head = work.words("email-code-head", name=work.person(work.person_id or 0).name)
    return Card(
        parts=(Part(f"{head}\n"), Part(code, Style.CODE), Part("\n" + work.words("email-code-foot"))), secret=True
    )


@feature.answer("people-email")
def code_said(answer: Answer, work: Work) -> None:
    """The code itself, as an answer."""
    _confirm(answer.text, work)


def _confirm(said: str, work: Work) -> None:
    account = account_of(work)
    found = redeem(work, CodeKind.EMAIL, said)
    if found.account_id != account.id or found.about is None:
        raise Refusal("code-wrong")
    address = work.need(Secrets).show(found.about, codes.place_of(found))
    _refuse_private(address, work)
    before = mailboxes.confirm(work.session, account.person_id, address)
    work.record("email-confirmed", f"person:{account.person_id}")
    work.say("email-confirmed", address=official.masked(address))
    if before is not None:
        work.record("email-taken-over", f"person:{before}", by=account.person_id)
        work.tell(before, plain(work.words("email-taken-over", address=official.masked(address))))


@feature.due("people-email")
def code_ended(due: Due, work: Work) -> None:
    """The mail with the code will never arrive."""
    account = people.account_of_id(work.session, int(due.facts["argument"]))
    if due.facts["arrived"] or account is None:
        return
    gone = due.facts["outcome"] == Outcome.GONE
    card = plain(work.words("email-nobody" if gone else "email-not-arrived"))
    work.send(account.messenger, account.ref, card, private=True)
