"""The whole day of an office, through Telegram's front door."""

from bot.demo.samples import docx
from tests.handlers.letters.conftest import LETTER
from tests.journeys.front import Office


async def test_from_setting_up_to_the_morning_digest(team: Office) -> None:
    front, room, lan, binh = team.front, team.room, team.lan, team.binh
    # a task is given, accepted, reported and approved
    await front.says(lan, "/giao @binh Báo cáo số liệu, hạn 16h 27/11", room)
    card = front.sees(room, "#1", "Báo cáo số liệu", "chưa nhận")
    await front.presses(binh, "Nhận việc", front.sees(binh, "#1"))
    assert "Nguyễn Văn Bình (đã nhận)" in card.text
    assert card.edits == 1
    await front.presses(binh, "Báo xong", card)
    await front.presses(lan, "Duyệt", front.sees(lan, "báo xong việc #1"))
    assert "Đã xong" in card.text
    front.sees(binh, "#1", "được duyệt")
    # a letter comes in and becomes a task
    await front.uploads(lan, "cong-van.docx", docx(LETTER.split("\n")), room, caption="/vanban")
    letter = front.sees(room, "296/SNV-TCBC")
    await front.presses(lan, "Vào sổ", letter)
    assert "Số đến 1" in letter.text
    # a file is sealed: the room gets the file, each person the password
    await front.uploads(binh, "Danh sách.docx", docx(["Danh sách cán bộ đi học"]), room, caption="/niem")
    sealed = front.sees(room, "Tệp #1", "người gửi")
    assert sealed.file is not None
    assert front.count(lan, "Mật khẩu Tệp #1") == front.count(binh, "Mật khẩu Tệp #1") == 1
    assert front.sees(lan, "Mật khẩu Tệp #1").protected
    # who is on duty tomorrow
    await front.says(lan, "/donvitruc Văn phòng @binh", room)
    front.sees(room, "Văn phòng", "Bình")
    # the next morning of a working day
    await front.says(lan, "/giao @binh Nộp bảng chấm công, hạn 16h 23/11", room)
    await front.turns("2026-11-23 07:30")
    front.sees(room, "Giao ban sáng", "Nộp bảng chấm công")


async def test_a_private_chat_opened_late_gets_what_comes_then(team: Office) -> None:
    front, room = team.front, team.room
    an = front.api.person("Phạm An", "an")
    room.statuses[an.id] = "member"
    await front.presses(an, "Tham gia", front.sees(room, "Tổ công tác số 1"))
    await front.says(team.lan, "/giao @an Dọn kho, hạn 16h 27/11", room)
    assert "Chưa mở chat riêng với bot: Phạm An" in front.sees(room, "Dọn kho").text
    await front.says(an, "/start")
    await front.says(an, "/viec")
    front.sees(an, "Dọn kho")


async def test_what_another_group_says_stays_there(team: Office) -> None:
    front, room = team.front, team.room
    other = front.api.group("Phòng khác", [team.dung])
    await front.says(team.dung, "/thietlap Tổ khác", other)
    await front.says(team.lan, "/giao @binh Việc kín đáo, hạn 16h 27/11", room)
    await front.says(team.dung, "/viec nhóm", other)
    await front.says(team.dung, "/task 1", other)
    assert front.count(other, "kín đáo") == front.count(team.dung, "kín đáo") == 0
