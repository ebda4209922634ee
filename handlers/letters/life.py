"""How a registered letter lives: received, noted, in hand, answered or filed; each step recorded and shown."""

from bot.engine.features import Due
from bot.engine.work import Refusal, Work
from handlers.letters import book, extending, meetings, orders, urging
from handlers.letters.feature import feature
from handlers.letters.rules import Fields
from storage import letters, tasks
from storage.letters import Letter, LetterState

LONGEST_NOTE = 500


def begin(work: Work, letter: Letter) -> None:
    """What entering the register sets going."""
    urging.plan(work, letter)
    meetings.plan(work, letter)
    extending.offer(work, letter)


def changed(work: Work, letter: Letter, fields: Fields) -> None:
    """Something that stands in it was corrected: what is planned follows."""
    if letter.is_registered and "deadlines" in fields:
        urging.watch(work, letter)
    if letter.is_registered and "urgency" in fields and not letter.is_noted:
        urging.stop(work, letter)
        urging.plan(work, letter)
    if letter.is_registered and "meeting" in fields:
        meetings.again(work, letter)
    book.redraw(work, letter)


def note(work: Work, letter: Letter, text: str | None = None) -> None:
    """A leader has looked at it, and may have written something on it."""
    if text is None and letter.is_noted:
        raise Refusal("letter-noted-already", arrival=letter.arrival)
    if not letter.is_noted:
        urging.settle(work, letter)
    letter.noted_at, letter.noted_by = letter.noted_at or work.now, work.actor.person_id
    if text is not None:
        letter.note = " ".join(text.split())[:LONGEST_NOTE]
    if letter.state is LetterState.REGISTERED:
        letter.state = LetterState.NOTED
    urging.stop(work, letter)
    work.record("letter-noted", f"letter:{letter.id}", note=letter.note or "")
    book.redraw(work, letter)


def answer(work: Work, letter: Letter, number_symbol: str) -> None:
    letter.reply_symbol = number_symbol
    _end(work, letter, LetterState.ANSWERED, "letter-answered", reply=number_symbol)


def file_away(work: Work, letter: Letter) -> None:
    if letter.state is LetterState.FILED:
        raise Refusal("letter-filed-already", arrival=letter.arrival)
    _end(work, letter, LetterState.FILED, "letter-filed")


def _end(work: Work, letter: Letter, state: LetterState, action: str, **facts: str) -> None:
    if not letter.is_registered:
        raise Refusal("letter-not-registered")
    was, letter.state, letter.closed_at = letter.state, state, work.now
    urging.settle(work, letter)
    urging.stop(work, letter)
    work.record(action, f"letter:{letter.id}", was=str(was), **facts)
    book.redraw(work, letter)


@feature.due(letters.FOLLOW)
def follow(due: Due, work: Work) -> None:
    """One of its tasks has moved: the letter is in hand, done, or waits again."""
    letter = letters.get(work.session, due.facts["letter"])
    if letter is None or not letter.is_registered:
        return
    found = tasks.of_letter(work.session, letter.id or 0)
    series = [tasks.series(work.session, each.series_id) for each in found if each.series_id is not None]
    comes_again = any(each is not None and not each.ended for each in series)
    state = orders.state_after(
        letter.state, letter.noted_at is not None, [each.state for each in found], comes_again=comes_again
    )
    if state is not letter.state:
        was, letter.state = letter.state, state
        if was is LetterState.REGISTERED:
            urging.settle(work, letter)
        letter.closed_at = work.now if letter.is_over else None
        work.record("letter-followed", f"letter:{letter.id}", was=str(was), now=str(state))
    if letter.is_noted:
        urging.stop(work, letter)
    book.redraw(work, letter)
