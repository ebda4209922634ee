"""Who is to stand in, as what, and the words about days, as a leader writes them."""

import re
from collections.abc import Sequence

from bot.chat.events import Mention
from bot.engine.work import Refusal, Work
from handlers.calendar import fold
from handlers.people import naming
from handlers.people.rules import leading_role
from storage.people import Person, Role

_BEHIND_NAME = re.compile(
    r"\s(?:tu(?!\s+tu\s)|den|toi|het|from|until|till|to|pho|deputy|ngay|trong|\d\S*|thu(?=\s?(?:[2-7]|hai|ba|tu|nam|sau|bay)"
    r"(?!\w))|t[2-7]\S*|cn|tuan|hom|today|tomorrow|next|this|mai(?=$)|(?:mon|tue|wed|fri|sat|sun)[a-z]*)(?!\S)"
)


def read(work: Work, text: str, mentions: Sequence[Mention]) -> tuple[Person, Role | None, str]:
    """Who, as what, and the words about days; the role may stand on either side of the name or be left out."""
    wanted, text = leading_role(text)
    named, rest = naming.leading_people(work, naming.unaddressed(text), mentions)
    if not named:
        text, rest = _without_capitals(naming.unaddressed(text))
        named = [who_alone(work, text, mentions)]
    if len(named) != 1:
        raise Refusal("delegate-usage")
    behind, days = leading_role(rest)
    return named[0], wanted or behind, days


def _without_capitals(text: str) -> tuple[str, str]:
    """`binh tu 23/11 den 27/11`: the name ends where the days or the role begin."""
    found = _BEHIND_NAME.search(fold(text))
    return (text[: found.start()], text[found.start() :].strip()) if found else (text, "")


def who_alone(work: Work, text: str, mentions: Sequence[Mention]) -> Person:
    found = naming.who_alone(work, text, mentions)
    if len(found) != 1:
        raise Refusal("person-unknown", name=text.strip()[:60] or "?")
    return found[0]
