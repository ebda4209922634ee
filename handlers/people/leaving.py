"""Leaving a work group: by one's own word, with the chat, or by losing an administrator's rights."""

from datetime import timedelta

from bot.chat.events import AdminChanged, PersonLeft
from bot.engine.features import Answer, Command, Due
from bot.engine.work import Refusal, Work
from handlers.people import cards, leaders
from handlers.people.feature import feature
from handlers.people.roles import ask_for_a_leader
from handlers.people.setting_up import join_card
from storage import due, people
from storage.people import Member, Role, Seen, Who

MOMENT = timedelta(seconds=3)  # a messenger tells of one act in several events; then they are all here


@feature.command("leave", "roinhom")
def leave(order: Command, work: Work) -> None:
    """/leave"""
    _refuse_a_leader(work)
    work.ask(
        "people-leave",
        cards.note(work.words, "leave-asked", group=work.here.name),
        options=[(work.words("leave-yes"), "yes"), (work.words("answer-no"), "no")],
        per_row=2,
    )


@feature.answer("people-leave", who=Who.STAFF)
def leave_answered(answer: Answer, work: Work) -> None:
    if answer.chosen is None:
        raise Refusal("refuse-not-an-option")
    if answer.chosen == "no":
        work.redraw(cards.note(work.words, "leave-not-done"))
        return
    _refuse_a_leader(work)
    work.redraw(cards.note(work.words, "leave-done", group=work.here.name))
    _end(work, work.actor, "left-group")


def _refuse_a_leader(work: Work) -> None:
    if work.actor.role is Role.LEADER:
        raise Refusal("leave-leader-first")


@feature.on(PersonLeft)
def person_left(event: PersonLeft, work: Work) -> None:
    """Who is no longer in the chat is no longer in the work group, and the leader hears of it."""
    account = people.account(work.session, event.chat.messenger, event.person.id)
    if work.room is None or work.group is None or account is None:
        return
    people.notice(work.session, work.room.id or 0, account.id or 0, present=False)
    key = _admin_key(work, account.id or 0)
    was_admin = due.get(work.session, key) is not None
    work.cancel(key)
    member = people.member_of(work.session, work.group_id, account.person_id)
    if member is not None and not _is_in_another_room(work, account.person_id):
        _end(work, member, "left-chat")
    elif was_admin:
        name = cards.tidy(event.person.name)
        leaders.tell_leader(work, cards.note(work.words, "left-admin", name=name, group=work.group.name))


def _is_in_another_room(work: Work, person_id: int) -> bool:
    """A work group may have several chats."""
    own = people.accounts_of(work.session, person_id)
    others = [room for room in people.rooms(work.session, work.group_id) if work.room and room.id != work.room.id]
    found = [work.session.get(Seen, (room.id, account.id)) for room in others for account in own]
    return any(seen is not None and seen.present for seen in found)


def _end(work: Work, member: Member, text_id: str) -> None:
    role, member.left_at = member.role, work.now
    name = work.person(member.person_id).name
    work.session.flush()
    work.record("left", f"group:{work.group_id}", person=member.person_id)
    work.update(join_card(work))
    if role is Role.LEADER:
        ask_for_a_leader(work, name)
    else:
        leaders.tell_leader(work, cards.note(work.words, text_id, name=cards.tidy(name), group=work.here.name))


# administrators


@feature.on(AdminChanged)
def admin_changed(event: AdminChanged, work: Work) -> None:
    account = people.account(work.session, event.chat.messenger, event.person.id)
    if work.room is None or work.group is None or event.person.bot:
        return
    if account is None:
        person = event.person
        account = people.meet(work.session, event.chat.messenger, person.id, person.name, person.username)
    if event.admin:
        work.cancel(_admin_key(work, account.id or 0))
    else:
        work.later("people-admin-lost", _admin_key(work, account.id or 0), work.now + MOMENT, person=account.person_id)


def _admin_key(work: Work, account_id: int) -> str:
    return f"people-admin-lost:{work.room.id if work.room else 0}:{account_id}"


@feature.due("people-admin-lost")
def admin_lost(row: Due, work: Work) -> None:
    person_id = row.facts["person"]
    leader = leaders.leader_of(work)
    if leader is not None and leader.person_id == person_id:
        work.tell(person_id, cards.note(work.words, "admin-lost-leader", group=work.here.name))
    else:
        name = cards.tidy(work.person(person_id).name)
        leaders.tell_leader(work, cards.note(work.words, "admin-lost", name=name, group=work.here.name))
