"""How roles and names are read, and what the bot needs in a chat: decisions from values alone."""

import re
import unicodedata
from collections.abc import Set

from bot.chat.messenger import ChatFacts
from handlers.calendar import fold, nfc
from storage.people import Role

LONGEST_NAME = 60
NEEDED_RIGHTS = ("can_delete_messages", "can_pin_messages", "can_invite_users")
"""What sealing, the pinned card and /invite need."""

_ROLES = {
    "truong": Role.LEADER,
    "truong nhom": Role.LEADER,
    "leader": Role.LEADER,
    "pho": Role.DEPUTY,
    "pho nhom": Role.DEPUTY,
    "deputy": Role.DEPUTY,
    "van thu": Role.CLERK,
    "clerk": Role.CLERK,
    "thanh vien": Role.MEMBER,
    "member": Role.MEMBER,
}
_EDGES = " \t\n.,:;=-–"
_JOINERS = {"\u200c", "\u200d"}  # they hold compound emoji and some scripts together


def read_role(text: str) -> Role | None:
    return _ROLES.get(" ".join(fold(text).strip(_EDGES).split()))


def leading_role(text: str) -> tuple[Role | None, str]:
    """The role `text` begins with (`phó nhóm @binh`) and the rest; for people who say it the other way round."""
    words = text.split()
    for count in (2, 1):
        role = read_role(" ".join(words[:count])) if len(words) > count else None
        if role is not None:
            return role, " ".join(words[count:])
    return None, text


def clean_name(text: str) -> str | None:
    """A name as it can be registered; None when there is none in `text`. A name typed small gets its capitals."""
    kept = "".join(each for each in nfc(text) if not _is_invisible(each))
    name = " ".join(kept.split())
    if not 2 <= len(name) <= LONGEST_NAME or not any(each.isalpha() for each in name) or re.search(r"[@/\d]", name):
        return None
    return name.title() if name.islower() else name


def _is_invisible(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return (kind == "Cf" and letter not in _JOINERS) or (kind == "Cc" and not letter.isspace())


def read_phone(text: str) -> str | None:
    """A Vietnamese mobile number in any of its spellings, as 84 and nine digits."""
    digits = re.sub(r"\D", "", text)
    found = re.fullmatch(r"(?:84|0)([35789]\d{8})", digits)
    return f"84{found[1]}" if found else None


def missing_rights(facts: ChatFacts) -> tuple[str, ...]:
    return tuple(right for right in NEEDED_RIGHTS if right not in facts.bot_rights)


def may_set_up(account: str, admins: Set[str]) -> bool:
    return account in admins
