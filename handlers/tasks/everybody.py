"""An order to all: `/giao cả phòng …`, `mọi người`, `tất cả`; done only when the number of people is confirmed."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from bot.chat.events import Mention
from bot.chat.messages import plain
from bot.engine.features import Command
from bot.engine.work import Refusal, Work
from handlers.calendar import either_way, fold, nfc
from handlers.people.naming import guessed, leading_people, mentioned_anywhere, unaddressed, who_alone
from storage import people
from storage.people import Person, Role

NAMED = 8  # people by name on the card
TRIED = 4  # places in which somebody may be named: each asks for the members
_OFFICE = r"phòng|tổ|nhóm|ban|đơn vị|cơ quan|đội|khoa|chi cục|ủy ban|uỷ ban|team"
_STAFF = (
    r"anh chị em|anh em|(?:các )?thành viên|(?:các )?đồng chí"
    r"|(?:các )?cán bộ(?:,? công chức)?(?:,? viên chức)?|(?:các )?nhân viên"
)
_WHO = (
    rf"cả (?:{_OFFICE}|nhà|anh chị em|anh em)|tất cả (?:phòng|nhóm|đơn vị|cơ quan|team|mọi người|{_STAFF})"
    rf"|toàn (?:bộ )?(?:thể )?(?:{_OFFICE}|{_STAFF})|mọi người|@?all(?: staff| members)?|everyone|everybody|tất cả"
)
_OWN = rf"(?: (?:trong|của|ở) (?:{_OFFICE}))?(?: (?:mình|ta|chúng ta))?(?: ơi)?"
_ALL = re.compile(either_way(rf"({_WHO}){_OWN}(?!\w)[\s,:;.–-]*"), re.IGNORECASE)
_THINGS = ("tat ca", "all")  # `tất cả hồ sơ`: nobody is meant where somebody is named
_BUT = re.compile(either_way(r"(?<!\w)(?:(?:ngoại )?trừ|except(?: for)?)\s+"), re.IGNORECASE)
_BESIDE = re.compile(either_way(r"(?<!\w)(?:và|cùng|với|and|[+&])\s*$"), re.IGNORECASE)
_WITH = re.compile(either_way(r"(?:cùng với|cùng|với)\s+"), re.IGNORECASE)
_FOR = re.compile(r"(?<!\w)cho\s+", re.IGNORECASE)


def begins(text: str) -> bool:
    return _ALL.match(unaddressed(nfc(text).strip())) is not None


def read(work: Work, order: Command, named: Sequence[Person], rest: str) -> tuple[Sequence[Person], str] | None:
    """Who gets what; None where the order is not to all. `named`: those at its beginning, before its `rest`; only where
    `và` stands between is `@binh và cả phòng` an order to all, which the first named leads."""
    text = unaddressed(nfc(order.text).strip())
    if named:
        joined = _WITH.match(rest)
        if joined is None and _BESIDE.search(text.removesuffix(rest)) is None:
            return None
        text = rest[joined.end() :] if joined else rest
    found = _ALL.match(text)
    if found is None:
        return None
    but, what = _without(work, text[found.end() :], order.mentions)
    things = fold(found[1]) in _THINGS
    if things and not named and _names_somebody(work, what, order.mentions):
        return None
    return _who(work, named, {each.id for each in but}), what


def _names_somebody(work: Work, what: str, mentions: Sequence[Mention]) -> bool:
    given = (leading_people(work, what[found.end() :], mentions)[0] for found in islice(_FOR.finditer(what), TRIED))
    return bool(mentioned_anywhere(work, what, mentions)) or any(given)


def _without(work: Work, text: str, mentions: Sequence[Mention]) -> tuple[Sequence[Person], str]:
    """`trừ @an và Chi` wherever it stands: they, and the order without these words."""
    out, place = list[Person](), 0
    for _ in range(TRIED):
        found = _BUT.search(text, place)
        if found is None:
            break
        behind, place = text[found.end() :], found.end()
        but, rest = leading_people(work, behind, mentions)
        if not but and (small := guessed(work, f"{behind} .")) is not None:
            but, rest = who_alone(work, small[1], mentions), behind[len(small[1]) :]
        if but:
            out, before, place = [*out, *but], text[: found.start()].rstrip(" ,;("), 0
            text = f"{before} {rest.lstrip(') ')}".strip()
    return out, text


def _who(work: Work, first: Sequence[Person], but: set[int | None]) -> Sequence[Person]:
    """All members but the leader and who gives the order; who is named first leads, else a deputy."""
    order = list(Role)
    out = but | {each.id for each in first} | {work.actor.person_id}
    others = [
        (order.index(member.role), person)
        for member, person in people.members(work.session, work.group_id)
        if member.role is not Role.LEADER and person.id not in out
    ]
    if not others:
        raise Refusal("task-everybody-none")
    return [*first, *(person for _, person in sorted(others, key=lambda each: each[0]))]


def ask(work: Work, named: Sequence[Person], titles: Sequence[str], kept: dict[str, Any]) -> None:
    """With the number of people and their names, before anything is done."""
    names = ", ".join(each.name for each in named[:NAMED])
    if len(named) > NAMED:
        names += " " + work.words("task-everybody-more", count=len(named) - NAMED)
    asked = work.words("task-ask-everybody", title="; ".join(titles)[:300], count=len(named), names=names)
    options = [(work.words("task-everybody-yes", count=len(named)), "yes"), (work.words("task-everybody-no"), "no")]
    work.ask("tasks.everybody", plain(asked), options=options, **kept)


def says_yes(chosen: str | None, text: str) -> bool:
    """Refusal for words that are neither yes nor no."""
    said = chosen or fold(text).strip(" .")
    if said in ("yes", "co", "dong y", "ok", "giao", "vang"):
        return True
    if said in ("no", "khong"):
        return False
    raise Refusal("refuse-not-an-option")
