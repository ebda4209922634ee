"""A group chat that the program makes itself: who may want one, and whom the leader invites."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.chat.founding import FoundingRefused, Place
from bot.chat.messages import plain
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine import context
from bot.engine.abilities import Abilities
from bot.engine.features import Answer, Command, Desk, Due
from bot.engine.work import Refusal, Work
from handlers.people import founding_cards as cards
from handlers.people import founding_rules as rules
from handlers.people import gathering
from handlers.people.feature import feature
from handlers.people.redeeming import redeem
from storage import codes, due, founding
from storage.codes import CodeKind
from storage.founding import InvitationState
from storage.people import Account, Role

LONGEST = 100
PERMIT = timedelta(hours=24)  # a code serves that long, so that a dialogue broken off can be begun again
HEARD_WITHIN = timedelta(days=60)
MOST = 300  # people to choose from
PATIENCE = timedelta(minutes=10)  # while the messenger does not answer
LATER = {Outcome.TRY_AGAIN, Outcome.SLOW_DOWN, Outcome.UNCLEAR}
PRESENT = (InvitationState.WAITING, InvitationState.INVITED, InvitationState.JOINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the leader has chosen so far, as the question keeps it. `people` are (account's ref, name)."""

    name: str
    group: int | None
    places: Sequence[Sequence[Any]]
    people: Sequence[Sequence[str]]
    chosen: Sequence[int] = ()
    shown: Sequence[int] | None = field(default=None)
    """Those whose name was asked for; None: all."""
    page: int = 0


def begin(order: Command, work: Work) -> None:
    """/setup in private: with a code for a new work group, or by the leader of one."""
    account = work.account
    if account is None or not work.need(Abilities).of(work.chat.messenger).founds_rooms:
        raise Refusal("setup-not-here")
    name = _permitted(order.text, work, account)
    if name is None:
        _enter_led_group(work)
        for lapsed in founding.lapsed_of(work.session, work.group_id, account.messenger):
            gathering.look_whether_back(work, lapsed)
        if founding.rooms_of(work.session, work.group_id, account.messenger):
            gathering.show_progress(work)
            return
        name = " ".join(order.text.split()) or work.here.name
    if not name:
        raise Refusal("setup-name-missing")
    look_soon(work, account, name[:LONGEST])


def _permitted(text: str, work: Work, account: Account) -> str | None:
    """The new group's name; None where there is no code, now or of late."""
    first, _, rest = text.strip().partition(" ")
    permit = permit_key(account)
    if codes.looks_like_one(first):
        redeem(work, CodeKind.SETUP, first)
        work.later("people-found-permit", permit, work.now + PERMIT)
        return " ".join(rest.split())
    allowed = due.get(work.session, permit) is not None
    return " ".join(text.split()) if allowed and text.strip() else None


def permit_key(account: Account) -> str:
    return f"people-found-permit:{account.id}"


@feature.due("people-found-permit")
def permit_over(_row: Due, _work: Work) -> None:
    """The code's time is over: nothing more is to be done."""


def _enter_led_group(work: Work) -> None:
    context.choose_group(work)
    if work.group is None:
        led = [group for member, group in context.own_groups(work) if member.role is Role.LEADER]
        if len(led) != 1:
            raise Refusal("setup-code-needed")
        context.enter(work, led[0].id)
    if work.actor.role is not Role.LEADER:
        raise Refusal("setup-code-needed")


def look_soon(work: Work, account: Account, name: str) -> None:
    """What can be made there is asked first."""
    facts = {"account": account.id, "messenger": account.messenger, "name": name}
    wanted = work.group.id if work.group else None
    work.soon("people-found-look", f"people-found-look:{account.id}", wanted=wanted, **facts)


@feature.job("people-found-look")
def look(row: Due, desk: Desk) -> Callable[[Work], None]:
    """What the messenger says before anybody is asked: which places are free, and who follows."""
    messenger = row.facts["messenger"]
    try:
        places = desk.founder(messenger, lambda rooms: rooms.places())
        known = desk.founder(messenger, lambda rooms: rooms.acquaintances())
    except FoundingRefused as refused:
        text_id = f"found-{refused.hurdle}"
        return lambda work: tell(work, row.facts["account"], text_id)
    except DeliveryFailed as failure:
        if failure.outcome in LATER and row.late < PATIENCE:
            raise
        return lambda work: tell(work, row.facts["account"], "found-failed", name=row.facts["name"])
    return lambda work: _looked(work, row.facts, places, known)


def tell(work: Work, account_id: int, text_id: str, **facts: Any) -> None:
    """To who has asked, where they have asked."""
    account = work.session.get_one(Account, account_id)
    work.send(account.messenger, account.ref, plain(work.words(text_id, **facts)), private=True)


def _looked(work: Work, facts: Mapping[str, Any], places: Sequence[Place], known: Mapping[str, str]) -> None:
    asking = work.session.get_one(Account, facts["account"])
    taken = founding.taken_places(work.session, asking.messenger)
    free = [(each.id, each.seats) for each in places if each.id not in taken]
    standing = founding.rooms_of(work.session, facts["wanted"], asking.messenger) if facts["wanted"] else ()
    if not free and not standing:
        tell(work, asking.id or 0, "found-none-free")
        return
    wish = Wish(
        name=facts["name"], group=facts["wanted"], places=free, people=_candidates(work, asking, facts["wanted"], known)
    )
    _ask_whom(work, asking, wish) if wish.people else _ask_sure(work, asking, wish)


