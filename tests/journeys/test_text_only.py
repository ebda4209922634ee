"""An office on a messenger without buttons and without edits: everything is answered in words and numbers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.app import App
from bot.chat.messages import Card
from bot.chat.messenger import Address, Capabilities
from bot.chat.numbered import in_words
from bot.clock import Clock
from config.settings import Settings
from tests.handlers.letters.conftest import LETTER
from tests.journeys.zalo import number_of
from tests.stage import FRIDAY, Actor, Office, PaperMessenger, Room


@dataclass
class Words(PaperMessenger):
    """Paper on which nothing can be pressed, changed or removed."""

    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(buttons=False, edits=False, deletes=False, knows_admins=True)
    )

    async def send(self, to: Address, card: Card, content: bytes | None = None) -> str:
        return await super().send(to, in_words(card, "Trả lời bằng số, ví dụ: {example}"), content)

    async def edit(self, to: Address, message_id: str, card: Card) -> None:
        raise AssertionError("nothing can be changed here")

    async def delete(self, to: Address, message_id: str) -> None:
        raise AssertionError("nothing can be removed here")


@dataclass
class Team:
    office: Office
    room: Room
    lan: Actor
    binh: Actor

    async def later(self) -> None:
        await self.office.clock_to("+1m")


@pytest.fixture
async def team(settings: Settings) -> AsyncIterator[Team]:
    paper = Words()
    app = App(settings, [paper], clock=Clock(settings.zone, stopped_at=FRIDAY))
    await app.start()
    office = Office(app, paper)
    lan, binh = office.person("Trần Thị Lan", "lan"), office.person("Nguyễn Văn Bình", "binh")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await lan.says("/thietlap Tổ một", room)
    await binh.says("/thamgia", room)
    for person in (lan, binh):
        await person.says("/start")
    office.anything_goes()
    yield Team(office, room, lan, binh)
    await app.stop()


async def test_joining_needs_no_button(team: Team) -> None:
    await team.lan.says("/thanhvien", team.room)
    team.room.sees("2 người đã tham gia", "Nguyễn Văn Bình")


async def test_a_card_shows_its_answers_as_a_numbered_list(team: Team) -> None:
    await team.lan.says("/giao @binh Báo cáo số liệu, hạn 16h 27/11", team.room)
    card = team.binh.hears("#1", "1. Nhận việc", "2. Từ chối", "3. Báo xong", "ví dụ: 1 #1")
    assert card.labels == []


async def test_a_task_from_giving_to_approving_in_numbers(team: Team) -> None:
    await team.lan.says("/giao @binh Báo cáo số liệu, hạn 16h 27/11", team.room)
    await team.binh.says("1 #1")
    await team.later()
    team.room.sees("#1", "(đã nhận)")
    await team.later()
    await team.binh.says("3 #1")
    asked = team.lan.hears("báo xong việc #1", "1. Duyệt", "2. Trả lại")
    await team.lan.says("2", reply_to=asked)
    team.lan.hears("cần sửa gì")
    await team.lan.says("thiếu phụ lục")
    team.binh.hears("trả lại", "thiếu phụ lục")
    await team.later()
    await team.binh.says("xong rồi ạ", reply_to=team.binh.hears("#1", "1. "))
    await team.later()
    await team.lan.says("1")
    team.binh.hears("được duyệt")


async def test_a_question_with_choices_takes_the_number_and_another_cards_number_goes_there(team: Team) -> None:
    await team.lan.says("/giao @binh Việc cũ, hạn 16h 27/11", team.room)
    await team.lan.says("/giao @binh Báo cáo, hạn 31/2")
    team.lan.hears("Lịch không có ngày", "1. ")
    await team.binh.says("1 #1")
    await team.later()
    team.room.sees("#1", "(đã nhận)")
    await team.lan.says("/giao Việc chưa có người, hạn 16h 27/11")
    team.lan.hears("Giao cho ai", "1. ", "Nguyễn Văn Bình")
    await team.lan.says("@binh")
    team.room.sees("Việc chưa có người")


async def test_a_number_of_another_task_does_not_answer_the_open_question(team: Team) -> None:
    await team.lan.says("/giao @lan Việc của tôi, hạn 16h 27/11", team.room)
    await team.later()
    await team.lan.says("/giao @binh Báo cáo, hạn 31/2")
    question = team.lan.hears("Lịch không có ngày", "1. ")
    await team.lan.says("1 #1")
    await team.later()
    team.room.sees("Việc của tôi", "Trần Thị Lan (đã nhận)")
    await team.lan.says("1", reply_to=question)
    team.room.sees("#2", "Báo cáo")


async def test_a_letter_is_registered_and_given_out_in_numbers(team: Team) -> None:
    await team.lan.says("/vanban", team.room, file=("cong-van.txt", LETTER.encode()))
    card = team.room.sees("296/SNV-TCBC", "1. Vào sổ")
    await team.lan.says("1", team.room, reply_to=card)
    await team.later()
    team.room.sees("Số đến 1")
    await team.later()
    given = team.room.sees("Số đến 1/2026", ". Giao việc")
    number = next(line.split(".")[0] for line in given.text.splitlines() if line.endswith("Giao việc"))
    await team.lan.says(number, team.room, reply_to=given)
    asked = team.room.messages[-1]
    assert "1. " in asked.text


async def test_two_fields_of_a_letter_are_corrected_and_it_is_registered_in_numbers(team: Team) -> None:
    await team.lan.says("/vaitro @binh văn thư", team.room)
    await team.binh.says("/vanban", file=("cong-van.txt", LETTER.encode()))
    answer = team.binh.hears("296/SNV-TCBC", "1. Vào sổ")
    for name, value in (("Số, ký hiệu", "298/SNV-TCBC"), ("Hạn", "26/11")):
        await team.binh.says(number_of(answer, "Sửa"))
        await team.binh.says(number_of(team.binh.hears("Sửa mục nào"), name))
        await team.binh.says(value)
        await team.later()
        answer = team.binh.hears(f"Đã sửa: {name}", "1. Vào sổ", "2. Sửa")
    await team.binh.says(number_of(answer, "Vào sổ"))
    await team.later()
    team.binh.hears("Số đến 1/2026", "298/SNV-TCBC")


async def test_duty_is_reported_in_words(team: Team) -> None:
    await team.lan.says("/donvitruc Văn phòng @binh", team.room)
    await team.office.clock_to("2026-11-20 15:00")
    team.binh.hears("trực", "1. ")
    await team.binh.says("1")
    await team.office.clock_to("2026-11-23 07:30")
    team.room.sees("Giao ban sáng")


async def test_a_number_that_means_nothing_is_answered_plainly(team: Team) -> None:
    await team.binh.says("7")
    team.binh.hears("Chưa hiểu ý")
    await team.binh.says("1 #99")
    team.binh.hears("Chưa hiểu ý")


async def test_a_number_is_meant_for_what_was_read_last_not_for_an_older_question(team: Team) -> None:
    await team.lan.says("/giao @binh Soạn tờ trình, hạn 30/11", team.room)
    await team.lan.says("/giao @binh Dọn kho, hạn 27/11", team.room)
    await team.lan.says("/truc 25/11 sáng @lan", team.room)
    await team.binh.says("em không làm kịp")
    team.binh.hears("Việc nào?", "1. #", "2. #")
    await team.later()
    await team.lan.says("/doitruc 25/11 @binh")
    team.binh.hears("nhờ Nguyễn Văn Bình nhận ca", "2. Không nhận")
    await team.binh.says("2")
    team.lan.hears("không nhận ca sáng thứ Tư 25/11")
    await team.binh.says("em chưa rõ lắm")
    team.binh.hears("Chưa rõ lựa chọn", "nhắn: thôi")
    await team.binh.says("thôi")
    await team.binh.says("dạ")
    assert "đã kết thúc" not in team.binh.last.text
    await team.lan.says("/giao #1 @binh")
    await team.later()
    await team.binh.says("em không làm kịp")
    await team.binh.says("1")
    team.binh.hears("Xin gia hạn việc #")
    team.office.anything_goes()
