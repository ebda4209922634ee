"""Calling people by a mention in a room, where a private message may not reach them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Card, Part, Style
from bot.engine.abilities import Abilities
from bot.engine.work import Work
from handlers.people.cards import tidy
from storage import people
from storage.people import Room, Seen


def post_calling(work: Work, card: Card, person_ids: Sequence[int]) -> None:
    """In every room of the group; each calls those of the people who are there."""
    for room in people.rooms(work.session, work.group_id):
        called = mentions(work, room, person_ids)
        shown = replace(card, parts=(*card.parts, Part("\n"), *called)) if called else card
        work.send(room.messenger, room.chat, shown, private=False, thread=room.thread)


def mentions(work: Work, room: Room, person_ids: Sequence[int]) -> list[Part]:
    """Empty where nobody needs calling: the messenger lets the bot write to them in private at any time."""
    if not work.need(Abilities).of(room.messenger).calls:
        return []
    found: list[Part] = []
    for person_id in person_ids:
        for account in people.accounts_of(work.session, person_id):
            seen = work.session.get(Seen, (room.id, account.id)) if account.messenger == room.messenger else None
            if seen is not None and seen.present:
                name = tidy(work.person(person_id).name)
                found += [*([Part(" ")] if found else []), Part(f"@{name}", Style.MENTION, account.ref)]
    return found
