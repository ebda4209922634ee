"""The real program as a process of its own: `python -m bot run`, told by its environment, ended as hard as wished."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fakes.botapi import FakeBotApi
from tests.journeys.front import KEY
from tests.ports import free_port

ROOT = Path(__file__).parents[2]


@dataclass
class Child:
    """Its data directory outlives it; standard error goes to `log`."""

    folder: Path
    api: FakeBotApi
    process: asyncio.subprocess.Process | None = None
    port: int = field(default_factory=lambda: free_port())
    more: dict[str, str] = field(default_factory=dict)
    """Settings beside the usual ones."""
    program: str = "bot"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIAOBAN_")}
        told = {
            "DATA_DIR": str(self.data),
            "SECRET_KEY": KEY,
            "WEB__LISTEN": f"127.0.0.1:{self.port}",
            "TELEGRAM__TOKEN": self.api.token,
            "TELEGRAM__API_URL": self.api.url,
            "TELEGRAM__PER_SECOND": "10000",
            "TELEGRAM__PER_CHAT": "10000",
            "TELEGRAM__PER_GROUP_MINUTE": "0",
            "FLOOD__PERSON_PER_MINUTE": "0",
            "FLOOD__GROUP_PER_MINUTE": "0",
            **self.more,
        }
        return {**kept, "PYTHONPATH": str(ROOT), **{f"GIAOBAN_{name}": each for name, each in told.items()}}

    async def starts(self) -> None:
        self.folder.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", self.program, "run"),
                cwd=self.folder,
                env=self._environment(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=log,
            )

    async def dies(self) -> None:
        """kill -9"""
        assert self.process is not None
        assert self.process.returncode is None, f"it had ended by itself:\n{self.log.read_text()[-3000:]}"
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def ends(self) -> int:
        """SIGTERM; the exit code."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.terminate()
        return await self.process.wait()

    async def runs(self, *arguments: str) -> tuple[int, str]:
        """Another command of the program beside it or after it; exit code and what it says."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self.program, *arguments),
            cwd=self.folder,
            env=self._environment(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode()

    def asks(self, statement: str, *values: Any) -> Sequence[Any]:
        """Its database, from beside it."""
        with closing(sqlite3.connect(self.data / "giaoban.sqlite", timeout=30)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def is_at_rest(self) -> bool:
        """Nothing waits to be confirmed, handled, sent or done."""
        waiting = self.asks(
            "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting')"
            " + (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'unclear'))"
            " + (SELECT count(*) FROM due WHERE due_at <= unixepoch() * 1000 OR attempts > 0)"
        )
        return not self.api.updates and waiting[0][0] == 0

    async def is_up(self) -> bool:
        """Its web side, which it opens last, answers."""
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True

    async def rests(self) -> None:
        while not (await self.is_up() and self.is_at_rest()):
            await asyncio.sleep(0.05)
            assert self.process is not None
            assert self.process.returncode is None, f"it ended by itself:\n{self.log.read_text()[-3000:]}"
