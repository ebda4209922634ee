"""How most of these stories begin."""

from bot.chat.events import Chat, Pressed
from tests.stage import Actor, Office, Room


async def a_group(office: Office, name: str = "Tổ công tác số 1") -> tuple[Actor, Room]:
    """Lan leads a group; her private chat is open."""
    lan = office.person("Lan", "lan")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await lan.says(f"/thietlap {name}", room)
    room.sees(name)
    await lan.presses("Mở chat riêng")
    lan.hears("Chat riêng đã mở")
    return lan, room


async def joined(office: Office, room: Room, name: str, username: str | None = None) -> Actor:
    """A member whose private chat is open."""
    actor = office.person(name, username)
    await actor.presses("Tham gia", room.messages[0])
    await actor.presses("Mở chat riêng", room.messages[0])
    actor.hears("Chat riêng đã mở")
    for message in room.messages:
        message.expected = True
    return actor


async def a_person_known_twice(office: Office) -> tuple[Actor, Actor, Actor, Room]:
    """Lan leads; Bình's second account has joined, his first one has not, and nothing says yet that both are his."""
    lan, binh = office.person("Lan", "lan", started=True), office.person("Bình", "binh", started=True)
    other = office.person("Bình hai", "binh2", started=True)
    room = office.room("Phòng", admins=[lan])
    for each in (lan, binh, other):
        await each.starts("")
    await lan.says("/thietlap Tổ 1", room)
    await other.presses("Tham gia")
    return lan, binh, other, room


async def forges(actor: Actor, chat: Chat, action: str) -> None:
    """Sends a button's action without having the button."""
    key = actor.office.paper.next_key()
    pressed = Pressed(
        key=key, at=actor.office.now, chat=chat, sender=actor.sender, action=action, message_id="1", token="t"
    )
    await actor.office.hear(pressed)
