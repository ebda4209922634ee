"""Routes for pages on which a file is fetched or handed in; what they say is decided by who is given the visit."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Protocol
from urllib.parse import quote

from aiohttp import BodyPartReader, ClientPayloadError, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.web.pages import HEADERS, Reply, Upload, Visit, render

log = logging.getLogger(__name__)
LARGEST = 50 * 1024 * 1024  # bytes of a file that is handed in
MOST_PASSED = 4 * LARGEST  # of a file that is not taken
OVERHEAD = 64 * 1024  # bytes of a form around it
PIECE = 256 * 1024
FORM = "application/x-www-form-urlencoded"
PATIENCE = 900.0  # seconds for 50 MB on a slow mobile line
LONGEST_TOKEN = 100
LONGEST_NAME = 150
LONGEST_FIELD = 64
TOO_LARGE, BUSY, NO_FILE, BROKEN = "too-large", "busy", "no-file", "broken"
HAND_IN, MAY_HAND_IN = "hand-in", "may-hand-in"


class Incoming(Protocol):
    """A file on its way into the store; its calls block."""

    def write(self, content: bytes) -> None: ...
    def finish(self) -> str: ...
    def drop(self) -> None: ...


class Store(Protocol):
    """Where files lie; its calls block."""

    def incoming(self) -> Incoming: ...
    def get(self, record: str) -> bytes: ...
    def forget(self, record: str) -> None: ...


Answer = Callable[[Visit], Awaitable[Reply]]


class TooLarge(Exception):
    """More was handed in than is taken."""


class FilePages:
    """`/f/<token>` fetches, `/u/<token>` hands in, `/mot-lan/<token>` shows a password. Addresses in answers are
    relative, so that it does not matter by which name and path people reach us."""

    def __init__(self, answer: Answer, store: Store) -> None:
        self._answer, self._store = answer, store
        self._busy: set[str] = set()

    @property
    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/{door:f|u|mot-lan}/{token}", self._look),
            web.post("/{door:f|mot-lan}/{token}", self._press),
            web.post("/u/{token}", self._hand_in),
            web.get("/f/{token}/{grant}", self._opened),
            web.get("/f/{token}/{grant}/{name}", self._fetch),
        ]

    async def _look(self, request: web.Request) -> web.StreamResponse:
        return await self._replied(_visit(request))

    async def _press(self, request: web.Request) -> web.StreamResponse:
        if request.content_length is None or request.content_length > OVERHEAD or request.content_type != FORM:
            return _response(Reply(status=413))
        form = await request.post()
        step, code = (str(form.get(name, ""))[:LONGEST_FIELD] for name in ("step", "code"))
        return await self._replied(_visit(request, step=step or "press", code=code))

    async def _opened(self, request: web.Request) -> web.StreamResponse:
        return await self._replied(_visit(request, step="opened"))

    async def _fetch(self, request: web.Request) -> web.StreamResponse:
        """HEAD, which download managers and scanners send first, is answered without counting."""
        if request.method == "HEAD":
            return await self._replied(_visit(request, step="opened"))
        return await self._replied(_visit(request, step="fetch"))

    async def _replied(self, visit: Visit) -> web.StreamResponse:
        reply = await self._answer(visit)
        if reply.file is None:
            return _response(reply)
        content = await asyncio.to_thread(self._store.get, reply.file.record)
        return web.Response(body=content, headers={**HEADERS, **_of_file(reply.file.name)})

    # handing in

    async def _hand_in(self, request: web.Request) -> web.StreamResponse:
        """The link is looked at before a byte is taken, and counts only when the file has arrived."""
        visit = _visit(request, step=MAY_HAND_IN)
        first = await self._answer(visit)
        if first.status != 200:
            return _response(first)
        if (request.content_length or 0) > LARGEST + OVERHEAD:
            return await self._refused(visit, TOO_LARGE, request)
        async with self._alone(visit) as alone:
            if not alone:
                return await self._refused(visit, BUSY)
            try:
                async with asyncio.timeout(PATIENCE):
                    upload = await self._taken(request)
            except TooLarge:
                return await self._refused(visit, TOO_LARGE, request)
            except (ValueError, AssertionError, TimeoutError, OSError, HttpProcessingError, ClientPayloadError) as cut:
                log.info("an upload broke off", extra={"reason": type(cut).__name__})
                return await self._refused(visit, BROKEN)
            if upload is None:
                return await self._refused(visit, NO_FILE)
            return await self._handed_in(visit, upload)

    async def _handed_in(self, visit: Visit, upload: Upload) -> web.StreamResponse:
        """When there is no answer (the database was lost meanwhile, or we are told to stop) it may have been taken:
        then it stays, and is swept up where no row names it."""
        reply = await self._answer(Visit(door=visit.door, token=visit.token, step=HAND_IN, upload=upload))
        if not reply.took:
            await asyncio.to_thread(self._store.forget, upload.record)
        return _response(reply)

    async def _refused(self, visit: Visit, why: str, request: web.Request | None = None) -> web.StreamResponse:
        """A browser that is still sending would show a broken connection: what comes of `request` is let pass."""
        if request is not None:
            await _let_pass(request)
        refused = _response(await self._answer(Visit(door=visit.door, token=visit.token, step=why)))
        refused.force_close()
        return refused

    @asynccontextmanager
    async def _alone(self, visit: Visit) -> AsyncIterator[bool]:
        """One file at a time for each link."""
        key = hashlib.sha256(visit.token.encode()).hexdigest()
        if key in self._busy:
            yield False
            return
        self._busy.add(key)
        try:
            yield True
        finally:
            self._busy.discard(key)

    async def _taken(self, request: web.Request) -> Upload | None:
        """The form's first file, written to the store piece by piece; None when there is none."""
        if not request.content_type.startswith("multipart/"):
            return None
        seen, kind, form = 0, "", await request.multipart()
        async for part in form:
            if not isinstance(part, BodyPartReader):
                return None
            if part.name == "file" and part.filename:
                upload = await self._stored(part, form)
                return replace(upload, kind=kind) if upload is not None else None
            content = await part.read(decode=False) if part.name in ("step", "kind") else b" " * OVERHEAD
            kind = content[:LONGEST_FIELD].decode("ascii", "replace") if part.name == "kind" else kind
            seen += len(content) + 1
            if seen > OVERHEAD:
                return None
        return None

    async def _stored(self, part: BodyPartReader, form: MultipartReader) -> Upload | None:
        """Only when the form goes on or ends after it: otherwise it may have been cut short."""
        incoming = await asyncio.to_thread(self._store.incoming)
        size, record = 0, ""
        try:
            while piece := await part.read_chunk(PIECE):
                size += len(piece)
                if size > LARGEST:
                    raise TooLarge
                await asyncio.to_thread(incoming.write, piece)
            await form.next()
            record = await asyncio.to_thread(incoming.finish) if size else ""
        finally:
            if not record:
                await asyncio.to_thread(incoming.drop)
        return Upload(name=_tidy(part.filename or ""), size=size, record=record) if record else None


