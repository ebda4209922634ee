"""What is seen from outside: each event, due row, job and delivery is counted, timed and followed by its id."""

import logging
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from bot.chat.messenger import DeliveryFailed
from bot.metrics import Measures
from config.logging import following

log = logging.getLogger(__name__)


class Ended(StrEnum):
    HANDLED = "handled"
    REFUSED = "refused"  # the office's no
    REPEATED = "repeated"  # had been handled before
    FLOODED = "flooded"  # too many: passed over
    FAILED = "failed"  # a bug: put aside


class Spans(Protocol):
    """Where traces go (bot.tracing)."""

    def span(self, name: str, trace: str, **facts: str) -> AbstractContextManager[None]: ...
    def stop(self) -> None: ...


class NoSpans:
    def span(self, name: str, trace: str, **facts: str) -> AbstractContextManager[None]:
        return nullcontext()

    def stop(self) -> None: ...


@dataclass(slots=True)
class Seen:
    """Filled in while it is looked at."""

    messenger: str = ""
    kind: str = ""
    ended: str = ""


class Watch:
    """`trace` is the id that a row of the outbox bears as well: `in-123` is what came of inbox row 123."""

    def __init__(self, measures: Measures | None = None, spans: Spans | None = None) -> None:
        self.measures, self.spans = measures or Measures(), spans or NoSpans()

    @contextmanager
    def event(self, trace: str) -> Iterator[Seen]:
        seen, began = Seen(), time.perf_counter()
        with following(trace), self.spans.span("event", trace):
            try:
                yield seen
            finally:
                took = time.perf_counter() - began
                self.measures.event(seen.messenger, seen.kind, seen.ended, took)
                log.info("event", extra={**_told(seen), "ms": round(took * 1000, 1)})

    @contextmanager
    def handling(self, trace: str) -> Iterator[None]:
        """The handler's transaction, on the database's thread."""
        with following(trace), self.spans.span("handler", trace):
            yield

    @contextmanager
    def due(self, kind: str, trace: str, late: float) -> Iterator[None]:
        with following(trace), self.spans.span(f"due {kind}", trace):
            yield
        self.measures.due(kind, late)

    @contextmanager
    def job(self, kind: str, trace: str) -> Iterator[Seen]:
        seen, began = Seen(kind=kind, ended="failed"), time.perf_counter()
        with following(trace), self.spans.span(f"job {kind}", trace):
            try:
                yield seen
            finally:
                took = time.perf_counter() - began
                self.measures.job(kind, seen.ended, took)
                log.info("job", extra={"kind": kind, "ended": seen.ended, "ms": round(took * 1000, 1)})

    @contextmanager
    def delivery(self, row: Any) -> Iterator[Seen]:
        """`ended` becomes what the messenger answered."""
        seen, trace, began = Seen(row.messenger, str(row.act)), row.trace or "", time.perf_counter()
        with following(trace), self.spans.span("delivery", trace, messenger=row.messenger, act=str(row.act)):
            try:
                yield seen
            except DeliveryFailed as failure:
                seen.ended = failure.outcome
                raise
            finally:
                took = time.perf_counter() - began
                self.measures.answered(row.messenger, seen.ended or "failed", took)

    def delivered(self, row: Any, failure: DeliveryFailed | None) -> None:
        told = {"outbox": row.id, "messenger": row.messenger}
        with following(row.trace or ""):
            if failure is None:
                self.measures.sent(row.messenger, row.priority)
                log.info("a message arrived", extra=told)
            else:
                why = {"outcome": failure.outcome, "reason": failure.reason}
                log.warning("a message did not arrive", extra={**told, **why})


def _told(seen: Seen) -> dict[str, str]:
    return {"messenger": seen.messenger, "kind": seen.kind, "ended": seen.ended}
