"""Jobs that failed together: a messenger that refuses many at once is not asked by all of them at once again."""

import itertools
from datetime import timedelta

from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine.due import APART, pause_after

MANY = [f"files-seal:{number}:first" for number in range(200)]


def seconds(failure: Exception, late: timedelta = timedelta()) -> list[float]:
    return sorted(pause_after(failure, key, late).total_seconds() for key in MANY)


def test_who_was_told_to_slow_down_waits_as_long_as_was_said_however_late_it_is() -> None:
    told = DeliveryFailed(Outcome.SLOW_DOWN, "429", after=7)
    for late in (timedelta(), timedelta(minutes=9)):
        found = seconds(told, late)
        assert found[0] >= 7
        assert found[-1] <= 7 + APART


def test_they_come_back_one_after_the_other() -> None:
    for failure in (DeliveryFailed(Outcome.SLOW_DOWN, "429", after=7), TimeoutError()):
        found = seconds(failure)
        assert found[-1] - found[0] > 4
        assert max(b - a for a, b in itertools.pairwise(found)) < 1


def test_other_failures_wait_about_as_long_as_they_have_waited() -> None:
    assert 5 <= seconds(TimeoutError())[0] <= seconds(TimeoutError())[-1] <= 10
    found = seconds(TimeoutError(), timedelta(seconds=80))
    assert 40 <= found[0] <= found[-1] <= 80
    assert seconds(TimeoutError(), timedelta(days=1))[-1] <= 3600
