"""A line in the middle that can be cut or held, and that leads to whoever answers."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Open = Callable[[], Awaitable[Streams]]
PIECE = 65536


class Relay:
    """`async with Relay([…], socket=…)`: on a socket file, or else on a port of its own."""

    def __init__(self, targets: Sequence[Open], *, socket: Path | None = None, seed: int = 0) -> None:
        self._targets, self._socket, self._chance = targets, socket, random.Random(seed)
        self._open: set[asyncio.StreamWriter] = set()
        self._passing = asyncio.Event()
        self._passing.set()
        self.is_cut = False
        self.port = 0

    async def __aenter__(self) -> Self:
        if self._socket is not None:
            self._server: asyncio.Server = await asyncio.start_unix_server(self._joined, self._socket)
        else:
            self._server = await asyncio.start_server(self._joined, "127.0.0.1", 0)
            self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        self.cuts()
        self._passing.set()
        await asyncio.sleep(0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cuts(self) -> None:
        """Every connection ends; new ones end at once."""
        self.is_cut = True
        for each in tuple(self._open):
            each.transport.abort()

    def holds(self) -> None:
        """Connections stay and nothing passes: the other side seems to have fallen silent."""
        self._passing.clear()

    def mends(self) -> None:
        self.is_cut = False
        self._passing.set()

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError):
            async with self._kept(writer):
                other = await self._target()
                if other is not None:
                    async with self._kept(other[1]):
                        await asyncio.gather(self._pump(reader, other[1]), self._pump(other[0], writer))

    async def _target(self) -> Streams | None:
        for open_target in self._chance.sample(self._targets, len(self._targets)):
            with suppress(OSError):
                return await open_target()
        return None

    @asynccontextmanager
    async def _kept(self, writer: asyncio.StreamWriter) -> AsyncIterator[None]:
        self._open.add(writer)
        try:
            if self.is_cut:
                writer.transport.abort()
            yield
        finally:
            self._open.discard(writer)
            writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while content := await reader.read(PIECE):
            await self._passing.wait()
            writer.write(content)
            await writer.drain()
        writer.close()
