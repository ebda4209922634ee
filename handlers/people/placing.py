"""The bot comes into a chat, is removed, comes back; the chat gets another id."""

from bot.chat.events import BotPlaced, Chat, Moved
from bot.engine import context
from bot.engine.features import Due
from bot.engine.work import Work
from handlers.people import cards, leaders
from handlers.people.feature import feature
from handlers.people.leaving import MOMENT
from storage import founding, outbox, people, reaching
from storage.people import Room, RoomState


@feature.on(BotPlaced)
def placed(event: BotPlaced, work: Work) -> None:
    """What is said of it waits a moment: a group that becomes a supergroup looks like a removal and a new group."""
    room = work.room
    if not event.present:
        if room is not None:
            room.state = RoomState.CLOSED
            work.later(reaching.ROOM_GONE, f"{reaching.ROOM_GONE}:{room.id}", work.now + MOMENT, room=room.id)
        return
    if room is None:
        _greet_soon(work, event.chat)
    elif room.state is RoomState.CLOSED:
        room.state = RoomState.OPEN
        work.cancel(f"{reaching.ROOM_GONE}:{room.id}")
        work.record("bot-back", f"group:{work.group_id}")
        work.say("bot-back", group=work.here.name)


def _greet_soon(work: Work, chat: Chat) -> None:
    key = f"people-greet:{chat.lane}"
    work.later("people-greet", key, work.now + MOMENT, messenger=chat.messenger, chat=chat.id, thread=chat.thread)


@feature.due("people-greet")
def greet(row: Due, work: Work) -> None:
    """Once a day at most: changed rights are told of in the same way as a new place."""
    messenger, chat = row.facts["messenger"], row.facts["chat"]
    if founding.is_under_way(work.session, messenger):
        return  # the room is our own doing
    if people.room_of_chat(work.session, messenger, chat) is None:
        key = f"people-greet:{messenger}:{chat}:{work.today}"
        work.send(messenger, chat, cards.greeting(work.words), private=False, thread=row.facts["thread"], key=key)


@feature.due(reaching.ROOM_GONE)
def removed(row: Due, work: Work) -> None:
    room = work.session.get(Room, row.facts["room"])
    if room is None or room.state is RoomState.OPEN:
        return
    work.record("bot-removed", f"group:{work.group_id}")
    title, founded = room.title or work.here.name, founding.of_room(work.session, room.id or 0)
    if founded is None:
        leaders.tell_leader(work, cards.removed(work.words, work.here, title))
        return
    founding.end(work.session, founded)
    leaders.tell_leader(work, cards.note(work.words, "found-room-over", room=title, group=work.here.name))


@feature.on(Moved)
def moved(event: Moved, work: Work) -> None:
    """Everything stays: the room has another id, and what waits goes there."""
    messenger = event.chat.messenger
    reaching.move_room(work.session, messenger, event.chat.id, event.to)
    outbox.move_chat(work.session, messenger, event.chat.id, event.to)
    room = people.room_of_chat(work.session, messenger, event.to)
    if room is not None:
        room.state = RoomState.OPEN
        context.enter(work, room.group_id)
        work.record("chat-moved", f"group:{work.group_id}")
