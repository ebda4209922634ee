"""Rooms the program has made fill and end: who comes, who is reminded, and what becomes of the room."""

from collections.abc import Callable
from datetime import timedelta

from bot.chat.events import Noticed, PersonLeft, Said
from bot.chat.founding import Attendance
from bot.chat.messages import plain
from bot.chat.messenger import DeliveryFailed
from bot.engine.abilities import Abilities
from bot.engine.features import Desk, Due, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar
from handlers.people import gathering
from handlers.people.feature import feature
from handlers.people.founding import LATER, LONGEST, PATIENCE, look_soon
from handlers.people.joining import group_of
from handlers.people.making import over, tell_founder
from storage import founding, people
from storage.founding import FoundedRoom, FoundingState, Invitation, InvitationState
from storage.people import Account, Person, Role, Room, RoomState, Who

REMINDED_AFTER = timedelta(hours=15)  # who was invited in the afternoon is reminded the next morning
WARNED_BEFORE = timedelta(days=7)  # a place that ends and is not renewed
_COMING = (InvitationState.WAITING, InvitationState.INVITED, InvitationState.REFUSED, InvitationState.LEFT)


@feature.on(Noticed, Said)
def arrived(event: Noticed | Said, work: Work) -> None:
    """Who was invited and is there now belongs to the work group: the leader has chosen them."""
    if work.room is None or work.account is None or not work.need(Abilities).of(event.chat.messenger).founds_rooms:
        return
    founded = founding.of_room(work.session, work.room.id or 0)
    if founded is None:
        return
    if founded.state is FoundingState.OVER:
        gathering.look_whether_back(work, founded)
    invitation = founding.invitation(work.session, work.room.id or 0, work.account.id or 0)
    if invitation is not None and invitation.state in _COMING:
        _joined(work, invitation, work.account)
        gathering.tell_progress_soon(work, founded)


def _joined(work: Work, invitation: Invitation, account: Account) -> None:
    founding.mark(invitation, InvitationState.JOINED, work.now)
    if people.member_of(work.session, work.group_id, account.person_id) is None:
        member = people.enrol(work.session, work.group_id, account.person_id, Role.MEMBER, work.now)
        if account is work.account:
            work.member = member
        work.record("joined", f"group:{work.group_id}", person=account.person_id)
    work.session.flush()


@feature.on(PersonLeft)
def gone(event: PersonLeft, work: Work) -> None:
    account = people.account(work.session, event.chat.messenger, event.person.id)
    if work.room is None or account is None:
        return
    invitation = founding.invitation(work.session, work.room.id or 0, account.id or 0)
    if invitation is not None:
        founding.mark(invitation, InvitationState.LEFT, work.now)


@feature.due("people-found-progress")
def told_together(row: Due, work: Work) -> None:
    gathering.tell_progress(work, work.session.get_one(FoundedRoom, row.facts["founded"]))


# looking whether what was heard is true


@feature.job("people-found-attend")
def attend(row: Due, desk: Desk) -> Callable[[Work], None]:
    """Events get lost while a webhook is down; the messenger's own list is asked for."""
    facts = row.facts
    try:
        found = desk.founder(facts["messenger"], lambda rooms: rooms.attendance(facts["chat"]))
    except DeliveryFailed as failure:
        if failure.outcome in LATER and row.late < PATIENCE:
            raise
        return lambda work: _not_known(work, work.session.get_one(FoundedRoom, facts["founded"]))
    return lambda work: _attended(work, work.session.get_one(FoundedRoom, facts["founded"]), found)


def _not_known(work: Work, founded: FoundedRoom) -> None:
    if founded.state is not FoundingState.OVER:
        gathering.tell_progress(work, founded)


def _attended(work: Work, founded: FoundedRoom, found: Attendance) -> None:
    if not found.usable:
        if founded.state is not FoundingState.OVER:
            over(work, founded)
        return
    if founded.state is FoundingState.OVER:
        _back(work, founded)
    for invitation, account, _ in founding.invited(work.session, [founded.id], *_COMING):
        if account.ref in found.inside:
            _joined(work, invitation, account)
            people.notice(work.session, founded.room_id or 0, account.id or 0)
    if found.ends_on is not None and found.ends_on <= work.today + WARNED_BEFORE:
        card = plain(work.words("found-room-ends", room=founded.name, day=f"{found.ends_on:%d/%m/%Y}"))
        key = f"room-ends:{founded.id}:{found.ends_on}"
        work.send(founded.messenger, founded.leader, card, private=True, key=key)
    gathering.tell_progress(work, founded)


def _back(work: Work, founded: FoundedRoom) -> None:
    """Its place was paid for again before the messenger dissolved it."""
    founded.state = FoundingState.STANDING
    room = work.session.get(Room, founded.room_id)
    if room is not None:
        room.state = RoomState.OPEN
    work.session.flush()
    work.record("room-back", f"group:{founded.group_id}", messenger=founded.messenger, name=founded.name)
    tell_founder(work, founded, "found-room-back", name=founded.name)


@feature.daily("people-found-morning", at="morning")
def morning(_row: Due, work: Work) -> None:
    """On working days: who was invited and has not come is reminded, once; the rest is for the leader to press."""
    if not work.need(WorkingCalendar).is_working(work.today):
        return
    for founded in founding.standing_of(work.session, work.group_id):
        for invitation, _, person in founding.invited(work.session, [founded.id], InvitationState.INVITED):
            if invitation.reminded_at is None and work.now - invitation.changed_at >= REMINDED_AFTER:
                _remind(work, founded, invitation, person)
        facts = {"founded": founded.id, "messenger": founded.messenger, "chat": gathering.chat_of(work, founded)}
        work.soon("people-found-attend", f"people-found-attend:{founded.id}", **facts)


def _remind(work: Work, founded: FoundedRoom, invitation: Invitation, person: Person) -> bool:
    card = plain(work.words("found-invited-you", name=founded.name, link=founded.link))
    invitation.reminded_at = work.now
    return work.tell(person.id or 0, card)


# the leader's buttons


@feature.press("found-remind", who=Who.LEADER | Who.DEPUTY, group_of=group_of)
def remind(press: Press, work: Work) -> None:
    count = 0
    for founded in founding.rooms_of(work.session, work.group_id, work.chat.messenger):
        if founded.state is FoundingState.STANDING:
            rows = founding.invited(work.session, [founded.id], InvitationState.INVITED)
            count += sum(_remind(work, founded, each, person) for each, _, person in rows if not _today(work, each))
    if count:
        work.say("found-reminded", count=count)
    else:
        work.say("found-reminded-all")


def _today(work: Work, invitation: Invitation) -> bool:
    said = invitation.reminded_at
    return said is not None and said.astimezone(work.zone).date() == work.today


@feature.press("found-more", who=Who.LEADER, group_of=group_of)
def more(press: Press, work: Work) -> None:
    if work.account is None or not work.chat.private:
        raise Refusal("refuse-private-only")
    if not work.need(Abilities).of(work.chat.messenger).founds_rooms:
        raise Refusal("setup-not-here")
    look_soon(work, work.account, work.here.name[:LONGEST])
