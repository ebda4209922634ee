"""Which e-mail addresses are official: those in the domains the office has named."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.work import Work

_ADDRESS = re.compile(r"[a-z0-9._%+-]{1,64}@(?P<domain>(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63})")


@dataclass(frozen=True, slots=True)
class MailDomains:
    """Of the composition root: `quangtri.gov.vn`, or `*.gov.vn` for everything below; empty: there is no mailbox."""

    names: tuple[str, ...]


def domains(work: Work) -> Sequence[str]:
    """Empty while official mail is not set up."""
    try:
        return work.need(MailDomains).names
    except KeyError:
        return ()


def is_official(address: str, allowed: Sequence[str]) -> bool:
    """`address` in small letters; `*.gov.vn` means what ends in `.gov.vn`, and nothing that only looks like it."""
    found = _ADDRESS.fullmatch(address)
    return found is not None and any(_is_in(found["domain"], each) for each in allowed)


def _is_in(domain: str, allowed: str) -> bool:
    return domain.endswith(allowed[1:]) if allowed.startswith("*.") else domain == allowed


def masked(address: str) -> str:
    """Enough to know it again: `b…@quangtri.gov.vn`."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"