async def _let_pass(request: web.Request) -> None:
    passed = 0
    try:
        async with asyncio.timeout(PATIENCE):
            async for piece in request.content.iter_chunked(PIECE):
                passed += len(piece)
                if passed > MOST_PASSED:
                    return
    except (TimeoutError, OSError, HttpProcessingError, ClientPayloadError):
        return  # who has gone reads no answer


def _visit(request: web.Request, *, step: str = "", code: str = "") -> Visit:
    place = request.match_info
    token = place["token"] if len(place["token"]) <= LONGEST_TOKEN else ""
    return Visit(door=place.get("door", request.path.split("/")[1]), token=token, step=step, code=code,
                 grant=place.get("grant", "")[:LONGEST_TOKEN])  # fmt: skip


def _response(reply: Reply) -> web.Response:
    headers = {**HEADERS, **reply.headers}
    if reply.goes_to:
        return web.Response(status=303, headers={**headers, "Location": reply.goes_to})
    document = render(reply.page) if reply.page is not None else reply.document
    return web.Response(
        status=reply.status, body=document.encode(), headers={**headers, "Content-Type": "text/html; charset=utf-8"}
    )


def _of_file(name: str) -> dict[str, str]:
    """A name in plain letters for old phones, and the real one for all others (RFC 6266)."""
    plain = "".join(each if each.isascii() and (each.isalnum() or each in "._-") else "_" for each in name)
    return {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Accept-Ranges": "none",
    }


def _tidy(name: str) -> str:
    """Without folders and control characters, the end kept: there the type stands."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in last if each.isprintable()).strip()[-LONGEST_NAME:] or "tep"
