"""Deadlines of letters that nobody was given yet: they stand in the morning's digest beside the tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engine.work import Work
from handlers.letters import demanded
from storage import letters


@dataclass(frozen=True, slots=True)
class Waiting:
    """`due` in the office's zone: the nearest that lies ahead, else the latest that has passed."""

    number: int
    title: str
    due: datetime


def waiting(work: Work) -> Sequence[Waiting]:
    """The group's letters with a deadline, registered and neither in hand nor at an end."""
    found = []
    for letter in letters.unfinished(work.session, work.group_id):
        dues = [each.due for each in demanded.still_ahead(letter.demands, letter.arrived_at)]
        if dues:
            due = next((each for each in dues if each > work.now), dues[-1])
            title = ": ".join(part for part in (letter.title, letter.subject) if part)
            found.append(Waiting(letter.arrival_number or 0, title, due.astimezone(work.zone)))
    return found
