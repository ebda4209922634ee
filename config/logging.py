"""Logs as one JSON object a line, with an id that follows an event; never texts, names, tokens or numbers of people."""

import json
import logging
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

NOISY = ("httpx", "httpcore", "telegram", "aiohttp.access", "apscheduler", "opentelemetry")
"""Libraries whose lines hold addresses with tokens."""
_STANDARD = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_WRITTEN = json.JSONEncoder(ensure_ascii=False).encode
_TRACE: ContextVar[str] = ContextVar("trace", default="")
_HARMLESS = (AttributeError, NameError, ImportError, TypeError, NotImplementedError, ZeroDivisionError, RecursionError)
"""Whose words come from the program's own text; other exceptions quote what somebody wrote, or a row."""
_SHORTEST = 6  # characters of a secret that is looked for in lines: shorter ones are in every other word


@contextmanager
def following(trace: str) -> Iterator[None]:
    """Every line written within bears this id, in this thread and in what is started from here."""
    token = _TRACE.set(trace)
    try:
        yield
    finally:
        _TRACE.reset(token)


def trace_now() -> str:
    return _TRACE.get()


class JsonLines(logging.Formatter):
    """`secrets` are never written, whoever puts them into a line."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(each for each in secrets if len(each) >= _SHORTEST)

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": _said(record),
            **{name: str(value) for name, value in record.__dict__.items() if name not in _STANDARD},
        }
        if trace := _TRACE.get():
            told.setdefault("trace", trace)
        if record.exc_info and record.exc_info[1] is not None:
            told["failure"] = failure_in_words(record.exc_info[1])
        return self._without_secrets(_WRITTEN(told))

    def _without_secrets(self, line: str) -> str:
        for secret in self._secrets:
            if secret in line:
                line = line.replace(secret, "***")
        return line


def _said(record: logging.LogRecord) -> str:
    """asyncio's own complaints quote the exception below their first line."""
    said = record.getMessage()
    return said.partition("\n")[0] if record.name == "asyncio" else said


def failure_in_words(failure: BaseException) -> str:
    """Where it happened and of what kind it was, with its causes; what it says only where that quotes nobody."""
    told = []
    seen: set[int] = set()
    each: BaseException | None = failure
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        told.append("".join(traceback.format_tb(each.__traceback__)) + _kind(each))
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "\n\nfollowed by\n\n".join(reversed(told))


def _kind(failure: BaseException) -> str:
    kind = f"{type(failure).__module__}.{type(failure).__qualname__}".removeprefix("builtins.")
    if isinstance(failure, _HARMLESS):
        return f"{kind}: {failure}"
    if isinstance(failure, OSError) and failure.strerror:
        return f"{kind}: {failure.strerror}"
    state = getattr(getattr(failure, "orig", None), "sqlstate", None) or getattr(failure, "code", None)
    return f"{kind} ({state})" if isinstance(state, str | int) else kind


def set_up(level: int = logging.INFO, secrets: Iterable[str] = ()) -> None:
    """Writes to standard error; of NOISY warnings alone."""
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # no line tells them
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(JsonLines(secrets))
    logging.basicConfig(level=level, handlers=[lines], force=True)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    sys.excepthook = _the_end


def _the_end(_kind: type[BaseException], failure: BaseException, _trace: TracebackType | None) -> None:
    """What nobody caught ends the program; it is told like everything else."""
    logging.getLogger(__name__).critical("the program ended by a failure", exc_info=failure)
