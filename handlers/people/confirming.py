"""A new account of somebody with a role: another one who leads says whether it is really theirs."""

from bot.chat.messages import Button, Card, Part
from bot.engine.features import Command, Press
from bot.engine.texts import Words
from bot.engine.work import Refusal, Work
from handlers.people import cards, leaders
from handlers.people.feature import feature
from handlers.people.joining import group_of
from handlers.people.redeeming import account_of, redeem
from storage import confirming, people
from storage.codes import CodeKind
from storage.people import Account, Role, Who

LEADING = Who.LEADER | Who.DEPUTY


def ask_about(work: Work, person_id: int, group_id: int) -> None:
    """Asks those who may answer, of each account of this person that waits and would have a role."""
    for account in confirming.waiting(work.session, group_id):
        if account.person_id == person_id:
            work.send(account.messenger, account.ref, _told(work, "new-account-waits", group_id), private=True)
            _ask(work, account, group_id)


def _ask(work: Work, account: Account, group_id: int) -> None:
    """Another leader or deputy; where there is none, the person's own older accounts."""
    card = _asked(work, account, group_id)
    others = _others_leading(work, account.person_id, group_id)
    told = [work.tell(each, card) for each in others]
    if any(told):
        return
    if others:
        for room in people.rooms(work.session, group_id):
            work.send(room.messenger, room.chat, card, private=False, thread=room.thread)
        return
    for own in confirming.known_accounts(work.session, account.person_id, group_id):
        if own.reachable:
            work.send(own.messenger, own.ref, card, private=True)


def _others_leading(work: Work, person_id: int, group_id: int) -> list[int]:
    leading = people.with_role(work.session, group_id, Role.LEADER, Role.DEPUTY)
    return [each.person_id for each in leading if each.person_id != person_id]


# answering


@feature.press("people-confirm", group_of=group_of)
def confirm(press: Press, work: Work) -> None:
    account = _waiting_account(press, work)
    _end(work, account, "new-account-done")
    confirming.confirm(work.session, account.id or 0, work.group_id)
    work.record("account-confirmed", f"person:{account.person_id}", messenger=account.messenger)
    _tell(work, account, "new-account-confirmed")


@feature.press("people-not-theirs", group_of=group_of)
def not_theirs(press: Press, work: Work) -> None:
    """Whoever holds the account is a stranger again."""
    account = _waiting_account(press, work)
    name = cards.tidy(work.person(account.person_id).name)
    _end(work, account, "new-account-cut")
    work.record("account-refused", f"person:{account.person_id}", messenger=account.messenger)
    confirming.cut_off(work.session, account)
    _tell(work, account, "new-account-refused", name=name)


def _waiting_account(press: Press, work: Work) -> Account:
    """The account that is asked about, if whoever answers may."""
    number = press.argument.partition(":")[2]
    account = people.account_of_id(work.session, int(number)) if number.isdecimal() and len(number) <= 18 else None
    if account is None or people.member_of(work.session, work.group_id, account.person_id) is None:
        raise Refusal("refuse-old-button")
    if not _may_answer(work, account):
        raise Refusal("new-account-not-yours")
    if confirming.waits(work.session, account.id or 0, work.group_id) is None:
        raise Refusal("new-account-answered")
    return account


def _may_answer(work: Work, account: Account) -> bool:
    """Another one who leads; the person themselves only from an account that is confirmed, and where nobody else does
    lead."""
    if account.person_id != work.person_id:
        return bool(work.actor.who & LEADING)
    alone = not _others_leading(work, account.person_id, work.group_id)
    return alone and confirming.waits(work.session, account_of(work).id or 0, work.group_id) is None


# in words


@feature.command("confirm", "xacnhan", who=Who.ANYONE)
def confirm_in_words(order: Command, work: Work) -> None:
    """/confirm shows what waits; /confirm ABCD-3456, with a code of the operator's, confirms one's own account."""
    if order.text:
        _by_code(order.text, work)
        return
    waiting = confirming.waiting(work.session, work.group_id) if work.actor else ()
    open_ones = [each for each in waiting if _may_answer(work, each)]
    if not open_ones:
        raise Refusal("new-account-none")
    for each in open_ones:
        work.whisper(_asked(work, each, work.group_id))


def _by_code(said: str, work: Work) -> None:
    account = account_of(work)
    if not work.waits:
        raise Refusal("new-account-none")
    redeem(work, CodeKind.SETUP, said)
    _end(work, account, "new-account-done")
    confirming.confirm(work.session, account.id or 0, work.group_id)
    work.record("account-confirmed", f"person:{account.person_id}", messenger=account.messenger, by="code")
    work.say("new-account-confirmed", group=work.here.name, reply=True)
    leaders.tell_all_leading(work, _answered(work, account, "new-account-done"))


# what people see


def _asked(work: Work, account: Account, group_id: int) -> Card:
    group = people.group(work.session, group_id)
    words = work.words_for(group)
    member = people.member_of(work.session, group_id, account.person_id)
    said = words(
        "new-account-asked",
        name=cards.tidy(work.person(account.person_id).name),
        role=words(f"role-{member.role if member else Role.MEMBER}"),
        group=group.name,
        messenger=_named(words, account),
    )
    which = f"{group_id}:{account.id}"
    buttons = (
        Button(label=words("new-account-yes"), action=f"people-confirm:{which}"),
        Button(label=words("new-account-no"), action=f"people-not-theirs:{which}"),
    )
    return Card(key=_key(group_id, account), parts=(Part(said),), buttons=(buttons,))


def _answered(work: Work, account: Account, text_id: str) -> Card:
    name, by = work.person(account.person_id).name, work.person(work.person_id or 0).name
    facts = {"name": cards.tidy(name), "by": cards.tidy(by), "messenger": _named(work.words, account)}
    return cards.note(work.words, text_id, **facts)


def _end(work: Work, account: Account, text_id: str) -> None:
    """Wherever the question stands."""
    answered = _answered(work, account, text_id)
    work.update(Card(key=_key(work.group_id, account), parts=answered.parts))


def _tell(work: Work, account: Account, text_id: str, **facts: object) -> None:
    card = cards.note(work.words, text_id, **({"group": work.here.name} | facts))
    work.send(account.messenger, account.ref, card, private=True)


def _told(work: Work, text_id: str, group_id: int) -> Card:
    group = people.group(work.session, group_id)
    return cards.note(work.words_for(group), text_id, group=group.name)


def _key(group_id: int, account: Account) -> str:
    return f"new-account:{group_id}:{account.id}"


def _named(words: Words, account: Account) -> str:
    said = cards.messenger(words, account.messenger)
    return f"{said} @{account.username}" if account.username else said
