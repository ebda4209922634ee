"""Tasks that come again: the next one is opened when its period begins."""

import json
from collections.abc import Sequence
from datetime import datetime, time

from bot.engine.features import Due
from bot.engine.work import Work
from handlers.calendar import WorkingCalendar, recurrence
from handlers.tasks import life
from handlers.tasks.feature import feature
from storage import people, tasks
from storage.tasks import Series, Task


def begin(work: Work, task: Task, repeats: str, due: datetime, person_ids: Sequence[int]) -> None:
    """`due` in the office's zone: its day is the first of the series, its hour the hour of all."""
    series = Series(
        group_id=work.group_id,
        title=task.title,
        repeats=repeats,
        clock=f"{due:%H:%M}",
        urgency=task.urgency,
        people=json.dumps(list(person_ids)),
        given_by=task.given_by,
        last_day=due.date(),
        letter_id=task.letter_id,
    )
    work.session.add(series)
    work.session.flush()
    task.series_id = series.id
    _plan_next(work, series)


def end(work: Work, series_id: int) -> None:
    series = tasks.series(work.session, series_id)
    if series is not None:
        series.ended = True
        work.cancel(f"series:{series_id}")


def _plan_next(work: Work, series: Series) -> None:
    """At the beginning of the office day on which the next period begins, never before the last one's day."""
    following = recurrence.next_day(series.repeats, series.last_day)
    begins = max(recurrence.period_start(series.repeats, following), series.last_day)
    calendar = work.need(WorkingCalendar)
    opens = calendar.in_office_hours(datetime.combine(begins, time(0), work.zone))
    if opens.date() > following:
        opens = datetime.combine(following, calendar.hours.start, work.zone)
    work.later("series", f"series:{series.id}", opens, series=series.id)


@feature.due("series")
def open_next(due: Due, work: Work) -> None:
    """What was missed while the program was down is opened once, for the period that runs now."""
    series = tasks.series(work.session, due.facts["series"])
    if series is None or series.ended:
        return
    day = recurrence.next_day(series.repeats, series.last_day)
    while (later := recurrence.next_day(series.repeats, day)) <= work.today:
        day = later
    series.last_day = day
    working = [each for each in json.loads(series.people) if people.member_of(work.session, series.group_id, each)]
    if working:
        _open(work, series, working, datetime.combine(day, time.fromisoformat(series.clock), work.zone))
    _plan_next(work, series)


def _open(work: Work, series: Series, working: Sequence[int], due: datetime) -> None:
    task = Task(
        group_id=series.group_id,
        number=people.next_task_number(work.session, series.group_id),
        title=series.title,
        urgency=series.urgency,
        due_at=due,
        series_id=series.id,
        letter_id=series.letter_id,
        given_by=series.given_by,
        given_at=work.now,
    )
    hands = tasks.add(work.session, task, working)
    life.begin(work, task, hands, "task-came-again")
    life.announce(work, task, hands, work.post)
