"""What /metrics says, in Prometheus' words: counted where it happens, measured when somebody looks."""

import time
from collections import deque
from collections.abc import Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
LATE = (1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 24 * 3600)
JOB_SECONDS = (0.05, 0.25, 1, 5, 15, 60, 300)
PRIORITIES = {"1": "reply", "5": "reminder", "9": "bulk"}
STRETCH = 10.0  # seconds over which the use of a messenger's limit is told


class Measures:
    """Counters belong to this process; `gauge` is set by who looks (bot.looking)."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._gauges: dict[str, Gauge] = {}
        self._left: dict[str, deque[float]] = {}
        self._events = self._counter("events_handled", "Events handled since the start", "messenger", "kind", "ended")
        self._event_seconds = self._histogram("event_seconds", "From taking an event up to its commit", SECONDS, "kind")
        self._refusals = self._counter("refusals", "Times the office said no, by the text said", "text")
        self._floods = self._counter("floods", "Events not handled because there were too many", "of")
        self._sent = self._counter("messages_sent", "Messages that arrived since the start", "messenger", "priority")
        self._answers = self._counter("messenger_answers", "What messengers answered", "messenger", "outcome")
        self._send_seconds = self._histogram("send_seconds", "How long a messenger took", SECONDS, "messenger")
        self._late = self._histogram("due_late_seconds", "How late a due row was handled", LATE, "kind")
        self._due_failed = self._counter("due_failed", "Due rows that failed and are tried again", "kind")
        self._jobs = self._counter("jobs", "Slow jobs", "kind", "ended")
        self._job_seconds = self._histogram("job_seconds", "How long a slow job took", JOB_SECONDS, "kind")

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"giaoban_{name}", meaning, labels, registry=self._registry)

    def _histogram(self, name: str, meaning: str, buckets: Iterable[float], *labels: str) -> Histogram:
        return Histogram(f"giaoban_{name}", meaning, labels, buckets=tuple(buckets), registry=self._registry)

    # counted where it happens

    def event(self, messenger: str, kind: str, ended: str, seconds: float) -> None:
        self._events.labels(messenger, kind, ended).inc()
        self._event_seconds.labels(kind).observe(seconds)

    def refused(self, text_id: str) -> None:
        self._refusals.labels(text_id).inc()

    def flooded(self, of: str) -> None:
        self._floods.labels(of).inc()

    def answered(self, messenger: str, outcome: str, seconds: float) -> None:
        self._answers.labels(messenger, outcome).inc()
        self._send_seconds.labels(messenger).observe(seconds)
        self._left.setdefault(messenger, deque(maxlen=10_000)).append(time.monotonic())

    def sent(self, messenger: str, priority: str) -> None:
        self._sent.labels(messenger, PRIORITIES.get(priority, priority)).inc()

    def due(self, kind: str, late: float) -> None:
        self._late.labels(kind).observe(late)

    def due_failed(self, kind: str) -> None:
        self._due_failed.labels(kind).inc()

    def job(self, kind: str, ended: str, seconds: float) -> None:
        self._jobs.labels(kind, ended).inc()
        self._job_seconds.labels(kind).observe(seconds)

    # measured when somebody looks

    def rate(self, messenger: str) -> float:
        """Requests a second to this messenger, over the last stretch."""
        left = self._left.get(messenger, deque())
        since = time.monotonic() - STRETCH
        while left and left[0] < since:
            left.popleft()
        return len(left) / STRETCH

    def gauge(self, name: str, meaning: str, value: float, **labels: str) -> None:
        gauge = self._gauges.get(name)
        if gauge is None:
            gauge = self._gauges[name] = Gauge(f"giaoban_{name}", meaning, tuple(labels), registry=self._registry)
        (gauge.labels(**labels) if labels else gauge).set(value)

    def start_anew(self, *names: str) -> None:
        """What is not set again is not there any more: the labels of a queue that has become empty."""
        for name in names:
            if name in self._gauges:
                self._gauges[name].clear()

    def unknown(self, *beginnings: str) -> None:
        """What cannot be measured now is not told, rather than told as it once was."""
        for name in [each for each in self._gauges if each.startswith(beginnings)]:
            self._registry.unregister(self._gauges.pop(name))

    def text(self) -> bytes:
        return generate_latest(self._registry)
