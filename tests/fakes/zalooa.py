"""A Zalo Official Account server on loopback: it refuses, counts, retries and loses answers as the real one does."""

import asyncio
import hashlib
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Literal, Self

import aiohttp
from aiohttp import web

from tests.fakes.zalooa_groups import GroupCalls
from tests.fakes.zalooa_notices import Notices
from tests.fakes.zalooa_oauth import Authority
from tests.fakes.zalooa_people import People
from tests.fakes.zalooa_world import ENTERPRISE, STATE_AGENCY, Json, Message, Refused, World

APP_ID, APP_SECRET, OA_SECRET = "1234567890", "app-secret-of-tests", "oa-secret-of-tests"
PER_MINUTE = 4000

Fault = int | Literal["hang", "hang_before", "drop_after_accept", "accept_then_502", "no_json"]
"""Below zero: an error number with status 200; else a status. The others lose the answer of what was done, all but
`hang_before`, which does nothing."""


@dataclass(frozen=True, slots=True)
class Call:
    path: str
    asked: Mapping[str, Any]


class FakeZaloOa(People):
    """`async with FakeZaloOa(now=clock.now) as api:`. Serves the API and OAuth at one address."""

    def __init__(
        self, *, now: Callable[[], datetime], kind: int = ENTERPRISE, groups_allowed: bool = True, port: int = 0
    ) -> None:
        super().__init__(World(now, kind=kind, groups_allowed=groups_allowed), app_id=APP_ID, oa_secret=OA_SECRET)
        self.oauth = Authority(now, app_id=APP_ID, app_secret=APP_SECRET)
        self.groups = GroupCalls(self.world)
        self.notices = Notices(self.world)
        self.calls: list[Call] = []
        self.per_minute = PER_MINUTE
        self.proof_wanted = False
        self._minute: tuple[int, int] = (0, 0)
        self._faults: dict[str, deque[Fault]] = {}
        self._closing = asyncio.Event()
        self._port = port
        application = web.Application(client_max_size=64 << 20)
        application.router.add_post("/v4/oa/access_token", self._token)
        application.router.add_get("/files/{name}", self._download)
        application.router.add_post("/message/template", self._answer)
        application.router.add_get("/message/quota", self._answer)
        application.router.add_route("*", "/{path:v[23].0/oa/.+}", self._answer)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        await self.session.close()
        await self._runner.cleanup()

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        return f"http://{self.netloc}"

    @property
    def sent(self) -> list[Message]:
        return self.world.messages

    def fail_next(self, path: str, fault: Fault, times: int = 1) -> None:
        """The next calls to an address that ends like this."""
        self._faults.setdefault(path, deque()).extend([fault] * times)

    def faults_end(self) -> None:
        self._faults.clear()

    def asked(self, path: str) -> list[Mapping[str, Any]]:
        return [each.asked for each in self.calls if each.path.endswith(path)]

    # requests

    def _fault(self, path: str) -> Fault | None:
        for ending, waiting in self._faults.items():
            if path.endswith(ending) and waiting:
                return waiting.popleft()
        return None

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.calls.append(Call(request.path, form))
        fault = self._fault(request.path)
        if isinstance(fault, int) or fault == "hang_before":
            return await self._broken(request, fault)
        answer = self.oauth.answer(form, request.headers.get("secret_key", ""))
        return await self._broken(request, fault) if fault else web.json_response(answer)

    async def _broken(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault in ("hang", "hang_before"):
            await self._closing.wait()
        if fault == "drop_after_accept" and request.transport is not None:
            request.transport.abort()
        if fault == "no_json":
            return web.Response(text="<html>busy</html>")
        if isinstance(fault, int) and fault < 0:
            return web.json_response({"error": fault, "message": "fault"})
        return web.Response(status=fault if isinstance(fault, int) else 502)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        asked = await _parameters(request)
        self.calls.append(Call(request.path, asked))
        fault = self._fault(request.path)
        if isinstance(fault, int) or fault == "hang_before":
            return await self._broken(request, fault)
        try:
            self._admit(request)
            data = self._perform(request, asked)
        except Refused as refused:
            return web.json_response({"error": refused.code, "message": refused.message})
        if fault is not None:
            return await self._broken(request, fault)
        said: Json = {"error": 0, "message": "Success"}
        return web.json_response(said if data is None else {"data": data} | said)

    def _admit(self, request: web.Request) -> None:
        access = request.headers.get("access_token", "")
        if not self.oauth.is_valid(access):
            raise Refused(-124 if request.path.startswith("/message/") else -216, "Access token is invalid")
        minute = int(self.world.now().timestamp()) // 60
        count = self._minute[1] + 1 if self._minute[0] == minute else 1
        self._minute = minute, count
        if count > self.per_minute:
            raise Refused(-32, "Rate limit exceeded")
        if self.proof_wanted and "appsecret_proof" not in request.headers:
            raise Refused(-242, "Appsecret_proof is invalid")

    def _perform(self, request: web.Request, asked: Json) -> Any:
        path = request.path
        if path == "/v3.0/oa/message/cs":
            if self.world.kind == STATE_AGENCY:
                raise Refused(-235, "API does not support this kind of OA")
            return self.world.consult(asked, path)
        if path == "/v2.0/oa/message":
            if self.world.kind == ENTERPRISE:
                raise Refused(-240, "Message V2 API has been shut down")
            return self.world.consult(asked, path)
        if path == "/v3.0/oa/group/message":
            return self.world.to_group(asked, path)
        if path == "/v3.0/oa/message/template":
            return self.world.by_template(asked, path)
        if path == "/message/template":
            return self.notices.send(asked)
        if path == "/message/quota":
            return self.notices.quota()
        if path.startswith("/v2.0/oa/upload/"):
            return self.world.upload(path.rpartition("/")[2], asked["name"], asked["content"])
        if path.startswith("/v3.0/oa/group/"):
            return self.groups.call(path.rpartition("/")[2], asked)
        return self._facts(path, asked)

    def _facts(self, path: str, asked: Json) -> Any:
        world = self.world
        if path == "/v2.0/oa/getoa":
            return {
                "oa_id": world.oa_id,
                "name": world.oa_name,
                "is_verified": world.verified,
                "oa_type": world.kind,
                "num_follower": len([each for each in world.people.values() if each.follows]),
            }
        if path in ("/v3.0/oa/user/detail", "/v2.0/oa/getprofile"):
            if path.startswith("/v3") and world.kind == STATE_AGENCY:
                raise Refused(-235, "API does not support this kind of OA")
            person = world.known(asked.get("user_id"))
            if person.last is None and not person.follows:
                raise Refused(-213, "User is not following the OA")
            return {"user_id": person.id, "display_name": person.name, "user_is_follower": person.follows}
        if path == "/v3.0/oa/user/getlist":
            return _listed(world, asked)
        if path == "/v3.0/oa/quota/group":
            return self.groups.places()
        if path == "/v3.0/oa/quota/message" and "user_id" in asked:
            last = world.known(asked["user_id"]).last
            return {"last_interaction": str(int(last.timestamp() * 1000)) if last else "0"}
        if path == "/v3.0/oa/quota/message":
            left = {"remain": world.quota_left, "total": world.quota_total}
            return [{"product_type": "cs", "quota_type": "sub_quota", **left}]
        raise web.HTTPNotFound

    async def _download(self, request: web.Request) -> web.Response:
        content = self.world.files.get(request.match_info["name"])
        return web.Response(body=content) if content is not None else web.Response(status=404)

    def file_payload(self, name: str, content: bytes) -> Json:
        """What an event says of a file a person has sent."""
        place = f"{len(self.world.files)}"
        self.world.files[place] = content
        checksum = hashlib.md5(content).hexdigest()
        kind = name.rpartition(".")[2]
        url = f"{self.url}/files/{place}"
        return {"size": str(len(content)), "name": name, "checksum": checksum, "type": kind, "url": url}


def _listed(world: World, asked: Json) -> Json:
    """Followers heard of within a month, by pages of at most 50."""
    if world.kind == STATE_AGENCY:
        raise Refused(-235, "API does not support this kind of OA")
    if not 1 <= int(asked["count"]) <= 50:
        raise Refused(-201, "Parameter is invalid")
    alive = world.now() - timedelta(days=30)
    found = [each for each in world.people.values() if each.follows and each.last is not None and each.last >= alive]
    offset, count = int(asked["offset"]), int(asked["count"])
    users = [{"user_id": each.id} for each in found[offset : offset + count]]
    return {"total": len(found), "count": len(users), "offset": offset, "users": users}


async def _parameters(request: web.Request) -> Json:
    """From the query (or the JSON in its `data`), a JSON body, or a form with a file."""
    if request.method == "GET":
        query: Json = dict(request.query)
        return json.loads(query["data"]) if "data" in query else query
    if request.content_type == "application/json":
        body: Json = await request.json()
        return body
    file = (await request.post())["file"]
    assert isinstance(file, web.FileField)
    return {"name": file.filename, "content": file.file.read()}
