"""Traces by OpenTelemetry, where OTEL_EXPORTER_OTLP_ENDPOINT names a collector and the extra `otel` is installed."""

import hashlib
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from bot.watching import NoSpans, Spans

log = logging.getLogger(__name__)
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
_EVENT = re.compile(r"in-\d+")
_ROOT: ContextVar[tuple[int, int] | None] = ContextVar("root span", default=None)


def watching_spans(office: str) -> Spans:
    """`office` tells this installation's events from another's at the same collector."""
    if not os.environ.get(ENDPOINT):
        return NoSpans()
    try:
        return _OpenTelemetry(office)
    except ImportError:
        log.warning("no traces: install giaoban[otel], or take the setting away", extra={"setting": ENDPOINT})
        return NoSpans()


class _OpenTelemetry:
    """Event, handler and delivery of `in-123` are one trace, whichever process does them: its ids are made from the
    row's. Spans hold kinds and ids, never what was said."""

    def __init__(self, office: str) -> None:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

        class Ids(RandomIdGenerator):
            """A root span gets the ids of its event."""

            def generate_trace_id(self) -> int:
                root = _ROOT.get()
                return root[0] if root else super().generate_trace_id()

            def generate_span_id(self) -> int:
                root = _ROOT.get()
                return root[1] if root else super().generate_span_id()

        self._office, self._api = office, trace
        named = Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME", "giaoban")})
        self._provider = TracerProvider(resource=named, id_generator=Ids(), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("giaoban")

    @contextmanager
    def span(self, name: str, trace: str, **facts: str) -> Iterator[None]:
        told = {"giaoban.trace": trace, **{f"giaoban.{key}": value for key, value in facts.items()}}
        root = self._ids(trace) if _EVENT.fullmatch(trace) else None
        token = _ROOT.set(root if name == "event" else None)
        try:
            span = self._tracer.start_span(name, context=self._within(name, root), attributes=told)
        finally:
            _ROOT.reset(token)
        with self._api.use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield
            except Exception as failure:
                span.set_attribute("error.type", type(failure).__qualname__)
                span.set_status(self._api.StatusCode.ERROR)
                raise

    def stop(self) -> None:
        """Sends what is left."""
        self._provider.shutdown()

    def _ids(self, trace: str) -> tuple[int, int]:
        digest = hashlib.sha256(f"{self._office}\n{trace}".encode()).digest()
        return int.from_bytes(digest[:16]), int.from_bytes(digest[16:24])

    def _within(self, name: str, root: tuple[int, int] | None) -> Any:
        """Below the event's span, which may be another process's."""
        from opentelemetry.context import Context

        if root is None or name == "event":
            return Context()
        sampled = self._api.TraceFlags(self._api.TraceFlags.SAMPLED)
        parent = self._api.SpanContext(*root, is_remote=True, trace_flags=sampled)
        return self._api.set_span_in_context(self._api.NonRecordingSpan(parent), Context())
