"""What people see when they ask for the way."""

from collections.abc import Sequence

from bot.chat.messages import Button, Card, Part, Style
from bot.engine.features import Spec
from bot.engine.texts import LANGUAGES, Words
from handlers.guide.listing import Entry, described, name_in
from storage.people import Member, Who, WorkGroup

GROUPS = 8  # shown with a button each
ROLES = (Who.LEADER, Who.DEPUTY, Who.CLERK, Who.MEMBER)


def help_page(words: Words, pages: Sequence[Sequence[Entry]], page: int) -> Card:
    page = min(max(page, 0), len(pages) - 1)
    heading = Part(words("help-heading", page=page + 1, pages=len(pages)), Style.BOLD)
    lines = [_line(entry) for entry in pages[page]]
    return Card(parts=(heading, *lines, Part("\n" + words("help-next"))), buttons=_turning(words, page, len(pages)))


def _line(entry: Entry) -> Part:
    return Part(f"\n/{entry.command}: {entry.text}") if entry.command else Part(f"\n{entry.text}", Style.BOLD)


def _turning(words: Words, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    before = [Button(label=words("page-before"), action=f"guide-help:{page - 1}")] if page > 0 else []
    after = [Button(label=words("page-next"), action=f"guide-help:{page + 1}")] if page < pages - 1 else []
    return ((*before, *after),) if before or after else ()


def explained(words: Words, spec: Spec) -> Card:
    """One command: its names, what it does, how it is written, and whom it is for."""
    own = name_in(words.language, spec)
    names = [own, *(name for name in (spec.name, *spec.aliases) if name != own)]
    lines = [described(words, spec)]
    longer = f"help-{spec.name}"
    if longer in words:
        lines.append(words(longer))
    if spec.who not in (Who.ANYONE, Who.STAFF):
        lines.append(words("help-for", who=_named(words, spec.who)))
    title = Part(" · ".join(f"/{name}" for name in names), Style.BOLD)
    return Card(parts=(title, Part("\n" + "\n".join(lines))))


def _named(words: Words, who: Who) -> str:
    return ", ".join(words(f"role-{(role.name or '').lower()}") for role in ROLES if role & who)


def now_speaks(words: Words, group: WorkGroup) -> Card:
    return Card(parts=(Part(words("language-done", group=group.name)),))


def languages(words: Words, group: WorkGroup) -> Card:
    row = tuple(
        Button(label=words(f"language-{language}"), action=f"guide-language:{group.id}:{language}")
        for language in LANGUAGES
    )
    return Card(parts=(Part(words("language-which", group=group.name)),), buttons=(row,))


def groups(words: Words, mine: Sequence[tuple[Member, WorkGroup]], chosen: int | None) -> Card:
    """One's work groups; the chosen one is what commands in the private chat are about."""
    lines = [_group_line(words, member, group, chosen=group.id == chosen) for member, group in mine[:GROUPS]]
    buttons = tuple((Button(label=group.name, action=f"guide-group:{group.id}"),) for _, group in mine[:GROUPS])
    last = words("groups-choose") if len(mine) > 1 else words("groups-only")
    return Card(
        parts=(Part(words("groups-heading"), Style.BOLD), Part("\n" + "\n".join([*lines, last]))),
        buttons=buttons if len(mine) > 1 else (),
    )


def _group_line(words: Words, member: Member, group: WorkGroup, *, chosen: bool) -> str:
    said = f"• {group.name} ({words(f'role-{member.role}')})"
    return f"{said} · {words('groups-chosen')}" if chosen else said
