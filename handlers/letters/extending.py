"""A letter that puts off an older one's deadline: it offers to move the deadline of the task given for that letter."""

from dataclasses import replace
from datetime import datetime

from bot.chat.messages import Button
from bot.engine.features import LONGEST_NUMBER, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import say_short
from handlers.letters import book, cards, demanded
from handlers.letters.feature import COMMANDERS, feature, group_of_letter
from handlers.tasks.life import demand, plan_reminders, record, redraw, snapshot, task_of
from handlers.tasks.rules import Move
from handlers.tasks.telling import tell_workers
from storage import letters, tasks
from storage.letters import Letter
from storage.tasks import Task


def offer(work: Work, letter: Letter) -> None:
    """Asks the leader once for every task whose deadline the letter may put off."""
    until = _until(work, letter)
    if not letter.extends or until is None:
        return
    for number in letter.cited:
        older = letters.of_symbol(work.session, work.group_id, number)
        for task in tasks.of_letter(work.session, older.id or 0) if older and older.id != letter.id else ():
            if not task.is_closed and (task.due_at is None or task.due_at < until):
                _offer(work, letter, task, until)


def _offer(work: Work, letter: Letter, task: Task, until: datetime) -> None:
    language = work.words.language
    was = say_short(task.due_at.astimezone(work.zone), language) if task.due_at else work.words("letter-extend-none")
    when = say_short(until.astimezone(work.zone), language)
    asked = cards.said(work.words, "letter-extend-offer", title=letter.title, number=task.number, was=was, until=when)
    move = Button(label=work.words("letter-button-extend"), action=f"letter-extend:{letter.id}:{task.id}")
    keep = Button(label=work.words("letter-button-extend-not"), action=f"letter-extend-not:{letter.id}:{task.id}")
    work.post(replace(asked, buttons=((move, keep),)))


def _until(work: Work, letter: Letter) -> datetime | None:
    """The latest deadline it names."""
    ahead = demanded.still_ahead(letter.demands, work.now)
    return ahead[-1].due if ahead else None


@feature.press("letter-extend", who=COMMANDERS, group_of=group_of_letter)
def move(press: Press, work: Work) -> None:
    """The button Dời hạn."""
    letter, task = _both(press, work)
    demand(work, task, Move.EDIT)
    until = _until(work, letter)
    if until is None:
        raise Refusal("letter-extend-past", number=task.number)
    was = snapshot(work, task)
    task.due_at, task.before = until, False
    record(work, task, "task-extended", was, until=until.isoformat())
    plan_reminders(work, task)
    redraw(work, task)
    tell_workers(work, task, "task-told-granted")
    when = say_short(until.astimezone(work.zone), work.words.language)
    work.redraw(cards.said(work.words, "letter-extended", number=task.number, until=when))


@feature.press("letter-extend-not", who=COMMANDERS, group_of=group_of_letter)
def keep(press: Press, work: Work) -> None:
    """The button Giữ hạn cũ."""
    _, task = _both(press, work)
    work.redraw(cards.said(work.words, "letter-extended-not", number=task.number))


def _both(press: Press, work: Work) -> tuple[Letter, Task]:
    letter, _, number = press.argument.partition(":")
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        raise Refusal("refuse-old-button")
    return book.letter_of(work, letter), task_of(work, int(number))
