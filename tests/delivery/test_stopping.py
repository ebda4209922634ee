"""The program's end: whoever is told to end does, whatever happens in the same moment."""

import asyncio
import logging

import pytest

from bot.background import Background
from tests.stage import Office


@pytest.mark.parametrize("moments", range(5))
async def test_a_sender_that_is_woken_as_it_is_told_to_end_ends(office: Office, moments: int) -> None:
    sender = office.app.sender
    running = office.app.background.start(sender.run(), name="another sender's loop")
    await asyncio.sleep(0.1)
    sender.wake()
    for _ in range(moments):
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait([running], timeout=60)
    assert running.cancelled()


async def test_work_that_does_not_end_is_named(caplog: pytest.LogCaptureFixture) -> None:
    background, go = Background(), asyncio.Event()

    async def deaf() -> None:
        while not go.is_set():
            try:
                await go.wait()
            except asyncio.CancelledError:
                continue

    background.start(deaf(), name="deaf")
    await asyncio.sleep(0)
    with caplog.at_level(logging.WARNING):
        await background.stop(grace=0.05)
    (told,) = [each for each in caplog.records if each.levelno == logging.WARNING]
    assert told.__dict__["work"] == ["deaf"]
    go.set()
    await asyncio.sleep(0)
