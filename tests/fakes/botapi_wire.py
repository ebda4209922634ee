"""How requests to the fake Bot API are read and its refusals written."""

import json
from typing import Any

from aiohttp import web

from tests.fakes.botapi_methods import Upload
from tests.fakes.botapi_world import Json, Refused


async def parameters(request: web.Request) -> Json:
    """From the query, a form or JSON; nested values are JSON within."""
    given: Json = {name: _value(name, value) for name, value in request.query.items()}
    if request.content_type == "application/json":
        body: Json = await request.json()
        return given | body
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            given[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            given[name] = _value(name, str(value))
    for name, value in given.items():
        if isinstance(value, str) and value.startswith("attach://"):
            given[name] = given[value.removeprefix("attach://")]
    return given


def _value(name: str, value: str) -> Any:
    """Text stays text, even where it looks like JSON."""
    if name in ("text", "caption", "name", "url", "secret_token") or not value.startswith(("{", "[", "true", "false")):
        return value
    return json.loads(value)


def refusal(refused: Refused) -> web.Response:
    answer: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.parameters:
        answer["parameters"] = refused.parameters
    return web.json_response(answer, status=refused.code)
