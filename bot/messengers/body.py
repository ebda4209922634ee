"""What the doors to messengers share: a body is read up to a limit, and not for ever."""

import asyncio
import json
from typing import Any

from aiohttp import ClientError, web
from aiohttp.http_exceptions import HttpProcessingError

PATIENCE = 10.0  # seconds for an update of some kilobytes: who sends slower holds a connection on purpose


async def read(request: web.Request, most: int) -> bytes:
    """Raises web.HTTPException: 413 when it is longer than `most` bytes, 408 when it takes too long, 400 when it breaks
    off."""
    if (request.content_length or 0) > most:
        raise web.HTTPRequestEntityTooLarge(most, request.content_length or 0)
    try:
        async with asyncio.timeout(PATIENCE):
            return await _up_to(request, most)
    except TimeoutError:
        raise _closing(web.HTTPRequestTimeout()) from None
    except (ClientError, HttpProcessingError, OSError):
        raise _closing(web.HTTPBadRequest()) from None


def as_json(body: bytes) -> Any:
    """Raises ValueError when it is none, or nested deeper than anybody means anything."""
    try:
        return json.loads(body)
    except RecursionError:
        raise ValueError("nested too deep") from None


async def _up_to(request: web.Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.content.iter_chunked(65536):
        body += chunk
        if len(body) > most:
            raise web.HTTPRequestEntityTooLarge(most, len(body))
    return bytes(body)


def _closing(refused: web.HTTPException) -> web.HTTPException:
    refused.force_close()
    return refused
