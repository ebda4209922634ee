"""Who acts and in which work group: the one place that decides what a person may do and see."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from bot.chat.events import Event
from bot.engine.features import Spec, Where
from bot.engine.work import Refusal, Work
from storage import confirming, people, reaching
from storage.database import alone, try_alone
from storage.people import Member, Role, Who, WorkGroup


def meet(work: Work, event: Event) -> None:
    """Fills in the account that acts and the room in which it happens."""
    sender = event.sender
    if sender is not None and not sender.bot:
        work.account = people.meet(work.session, event.chat.messenger, sender.id, sender.name, sender.username)
        reaching.heard(work.account, work.now)
    if not event.chat.private:
        work.room = people.room_of_chat(work.session, event.chat.messenger, event.chat.id)
        if work.room is not None:
            enter(work, work.room.group_id)


def enter(work: Work, group_id: int | None) -> None:
    """From here the work is about this group, and the actor is its member or an outsider. What is done in one group
    is done one after another, whichever chat or replica it comes from: rules need not think of each other."""
    if group_id is not None:
        alone(work.session, _door(group_id))
    work.group = people.group(work.session, group_id) if group_id is not None else None
    work.member, work.waits = None, False
    if work.group is not None and work.person_id is not None:
        work.member = people.member_of(work.session, work.group_id, work.person_id)
        _withhold_the_role_of_a_new_account(work)


def enterable(session: Session, group_ids: Collection[int | None]) -> Collection[int | None]:
    """Those groups (None: no group) in which nobody else is at work, nor will be until the transaction ends."""
    return {each for each in group_ids if each is None or try_alone(session, _door(each))}


def _door(group_id: int) -> str:
    return f"group {group_id}"


def _withhold_the_role_of_a_new_account(work: Work) -> None:
    """Whoever got hold of one more account of a leader is no leader: every check of roles sees a plain member."""
    true, account = work.member, work.account
    if true is None or account is None or true.role is Role.MEMBER:
        return
    if confirming.waits(work.session, account.id or 0, work.group_id) is not None:
        work.waits = True
        work.member = Member(
            id=true.id, group_id=true.group_id, person_id=true.person_id, role=Role.MEMBER, joined_at=true.joined_at
        )


def own_groups(work: Work) -> Sequence[tuple[Member, WorkGroup]]:
    return people.memberships(work.session, work.person_id) if work.person_id is not None else []


def choose_group(work: Work) -> None:
    """In private: the group chosen before, or the only one. Leaves work.group empty when there is a choice to make."""
    mine = own_groups(work)
    chosen = work.account.chosen_group if work.account else None
    found = [group for _, group in mine if group.id == chosen] or ([mine[0][1]] if len(mine) == 1 else [])
    if found:
        enter(work, found[0].id)


def admit(work: Work, spec: Spec) -> None:
    """Refuses who may not: in the wrong kind of chat, without a group, or without the role."""
    private = work.chat.private
    if spec.where is Where.ROOM and private:
        raise Refusal("refuse-room-only")
    if spec.where is Where.PRIVATE and not private:
        raise Refusal("refuse-private-only")
    if spec.groupless:
        return
    if work.group is None:
        raise Refusal("refuse-no-group-here" if not private else "refuse-no-group")
    allow(work, spec.who)


def allow(work: Work, who: Who) -> None:
    """Refuses an actor who is none of `who` in the work's group."""
    role = work.member.who if work.member else Who.OUTSIDER
    if role & who:
        return
    if role is Who.OUTSIDER:
        raise Refusal("refuse-not-a-member")
    raise Refusal("refuse-new-account") if work.waits else Refusal("refuse-role", who=_named(work, who))


def _named(work: Work, who: Who) -> str:
    roles = [role for role in (Who.LEADER, Who.DEPUTY, Who.CLERK, Who.MEMBER) if role & who]
    return ", ".join(work.words(f"role-{(role.name or '').lower()}") for role in roles)
