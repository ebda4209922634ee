"""The commands of Telegram's own menu."""

import re
from collections.abc import Sequence

import telegram

from bot.chat.messenger import MenuEntry

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def commands(entries: Sequence[MenuEntry], language: str, *, private: bool) -> Sequence[telegram.BotCommand]:
    """At most 100; names that Telegram's menu does not take are left out."""
    fitting = [
        entry
        for entry in entries
        if entry.language == language
        and (entry.private if private else entry.groups)
        and _COMMAND.fullmatch(entry.name)
    ]
    return [telegram.BotCommand(entry.name, entry.description[:256]) for entry in fitting][:100]
