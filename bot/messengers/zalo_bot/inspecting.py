"""A look at a Zalo bot's account in words: its token, its groups, its webhook, and what is left of the free tier."""

from collections.abc import Mapping, Sequence

from bot.chat.messenger import Finding
from bot.messengers.zalo_bot import contents
from bot.messengers.zalo_bot.connection import Connection
from bot.messengers.zalo_bot.errors import Refused, ZaloFailed, classify


async def look_at(bot: Connection) -> Sequence[Finding]:
    """Never takes an update: Zalo gives each only once."""
    try:
        answer = await bot.api.call("getMe")
    except ZaloFailed as failed:
        return [Finding(said=f"bot {bot.number}: {_why(failed)}", well=False)]
    mine = contents.me(bot.number, answer if isinstance(answer, Mapping) else {})
    name = mine.names[0] if mine.names else bot.number
    groups = "may be added to groups" if mine.can_join_groups else _NO_GROUPS
    return [Finding(said=f"{name}: {groups}"), *await _webhook(bot, name), _usage(bot, name)]


_NO_GROUPS = "cannot be added to groups (Zalo has not allowed it); private chats work, keep the group elsewhere"


def _why(failed: ZaloFailed) -> str:
    if isinstance(failed, Refused) and failed.code in (401, 403, 404):
        return "the token is not accepted: copy it again from Zalo Bot Creator"
    return classify(failed, repeatable=True).reason


async def _webhook(bot: Connection, name: str) -> Sequence[Finding]:
    try:
        known = await bot.api.call("getWebhookInfo")
    except ZaloFailed:
        return []
    url = str(known.get("url") or "") if isinstance(known, Mapping) else ""
    if bot.address and url and url != bot.address:
        return [Finding(said=f"{name}: another program has set its own webhook; `giaoban run` will replace it")]
    if not bot.address and url:
        return [Finding(said=f"{name}: a webhook is set although polling is wanted; `giaoban run` will remove it")]
    return []


def _usage(bot: Connection, name: str) -> Finding:
    usage = bot.meter.usage
    people = f"{len(usage.people)} of {usage.max_people} people"
    said = f"{usage.messages} of {usage.max_messages} messages this month, {people}"
    more = "; nearly used up: add another bot's token, or an Official Account" if usage.nearly else ""
    return Finding(said=f"{name}: {said}{more}")
