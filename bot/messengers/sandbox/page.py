"""The sandbox's web side: the page, its socket, uploads and downloads, for the machine it runs on and nobody else."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal
from urllib.parse import quote

from aiohttp import WSMsgType, web
from pydantic import Discriminator, StringConstraints, TypeAdapter, ValidationError

from bot.background import Background
from bot.messengers.sandbox.messenger import Sandbox
from bot.messengers.sandbox.world import Impossible, Json

log = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "static"
KINDS: Mapping[str, str] = {
    "app.js": "text/javascript",
    "composer.js": "text/javascript",
    "messages.js": "text/javascript",
    "pane.js": "text/javascript",
    "tour.js": "text/javascript",
    "style.css": "text/css",
    "icon.svg": "image/svg+xml",
}
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
FRAME_LIMIT = 64 * 1024  # bytes of one message from the page
BEHIND = 2000  # messages a page may lag before it is cut off and has to load anew
NAME_LIMIT = 200  # characters of a file's name
PICTURES: Mapping[bytes, str] = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""By how their content begins: all that the page may show; everything else is only to be kept."""

Id = Annotated[str, StringConstraints(max_length=64)]
Text = Annotated[str, StringConstraints(max_length=4096)]
Place = Literal["group", "private"]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Say:
    type: Literal["say"]
    persona: Id
    chat: Place
    text: Text
    reply_to: Id | None = None
    mentions: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Press:
    type: Literal["press"]
    persona: Id
    chat: Place
    message: Id
    action: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    type: Literal["start"]
    persona: Id
    payload: Id = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    type: Literal["clock"]
    to: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plain:
    type: Literal["plain"]
    on: bool


_FRAME: TypeAdapter[_Say | _Press | _Start | _Clock | _Plain] = TypeAdapter(
    Annotated[_Say | _Press | _Start | _Clock | _Plain, Discriminator("type")]
)


class Page:
    """Hands the page's wishes to the sandbox and the sandbox's news to every open page."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._background = Background()

    @property
    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/", _guarded(self._index)),
            web.get("/static/{name}", _guarded(self._static)),
            web.get("/file/{id}", _guarded(self._file)),
            web.get("/sample/{name}", _guarded(self._sample)),
            web.get("/ws", _guarded(self._socket, origin=True)),
            web.post("/upload", _guarded(self._upload, origin=True)),
        ]

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.Response(body=(STATIC / "index.html").read_bytes(), content_type="text/html", charset="utf-8")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in KINDS:
            raise web.HTTPNotFound
        return web.Response(body=(STATIC / name).read_bytes(), content_type=KINDS[name], charset="utf-8")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._sandbox.world.file(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        kinds = (kind for beginning, kind in PICTURES.items() if file.content.startswith(beginning))
        kind = next(kinds, "application/octet-stream")
        return web.Response(body=file.content, headers={"Content-Disposition": disposition, "Content-Type": kind})

    async def _sample(self, request: web.Request) -> web.StreamResponse:
        content = self._sandbox.samples.get(request.match_info["name"])
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type="application/octet-stream")

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        file, words = form.get("file"), {key: value for key, value in form.items() if isinstance(value, str)}
        chat, caption = words.get("chat"), words.get("caption", "")
        if not isinstance(file, web.FileField) or chat not in ("group", "private") or len(caption) > 1024:
            raise web.HTTPBadRequest(text="form")
        content = file.file.read(self._sandbox.capabilities.max_upload + 1)
        if len(content) > self._sandbox.capabilities.max_upload:
            raise web.HTTPRequestEntityTooLarge(self._sandbox.capabilities.max_upload, len(content))
        try:
            await self._sandbox.upload(
                words.get("persona", ""),
                chat,
                _file_name(file.filename),
                content,
                mime=file.content_type,
                caption=caption,
                reply_to=words.get("reply_to"),
            )
        except Impossible as impossible:
            raise web.HTTPConflict(text=impossible.reason) from impossible
        return web.Response(status=204)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if not self._sandbox.standing.ready:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=FRAME_LIMIT, timeout=2.0)
        await socket.prepare(request)
        news: asyncio.Queue[Json | None] = asyncio.Queue(BEHIND)
        leave = self._sandbox.listen(lambda each: _put(news, each))
        _put(news, self._sandbox.state)
        writer = self._background.start(_write(socket, news), name="sandbox page")
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT and (reason := await self._heard(frame.data)) is not None:
                    _put(news, {"type": "error", "reason": reason})
        finally:
            leave()
            writer.cancel()
        return socket

    async def _heard(self, data: str) -> str | None:
        """Does what the page asks; a word for what went wrong."""
        try:
            await self._do(data)
        except Impossible as impossible:
            return impossible.reason
        except ValidationError:
            return "frame"
        except Exception:
            log.exception("what the page asked for failed")
            return "failed"
        return None

    async def _do(self, data: str) -> None:
        frame = _FRAME.validate_json(data)
        if isinstance(frame, _Say):
            if frame.text.strip():
                await self._sandbox.say(
                    frame.persona, frame.chat, frame.text.strip(), reply_to=frame.reply_to, named=frame.mentions
                )
        elif isinstance(frame, _Press):
            await self._sandbox.press(frame.persona, frame.chat, frame.message, frame.action)
        elif isinstance(frame, _Start):
            await self._sandbox.open_private(frame.persona, frame.payload)
        elif isinstance(frame, _Plain):
            self._sandbox.show_plainly(frame.on)
        else:
            await self._sandbox.turn_clock(frame.to)


async def _write(socket: web.WebSocketResponse, news: asyncio.Queue[Json | None]) -> None:
    try:
        while (each := await news.get()) is not None:
            await socket.send_json(each)
        await socket.close()
    except ConnectionError:
        return


def _put(news: asyncio.Queue[Json | None], each: Json | None) -> None:
    """A page that lags too far is let go; it comes back and is told everything anew."""
    if news.full():
        while not news.empty():
            news.get_nowait()
        each = None
    news.put_nowait(each)


def _guarded(handler: Handler, *, origin: bool = False) -> Handler:
    """Refuses requests by another name (DNS rebinding) and, with `origin`, those other sites make (CSRF)."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        ours = _own_hosts(request)
        if request.headers.get("Host", "").lower() not in ours:
            raise web.HTTPForbidden(text="host")
        if origin and request.headers.get("Origin", "").lower() not in {f"http://{host}" for host in ours}:
            raise web.HTTPForbidden(text="origin")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return guarded


def _own_hosts(request: web.Request) -> frozenset[str]:
    """What this server is called on the machine it runs on, by the port the request came in at."""
    address = request.transport.get_extra_info("sockname") if request.transport else None
    if address is None:
        return frozenset()
    return frozenset(f"{host}:{address[1]}" for host in ("127.0.0.1", "localhost", "[::1]"))


def _file_name(said: str) -> str:
    """The last part of a path, without control characters."""
    name = PurePosixPath(said.replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[:NAME_LIMIT] or "file"
