"""A Zalo bot's free tier runs out: those who lead hear of it once, early enough to do something."""

from bot.chat.messages import plain
from bot.engine import context
from bot.engine.features import Due
from bot.engine.work import Work
from handlers.people.feature import feature
from storage import people
from storage.people import Role


@feature.due("zalo-usage")
def warn(due: Due, work: Work) -> None:
    """Who leads several groups is told once."""
    facts = due.facts
    for group in people.groups(work.session):
        context.enter(work, group.id)
        text_id = "zalo-usage-people" if facts["what"] == "people" else "zalo-usage-messages"
        said = work.words(text_id, messages=facts["messages"], people=facts["people"], month=facts["month"])
        for member in people.with_role(work.session, work.group_id, Role.LEADER):
            work.tell(member.person_id, plain(said), key=f"{due.key}:{member.person_id}")
