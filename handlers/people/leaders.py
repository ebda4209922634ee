"""Telling those who lead a work group, and who that is."""

from bot.chat.messages import Card
from bot.engine.work import Work
from storage import people
from storage.people import Member, Role


def leader_of(work: Work) -> Member | None:
    found = people.with_role(work.session, work.group_id, Role.LEADER)
    return found[0] if found else None


def deputies_of(work: Work) -> list[Member]:
    """The one who has been in the group longest first."""
    found = people.with_role(work.session, work.group_id, Role.DEPUTY)
    return sorted(found, key=lambda each: (each.joined_at, each.id))


def tell_leader(work: Work, card: Card) -> bool:
    """To the leader in private, or to the first deputy who can be reached; False when there is nobody."""
    leader = leader_of(work)
    asked = [*([leader] if leader else []), *deputies_of(work)]
    return any(work.tell(each.person_id, card) for each in asked)


def tell_all_leading(work: Work, card: Card) -> bool:
    """To the leader and every deputy; False when none of them can be reached."""
    leading = people.with_role(work.session, work.group_id, Role.LEADER, Role.DEPUTY)
    told = [work.tell(each.person_id, card) for each in leading]
    return any(told)
