"""Jobs that failed together: a messenger that refuses many at once is not asked by all of them at once again."""

import itertools

from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine.due import APART, pause_after

MANY = [f"files-seal:{number}:first" for number in range(200)]


def seconds(failure: Exception, attempts: int = 0) -> list[float]:
    return sorted(pause_after(failure, key, attempts).total_seconds() for key in MANY)


def test_who_was_told_to_slow_down_waits_as_long_as_was_said_however_often_it_was_told() -> None:
    told = DeliveryFailed(Outcome.SLOW_DOWN, "429", after=7)
    for attempts in (0, 6):
        found = seconds(told, attempts)
        assert found[0] >= 7
        assert found[-1] <= 7 + APART


def test_they_come_back_one_after_the_other() -> None:
    for failure in (DeliveryFailed(Outcome.SLOW_DOWN, "429", after=7), TimeoutError()):
        found = seconds(failure)
        assert found[-1] - found[0] > 4
        assert max(b - a for a, b in itertools.pairwise(found)) < 1


def test_other_failures_wait_longer_each_time() -> None:
    longest = [seconds(TimeoutError(), attempts)[-1] for attempts in range(5)]
    assert longest == sorted(longest)
    assert longest[0] <= 10
    assert seconds(TimeoutError(), 4)[0] >= 80
