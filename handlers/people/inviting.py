"""A link into the chat whose users ask to join, and the answer of those who lead."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from bot.chat.events import JoinAsked
from bot.chat.messages import Card, Part, Style
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine import context
from bot.engine.features import Command, Desk, Due, Press
from bot.engine.work import Refusal, Work
from handlers.people import cards, leaders
from handlers.people.feature import feature
from handlers.people.joining import enrol, first_number
from storage import due, founding, people
from storage.people import Account, Room, RoomState, Who

LEADING = Who.LEADER | Who.DEPUTY
PATIENCE = timedelta(minutes=10)  # while the messenger does not answer
OPEN_FOR = timedelta(days=7)  # that long a wish to join waits for an answer
_LATER = {Outcome.TRY_AGAIN, Outcome.SLOW_DOWN, Outcome.UNCLEAR}


@feature.command("invite", "moi", who=LEADING)
def invite(order: Command, work: Work) -> None:
    """/invite"""
    room = work.room or next(iter(people.rooms(work.session, work.group_id)), None)
    if room is None:
        raise Refusal("invite-no-room")
    work.soon(
        "people-invite",
        f"people-invite:{room.id}:{work.person_id}",
        messenger=room.messenger,
        room_chat=room.chat,
        name=work.here.name[:32],
        to=work.chat.id,
        to_messenger=work.chat.messenger,
        private=work.chat.private,
        thread=None if work.chat.private else room.thread,
    )


@feature.job("people-invite")
def make_link(row: Due, desk: Desk) -> Callable[[Work], None]:
    facts = row.facts
    try:
        link = desk.invite_link(facts["messenger"], facts["room_chat"], facts["name"])
    except DeliveryFailed as failure:
        if failure.outcome in _LATER and row.late < PATIENCE:
            raise
        return lambda work: _answer(work, facts, None)
    return lambda work: _answer(work, facts, link)


def _answer(work: Work, facts: Any, link: str | None) -> None:
    text = work.words("invite-link" if link else "invite-failed", group=work.here.name)
    parts = (Part(text), Part("\n" + link, Style.LINK, link)) if link else (Part(text),)
    if link:
        work.record("invited", f"group:{work.group_id}")
    work.send(facts["to_messenger"], facts["to"], Card(parts=parts), private=facts["private"], thread=facts["thread"])


# who asks


@feature.on(JoinAsked)
def asked(event: JoinAsked, work: Work) -> None:
    """A group that is no work group decides by itself."""
    room, account = work.room, work.account
    if room is None or work.group is None or account is None or room.state is RoomState.CLOSED:
        return
    if founding.invitation(work.session, room.id or 0, account.id or 0) is not None:
        _let_in(work, room, account)  # the leader has chosen them when the room was made
        return
    name = event.sender.name if event.sender else "?"
    card = cards.asks_to_join(work.words, work.group, name, room.id or 0, account.id or 0)
    if not leaders.tell_all_leading(work, card):
        work.post(card)
    facts = {"room": room.id, "account": account.id, "private_chat": event.private_chat}
    work.later("people-ask-expired", f"people-ask:{room.id}:{account.id}", work.now + OPEN_FOR, **facts)
    if event.private_chat is not None:
        told = cards.note(work.words, "ask-passed-on", group=work.group.name)
        work.send(event.chat.messenger, event.private_chat, told, private=True)


@feature.due("people-ask-expired")
def expired(row: Due, work: Work) -> None:
    work.update(cards.ask_answered(work.words, "ask-expired", row.facts["room"], row.facts["account"]))


def _group_of_ask(session: Session, argument: str) -> int | None:
    number = first_number(argument)
    room = session.get(Room, number) if number is not None else None
    return room.group_id if room else None


@feature.press("people-admit", who=LEADING, group_of=_group_of_ask)
def admit(press: Press, work: Work) -> None:
    room, account = _take_ask(press, work)
    _let_in(work, room, account)
    work.record("admitted", f"person:{account.person_id}")
    people.notice(work.session, room.id or 0, account.id or 0)
    if people.member_of(work.session, work.group_id, account.person_id) is None:
        enrol(work, account.person_id)
    _settle(work, "ask-admitted", room, account)
    work.tell(account.person_id, cards.note(work.words, "ask-welcome", group=work.here.name))


def _let_in(work: Work, room: Room, account: Account) -> None:
    report = f"people-admit-ended:{work.group_id}:{account.person_id}"
    work.admit(room.messenger, room.chat, account.ref, welcome=True, report=report)


@feature.due("people-admit-ended")
def admit_ended(row: Due, work: Work) -> None:
    """A room may have become full, or the wish been taken back."""
    group, _, person = row.facts["argument"].partition(":")
    if not row.facts["arrived"]:
        context.enter(work, int(group))
        name = cards.tidy(work.person(int(person)).name)
        leaders.tell_all_leading(work, cards.note(work.words, "ask-not-let-in", name=name))


@feature.press("people-decline", who=LEADING, group_of=_group_of_ask)
def decline(press: Press, work: Work) -> None:
    room, account = _take_ask(press, work)
    work.admit(room.messenger, room.chat, account.ref, welcome=False)
    work.record("declined", f"person:{account.person_id}")
    _settle(work, "ask-declined", room, account)


def _take_ask(press: Press, work: Work) -> tuple[Room, Account]:
    """The wish, which only one can answer, and once."""
    key = f"people-ask:{press.argument}"
    if due.get(work.session, key) is None:
        raise Refusal("ask-answered-already")
    work.cancel(key)
    room_id, account_id = map(int, press.argument.split(":"))
    return work.session.get_one(Room, room_id), work.session.get_one(Account, account_id)


def _settle(work: Work, text_id: str, room: Room, account: Account) -> None:
    by, name = work.person(work.actor.person_id).name, work.person(account.person_id).name
    facts = {"name": cards.tidy(name), "by": cards.tidy(by)}
    work.update(cards.ask_answered(work.words, text_id, room.id or 0, account.id or 0, **facts))
