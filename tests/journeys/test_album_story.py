"""An album on Telegram: each file comes as an update of its own, the caption under the last of them."""

import io
import re

import pyzipper

from tests.handlers.files.scene import REPORT, docx
from tests.journeys.front import Office, a_second_later

PASSWORD = re.compile(r"[a-z]+(?:-[a-z]+){6}-[2-9]{4}")


async def test_an_album_in_the_group_becomes_one_archive_and_its_messages_go(team: Office) -> None:
    front, files = team.front, {"Phụ lục.docx": docx("Phụ lục"), "Báo cáo.docx": REPORT}
    posted = [
        await front.uploads(
            team.lan, name, content, team.room, album="77", caption="/niem" if content is REPORT else ""
        )
        for name, content in files.items()
    ]
    for _ in range(2):
        await a_second_later(front, 3)
    sealed = front.sees(team.room, "Tệp #1", "7-Zip")
    assert sealed.file is not None
    assert sealed.file.name == "Báo cáo và 1 tệp khác.zip"
    password = PASSWORD.search(front.sees(team.binh, "Mật khẩu Tệp #1 (").text)
    assert password
    with pyzipper.AESZipFile(io.BytesIO(sealed.file.content)) as archive:
        archive.setpassword(password[0].encode())
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert all(each.deleted for each in posted)
    assert front.count(team.room, "chưa có mật khẩu") == 0
