"""What people see of their work group."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.messages import Button, Card, Part, Style
from bot.engine.texts import Words
from storage.people import Role, WorkGroup

PAGE = 8  # members on one page: with the heading and who is missing it stays within twelve lines
NAMED = 6  # people named in one line before it says "and … more"


@dataclass(frozen=True, slots=True)
class Listed:
    """A member as /members shows them. `told_apart`: the @username where two bear one name."""

    name: str
    role: Role
    reachable: bool
    told_apart: str = ""


def tidy(name: str) -> str:
    """A name on one line; one that runs from right to left is kept from turning the line around it."""
    short = " ".join(name.split())[:60] or "?"
    turns = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in short)
    return f"\u2068{short}\u2069" if turns else short


def several(words: Words, names: Sequence[str]) -> str:
    """`An, Bình, Chi and 4 more`."""
    said = ", ".join(tidy(name) for name in names[:NAMED])
    return said if len(names) <= NAMED else words("and-more", names=said, more=len(names) - NAMED)


def note(words: Words, text_id: str, /, **facts: object) -> Card:
    return Card(parts=(Part(words(text_id, **facts)),))


# joining


def join(words: Words, group: WorkGroup, joined: int) -> Card:
    """Pinned in the room: one press and you are in."""
    return Card(
        key=f"join:{group.id}",
        parts=(Part(group.name, Style.BOLD), Part("\n" + words("join-card", joined=joined))),
        buttons=((Button(label=words("join-button"), action=f"join:{group.id}"), _open_button(words, group)),),
        pin=True,
    )


def open_private(
    words: Words, group: WorkGroup, names: Sequence[str], *, key: str | None = None, write_to: str = ""
) -> Card:
    """The way into the private chat for those the bot cannot write to yet; `write_to`: where no link leads there."""
    how = "\n" + words("open-private-write-to", bot=tidy(write_to)) if write_to else ""
    return Card(
        key=key,
        parts=(Part(words("open-private", name=several(words, names)) + how),),
        buttons=((_open_button(words, group),),),
    )


def _open_button(words: Words, group: WorkGroup) -> Button:
    return Button(label=words("open-private-button"), start=f"join-{group.id}")


def greeting(words: Words) -> Card:
    """In a group the bot has just been added to."""
    return note(words, "room-greeting")


def welcome(words: Words) -> tuple[Card, Card]:
    """In private, to somebody without a group; two cards, as a messenger may show one kind of keyboard a message."""
    picking = Button(label=words("start-pick-button"), picks_chat=True)
    placing = Button(label=words("start-place-button"), place="setup")
    return (
        Card(parts=(Part(words("start-welcome")),), buttons=((picking,),)),
        Card(parts=(Part(words("start-place")),), buttons=((placing,),)),
    )


def at_home(words: Words, groups: Sequence[tuple[str, Role]]) -> Card:
    """In private, to somebody who is in work groups."""
    lines = [f"• {name} ({words(f'role-{role}')})" for name, role in groups[:PAGE]]
    return Card(
        parts=(Part(words("start-at-home") + "\n" + "\n".join(lines) + "\n" + words("start-next")),),
        buttons=((Button(label=words("start-place-button"), place="setup"),),),
    )


# members


def members(
    words: Words, group: WorkGroup, listed: Sequence[Listed], missing: Sequence[str], page: int, key: str
) -> Card:
    """`missing`: seen in the chat, not joined. Pages count from 0."""
    pages = max(1, -(-len(listed) // PAGE))
    page = min(max(page, 0), pages - 1)
    heading = words("members-heading", joined=len(listed))
    lines = [_line(words, each) for each in listed[page * PAGE : (page + 1) * PAGE]]
    if missing and page == pages - 1:
        lines.append(words("members-missing", names=several(words, missing)))
    return Card(
        parts=(Part(group.name, Style.BOLD), Part(f"\n{heading}\n" + "\n".join(lines))),
        buttons=_turning(words, page, pages, key),
    )


def _line(words: Words, each: Listed) -> str:
    name = f"{tidy(each.name)} (@{each.told_apart})" if each.told_apart else tidy(each.name)
    said = f"• {name} · {words(f'role-{each.role}')}"
    return said if each.reachable else f"{said} · {words('members-unreachable')}"


def _turning(words: Words, page: int, pages: int, key: str) -> tuple[tuple[Button, ...], ...]:
    before = [Button(label=words("page-before"), action=f"{key}:{page - 1}")] if page > 0 else []
    after = [Button(label=words("page-next"), action=f"{key}:{page + 1}")] if page < pages - 1 else []
    return ((*before, *after),) if before or after else ()


# those who lead


def take_over(words: Words, group: WorkGroup, left: str) -> Card:
    """To a deputy, when the group has lost its leader."""
    return Card(
        key=f"people-takeover:{group.id}",
        parts=(Part(words("takeover-asked", name=tidy(left), group=group.name)),),
        buttons=(
            (
                Button(label=words("takeover-yes"), action=f"people-takeover:{group.id}"),
                Button(label=words("answer-no"), action=f"people-pass:{group.id}"),
            ),
        ),
    )


def asks_to_join(words: Words, group: WorkGroup, name: str, room: int, account: int) -> Card:
    which = f"{room}:{account}"
    return Card(
        key=f"people-asks:{which}",
        parts=(Part(words("asks-to-join", name=tidy(name), group=group.name)),),
        buttons=(
            (
                Button(label=words("answer-yes"), action=f"people-admit:{which}"),
                Button(label=words("answer-no"), action=f"people-decline:{which}"),
            ),
        ),
    )


def ask_answered(words: Words, text_id: str, room: int, account: int, /, **facts: object) -> Card:
    """Takes the place of the question wherever it stands."""
    return Card(key=f"people-asks:{room}:{account}", parts=(Part(words(text_id, **facts)),))


def removed(words: Words, group: WorkGroup, title: str) -> Card:
    return Card(
        parts=(Part(words("bot-removed", title=title, group=group.name)),),
        buttons=((Button(label=words("start-place-button"), place="setup"),),),
    )


def messenger(words: Words, name: str) -> str:
    """What people call it."""
    text_id = f"messenger-{name}".replace("_", "-")
    return words(text_id) if text_id in words else name
