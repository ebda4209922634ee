"""Streaming in constant memory: chunks read into one buffer, and a message code computed beside the encryption."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import BinaryIO, Protocol

_AHEAD = 2  # buffers the code may be behind
_AT_ONCE = 1 << 16  # bytes below which a hand-over to the other thread costs more than the code itself


class Code(Protocol):
    def update(self, content: memoryview, /) -> None: ...
    def digest(self) -> bytes: ...


def chunks_of(source: BinaryIO, size: int) -> Iterator[memoryview]:
    """The source's bytes, all chunks but the last whole; each chunk is overwritten by the next."""
    buffer = memoryview(bytearray(size))
    filled = 0
    while count := source.readinto(buffer[filled:]):  # type: ignore[attr-defined]  # every real file has it
        filled += count
        if filled == size:
            yield buffer
            filled = 0
    if filled:
        yield buffer[:filled]


class Signing:
    """A message code computed on a second thread (hashing lets other threads run) while the first one encrypts.

    Content stands in buffers given out by `buffer`, which are not given out again before they are accounted for.
    """

    def __init__(self, code: Code) -> None:
        self._code = code
        self._thread = ThreadPoolExecutor(1)
        self._buffers: list[bytearray] = [bytearray() for _ in range(_AHEAD + 1)]
        self._pending: list[Future[None] | None] = [None] * (_AHEAD + 1)
        self._turn = 0

    def __enter__(self) -> "Signing":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown()

    def buffer(self, size: int) -> memoryview:
        self._turn = (self._turn + 1) % len(self._buffers)
        self._wait(self._turn)
        if len(self._buffers[self._turn]) < size:
            self._buffers[self._turn] = bytearray(size)
        return memoryview(self._buffers[self._turn])[:size]

    def update(self, content: memoryview) -> None:
        """`content` is the latest buffer, filled."""
        if len(content) < _AT_ONCE:
            self._wait_for_all()
            self._code.update(content)
        else:
            self._pending[self._turn] = self._thread.submit(self._code.update, content)

    def digest(self) -> bytes:
        self._wait_for_all()
        return self._code.digest()

    def _wait_for_all(self) -> None:
        for turn in range(len(self._pending)):
            self._wait(turn)

    def _wait(self, turn: int) -> None:
        pending, self._pending[turn] = self._pending[turn], None
        if pending is not None:
            pending.result()
