"""What a leader sees while the program makes a group chat: whom to invite, the plan, who has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.messages import Button, Card, Part, Style
from bot.engine.texts import Words
from handlers.people.cards import several, tidy

PAGE = 10  # people on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One page of people to choose from; each is (name, chosen)."""

    name: str
    people: Sequence[tuple[str, bool]]
    chosen: int
    all: int
    page: int = 0
    pages: int = 1
    note: str = ""
    """What became of the last answer, where that has to be said."""


def whom(words: Words, choice: Choice) -> Card:
    head = words("found-whom", name=choice.name, chosen=choice.chosen, all=choice.all)
    said = f"{choice.note}\n{head}" if choice.note else head
    first = controls(choice.pages) + 1
    return Card(parts=(Part(said), Part("\n" + words("found-whom-how", first=first))))


def whom_options(words: Words, choice: Choice) -> list[tuple[str, str]]:
    """The controls first: phones show five buttons."""
    every = words("found-none" if choice.chosen == choice.all else "found-all", all=choice.all)
    options = [(every, "all"), (words("found-done", chosen=choice.chosen), "done")]
    if choice.pages > 1:
        options.append((words("found-more", page=choice.page + 1, pages=choice.pages), "more"))
    people = [(f"✓ {tidy(name)}" if chosen else tidy(name), str(n)) for n, (name, chosen) in enumerate(choice.people)]
    return options + people


def controls(pages: int) -> int:
    """The answers above the first person's."""
    return 3 if pages > 1 else 2


def sure(words: Words, rooms: Sequence[tuple[str, int, int]], names: Sequence[str], *, stands: bool) -> Card:
    """`rooms`: name, people and seats of each; `names` of all who will be invited; `stands`: nothing is to be made."""
    if len(rooms) == 1:
        name, count, seats = rooms[0]
        said = words("found-sure-more" if stands else "found-sure", name=name, count=count, seats=seats)
    else:
        lines = [words("found-sure-line", name=name, count=count, seats=seats) for name, count, seats in rooms]
        said = words("found-sure-several", count=len(rooms)) + "\n" + "\n".join(lines)
    invited = "\n" + words("found-sure-names", names=several(words, names)) if names else ""
    return Card(parts=(Part(said + invited),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """How far a group's rooms have filled."""

    invited: int
    come: int
    missing: Sequence[str]
    refused: Sequence[str]
    links: Sequence[str]


def progress(words: Words, group: int, name: str, gathered: Gathered) -> Card:
    """Stands in the leader's private chat."""
    counts = words("found-counts", invited=gathered.invited, come=gathered.come, missing=len(gathered.missing))
    lines = [counts]
    if gathered.missing:
        lines.append(words("found-missing", names=several(words, gathered.missing)))
    if gathered.refused:
        lines.append(words("found-refused", names=several(words, gathered.refused)))
    lines.extend(words("found-link", link=each) for each in gathered.links)
    remind = [Button(label=words("found-remind"), action=f"found-remind:{group}")] if gathered.missing else []
    return Card(
        key=progress_key(group),
        parts=(Part(words("found-head", name=name), Style.BOLD), Part("\n" + "\n".join(lines))),
        buttons=((*remind, Button(label=words("found-invite-more"), action=f"found-more:{group}")),),
    )


def progress_key(group: int) -> str:
    return f"people-founded:{group}"
