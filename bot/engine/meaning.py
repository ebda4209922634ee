"""Which of our messages a person means: the one replied to, the one of a number, or the latest that can be answered."""

from bot.chat.events import Said
from bot.chat.messages import plain
from bot.engine import commands
from bot.engine.features import Spec
from bot.engine.work import Work
from storage import posts
from storage.posts import Posted
from storage.questions import Question

_LEAVING = frozenset(("thoi", "thoi bo qua", "bo qua", "thoi khong can", "khong can nua", "never mind"))


def card_meant(said: Said, work: Work, task: str | None) -> Posted | None:
    """By an answer with a number: the message that lists the answers."""
    messenger, chat = said.chat.messenger, said.chat.id
    if task is not None:
        return posts.latest_of_number(work.session, messenger, chat, task)
    if said.reply is not None and said.reply.mine:
        replied = posts.message(work.session, messenger, chat, said.reply.message_id)
        return posts.answers_of(work.session, replied) if replied is not None else None
    return posts.latest_with_actions(work.session, messenger, chat)


def leaves(text: str, answered_by: Spec | None) -> bool:
    """`Thôi.`: the question is to be left aside."""
    if answered_by is not None and answered_by.stops:
        return False
    return commands.fold(" ".join(text.split())).strip(" .") in _LEAVING


def is_passed(question: Question, said: Said, work: Work) -> bool:
    """A later card here lists answers of its own: a bare number is meant for what was read last."""
    card = posts.latest_with_actions(work.session, said.chat.messenger, said.chat.id)
    return card is not None and card.shows != f"question:{question.id}" and card.posted_at > question.asked_at


def ask_whether(work: Work, line: str, said: str) -> None:
    """Whether this line is the command that was meant; `said`: the event as it then is."""
    options = [(work.words("ask-command-yes"), "yes"), (work.words("ask-command-no"), "no")]
    work.ask("plainly-said", plain(work.words("ask-command", line=line[:200])), options=options, per_row=2, said=said)


def shown(said: Said, work: Work) -> str | None:
    """The key of the card that is replied to."""
    if said.reply is None:
        return None
    found = posts.message(work.session, said.chat.messenger, said.chat.id, said.reply.message_id)
    return found.shows if found else None
