"""Roles: deputy, clerk, member; and leadership, which is handed over or taken over."""

from bot.engine.features import Answer, Command, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import fold
from handlers.people import cards, confirming, delegating, leaders, naming
from handlers.people.feature import feature
from handlers.people.joining import group_of
from handlers.people.rules import leading_role, read_role
from storage import people
from storage.people import Member, Person, Role, Who


@feature.command("role", "vaitro", who=Who.LEADER)
def role(order: Command, work: Work) -> None:
    """/role @binh phó; with days, for that time"""
    if delegating.took(order, work):
        return
    person, wanted = _read(order, work)
    member = people.member_of(work.session, work.group_id, person.id or 0)
    if member is None:
        raise Refusal("person-not-joined", name=cards.tidy(person.name))
    if member.role is wanted and not delegating.is_for_a_time(work, member):
        raise Refusal("role-same", name=cards.tidy(person.name), role=work.words(f"role-{wanted}"))
    if member.id == work.actor.id:
        raise Refusal("role-own")
    if wanted is Role.LEADER:
        _ask_to_hand_over(work, person)
    else:
        _give(work, member, wanted)


def _read(order: Command, work: Work) -> tuple[Person, Role]:
    """Who and what, in either order."""
    named, rest = naming.leading_people(work, order.text, order.mentions)
    wanted = read_role(rest)
    if not named:
        wanted, rest = leading_role(order.text)
        if wanted is None:
            raise Refusal("person-unknown" if order.text else "role-usage", name=order.text[:60])
        named = [naming.one_person(work, rest, order.mentions)]
    if len(named) != 1 or wanted is None:
        raise Refusal("role-usage")
    return named[0], wanted


def _give(work: Work, member: Member, wanted: Role) -> None:
    person, said = work.person(member.person_id), work.words(f"role-{wanted}")
    delegating.forget(work, member)
    member.role = wanted
    work.record("role-set", f"person:{member.person_id}", role=wanted)
    work.say("role-done", name=cards.tidy(person.name), role=said)
    work.tell(member.person_id, cards.note(work.words, "role-yours", role=said, group=work.here.name))
    confirming.ask_about(work, member.person_id, work.group_id)


# handing over


def _ask_to_hand_over(work: Work, person: Person) -> None:
    work.ask(
        "people-hand-over",
        cards.note(work.words, "handover-asked", name=cards.tidy(person.name), group=work.here.name),
        options=[(work.words("answer-yes"), "yes"), (work.words("answer-no"), "no")],
        per_row=2,
        person=person.id,
    )


@feature.answer("people-hand-over", who=Who.LEADER, stops=True)
def hand_over(answer: Answer, work: Work) -> None:
    chosen = answer.chosen or _said(answer.text)
    if chosen is None:
        raise Refusal("refuse-not-an-option")
    if chosen == "no":
        work.redraw(cards.note(work.words, "handover-not-done"))
        return
    heir = people.member_of(work.session, work.group_id, answer.facts["person"])
    if heir is None:
        raise Refusal("handover-left")
    work.actor.role = Role.DEPUTY
    work.redraw(cards.note(work.words, "handover-done", name=cards.tidy(work.person(heir.person_id).name)))
    _make_leader(work, heir)


def _said(text: str) -> str | None:
    """An answer in words."""
    word = fold(text).strip(" .,")
    if word in {"dong y", "co", "ok", "yes", "vang"}:
        return "yes"
    return "no" if word in {"khong", "thoi", "no", "huy"} else None


def _make_leader(work: Work, heir: Member) -> None:
    delegating.forget(work, heir)
    heir.role = Role.LEADER
    work.session.flush()
    delegating.void_planned(work)
    work.record("leader-set", f"group:{work.group_id}", person=heir.person_id)
    work.post(cards.note(work.words, "leader-now", name=cards.tidy(work.person(heir.person_id).name)))
    if heir.person_id != work.person_id:
        said = work.words("role-leader")
        work.tell(heir.person_id, cards.note(work.words, "role-yours", role=said, group=work.here.name))
    confirming.ask_about(work, heir.person_id, work.group_id)


# taking over


def ask_for_a_leader(work: Work, left: str) -> None:
    """The leader has gone: the oldest deputy is asked, the others are told."""
    deputies = leaders.deputies_of(work)
    asked = _ask_one(work, deputies, left)
    if asked is None:
        _say_there_is_no_leader(work)
        return
    for other in deputies:
        if other.id != asked.id:
            asked_name = cards.tidy(work.person(asked.person_id).name)
            work.tell(other.person_id, cards.note(work.words, "leader-left", name=cards.tidy(left), deputy=asked_name))


def _ask_one(work: Work, deputies: list[Member], left: str) -> Member | None:
    card = cards.take_over(work.words, work.here, left)
    return next((each for each in deputies if work.tell(each.person_id, card)), None)


def _say_there_is_no_leader(work: Work) -> None:
    work.post(cards.note(work.words, "leader-missing", group=work.here.name))


@feature.press("people-takeover", who=Who.DEPUTY | Who.LEADER, group_of=group_of)
def take_over(press: Press, work: Work) -> None:
    if leaders.leader_of(work) is not None:
        raise Refusal("takeover-done-already")
    work.redraw(cards.note(work.words, "takeover-done", group=work.here.name))
    _make_leader(work, work.actor)


@feature.press("people-pass", who=Who.DEPUTY | Who.LEADER, group_of=group_of)
def pass_on(press: Press, work: Work) -> None:
    """The next deputy in order is asked."""
    if leaders.leader_of(work) is not None:
        raise Refusal("takeover-done-already")
    work.redraw(cards.note(work.words, "takeover-passed"))
    deputies = leaders.deputies_of(work)
    place = next((index for index, each in enumerate(deputies) if each.id == work.actor.id), len(deputies))
    if _ask_one(work, deputies[place + 1 :], work.words("role-leader")) is None:
        _say_there_is_no_leader(work)
