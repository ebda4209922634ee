"""How a no is said, and what an action typed by hand means: nothing."""

from bot.chat.events import Pressed
from bot.chat.messages import plain
from bot.engine.features import LONGEST_NUMBER, GroupOf
from bot.engine.work import Refusal, Work


def group_meant(group_of: GroupOf, argument: str, work: Work) -> int:
    """An argument that is no number of anything was typed by hand (some messengers let people): it means nothing."""
    try:
        group_id = group_of(work.session, argument)
    except (ValueError, OverflowError):
        group_id = None
    if group_id is None:
        raise Refusal("refuse-old-button")
    return group_id


def whole(written: str) -> int:
    if not written.isdecimal() or len(written) > LONGEST_NUMBER:
        raise Refusal("refuse-old-button")
    return int(written)


def refuse(work: Work, refusal: Refusal) -> None:
    """Says the no: as a toast for a press where that is enough, as a reply otherwise."""
    work.refused = refusal.text_id
    said = work.words(refusal.text_id, **refusal.facts)
    if isinstance(work.event, Pressed) and work.event.token:
        work.toasted = said
    else:
        further = [work.words(refusal.hint)] if refusal.hint else []
        work.reply(plain("\n".join([said, *further])))
