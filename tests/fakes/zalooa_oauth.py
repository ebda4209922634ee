"""The fake's OAuth: codes and refresh tokens that work once, and a count of who used one twice."""

import base64
import hashlib
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from tests.fakes.zalooa_world import Json

ACCESS_LIFE = timedelta(hours=25)
REFRESH_LIFE = timedelta(days=90)
CODE_LIFE = timedelta(minutes=10)


@dataclass(eq=False)
class _Code:
    challenge: str
    until: datetime
    used: bool = False


class Authority:
    """`kills_old_access`: a renewal ends the old access token too (not known of the real one)."""

    def __init__(self, now: Callable[[], datetime], *, app_id: str, app_secret: str) -> None:
        self._now, self.app_id, self.app_secret = now, app_id, app_secret
        self.kills_old_access = False
        self.access: dict[str, datetime] = {}
        self.refresh: dict[str, datetime] = {}
        """Those that still work, and until when."""
        self.used: list[str] = []
        self.used_twice: list[str] = []
        """Refresh tokens that came again after they had worked: a race, or a lost answer."""
        self.renewals = 0
        self._codes: dict[str, _Code] = {}
        self._numbers = itertools.count(1)

    def consent(self, link: str) -> str:
        """The administrator says yes: the address the browser is sent to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        assert asked["app_id"] == self.app_id
        assert not urlsplit(asked["redirect_uri"]).query, "-14003"
        code = f"code-{next(self._numbers)}"
        self._codes[code] = _Code(asked["code_challenge"], self._now() + CODE_LIFE)
        return f"{asked['redirect_uri']}?code={code}&oa_id=4000000000000000001&state={asked['state']}"

    def pair(self) -> Json:
        """A new pair, as the API Explorer shows one."""
        number = next(self._numbers)
        access, refresh = f"access-secret-{number}", f"refresh-secret-{number}"
        if self.kills_old_access:
            self.access.clear()
        self.access[access] = self._now() + ACCESS_LIFE
        self.refresh = {refresh: self._now() + REFRESH_LIFE}
        return {"access_token": access, "refresh_token": refresh, "expires_in": "90000"}

    def revoke(self) -> None:
        self.access.clear()
        self.refresh.clear()

    def is_valid(self, access: str) -> bool:
        return self.access.get(access, self._now()) > self._now()

    def answer(self, form: Mapping[str, str], secret: str) -> Json:
        """With status 200 whatever happens."""
        if secret != self.app_secret or form.get("app_id") != self.app_id:
            return _no(-14004, "invalid app")
        if form.get("grant_type") == "authorization_code":
            return self._exchange(form)
        return self._renew(form.get("refresh_token", ""))

    def _exchange(self, form: Mapping[str, str]) -> Json:
        code = self._codes.get(form.get("code", ""))
        verifier = form.get("code_verifier", "")
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if code is None or code.used or code.until <= self._now() or len(verifier) != 43:
            return _no(-14006, "invalid code")
        code.used = True
        return self.pair() if challenge == code.challenge else _no(-14007, "invalid code verifier")

    def _renew(self, token: str) -> Json:
        if token in self.used:
            self.used_twice.append(token)
        if self.refresh.get(token, self._now()) <= self._now():
            return _no(-118, "invalid refresh token")
        self.used.append(token)
        self.renewals += 1
        return self.pair()


def _no(code: int, name: str) -> Json:
    return {"error": code, "error_name": name, "error_reason": name, "error_description": name, "ref_doc": ""}
