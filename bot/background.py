"""The only place that starts detached asyncio tasks: keeps them, logs what fails, cancels them at the end."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Background:
    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - this is the place
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

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
