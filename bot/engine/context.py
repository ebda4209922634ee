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
    work.group, work.member, work.waits = None, None, False
    if group_id is not None and work.account is not None:
        work.group, member, waits = confirming.seat(work.session, group_id, work.account)
        _sit_down(work, member, waits=waits)
    elif group_id is not None:
        work.group = work.session.get(WorkGroup, group_id)  # None: what a due row was about is no more


def enterable(session: Session, group_ids: Collection[int | None]) -> Collection[int | None]:
    """Those groups (None: no group) in which nobody else is at work, nor will be until the transaction ends."""
    return {each for each in group_ids if each is None or try_alone(session, _door(each))}


def _door(group_id: int) -> str:
    return f"group {group_id}"


def _sit_down(work: Work, member: Member | None, *, waits: bool) -> None:
    """Whoever got hold of one more account of a leader is nobody: nothing here is theirs to order or to read."""
    work.waits = waits and member is not None and member.role is not Role.MEMBER
    work.member = None if work.waits else member


def own_groups(work: Work) -> Sequence[tuple[Member, WorkGroup]]:
    """Without those in which the account waits for confirmation."""
    return _open_groups(work, _all_groups(work))


def _all_groups(work: Work) -> Sequence[tuple[Member, WorkGroup]]:
    return people.memberships(work.session, work.person_id) if work.person_id is not None else []


def _open_groups(work: Work, mine: Sequence[tuple[Member, WorkGroup]]) -> Sequence[tuple[Member, WorkGroup]]:
    account = work.account
    if account is None or all(member.role is Role.MEMBER for member, _ in mine):
        return mine
    shut = confirming.groups_of(work.session, account.id or 0)
    return [(member, group) for member, group in mine if member.role is Role.MEMBER or group.id not in shut]


def choose_group(work: Work) -> None:
    """In private: the group chosen before, or the only one. Leaves work.group empty when there is a choice to make."""
    everything = _all_groups(work)
    mine = _open_groups(work, everything) or everything[:1]
    chosen = work.account.chosen_group if work.account else None
    found = [group for _, group in everything if group.id == chosen] or ([mine[0][1]] if len(mine) == 1 else [])
    if found:
        enter(work, found[0].id)


def refuse_a_new_account(work: Work) -> None:
    """What is about the person, not about one group, is not done from an account that waits in any."""
    if len(own_groups(work)) < len(_all_groups(work)):
        raise Refusal("refuse-new-account")


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
        raise Refusal("refuse-new-account" if work.waits else "refuse-not-a-member")
    raise Refusal("refuse-role", who=_named(work, who))


def _named(work: Work, who: Who) -> str:
    roles = [role for role in (Who.LEADER, Who.DEPUTY, Who.CLERK, Who.MEMBER) if role & who]
    return ", ".join(work.words(f"role-{(role.name or '').lower()}") for role in roles)
