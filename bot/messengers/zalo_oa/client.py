"""Calls to the Official Account's API: one retry with a fresh token, answers read, errors classified."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx

from bot.chat.messenger import DeliveryFailed, Outcome
from bot.messengers.zalo_oa.errors import BAD_TOKEN, OaRefusal, refusal
from bot.messengers.zalo_oa.keeper import Keeper

Json = dict[str, Any]
TIMEOUT = httpx.Timeout(20.0, connect=10.0)
UPLOAD_TIMEOUT = httpx.Timeout(120.0, connect=10.0)
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Client:
    """`proof_key`: the app's secret when calls are to carry appsecret_proof, else empty."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        keeper: Keeper,
        *,
        url: str,
        proof_key: str,
        now: Callable[[], datetime],
        refusal: Callable[[int, datetime], OaRefusal] = refusal,
    ) -> None:
        self._http, self._keeper, self._url, self._now = http, keeper, url.rstrip("/"), now
        self._refusal = refusal
        self._proof_key = proof_key

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        return await self._call("GET", path, {"params": dict(query or {})}, repeatable=True)

    async def ask(self, path: str, body: Json) -> Any:
        """A POST that only asks or settles: done twice it does no harm."""
        return await self._call("POST", path, {"json": body}, repeatable=True)

    async def send(self, path: str, body: Json) -> Any:
        """A POST that must not be done twice."""
        return await self._call("POST", path, {"json": body}, repeatable=False)

    async def upload(self, path: str, name: str, content: bytes, mime: str) -> Any:
        files = {"file": (name, content, mime)}
        return await self._call("POST", path, {"files": files, "timeout": UPLOAD_TIMEOUT}, repeatable=True)

    async def _call(self, method: str, path: str, asked: Json, *, repeatable: bool) -> Any:
        """The answer's `data`. Raises DeliveryFailed, as OaRefusal where Zalo gave a number."""
        try:
            token = await self._keeper.access()
            try:
                return await self._once(method, path, asked, token, repeatable=repeatable)
            except OaRefusal as refused:
                if refused.code not in BAD_TOKEN:
                    raise
            return await self._once(method, path, asked, await self._keeper.instead_of(token), repeatable=repeatable)
        except OSError:
            raise DeliveryFailed(Outcome.TRY_AGAIN, "the tokens cannot be read") from None

    async def _once(self, method: str, path: str, asked: Mapping[str, Any], token: str, *, repeatable: bool) -> Any:
        try:
            answer = await self._http.request(
                method, self._url + path, headers=self._headers(token), **{"timeout": TIMEOUT, **asked}
            )
        except _NOT_SENT as failure:
            raise DeliveryFailed(Outcome.TRY_AGAIN, f"cannot connect ({type(failure).__name__})") from None
        except httpx.HTTPError as failure:
            raise _unclear(f"the connection was lost ({type(failure).__name__})", repeatable=repeatable) from None
        return self._read(answer, repeatable=repeatable)

    def _headers(self, token: str) -> dict[str, str]:
        headers = {"access_token": token}
        if self._proof_key:
            headers["appsecret_proof"] = hmac.new(self._proof_key.encode(), token.encode(), hashlib.sha256).hexdigest()
        return headers

    def _read(self, answer: httpx.Response, *, repeatable: bool) -> Any:
        """Errors come with status 200 and a number; a gateway's 5xx does not say whether Zalo has sent."""
        said = _json(answer)
        code = _number(said.get("error"))
        if code:
            raise self._refusal(code, self._now())
        if answer.status_code == 429:
            raise refusal(-32, self._now())
        if answer.status_code == 503:
            raise DeliveryFailed(Outcome.TRY_AGAIN, "the server answered 503")
        if answer.status_code >= 500 or (answer.status_code < 400 and not said):
            raise _unclear(f"no answer to read (status {answer.status_code})", repeatable=repeatable)
        if answer.status_code == 401:
            raise refusal(-401, self._now())
        if answer.status_code >= 400:  # a proxy's or firewall's no is not about this message
            outcome = Outcome.TRY_AGAIN if answer.status_code in (403, 407, 408) else Outcome.REJECTED
            raise DeliveryFailed(outcome, f"the server answered {answer.status_code}")
        return said.get("data")


def _unclear(reason: str, *, repeatable: bool) -> DeliveryFailed:
    return DeliveryFailed(Outcome.TRY_AGAIN if repeatable else Outcome.UNCLEAR, reason)


def _json(answer: httpx.Response) -> Json:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _number(value: object) -> int:
    """0 when there is no error; -1 for an error without a number."""
    try:
        return int(str(value)) if value not in (None, "") else 0
    except ValueError:
        return -1
