"""Who is in the work group, and one's own registered name."""

from collections import Counter

from bot.chat.messages import Card
from bot.engine import context
from bot.engine.features import Command, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import fold
from handlers.people import cards
from handlers.people.feature import feature
from handlers.people.joining import group_of
from handlers.people.rules import clean_name
from storage import people
from storage.people import Role, Who


@feature.command("members", "thanhvien")
def members(order: Command, work: Work) -> None:
    """/members"""
    work.show(_page(work, 0))


@feature.press("people-members", group_of=group_of)
def turn_page(press: Press, work: Work) -> None:
    page = press.argument.partition(":")[2]
    work.redraw(_page(work, int(page) if page.isdecimal() else 0))


def _page(work: Work, page: int) -> Card:
    rows = people.members(work.session, work.group_id)
    accounts = people.accounts_of_members(work.session, work.group_id)
    borne = Counter(fold(person.name) for _, person in rows)
    listed = []
    for member, person in rows:
        own = [each for each in accounts if each.person_id == person.id]
        username = next((each.username for each in own if each.username), None) or ""
        listed.append(
            cards.Listed(
                person.name,
                member.role,
                any(each.reachable for each in own),
                username if borne[fold(person.name)] > 1 else "",
            )
        )
    missing = [person.name for person in people.seen_not_joined(work.session, work.group_id)]
    return cards.members(work.words, work.here, listed, missing, page, f"people-members:{work.group_id}")


@feature.command("name", "ten", who=Who.ANYONE, groupless=True)
def name(order: Command, work: Work) -> None:
    """/name Nguyễn Văn An"""
    if work.person_id is None:
        raise Refusal("join-anonymous")
    if not order.text:
        work.say("name-now", name=cards.tidy(work.person(work.person_id).name))
        return
    context.refuse_a_new_account(work)
    wanted = clean_name(order.text)
    if wanted is None:
        raise Refusal("name-unfit")
    if _is_a_leaders(work, wanted):
        raise Refusal("name-of-a-leader")
    people.rename(work.session, work.person_id, wanted)
    work.record("renamed", f"person:{work.person_id}", name=wanted)
    work.say("name-shared" if _is_borne_by_another(work, wanted) else "name-done", name=cards.tidy(wanted))


def _is_a_leaders(work: Work, wanted: str) -> bool:
    """Orders bear names: nobody takes the name of one who gives them."""
    return any(
        fold(person.name) == fold(wanted) and person.id != work.person_id and member.role in (Role.LEADER, Role.DEPUTY)
        for _, group in context.own_groups(work)
        for member, person in people.members(work.session, group.id or 0)
    )


def _is_borne_by_another(work: Work, wanted: str) -> bool:
    """In any work group of the person's."""
    return any(
        fold(person.name) == fold(wanted) and person.id != work.person_id
        for _, group in context.own_groups(work)
        for _, person in people.members(work.session, group.id or 0)
    )
