"""What people say and press to set up a work group and to join it."""

from sqlmodel import Session

from bot.engine.features import Command, Feature, Press, Where
from bot.engine.work import Refusal, Work
from handlers.people import cards
from storage import people
from storage.people import Role, Room, Who, WorkGroup

feature = Feature("people")


@feature.command("setup", "thietlap", who=Who.ANYONE, where=Where.ROOM, groupless=True, facts=True)
def set_up(order: Command, work: Work) -> None:
    """/setup Tổ công tác số 1"""
    if order.facts is None or work.account is None or work.account.ref not in order.facts.admins:
        raise Refusal("setup-admins-only")
    name = order.text or work.chat.title
    if not name:
        raise Refusal("setup-name-missing")
    if work.group is not None:
        raise Refusal("setup-done-already", name=work.group.name)
    group = WorkGroup(name=name[:100], language="vi", created_at=work.now)
    work.session.add(group)
    work.session.flush()
    room = Room(
        group_id=group.id or 0,
        messenger=work.chat.messenger,
        chat=work.chat.id,
        thread=work.chat.thread,
        title=work.chat.title,
    )
    work.session.add(room)
    work.session.flush()
    work.group, work.room = group, room
    work.member = people.enrol(work.session, group.id or 0, work.account.person_id, Role.LEADER, work.now)
    work.record("group-set-up", f"group:{group.id}", name=group.name)
    work.show(cards.join(work.words, group, joined=1))


def _group_of(session: Session, argument: str) -> int | None:
    group = session.get(WorkGroup, int(argument))
    return group.id if group else None


@feature.press("join", who=Who.ANYONE, group_of=_group_of)
def join(press: Press, work: Work) -> None:
    """The button Tham gia."""
    if work.account is None:
        raise Refusal("refuse-not-a-member")
    if work.member is not None:
        work.toast("join-already")
        return
    work.member = people.enrol(work.session, work.group_id, work.account.person_id, Role.MEMBER, work.now)
    work.record("joined", f"group:{work.group_id}")
    work.toast("join-done")
    work.update(cards.join(work.words, work.here, joined=len(people.members(work.session, work.group_id))))
    if not work.account.reachable:
        work.show(cards.open_private(work.words, work.here, work.person(work.account.person_id)))
