"""What people see of their work group."""

from bot.chat.messages import Button, Card, Part, Style
from bot.engine.texts import Words
from storage.people import Person, WorkGroup


def join(words: Words, group: WorkGroup, joined: int) -> Card:
    """Pinned in the room: one press and you are in."""
    return Card(
        key=f"join:{group.id}",
        parts=(Part(group.name, Style.BOLD), Part("\n" + words("join-card", joined=joined))),
        buttons=((Button(label=words("join-button"), action=f"join:{group.id}"),),),
        pin=True,
    )


def open_private(words: Words, group: WorkGroup, person: Person) -> Card:
    """The way into the private chat for somebody the bot cannot write to yet."""
    return Card(
        parts=(Part(words("open-private", name=person.name)),),
        buttons=((Button(label=words("open-private-button"), start=f"join-{group.id}"),),),
    )
