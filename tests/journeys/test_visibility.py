"""Every command by every kind of person in every kind of chat: nobody learns anything of a group that is not theirs.

The matrix is made from the router's own commands, so that a new command stands in it by itself.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import pytest

from bot.app import App
from bot.clock import Clock
from bot.demo.samples import docx
from bot.engine.router import Router
from config.settings import Settings
from handlers import FEATURES
from tests.handlers.people.scenes import forges
from tests.stage import FRIDAY, Actor, Message, Office, PaperMessenger, Room

COMMANDS = sorted({spec.name for spec in Router(FEATURES).commands.values()})
LEAVING_LAST = sorted(COMMANDS, key=lambda name: name == "leave")
PRESSES = sorted(set(Router(FEATURES)._presses) - {"join"})
"""`join` may be pressed by everybody who sees the card."""
ARGUMENTS = ("", "1", "nhóm", "1 hạn 16h 30/11", "@binh Việc mới, hạn 16h 27/11")
"""What may follow a command: enough that each finds its way past its usage line."""
OWN = ("leader", "deputy", "clerk", "member")
LETTER = "Số: 77/KIN-ĐAO ngày 16/11/2026 của Sở Kín Đáo V/v trích yếu kín đáo"
PRIVATE_WORDS = (
    "Tổ kín đáo",  # the group's name
    "việc kín đáo",  # a task's title
    "77/KIN-ĐAO",
    "trích yếu kín đáo",
    "Danh sách kín đáo",  # a file's name
    "Văn phòng kín đáo",  # a unit on duty
    "Trưởng Kín",
    "Phó Kín",
    "Văn Thư Kín",
    "Viên Kín",
)


@dataclass
class Two:
    """A group with something of everything, another group, and somebody in none."""

    office: Office
    ours: Room
    theirs: Room
    people: dict[str, Actor]
    password: str

    @property
    def secrets(self) -> Sequence[str]:
        return (*PRIVATE_WORDS, self.password)

    async def all_said(self, command: str, who: Actor, where: Room | None) -> None:
        for argument in ARGUMENTS:
            await who.says(f"/{command} {argument}".strip(), where)

    def mark(self) -> dict[str, int]:
        return {chat: len(heard) for chat, heard in self.office.paper.chats.items()}

    async def leaks(self, command: str, who: Actor, where: Room | None, chats: Sequence[str]) -> list[str]:
        """What of ours appears in these chats when somebody says this command."""
        mark = self.mark()
        await self.all_said(command, who, where)
        return self.found_in([each for chat in chats for each in self.since(mark, chat)])

    def found_in(self, messages: Sequence[Message]) -> list[str]:
        found = []
        for message in messages:
            shown = message.text + " ".join(message.labels) + (message.card.file.name if message.card.file else "")
            found += [f"{word!r} in {shown!r}" for word in self.secrets if word in shown]
        return found

    def since(self, mark: dict[str, int], chat: str) -> list[Message]:
        return [each for each in self.office.paper.chats.get(chat, [])[mark.get(chat, 0) :] if each.sender is None]


@pytest.fixture
async def two(settings: Settings) -> AsyncIterator[Two]:
    paper = PaperMessenger()
    app = App(settings, [paper], clock=Clock(settings.zone, stopped_at=FRIDAY))
    await app.start()
    office = Office(app, paper)
    office.anything_goes()
    people = {
        "leader": office.person("Trưởng Kín", "lan"),
        "deputy": office.person("Phó Kín", "hoa"),
        "clerk": office.person("Văn Thư Kín", "van"),
        "member": office.person("Viên Kín", "binh"),
        "other leader": office.person("Hồ Dũng", "dung"),
        "other member": office.person("Mai", "mai"),
        "outsider": office.person("Người Ngoài", "ngoai"),
    }
    ours = office.room("Nhóm một", admins=[people["leader"]])
    theirs = office.room("Nhóm hai", admins=[people["other leader"]])
    for person in people.values():
        await person.starts()
    lead = people["leader"]
    await lead.says("/setup Tổ kín đáo", ours)
    await people["other leader"].says("/setup Tổ khác", theirs)
    for name in OWN[1:]:
        await people[name].says("/join", ours)
    await people["other member"].says("/join", theirs)
    await lead.says("/role @hoa phó", ours)
    await lead.says("/role @van văn thư", ours)
    await lead.says("/giao @binh Làm việc kín đáo, hạn 16h 27/11", ours)
    await people["clerk"].says(f"/vanban {LETTER}", ours)
    await people["clerk"].presses("Vào sổ")
    await lead.says("/donvitruc Văn phòng kín đáo @binh", ours)
    await lead.says("/niem", ours, file=("Danh sách kín đáo.docx", docx(["Danh sách"])))
    told = people["member"].hears("Mật khẩu Tệp #1")
    password = next(part.text for part in told.card.parts if part.style == "code")
    yield Two(office, ours, theirs, people, password)
    await app.stop()


async def test_there_is_something_to_hide(two: Two) -> None:
    member = two.people["member"]
    for command, word in (("viec nhóm", "việc kín đáo"), ("sovanban", "77/KIN-ĐAO"), ("tep", "Danh sách kín đáo")):
        await member.says(f"/{command}")
        member.hears(word)
    await member.says("/thanhvien")
    member.hears("Trưởng Kín")


FOREIGN = ("other leader", "other member", "outsider")


@pytest.mark.parametrize("who", FOREIGN)
@pytest.mark.parametrize("place", ["in private", "in the other room"])
async def test_nobody_outside_learns_anything(two: Two, place: str, who: str) -> None:
    person = two.people[who]
    where = two.theirs if place == "in the other room" else None
    found = {
        command: await two.leaks(command, person, where, [person.sender.id, two.theirs.chat.id]) for command in COMMANDS
    }
    assert not any(found.values()), found


@pytest.mark.parametrize("who", ["other leader", "outsider"])
async def test_who_only_stands_in_our_room_makes_nothing_appear(two: Two, who: str) -> None:
    """The room is its members' place; still nothing is shown because an outsider asked. (Whoever stands there may
    join, and whose room it is is no secret to them.)"""
    person, found = two.people[who], {}
    for command in [each for each in COMMANDS if each != "join"]:
        leaked = await two.leaks(command, person, two.ours, [person.sender.id, two.ours.chat.id])
        found[command] = [each for each in leaked if not each.startswith("'Tổ kín đáo'")]
    assert not any(found.values()), found


@pytest.mark.parametrize("who", OWN)
async def test_our_own_in_the_other_room_leave_nothing_of_ours_there(two: Two, who: str) -> None:
    """Somebody of our group stands in the other's room as well: what they ask there is about that room's group."""
    person, found = two.people[who], {}
    for command in COMMANDS:
        leaked = await two.leaks(command, person, two.theirs, [two.theirs.chat.id])
        found[command] = [each for each in leaked if not each.startswith(repr(person.name))]
    assert not any(found.values()), found


@pytest.mark.parametrize("who", OWN)
async def test_no_role_makes_a_password_appear_in_a_room(two: Two, who: str) -> None:
    mark = two.mark()
    for command in LEAVING_LAST:
        await two.all_said(command, two.people[who], two.ours)
    said = [*two.since(mark, two.ours.chat.id), *two.since(mark, two.theirs.chat.id)]
    assert not [each.text for each in said if two.password in each.text]


@pytest.mark.parametrize("who", FOREIGN)
async def test_a_forged_button_opens_nothing(two: Two, who: str) -> None:
    """The argument is the number of something of ours; the press comes from everywhere."""
    person, mark = two.people[who], two.mark()
    for name in PRESSES:
        for argument in ("1", "1:1", "1:mine:0", "x", "9" * 30):
            for chat in (person.private, two.theirs.chat):
                await forges(person, chat, f"{name}:{argument}")
    heard = [*two.since(mark, person.sender.id), *two.since(mark, two.theirs.chat.id)]
    assert two.found_in(heard) == []
    assert not [each.text for each in heard if "lỗi phía hệ thống" in each.text]
    assert not [toast for toast in two.office.paper.toasts if any(word in toast for word in two.secrets)]


@pytest.mark.parametrize("who", ["leader", "member"])
async def test_a_forged_button_of_ones_own_group_is_no_fault(two: Two, who: str) -> None:
    """Clients can send any action: what no button of ours says is an old button, or nothing at all."""
    person, mark = two.people[who], two.mark()
    odd = (
        "²",
        "1:²",
        "1:" + "9" * 50,
        "1:-1",
        "1: 1",
        "1:١",
        ":",
        "1:1:²",
        "1:mine:²",
        "²:1",
        "1:x:y",
        "-1",
        "0",
        "1:\u202e",
    )
    for name in PRESSES:
        for argument in odd:
            await forges(person, person.private, f"{name}:{argument}")
    heard = two.since(mark, person.sender.id)
    assert not [each.text for each in heard if "lỗi phía hệ thống" in each.text]
