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


async def forges(actor: Actor, chat: Chat, action: str) -> None:
    """Sends a button's action without having the button."""
    key = actor.office.paper.next_key()
    pressed = Pressed(
        key=key, at=actor.office.now, chat=chat, sender=actor.sender, action=action, message_id="1", token="t"
    )
    await actor.office.hear(pressed)
