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
ARGUMENTS = ("", "1", "nhóm", "2026", "@lan phó", "1 hạn 16h 30/11", "1 9h mai", "@binh Việc mới, hạn 16h 27/11")
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


@pytest.fixture
def leaks(two: Two) -> "Leaks":
    return Leaks(two)


class Leaks:
    """What a person hears in a chat of which the others of it may know nothing."""

    def __init__(self, two: Two) -> None:
        self.two = two

    def of(self, messages: Sequence[Message], *, but: Sequence[str] = ()) -> list[str]:
        found = []
        for message in messages:
            shown = message.text + " ".join(message.labels) + (message.card.file.name if message.card.file else "")
            found += [f"{word!r} in {shown!r}" for word in self.two.secrets if word not in but and word in shown]
        return found


async def test_there_is_something_to_hide(two: Two) -> None:
    member = two.people["member"]
    for command, word in (("viec nhóm", "việc kín đáo"), ("sovanban", "77/KIN-ĐAO"), ("tep", "Danh sách kín đáo")):
        await member.says(f"/{command}")
        member.hears(word)
    await member.says("/thanhvien")
    member.hears("Trưởng Kín")


@pytest.mark.parametrize("who", ["other leader", "other member", "outsider"])
@pytest.mark.parametrize("command", COMMANDS)
async def test_in_private_nobody_outside_learns_anything(two: Two, leaks: Leaks, command: str, who: str) -> None:
    person, mark = two.people[who], two.mark()
    await two.all_said(command, person, None)
    assert leaks.of(two.since(mark, person.sender.id)) == []
    assert leaks.of(two.since(mark, two.theirs.chat.id)) == []


@pytest.mark.parametrize("who", ["other leader", "other member", "outsider"])
@pytest.mark.parametrize("command", COMMANDS)
async def test_in_the_other_room_nobody_learns_anything(two: Two, leaks: Leaks, command: str, who: str) -> None:
    person, mark = two.people[who], two.mark()
    await two.all_said(command, person, two.theirs)
    assert leaks.of(two.since(mark, person.sender.id)) == []
    assert leaks.of(two.since(mark, two.theirs.chat.id)) == []


JOINING = {"join", "setup", "start", "health"}
"""Who stands in the room may come in and see whose room it is, and that is all."""


@pytest.mark.parametrize("who", ["other leader", "outsider"])
@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"join"}))
async def test_who_only_stands_in_our_room_makes_nothing_appear(two: Two, leaks: Leaks, command: str, who: str) -> None:
    """The room is its members' place; still nothing new is shown because an outsider asked, and no work is changed."""
    person, mark = two.people[who], two.mark()
    await two.all_said(command, person, two.ours)
    known = ("Tổ kín đáo",) if command in JOINING else ()
    assert leaks.of(two.since(mark, person.sender.id), but=known) == []
    assert leaks.of(two.since(mark, two.ours.chat.id), but=known) == []


@pytest.mark.parametrize("who", OWN)
@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"leave"}))
async def test_our_own_in_the_other_room_leave_nothing_of_ours_there(
    two: Two, leaks: Leaks, command: str, who: str
) -> None:
    """Somebody of our group stands in the other's room as well: what they ask there is about that room's group."""
    person, mark = two.people[who], two.mark()
    await two.all_said(command, person, two.theirs)
    own_names = {each: two.people[each].name for each in OWN}
    assert leaks.of(two.since(mark, two.theirs.chat.id), but=(own_names[who],)) == []


@pytest.mark.parametrize("who", OWN)
@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"leave", "setup"}))
async def test_no_role_makes_a_password_appear_in_a_room(two: Two, command: str, who: str) -> None:
    mark = two.mark()
    await two.all_said(command, two.people[who], two.ours)
    assert not [each.text for each in two.since(mark, two.ours.chat.id) if two.password in each.text]


@pytest.mark.parametrize("who", ["other leader", "other member", "outsider"])
@pytest.mark.parametrize("name", sorted(Router(FEATURES)._presses))
async def test_a_forged_button_opens_nothing(two: Two, leaks: Leaks, name: str, who: str) -> None:
    """The argument is the number of something of ours; the press comes from everywhere."""
    person, mark = two.people[who], two.mark()
    if name == "join":  # whose id it carries may be joined by everybody who sees the card
        return
    for argument in ("1", "1:0", "1:1", "1:mine:0", "0", "", "x"):
        for chat in (person.private, two.theirs.chat):
            await forges(person, chat, f"{name}:{argument}")
    assert leaks.of(two.since(mark, person.sender.id)) == []
    assert leaks.of(two.since(mark, two.theirs.chat.id)) == []
    assert not [toast for toast in two.office.paper.toasts if any(word in toast for word in two.secrets)]
