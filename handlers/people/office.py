"""The names of the office that the group belongs to: letters that set several offices deadlines name it by them."""

from bot.engine import context
from bot.engine.features import Command
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, nfc
from handlers.people.feature import feature
from storage.people import Who

MOST, LONGEST = 12, 100
_FORGET = frozenset(("xoa", "bo", "khong", "none", "remove", "delete"))


@feature.command("office", "coquan")
def office(order: Command, work: Work) -> None:
    """/office; /office Sở Nội vụ tỉnh Quảng Trị; SNV; Sở LĐTBXH; /office none"""
    said = nfc(order.text).strip()
    if not said:
        _show(work)
        return
    context.allow(work, Who.LEADER | Who.DEPUTY)
    names = [] if fold(said) in _FORGET else _names(said)
    was, work.here.office = work.here.office, "\n".join(names)
    work.record("office-named", f"group:{work.group_id}", was=was, names=names)
    if names:
        work.say("office-set", names="; ".join(names))
    else:
        work.say("office-forgotten")


def _show(work: Work) -> None:
    if work.here.office:
        work.say("office-names", names="; ".join(work.here.office.split("\n")))
    else:
        work.say("office-none")


def _names(said: str) -> list[str]:
    """Between semicolons or on lines of their own; a comma may belong to a name."""
    names = [" ".join(each.split()) for each in said.replace("\n", ";").split(";")]
    names = list(dict.fromkeys(each for each in names if any(c.isalpha() for c in each)))
    if not names or len(names) > MOST or any(len(each) > LONGEST for each in names):
        raise Refusal("office-too-many", most=MOST, longest=LONGEST)
    return names
