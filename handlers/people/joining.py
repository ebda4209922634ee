"""Joining a work group with one press or one word, and opening the private chat."""

import re
from collections.abc import Sequence

from sqlmodel import Session

from bot.chat.events import ChatPicked, Noticed, Pressed, Reached, Said
from bot.chat.messages import Card
from bot.engine import context
from bot.engine.abilities import Abilities
from bot.engine.features import Command, Press, Where
from bot.engine.work import Refusal, Work
from handlers.people import cards
from handlers.people.feature import feature
from handlers.people.setting_up import join_card
from storage import outbox, people
from storage.people import Role, RoomState, Who, WorkGroup

_JOIN = re.compile(r"join-(\d{1,18})")


def group_of(session: Session, argument: str) -> int | None:
    """The group a button's argument begins with."""
    number = first_number(argument)
    group = session.get(WorkGroup, number) if number is not None else None
    return group.id if group else None


def first_number(argument: str) -> int | None:
    """None for what no button of ours says: actions can be forged."""
    number = argument.partition(":")[0]
    return int(number) if number.isdecimal() and len(number) <= 18 else None


@feature.press("join", who=Who.ANYONE, group_of=group_of)
def join_pressed(press: Press, work: Work) -> None:
    """The button Tham gia; it counts only in the group's own room, for numbers can be guessed."""
    if work.room is None or work.room.group_id != work.group_id:
        raise Refusal("refuse-old-button")
    reachable = _join(work)
    if not reachable:
        _name_who_cannot_be_reached(work)


@feature.command("join", "thamgia", who=Who.ANYONE, where=Where.ROOM)
def join(order: Command, work: Work) -> None:
    """/join"""
    if not _join(work):
        work.show(_open_private(work, [work.person(work.person_id or 0).name]))


def _join(work: Work) -> bool:
    """Whether the bot can write to the person who has joined now."""
    if work.account is None:
        raise Refusal("join-anonymous")
    if work.waits:
        raise Refusal("refuse-new-account")
    again = work.member is not None
    if not again:
        work.member = enrol(work, work.account.person_id)
    reachable = work.address_of(work.account.person_id) is not None
    if isinstance(work.event, Pressed):
        work.toast("join-already" if again else "join-done" if reachable else "join-done-open")
    if not isinstance(work.event, Pressed) or work.event.token is None:
        work.say("join-already" if again else "join-done", reply=True)
    return reachable


def enrol(work: Work, person_id: int) -> people.Member:
    member = people.enrol(work.session, work.group_id, person_id, Role.MEMBER, work.now)
    work.record("joined", f"group:{work.group_id}", person=person_id)
    work.update(join_card(work))
    return member


def _name_who_cannot_be_reached(work: Work) -> None:
    """One message for all who still have to open the private chat, edited as they come."""
    rows = people.members(work.session, work.group_id)
    unreached = [person.name for _, person in rows if work.address_of(person.id or 0) is None]
    card = _open_private(work, unreached, key=f"people-open:{work.group_id}")
    if (work.chat.messenger, work.chat.id) in outbox.standing(work.session, card.key or ""):
        work.update(card)
    else:
        work.show(card)


def _open_private(work: Work, names: Sequence[str], key: str | None = None) -> Card:
    write_to = work.need(Abilities).of(work.chat.messenger).write_to
    return cards.open_private(work.words, work.here, names, key=key, write_to=write_to)


# the private chat


@feature.command("start", "batdau", who=Who.ANYONE, groupless=True, shown=False)
def start(order: Command, work: Work) -> None:
    """/start, or what a deep link says: /start join-7"""
    if not work.chat.private:
        _start_in_room(order, work)
        return
    wanted = _JOIN.fullmatch(order.text)
    if wanted is not None:
        _open_for(work, int(wanted[1]))
        return
    groups = [(group.name, member.role) for member, group in context.own_groups(work)]
    if groups:
        work.show(cards.at_home(work.words, groups))
        return
    context.refuse_a_new_account(work)
    if work.need(Abilities).of(work.chat.messenger).founds_rooms:
        work.say("start-founding")
    else:
        for card in cards.welcome(work.words):
            work.show(card)


def _open_for(work: Work, group_id: int) -> None:
    """Who was seen in the group's chat may come in by the link as well; a guessed number leads nowhere."""
    group = work.session.get(WorkGroup, group_id)
    if group is None or work.account is None:
        raise Refusal("join-in-room")
    context.enter(work, group_id)
    if work.waits:
        raise Refusal("refuse-new-account")
    if work.member is None:
        seen = {person.id for person in people.seen_not_joined(work.session, group_id)}
        if work.account.person_id not in seen:
            work.group = None
            raise Refusal("join-in-room")
        work.member = enrol(work, work.account.person_id)
    work.account.chosen_group = group_id
    work.say("private-open", group=group.name)


def _start_in_room(order: Command, work: Work) -> None:
    """The messenger's "add to group" link says /start with a payload; then the greeting comes by itself."""
    if work.group is not None:
        work.say("start-in-room", name=work.group.name)
    elif not order.text:
        work.show(cards.greeting(work.words))


@feature.on(Reached)
def reached(event: Reached, work: Work) -> None:
    """The greeting is /start's: it follows at once."""
    if work.account is not None:
        work.account.reachable = event.open


@feature.on(Noticed, Said)
def seen(event: Noticed | Said, work: Work) -> None:
    """Who is there is kept, never what was said. Who writes in private can be written to."""
    if work.account is None:
        return
    if event.chat.private:
        work.account.reachable = True
    elif work.room is not None:
        if work.room.state is not RoomState.OPEN:  # set for nothing it would be written with every message
            work.room.state = RoomState.OPEN
        if work.member is None or isinstance(event, Noticed):
            people.notice(work.session, work.room.id or 0, work.account.id or 0)


@feature.on(ChatPicked)
def picked(event: ChatPicked, work: Work) -> None:
    room = people.room_of_chat(work.session, event.chat.messenger, event.picked)
    if room is not None and work.person_id is not None:
        context.enter(work, room.group_id)
    if work.member is not None:
        work.say("picked-known", name=work.here.name)
    else:
        work.group = None
        work.say("picked-new", title=event.title or "…")
