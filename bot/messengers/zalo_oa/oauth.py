"""Zalo's OAuth v4 with PKCE: the link for the login, and the two ways to a pair of tokens."""

import asyncio
import base64
import hashlib
import secrets
import string
from urllib.parse import urlencode

import httpx

from bot.messengers.zalo_oa.grant import Pair

TIMEOUT_SECONDS = 30.0  # long: an answer that is not waited for is a lost grant
VERIFIER_LENGTH = 43
TRANSIENT = frozenset({-32, -200})
_LETTERS = string.ascii_letters + string.digits


class NotAsked(Exception):
    """Nothing changed at Zalo: the same token may be sent again."""


class AnswerLost(Exception):
    """The request went out and no answer could be read: the token may be used up."""


class Denied(Exception):
    """Zalo refuses this token or code. `code` is Zalo's number, 0 when it gave none."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


class OAuth:
    """`app_secret` never leaves in anything but the header Zalo wants it in."""

    def __init__(self, http: httpx.AsyncClient, *, url: str, app_id: str, app_secret: str) -> None:
        self._http, self._url, self._app_id, self._secret = http, url.rstrip("/"), app_id, app_secret

    @property
    def fingerprint(self) -> str:
        """Of the app and its secret: a refusal means little once these have been corrected."""
        return hashlib.sha256(f"{self._app_id}:{self._secret}".encode()).hexdigest()

    async def exchange(self, code: str, verifier: str) -> Pair:
        """Raises NotAsked, AnswerLost or Denied."""
        return await self._ask({"grant_type": "authorization_code", "code": code, "code_verifier": verifier})

    async def refresh(self, token: str) -> Pair:
        """Uses `token` up. Raises NotAsked, AnswerLost or Denied."""
        return await self._ask({"grant_type": "refresh_token", "refresh_token": token})

    async def _ask(self, form: dict[str, str]) -> Pair:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                answer = await self._http.post(
                    f"{self._url}/v4/oa/access_token",
                    data=form | {"app_id": self._app_id},
                    headers={"secret_key": self._secret},
                    timeout=TIMEOUT_SECONDS,
                )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as failure:
            raise NotAsked(type(failure).__name__) from None
        except (httpx.HTTPError, TimeoutError) as failure:
            raise AnswerLost(type(failure).__name__) from None
        return _pair(answer)


def consent_link(url: str, app_id: str, *, redirect: str, state: str, verifier: str) -> str:
    """Where the account's administrator says yes; `redirect` has no query of its own."""
    asked = {"app_id": app_id, "redirect_uri": redirect, "code_challenge": challenge(verifier), "state": state}
    return f"{url.rstrip('/')}/v4/oa/permission?{urlencode(asked)}"


def _pair(answer: httpx.Response) -> Pair:
    """Only an access token in it makes an answer a success: refusals come with 200 and without numbers as well."""
    try:
        said = answer.json()
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise AnswerLost(f"status {answer.status_code}")
    access, refresh = said.get("access_token"), said.get("refresh_token")
    if access and refresh:
        return Pair(access=str(access), refresh=str(refresh), seconds=_seconds(said.get("expires_in")))
    if answer.status_code >= 500:
        raise AnswerLost(f"status {answer.status_code}")
    code = _number(said.get("error"))
    if code in TRANSIENT or answer.status_code == 429:
        raise NotAsked(f"answered {code}")
    raise Denied(code)


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0


def _seconds(value: object) -> float:
    """Zalo writes the number as a string; 25 hours when it cannot be read."""
    try:
        return float(str(value))
    except ValueError:
        return 90_000.0


def new_verifier() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(VERIFIER_LENGTH))


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
