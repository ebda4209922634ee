"""Vietnamese time: deadline phrases, working days, recurrence, and how moments are said."""

from handlers.calendar.days import OfficeHours, WorkingCalendar, load_overrides
from handlers.calendar.deadlines import Deadline, Problem, Rule, find_deadlines, read_deadline, split_deadline
from handlers.calendar.folding import either_way, fold, nfc
from handlers.calendar.grammar import weekday_number
from handlers.calendar.stretches import Named, Stretch, Wrong, find_stretches
from handlers.calendar.words import say_day, say_moment, say_short, say_short_day, say_weekday

__all__ = [
    "Deadline",
    "Named",
    "OfficeHours",
    "Problem",
    "Rule",
    "Stretch",
    "WorkingCalendar",
    "Wrong",
    "either_way",
    "find_deadlines",
    "find_stretches",
    "fold",
    "load_overrides",
    "nfc",
    "read_deadline",
    "say_day",
    "say_moment",
    "say_short",
    "say_short_day",
    "say_weekday",
    "split_deadline",
    "weekday_number",
]
