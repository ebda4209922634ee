"""The duty roster: who must report, who is on duty when, swaps, and the roster that is published."""

from handlers.duty import away, commands, jobs, reporting, swaps, units
from handlers.duty.feature import feature
from handlers.duty.shifts import who_is_on_duty

__all__ = ["away", "commands", "feature", "jobs", "reporting", "swaps", "units", "who_is_on_duty"]
