"""Tokens and short codes of links: made, kept as digests, compared in constant time."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from bot.engine.work import Work
from storage import links
from storage.links import FileLink, LinkKind

_CODE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """How people's browsers reach the web side, e.g. `https://bot.tinh.gov.vn`; empty: there is none."""

    url: str


def new() -> str:
    """256 bits, as it stands in an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    return f"{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}}"


def spaced(code: str) -> str:
    """As people read it aloud: `123 456`."""
    return f"{code[:3]} {code[3:]}"


def digest(*secret: str) -> str:
    """Of a token, or of a token and a code: nobody tries a million codes against it without the token."""
    return hashlib.sha256("\n".join(secret).encode()).hexdigest()


def code_digest(token: str, said: str) -> str:
    return digest(token, "".join(each for each in said if each.isdigit()))


def same(kept: str | None, made: str) -> bool:
    return kept is not None and hmac.compare_digest(kept.encode(), made.encode())


def link(token: str, kind: LinkKind, work: Work) -> FileLink | None:
    """The link of this token; whether it is still good for anything is the caller's question."""
    hashed = digest(token)
    found = links.by_token(work.session, hashed)
    return found if found is not None and found.kind is kind and same(found.token_hash, hashed) else None


def has_address(work: Work) -> bool:
    """Whether people's browsers can reach us."""
    return address("", "", work) is not None


def address(path: str, token: str, work: Work) -> str | None:
    """What people open; None while the web side has no public address."""
    try:
        base = work.need(PublicAddress).url
    except KeyError:
        return None
    return f"{base.rstrip('/')}/{path}/{token}" if base else None
