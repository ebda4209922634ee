"""What the bot may do in a chat, what it lacks, and how to give it that."""

from bot.chat.messages import Card, Part, Style
from bot.chat.messenger import ChatFacts
from bot.engine.features import Command, Where
from bot.engine.work import Refusal, Work
from handlers.people.feature import feature
from handlers.people.rules import NEEDED_RIGHTS, missing_rights
from storage import people
from storage.people import Who


@feature.command("health", "kiemtra", who=Who.ANYONE, where=Where.ROOM, groupless=True, facts=True)
def health(order: Command, work: Work) -> None:
    """/health"""
    if order.facts is None:
        raise Refusal("facts-unknown")
    heading = Part(work.words("health-heading"), Style.BOLD)
    lines = [*_rights(order.facts, work), *_people(order.facts, work)]
    work.show(Card(parts=(heading, Part("\n" + "\n".join(lines)))))


def _rights(facts: ChatFacts, work: Work) -> list[str]:
    missing = missing_rights(facts)
    lines = [
        work.words("health-lacks" if right in missing else "health-has", what=work.words(_text_id(right)))
        for right in NEEDED_RIGHTS
    ]
    if missing:
        lines.append(work.words("health-how" if facts.bot_admin else "health-how-admin"))
    if facts.auto_delete:
        lines.append(work.words("health-auto-delete"))
    return lines


def _text_id(right: str) -> str:
    return "right-" + right.removeprefix("can_").replace("_", "-")


def _people(facts: ChatFacts, work: Work) -> list[str]:
    if work.group is None:
        return [work.words("health-no-group")]
    joined = people.members(work.session, work.group_id)
    reached = [each for each, _ in joined if work.address_of(each.person_id) is not None]
    lines = [work.words("health-people", joined=len(joined), unreached=len(joined) - len(reached))]
    if len(reached) == len(joined) and not missing_rights(facts):
        lines.append(work.words("health-all-well"))
    return lines
