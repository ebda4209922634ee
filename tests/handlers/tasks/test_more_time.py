"""More time, said as people say it; and replies to what the bot said about a task."""

import pytest

from handlers.tasks.rules import Meaning, meaning
from tests.handlers.tasks.conftest import Team


async def given(team: Team) -> None:
    await team.lan.says("/giao @binh Rà soát hồ sơ, hạn 16h 25/11", team.room)
    await team.quiet()


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("/giahan 1 thứ 6", "17:00 thứ Sáu, 27/11/2026"),
        ("/giahan 1 thêm 2 ngày", "16:00 thứ Sáu, 27/11/2026"),
        ("/giahan việc 1 them 1 tuan nhe", "16:00 thứ Tư, 02/12/2026"),
        ("/sua 1 cho Bình thêm hai ngày", "16:00 thứ Sáu, 27/11/2026"),
        ("/sua 1 gia hạn đến 9h 30/11", "09:00 thứ Hai, 30/11/2026"),
        ("/sua 1 lùi sang thứ 6", "17:00 thứ Sáu, 27/11/2026"),
    ],
)
async def test_a_leader_gives_more_time_in_one_line(team: Team, said: str, until: str) -> None:
    await given(team)
    await team.lan.says(said)
    team.lan.hears("Đã sửa việc #1: Rà soát hồ sơ", f"Hạn: {until}")
    assert f"Hạn: {until}" in team.room.sees("#1 Rà soát hồ sơ").text
    team.binh.hears("Trần Thị Lan sửa việc #1", until)


async def test_who_works_on_it_asks_with_the_same_command(team: Team) -> None:
    await given(team)
    await team.binh.says("/giahan 1 thêm 2 ngày")
    team.lan.hears("Nguyễn Văn Bình xin gia hạn việc #1 đến 16:00 thứ Sáu, 27/11/2026")
    team.binh.hears("Đã gửi đề nghị gia hạn")
    await team.lan.says("/giahan 1")
    team.lan.hears("Ghi hạn mới", "/giahan 1 thêm 2 ngày")
    await team.dung.says("/giahan 1 thứ 2", team.room)
    team.room.sees("chưa tham gia")


async def test_other_words_are_still_a_new_title(team: Team) -> None:
    await given(team)
    await team.lan.says("/sua 1 Gia hạn hợp đồng bảo vệ")
    team.lan.hears('Đổi tên việc #1 thành "Gia hạn hợp đồng bảo vệ"')


async def test_a_reply_to_what_the_bot_said_about_a_task_means_the_task(team: Team) -> None:
    await given(team)
    await team.binh.says("để hỏi lại đã", team.room, reply_to=team.room.sees("#1"))
    unclear = team.room.sees("Chưa rõ ý với việc #1")
    await team.binh.says("ok em làm ạ", team.room, reply_to=unclear)
    accepted = team.room.sees("Đã nhận việc #1")
    await team.binh.says("em làm xong rồi ạ", team.room, reply_to=accepted)
    team.room.sees("Đã báo xong việc #1")
    team.lan.hears("báo xong việc #1")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ok em làm ạ", Meaning.ACCEPT),
        ("để em làm", Meaning.ACCEPT),
        ("được ạ", Meaning.ACCEPT),
        ("dạ", Meaning.ACCEPT),
        ("em làm xong rồi", Meaning.DONE),
        ("cho em xin thêm 2 ngày ạ", Meaning.LATER),
        ("em không làm kịp", Meaning.LATER),
        ("em không làm được", Meaning.DECLINE),
        ("để em hỏi lại", Meaning.UNCLEAR),
        ("làm sao gửi tệp", Meaning.UNCLEAR),
    ],
)
def test_what_people_say_on_their_telephones(said: str, meant: Meaning) -> None:
    assert meaning(said) is meant
