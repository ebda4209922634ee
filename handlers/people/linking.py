"""One person with several accounts, one work group with several chats: joined by one-time codes."""

from datetime import timedelta

from bot.chat.messages import Card, Part, Style, plain
from bot.engine import context
from bot.engine.features import Command, Where
from bot.engine.work import Refusal, Work
from handlers.people import cards, confirming
from handlers.people.feature import feature
from handlers.people.redeeming import account_of, redeem
from handlers.people.setting_up import show_join_card
from storage import codes, merging, people, reaching
from storage import confirming as new_accounts
from storage.codes import CodeKind
from storage.people import Account, Room, RoomState, Who

LIVES = timedelta(minutes=10)


@feature.command("link", "lienket", who=Who.ANYONE, where=Where.PRIVATE, groupless=True)
def link(order: Command, work: Work) -> None:
    """/link shows a code; /link ABCD-3456 from the other messenger makes both accounts one person's."""
    account = account_of(work)
    if not order.text:
        made = codes.make(work.session, CodeKind.LINK, work.now + LIVES, account_id=account.id)
        work.show(_code_card(work, "link-code", f"/{_called(work, 'link', 'lienket')} {made}"))
        return
    found = redeem(work, CodeKind.LINK, order.text)
    other = people.account_of_id(work.session, found.account_id or 0)
    if other is None or other.id == account.id:
        raise Refusal("code-wrong")
    asked = _become_one(work, account, other) if other.person_id != account.person_id else []
    work.record("accounts-linked", f"person:{other.person_id}", messenger=account.messenger)
    name = cards.tidy(work.person(other.person_id).name)
    work.say("link-done", name=name)
    for group_id in asked:
        confirming.ask_about(work, other.person_id, group_id)
    told = plain(work.words("link-told", messenger=cards.messenger(work.words, account.messenger)))
    work.send(other.messenger, other.ref, told, private=True)


def _become_one(work: Work, account: Account, other: Account) -> list[int]:
    """The groups in which accounts are new now: which of the two is the person's old one is seen by what it was."""
    sides = [
        (new_accounts.powers(work.session, each.person_id), people.accounts_of(work.session, each.person_id))
        for each in (account, other)
    ]
    merging.merge(work.session, account.person_id, other.person_id)
    found = [new_accounts.note_new(work.session, accounts, before, work.now) for before, accounts in sides]
    return sorted({group_id for groups in found for group_id in groups})


@feature.command("here", "nhanday", who=Who.ANYONE, where=Where.PRIVATE, groupless=True)
def here(order: Command, work: Work) -> None:
    """/here: from now on private messages come to this account, as long as they arrive."""
    account = account_of(work)
    context.refuse_a_new_account(work)
    reaching.prefer(work.session, account)
    work.record("address-preferred", f"person:{account.person_id}", messenger=account.messenger)
    work.say("here-done")


@feature.command("room", "noinhom", who=Who.ANYONE, groupless=True)
def room(order: Command, work: Work) -> None:
    """/room shows the group's code to its leader; /room link ABCD-3456 in a second chat joins it to the group."""
    said = order.text.removeprefix("link").strip()
    if said:
        _join_room(work, said)
        return
    if work.member is None or not work.member.who & (Who.LEADER | Who.DEPUTY):
        raise Refusal("room-leaders-only")
    made = codes.make(work.session, CodeKind.ROOM, work.now + LIVES, group_id=work.group_id)
    work.whisper(_code_card(work, "room-code", f"/{_called(work, 'room link', 'noinhom')} {made}"))


def _join_room(work: Work, said: str) -> None:
    if work.chat.private:
        raise Refusal("refuse-room-only")
    if work.room is not None:
        raise Refusal("setup-done-already", name=work.here.name)
    found = redeem(work, CodeKind.ROOM, said)
    chat = work.chat
    made = Room(
        group_id=found.group_id or 0,
        messenger=chat.messenger,
        chat=chat.id,
        thread=chat.thread,
        title=chat.title,
        state=RoomState.OPEN,
    )
    work.session.add(made)
    work.session.flush()
    work.room, work.group = made, people.group(work.session, made.group_id)
    work.record("room-joined", f"group:{made.group_id}", messenger=chat.messenger)
    show_join_card(work)


def _called(work: Work, english: str, vietnamese: str) -> str:
    return english if work.words.language == "en" else vietnamese


def _code_card(work: Work, text_id: str, command: str) -> Card:
    return Card(parts=(Part(work.words(text_id) + "\n"), Part(command, Style.CODE)), secret=True)