def _candidates(work: Work, asking: Account, group: int | None, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """(ref, name): the group's members, then who wrote of late, then who follows; nobody who is in already."""
    since = work.now - HEARD_WITHIN
    heard = founding.acquaintances(work.session, asking.messenger, group, since, MOST)
    rooms = founding.rooms_of(work.session, group, asking.messenger) if group else ()
    invited = founding.invited(work.session, [each.id for each in rooms], *PRESENT)
    out = {asking.ref, *(account.ref for _, account, _ in invited)}
    found = {account.ref: name for account, name in heard}
    found |= {ref: name for ref, name in known.items() if ref not in found}
    return [(ref, name) for ref, name in found.items() if ref not in out][:MOST]


# whom


def _ask_whom(work: Work, asking: Account, wish: Wish, note: str = "") -> None:
    choice = _choice(wish, note)
    options = cards.whom_options(work.words, choice)
    work.ask("people-found-whom", cards.whom(work.words, choice), options=options, of=asking, **asdict(wish))


def _choice(wish: Wish, note: str) -> cards.Choice:
    places = _listed(wish)
    on_page = _on_page(wish)
    return cards.Choice(
        name=wish.name,
        people=[(wish.people[place][1], place in wish.chosen) for place in on_page],
        chosen=len(wish.chosen),
        all=len(wish.people),
        page=wish.page,
        pages=max(1, -(-len(places) // cards.PAGE)),
        note=note,
    )


def _listed(wish: Wish) -> Sequence[int]:
    return range(len(wish.people)) if wish.shown is None else wish.shown


def _on_page(wish: Wish) -> Sequence[int]:
    return _listed(wish)[wish.page * cards.PAGE : (wish.page + 1) * cards.PAGE]


@feature.answer("people-found-whom", stops=True)
def whom_answered(answer: Answer, work: Work) -> None:
    wish = Wish(**answer.facts)
    asking = _asking(work)
    meant = answer.chosen or rules.said(answer.text)
    if meant == "stop":
        work.say("found-stopped")
    elif meant in ("done", "yes"):
        _ask_sure(work, asking, wish)
    elif meant == "all":
        every = range(len(wish.people))
        _ask_whom(work, asking, replace(wish, chosen=() if len(wish.chosen) == len(every) else tuple(every)))
    elif meant == "more":
        pages = max(1, -(-len(_listed(wish)) // cards.PAGE))
        _ask_whom(work, asking, replace(wish, page=(wish.page + 1) % pages))
    elif meant is not None:
        _ask_whom(work, asking, _turned(wish, [_on_page(wish)[int(meant)]]))
    else:
        _by_words(answer.text, work, asking, wish)


def _asking(work: Work) -> Account:
    if work.account is None:
        raise Refusal("setup-anonymous")
    return work.account


def _turned(wish: Wish, places: Sequence[int]) -> Wish:
    """Chosen ones are left out, others chosen."""
    chosen = [each for each in wish.chosen if each not in places]
    chosen += [each for each in places if each not in wish.chosen]
    return replace(wish, chosen=sorted(chosen))


def _by_words(text: str, work: Work, asking: Account, wish: Wish) -> None:
    """Numbers as the page counts them, or names."""
    typed = rules.numbers(text)
    if typed is None:
        _by_names(text, work, asking, wish)
        return
    page = _on_page(wish)
    first = cards.controls(_choice(wish, "").pages) + 1
    wrong = next((each for each in typed if not first <= each < first + len(page)), None)
    if wrong is not None:
        _ask_whom(work, asking, wish, note=work.words("found-numbers-wrong", number=wrong))
        return
    _ask_whom(work, asking, _turned(wish, [page[each - first] for each in dict.fromkeys(typed)]))


def _by_names(text: str, work: Work, asking: Account, wish: Wish) -> None:
    """Who is meant without doubt is chosen; the first doubtful name is shown."""
    notes, chosen, shown = [], set(wish.chosen), None
    for name in rules.listed(text):
        found = rules.named([each for _, each in wish.people], name)
        if len(found) == 1:
            chosen.add(found[0])
        elif found:
            shown = shown or found
            notes.append(work.words("found-name-several", name=name, count=len(found)))
        else:
            notes.append(work.words("found-name-unknown", name=name[:60]))
    _ask_whom(work, asking, replace(wish, chosen=sorted(chosen), shown=shown, page=0), note="\n".join(notes))


# sure?


def _ask_sure(work: Work, asking: Account, wish: Wish) -> None:
    plan = gathering.plan(work, asking.messenger, wish.group, wish.name, wish.places, len(wish.chosen))
    if plan is None:
        room = gathering.seats_left(work, asking.messenger, wish.group, wish.places)
        note = work.words("found-too-many", people=len(wish.chosen), room=room)
        _ask_whom(work, asking, wish, note=note)
        return
    rooms = [(each.name, each.count, each.seats) for each in plan]
    stands = all(each.founded for each in plan)
    options = [
        (work.words("found-yes-more" if stands else "found-yes"), "yes"),
        (work.words("found-back"), "back"),
        (work.words("found-stop"), "stop"),
    ]
    card = cards.sure(work.words, rooms, [wish.people[each][1] for each in wish.chosen], stands=stands)
    work.ask("people-found-sure", card, options=options if wish.people else options[::2], of=asking, **asdict(wish))


@feature.answer("people-found-sure", stops=True)
def sure_answered(answer: Answer, work: Work) -> None:
    wish, asking = Wish(**answer.facts), _asking(work)
    meant = answer.chosen or rules.said(answer.text)
    if meant in ("yes", "done"):
        invited = [(wish.people[each][0], wish.people[each][1]) for each in wish.chosen]
        gathering.found(work, asking, wish.name, wish.group, wish.places, invited)
    elif meant == "stop":
        work.say("found-stopped")
    else:
        _ask_whom(work, asking, wish) if wish.people else _ask_sure(work, asking, wish)
