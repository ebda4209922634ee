"""A plain file in the room, through the front door: one quiet line, or sealed at once, as the group has it."""

from bot.demo.samples import docx
from tests.handlers.tasks.conftest import Team, team

__all__ = ["team"]
PLAIN = docx(["Danh sách cán bộ", "Nguyễn Văn A"])


async def test_a_plain_file_is_remarked_on_with_a_button_that_seals_it(team: Team) -> None:
    await team.binh.uploads("danh-sach.docx", PLAIN, team.room)
    assert "Niêm giúp" in team.room.sees("chưa có mật khẩu").labels
    await team.binh.presses("Niêm giúp")
    team.binh.hears("Mật khẩu")
    team.office.anything_goes()


async def test_a_group_may_have_it_sealed_at_once_or_left_alone(team: Team) -> None:
    team.office.anything_goes()
    await team.lan.says("/seal plain replace", team.room)
    await team.binh.uploads("danh-sach.docx", PLAIN, team.room)
    team.binh.hears("Mật khẩu")
    await team.lan.says("/seal plain off", team.room)
    before = len(team.room.messages)
    await team.binh.uploads("danh-sach-2.docx", PLAIN, team.room)
    assert len(team.room.messages) == before


async def test_what_people_talk_about_is_no_business_of_ours(team: Team) -> None:
    await team.binh.says("hôm nay ăn gì", team.room)
    team.room.sees_nothing_more()
