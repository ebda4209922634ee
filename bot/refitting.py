"""Cards that have to change on their way: sent once more, or by another messenger than they were made for."""

from dataclasses import replace

from sqlmodel import Session

from bot.chat.messages import Card, Part
from bot.engine import context
from bot.engine.core import Engine
from handlers.files import uncarried
from storage import people


class Refitting:
    """What is added is said in the installation's language."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._words = engine.texts.words(engine.language)

    def repeated(self, card: Card) -> Card:
        """For a message whose first sending has an unknown outcome."""
        return _saying(card, self._words("may-repeat"))

    def detoured(self, card: Card, messenger: str) -> Card:
        """For a message that should have come by a messenger that does not answer."""
        text_id = f"messenger-{messenger}".replace("_", "-")
        name = self._words(text_id) if text_id in self._words else messenger
        return _saying(card, self._words("came-another-way", messenger=name))

    def fitted(self, session: Session, card: Card, *, messenger: str, chat: str, private: bool) -> Card:
        """For a message that was meant for another messenger; a file that only that one has cannot go along."""
        work = self._engine.work(session, trace="detour")
        if private:
            work.account = people.account(session, messenger, chat)
            context.choose_group(work)
        else:
            room = people.room_of_chat(session, messenger, chat)
            context.enter(work, room.group_id if room is not None else None)
        if card.file is not None and card.file.ref is not None:
            return uncarried.instead(work, card, work.account)
        return work.fitted(messenger, chat, card, private=private)


def _saying(card: Card, said: str) -> Card:
    return replace(card, parts=(*card.parts, Part("\n" + said)))
