"""Which of our messages a person means: the one replied to, the one of a number, or the latest that can be answered."""

from bot.chat.events import Said
from bot.engine.work import Work
from storage import posts
from storage.posts import Posted


def card_meant(said: Said, work: Work, task: str | None) -> Posted | None:
    """By an answer with a number: the message that lists the answers."""
    messenger, chat = said.chat.messenger, said.chat.id
    if task is not None:
        return posts.latest_of_number(work.session, messenger, chat, task)
    if said.reply is not None and said.reply.mine:
        replied = posts.message(work.session, messenger, chat, said.reply.message_id)
        return posts.answers_of(work.session, replied) if replied is not None else None
    return posts.latest_with_actions(work.session, messenger, chat)


def shown(said: Said, work: Work) -> str | None:
    """The key of the card that is replied to."""
    if said.reply is None:
        return None
    found = posts.message(work.session, said.chat.messenger, said.chat.id, said.reply.message_id)
    return found.shows if found else None
