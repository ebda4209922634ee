"""The duty roster: who must report, who is on duty when, swaps, and the roster that is published."""

from handlers.duty import jobs, swaps
from handlers.duty.commands import feature
from handlers.duty.shifts import who_is_on_duty

__all__ = ["feature", "jobs", "swaps", "who_is_on_duty"]
