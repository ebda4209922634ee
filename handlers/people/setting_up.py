"""Setting up a work group in a chat, moving it to another topic, and giving it another name."""

from bot.chat.messages import Card
from bot.engine.abilities import Abilities
from bot.engine.features import Command, Where
from bot.engine.work import Refusal, Work
from handlers.people import cards, founding, leaders
from handlers.people.feature import feature
from handlers.people.redeeming import redeem
from handlers.people.rules import may_set_up
from storage import codes, people, posts
from storage.codes import CodeKind
from storage.people import Account, Role, Room, RoomState, Who, WorkGroup

LONGEST = 100


@feature.command("setup", "thietlap", who=Who.ANYONE, where=Where.FOUNDING, groupless=True, facts=True)
def set_up(order: Command, work: Work) -> None:
    """/setup Tổ công tác số 1; /setup ABCD-3456 Tổ công tác số 1 where the messenger does not tell who administers;
    in private, where the messenger lets the program make group chats, the dialogue that makes one"""
    if work.chat.private:
        founding.begin(order, work)
        return
    if work.account is None:
        raise Refusal("setup-anonymous")
    first, _, rest = order.text.strip().partition(" ")
    by_code = codes.looks_like_one(first) and redeem(work, CodeKind.SETUP, first) is not None
    leads = work.member is not None and work.member.role is Role.LEADER
    if not by_code and not leads:
        _demand_admin(order, work.account, names_admins=work.need(Abilities).of(work.chat.messenger).knows_admins)
    name = " ".join((rest if by_code else order.text).split())[:LONGEST]
    if work.room is None:
        _begin(work, name or work.chat.title)
    else:
        _again(work, work.room, name, leads=leads)


def _demand_admin(order: Command, account: Account, *, names_admins: bool) -> None:
    """A messenger that cannot say who administers a group asks for a code, so that nobody takes a chat over."""
    if order.facts is None:
        raise Refusal("facts-unknown" if names_admins else "setup-code-needed")
    if not may_set_up(account.ref, order.facts.admins):
        raise Refusal("setup-admins-only")


def _begin(work: Work, name: str) -> None:
    if not name:
        raise Refusal("setup-name-missing")
    group = WorkGroup(name=name[:LONGEST], language=work.words.language, created_at=work.now)
    work.session.add(group)
    work.session.flush()
    chat = work.chat
    room = Room(group_id=group.id or 0, messenger=chat.messenger, chat=chat.id, thread=chat.thread, title=chat.title)
    work.session.add(room)
    work.session.flush()
    work.group, work.room = group, room
    _lead(work)
    work.record("group-set-up", f"group:{group.id}", name=group.name)
    show_join_card(work)


def _again(work: Work, room: Room, name: str, *, leads: bool) -> None:
    """Said once more: a group without a leader gets one, the bot moves to this topic, or the group is renamed."""
    reopened, room.state = room.state is RoomState.CLOSED, RoomState.OPEN
    if leaders.leader_of(work) is None:
        _lead(work)
        work.record("leader-set", f"group:{work.group_id}", person=work.person_id)
        work.say("leader-now", name=cards.tidy(work.person(work.person_id or 0).name))
    elif room.thread != work.chat.thread:
        room.thread = work.chat.thread
        work.record("topic-moved", f"group:{work.group_id}")
        work.say("setup-moved", name=work.here.name)
    elif leads and name and name != work.here.name:
        work.here.name = name
        work.record("group-renamed", f"group:{work.group_id}", name=name)
        work.update(join_card(work))
        work.say("setup-renamed", name=name)
    elif reopened or posts.message_showing(work.session, room.messenger, room.chat, f"join:{work.group_id}") is None:
        show_join_card(work)
    else:
        raise Refusal("setup-done-already", name=work.here.name)


def _lead(work: Work) -> None:
    work.member = people.enrol(work.session, work.group_id, work.person_id or 0, Role.LEADER, work.now)
    work.member.role = Role.LEADER


def show_join_card(work: Work) -> None:
    work.show(join_card(work))


def join_card(work: Work) -> Card:
    return cards.join(work.words, work.here, joined=len(people.members(work.session, work.group_id)))
