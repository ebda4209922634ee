"""Traces by OpenTelemetry: one for each event, from intake to delivery, to a collector on loopback."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot import tracing
from bot.app import App
from bot.clock import Clock
from bot.demo.samples import docx
from bot.watching import NoSpans
from config.settings import Settings
from tests.stage import FRIDAY, Office, PaperMessenger

text_format = pytest.importorskip("google.protobuf.text_format")
service = pytest.importorskip(
    "opentelemetry.proto.collector.trace.v1.trace_service_pb2", reason="the extra is missing: giaoban[otel]"
)


@dataclass
class Collector:
    """An OTLP/HTTP collector that keeps what it is sent."""

    url: str = ""
    spans: list[Any] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        told = service.ExportTraceServiceRequest.FromString(await request.read())
        for resource in told.resource_spans:
            for scope in resource.scope_spans:
                self.spans += scope.spans
        return web.Response(body=service.ExportTraceServiceResponse().SerializeToString())

    def named(self, name: str) -> Sequence[Any]:
        return [each for each in self.spans if each.name == name]


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    made = Collector()
    application = web.Application()
    application.router.add_post("/v1/traces", made.take)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def told(collector: Collector, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Collector:
    """After Lan has given out a task and sealed a file."""
    monkeypatch.setenv(tracing.ENDPOINT, collector.url)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
    paper = PaperMessenger()
    app = App(settings, [paper], clock=Clock(settings.zone, stopped_at=FRIDAY))
    await app.start()
    office = Office(app, paper)
    lan = office.person("Lan", "lan", started=True)
    room = office.room("Nhóm", admins=[lan])
    await lan.says("/setup Tổ một", room)
    await lan.says("/giao @lan Việc kín đáo, hạn 16h 27/11", room)
    await lan.says("/niem", room, file=("Danh sách kín.docx", docx(["Danh sách"])))
    await app.stop()
    return collector


async def test_an_event_is_one_trace_from_intake_to_delivery(told: Collector) -> None:
    events = {each.trace_id: each for each in told.named("event")}
    assert len(events) == 3
    for inner in (*told.named("handler"), *told.named("delivery")):
        assert inner.parent_span_id == events[inner.trace_id].span_id
    assert len(told.named("handler")) == 3
    assert {each.trace_id for each in told.named("delivery")} == set(events)
    assert {each.trace_id for each in told.spans} == set(events)


async def test_what_an_event_asked_for_slowly_is_in_its_trace(told: Collector) -> None:
    events = {each.trace_id for each in told.named("event")}
    jobs = [each for each in told.spans if each.name.startswith("job ")]
    assert jobs
    assert {each.trace_id for each in jobs} <= events


async def test_spans_hold_nothing_that_was_said(told: Collector) -> None:
    for span in told.spans:
        for chance in ("trace_id", "span_id", "parent_span_id", "start_time_unix_nano", "end_time_unix_nano"):
            span.ClearField(chance)  # a nanosecond may have any digits
        written = text_format.MessageToString(span, as_utf8=True)
        assert not [word for word in ("kín", "Lan", "Tổ một", "docx", "1000") if word in written]
        assert "giaoban.trace" in written


def test_without_the_setting_nothing_of_it_is_loaded() -> None:
    asked = "import sys, bot.app; print([name for name in sys.modules if name.startswith('opentelemetry')])"
    environment = {name: value for name, value in os.environ.items() if name != tracing.ENDPOINT}
    done = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_a_collector_that_does_not_answer_holds_up_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(tracing.ENDPOINT, "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    paper = PaperMessenger()
    app = App(settings, [paper], clock=Clock(settings.zone, stopped_at=FRIDAY))
    await app.start()
    office = Office(app, paper)
    lan = office.person("Lan", "lan", started=True)
    await lan.says("/trogiup")
    assert lan.messages
    async with asyncio.timeout(15):
        await app.stop()


def test_where_the_extra_is_missing_it_is_said_and_the_program_runs(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(tracing.ENDPOINT, "http://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    assert isinstance(tracing.watching_spans("office"), NoSpans)
    assert "giaoban[otel]" in caplog.text
