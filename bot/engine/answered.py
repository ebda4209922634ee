"""What becomes of a question's card once it was answered."""

from dataclasses import replace
from typing import Any

from bot.chat import messages
from bot.engine.abilities import Abilities
from bot.engine.work import ASKED, Work
from storage import outbox, questions
from storage.outbox import Act
from storage.questions import Question


def close(work: Work, question: Question, chosen: str | None) -> dict[str, Any]:
    """Its facts; its card shows that it was answered."""
    place = question.choices.index(chosen) if chosen is not None else None
    facts = questions.close(work.session, question)
    _show(work, question, facts.pop(ASKED, None), place)
    return facts


def _show(work: Work, question: Question, asked: dict[str, Any] | None, place: int | None) -> None:
    """It keeps its words and what was chosen; buttons that do nothing any more are gone."""
    key, where = f"question:{question.id}", (question.messenger, question.chat)
    edits = work.need(Abilities).of(question.messenger).edits
    if asked is None or not edits or where not in outbox.standing(work.session, key):
        return
    chosen = f"\n✓ {asked['labels'][place]}" if place is not None else ""
    card = replace(messages.plain(asked["text"] + chosen), key=key)
    work.send(*where, card, private=question.chat == question.account, act=Act.SHOW)
