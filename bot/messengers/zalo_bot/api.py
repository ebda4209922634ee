"""Requests to the Zalo Bot API over httpx: knowing whether they went out, and never naming the token."""

import asyncio
import json
from typing import Any

import httpx

from bot.messengers.zalo_bot.errors import Lost, NotSent, Refused

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
TRANSFER_SECONDS = 120.0  # a photo over a slow line
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


class _Veil(httpx.AsyncBaseTransport):
    """httpx logs every address and writes it into its errors; the real one, with the token, appears only in here."""

    def __init__(self, proxy: str) -> None:
        self._inner = httpx.AsyncHTTPTransport(proxy=proxy or None)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        real = httpx.Request(
            request.method,
            request.extensions["address"],
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return await self._inner.handle_async_request(real)

    async def aclose(self) -> None:
        await self._inner.aclose()


class Line:
    """The connections to Zalo, shared by all bots; `proxy` as in http://10.0.0.1:3128, empty for none."""

    def __init__(self, proxy: str = "") -> None:
        self._proxy = proxy
        self._client: httpx.AsyncClient | None = None

    def open(self) -> None:
        if self._client is None:
            self._client = httpx.AsyncClient(transport=_Veil(self._proxy), trust_env=False)

    async def close(self) -> None:
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

    async def post(self, address: httpx.URL, said: str, asked: dict[str, Any], reading: float) -> httpx.Response:
        """`said` stands for the address in logs. Raises NotSent or Lost."""
        if self._client is None:
            raise NotSent("the connection is closed")
        timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS, read=reading)
        try:
            async with asyncio.timeout(2 * CONNECT_SECONDS + READ_SECONDS + reading):
                return await self._client.post(
                    address.copy_with(path=f"/{said}", query=None),
                    json=asked,
                    timeout=timeout,
                    extensions={"address": address},
                )
        except (httpx.HTTPError, TimeoutError, OSError) as failure:
            raise _failure(failure) from None

    async def download(self, address: httpx.URL, limit: int) -> bytes:
        """At most `limit` bytes. Raises Refused (413 when it is longer), NotSent or Lost."""
        if self._client is None:
            raise NotSent("the connection is closed")
        veiled = address.copy_with(path="/media", query=None)
        extensions = {"address": address}
        found = bytearray()
        try:
            async with (
                asyncio.timeout(TRANSFER_SECONDS),
                self._client.stream("GET", veiled, timeout=READ_SECONDS, extensions=extensions) as response,
            ):
                if response.status_code != 200:
                    raise Refused(response.status_code)
                async for chunk in response.aiter_bytes():
                    found += chunk
                    if len(found) > limit:
                        raise Refused(413)
        except (httpx.HTTPError, TimeoutError, OSError) as failure:
            raise _failure(failure) from None
        return bytes(found)


class Api:
    """The methods of one bot."""

    def __init__(self, line: Line, api_url: str, token: str) -> None:
        self._line, self._base = line, httpx.URL(f"{api_url.rstrip('/')}/bot{token}/")

    async def call(self, method: str, *, reading: float = READ_SECONDS, **asked: Any) -> Any:
        """The result. Raises ZaloFailed."""
        response = await self._line.post(self._base.join(method), method, asked, reading)
        return _result(response)


def _result(response: httpx.Response) -> Any:
    """The body decides, not the status: Zalo says `ok: false` with 200 as well, and sends some updates bare."""
    status = response.status_code
    try:
        answer = json.loads(response.content)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        if status >= 400:
            raise Refused(status, after=_seconds(response))
        raise Lost("the answer cannot be read")
    if answer.get("ok") is True:
        return answer.get("result")
    if "ok" in answer or status >= 400:
        raise Refused(_code(answer, status), str(answer.get("description") or ""), _seconds(response))
    return answer


def _code(answer: dict[str, Any], status: int) -> int:
    """A refusal in a 200 that names no number is a bad request."""
    try:
        return int(answer["error_code"])
    except (LookupError, TypeError, ValueError):
        return max(status, 400)


def _seconds(response: httpx.Response) -> float:
    said = response.headers.get("Retry-After", "")
    return float(said) if said.isdigit() else 0.0


def _failure(failure: Exception) -> NotSent | Lost:
    what = type(failure).__name__
    if isinstance(failure, _NOT_SENT):
        return NotSent(f"cannot connect ({what})")
    if isinstance(failure, httpx.TimeoutException | TimeoutError):
        return Lost(f"no answer in time ({what})")
    return Lost(f"the connection was lost ({what})")
