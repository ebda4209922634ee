"""What an Official Account may do and what is wrong with it, in words for the operator."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.chat.messenger import Finding
from bot.messengers.zalo_oa.account import Survey

QUIET = timedelta(days=3)  # nobody wrote for longer than a weekend: the webhook may be off


def explain(found: Survey, heard: datetime | None, now: datetime) -> Sequence[Finding]:
    """`heard`: when the webhook last brought anything from anybody."""
    return [_kind(found), _groups(found), _quota(found), _webhook(heard, now)]


def _kind(found: Survey) -> Finding:
    account = found.account
    kind = (
        "a state agency's account, spoken to by the old API (v2)"
        if account.is_state_agency
        else "an enterprise account"
    )
    if not account.verified:
        return Finding(said=f"{account.name}: {kind}, not verified yet: have it verified at oa.zalo.me", well=False)
    package = f", package {account.package}" if account.package else ""
    until = f" until {account.valid_until:%d/%m/%Y}" if account.valid_until else ""
    return Finding(said=f"{account.name}: {kind}{package}{until}, {account.followers} followers")


def _groups(found: Survey) -> Finding:
    if found.groups:
        return Finding(
            said=f"no groups ({found.groups}); private chats work, keep the group on a Zalo bot or elsewhere"
        )
    if not found.free_places:
        return Finding(said="groups may be made, but no place is free: buy one (GMF) at oa.zalo.me before /setup")
    sizes = ", ".join(f"one for {holds}" for holds in found.free_places)
    return Finding(said=f"groups may be made from the private chat with /setup; free places: {sizes}")


def _quota(found: Survey) -> Finding:
    if found.quota:
        return Finding(said=f"what is left of the messages is not known ({found.quota})")
    left = ", ".join(f"{count} ({kind})" for kind, count in found.quotas.items()) or "none in the package"
    return Finding(said=f"messages left beyond the free 48 hours: {left}")


def _webhook(heard: datetime | None, now: datetime) -> Finding:
    if heard is None:
        return Finding(said="the webhook has brought nothing yet: set it to …/hooks/zalo-oa, then write to the account")
    if now - heard > QUIET:
        days = (now - heard).days
        return Finding(said=f"nobody was heard for {days} days: is the webhook switched off, or its secret another?")
    return Finding(said="the webhook works")
