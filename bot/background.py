"""The only place that starts detached asyncio tasks: keeps them, logs what fails, cancels them at the end."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds until a loop that failed begins again


class Background:
    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - this is the place
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def keep(self, loop: Callable[[], Coroutine[Any, Any, None]], *, name: str) -> asyncio.Task[None]:
        """For what everything depends on: begins again when it fails, so that no fault leaves a program that lives and
        does nothing."""
        return self.start(_kept(loop, name), name=name)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (failure := task.exception()) is not None:
            log.error("background work failed", extra={"work": task.get_name()}, exc_info=failure)

    async def stop(self, grace: float = 10.0) -> None:
        """Cancels what still runs and waits for it, `grace` seconds at most."""
        waiting = list(self._running)
        for task in waiting:
            task.cancel()
        if not waiting:
            return
        _, deaf = await asyncio.wait(waiting, timeout=grace)
        if deaf:
            log.warning("background work did not end", extra={"work": sorted(task.get_name() for task in deaf)})


async def _kept(loop: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
    while True:
        try:
            await loop()
        except Exception:
            log.exception("background work failed; it begins again", extra={"work": name})
        else:
            return
        await asyncio.sleep(PAUSE)
