"""An order to all: `/giao cả phòng …`, `mọi người`, `tất cả`; done only when the number of people is confirmed."""

import re
from collections.abc import Sequence
from typing import Any

from bot.chat.messages import plain
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, nfc
from handlers.people.naming import unaddressed
from storage import people
from storage.people import Person, Role

NAMED = 8  # people by name on the card
_OFFICE = r"phong|to|nhom|ban|don vi|co quan|doi|khoa|chi cuc|uy ban|team"
_ALL = re.compile(
    rf"(?P<who>(?:tat )?ca (?:{_OFFICE}|nha|anh chi em|anh em)"
    rf"|toan (?:bo )?(?:the )?(?:{_OFFICE}|can bo|nhan vien|thanh vien)"
    r"|(?:tat ca )?moi nguoi|tat ca (?:anh chi em|anh em|cac thanh vien|thanh vien|can bo|nhan vien)"
    r"|@?all|everyone|everybody|tat ca)(?: (?:trong )?(?:phong|to|nhom))?(?!\w)[\s,:;.–-]*"
)


def addressed(text: str, *, names_somebody: bool) -> str | None:
    """What is ordered of everybody; None where the order begins otherwise, or gives `tất cả hồ sơ` to somebody."""
    text = unaddressed(nfc(text).strip())
    found = _ALL.match(fold(text))
    if found is None or (found["who"] in ("tat ca", "all") and names_somebody):
        return None
    return text[found.end() :]


def who(work: Work) -> Sequence[Person]:
    """All members but the leader and who gives the order; a deputy comes first, and so leads."""
    found = people.members(work.session, work.group_id)
    order = list(Role)
    meant = [
        (order.index(member.role), person)
        for member, person in found
        if member.role is not Role.LEADER and person.id != work.actor.person_id
    ]
    if not meant:
        raise Refusal("task-everybody-none")
    return [person for _, person in sorted(meant, key=lambda each: each[0])]


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
