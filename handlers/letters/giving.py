"""Tasks of letters: what comes again is confirmed before it becomes a task that comes again."""

from collections.abc import Sequence
from datetime import datetime

from bot.engine.features import Answer
from bot.engine.work import Refusal, Work
from handlers.letters import book, cards, orders
from handlers.letters.demanded import Ahead
from handlers.letters.feature import COMMANDERS, feature
from handlers.tasks import from_letter
from storage.letters import Letter


def give(work: Work, letter: Letter, chosen: Ahead | None, title: str, person_ids: Sequence[int] = ()) -> None:
    """A task for one of the letter's deadlines, or for none; a recurring one is asked about first."""
    if chosen is None or chosen.repeats is None:
        _open(work, letter, title, chosen.due if chosen else None, person_ids, before=bool(chosen and chosen.before))
        return
    options = [(work.words("letter-option-repeats"), "again"), (work.words("letter-option-once"), "once")]
    work.ask(
        "letters-repeats",
        cards.said(work.words, "letter-repeats-ask", title=letter.title, said=cards.cut(chosen.said, 80)),
        options=options,
        letter=str(letter.id),
        title=title,
        due=chosen.due.isoformat(),
        before=chosen.before,
        repeats=chosen.repeats,
        people=list(person_ids),
    )


@feature.answer("letters-repeats", who=COMMANDERS)
def repeats_said(answer: Answer, work: Work) -> None:
    if answer.chosen is None:
        raise Refusal("refuse-not-an-option")
    kept = answer.facts
    letter = book.letter_of(work, kept["letter"])
    repeats = kept["repeats"] if answer.chosen == "again" else None
    due = datetime.fromisoformat(kept["due"])
    _open(work, letter, kept["title"], due, kept["people"], before=kept["before"], repeats=repeats)


def _open(
    work: Work,
    letter: Letter,
    title: str,
    due: datetime | None,
    person_ids: Sequence[int],
    *,
    before: bool,
    repeats: str | None = None,
) -> None:
    from_letter(
        work,
        letter_id=letter.id or 0,
        title=title,
        due=due,
        before=before,
        repeats=repeats,
        urgency=orders.urgency_of(letter.urgency),
        person_ids=person_ids,
    )
