"""A Zalo bot's free tier runs out, or the Official Account needs its administrator: those who lead hear of it."""

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
    text_id = "zalo-usage-people" if facts["what"] == "people" else "zalo-usage-messages"
    _tell_leaders(work, due, text_id, messages=facts["messages"], people=facts["people"], month=facts["month"])


@feature.due("zalo-account")
def warn_of_the_account(due: Due, work: Work) -> None:
    """Each day until it is put right: without it nobody on the Official Account is reached."""
    ends = due.facts["trouble"] == "ends_soon"
    _tell_leaders(work, due, "zalo-account-ends" if ends else "zalo-account-ended", days=due.facts["days"])


def _tell_leaders(work: Work, due: Due, text_id: str, **facts: object) -> None:
    for group in people.groups(work.session):
        context.enter(work, group.id)
        said = work.words(text_id, **facts)
        for member in people.with_role(work.session, work.group_id, Role.LEADER):
            work.tell(member.person_id, plain(said), key=f"{due.key}:{member.person_id}")
