"""Files in the sandbox: uploaded by people, sent by the bot, downloaded by the browser."""

import pytest

from bot.chat.events import Noticed
from bot.chat.messages import Attachment, Card, Part
from tests.messengers.sandbox.conftest import LAN, Stage, only


async def test_an_uploaded_file_reaches_the_bot_and_can_be_fetched_and_downloaded(stage: Stage) -> None:
    tab = await stage.opens_page()
    answer = await stage.uploads("Công văn 12.pdf", b"%PDF-1.7", persona="lan", chat="group", caption="/vanban")
    assert answer.status == 204
    event = only(stage.taken)
    assert (event.text, event.file.name, event.file.size, event.file.mime) == (
        "/vanban",
        "Công văn 12.pdf",
        8,
        "application/pdf",
    )
    assert await stage.sandbox.fetch(event.file) == b"%PDF-1.7"
    shown = (await tab.gets("message"))["message"]
    assert shown["file"] == {"id": event.file.id, "name": "Công văn 12.pdf", "size": 8}
    download = await stage.browser.get(f"/file/{event.file.id}")
    assert await download.read() == b"%PDF-1.7"
    assert download.headers["Content-Disposition"] == "attachment; filename*=UTF-8''C%C3%B4ng%20v%C4%83n%2012.pdf"
    assert download.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("content", "kind"), [(b"\x89PNG\r\n\x1a\n.", "image/png"), (b"<svg>", "application/octet-stream")]
)
async def test_only_what_begins_as_a_picture_is_given_out_as_one(stage: Stage, content: bytes, kind: str) -> None:
    await stage.uploads("anh.png", content, persona="lan", chat="private", caption="")
    download = await stage.browser.get(f"/file/{only(stage.taken).file.id}")
    assert (download.headers["Content-Type"], download.headers["X-Content-Type-Options"]) == (kind, "nosniff")


async def test_a_file_without_a_command_is_not_told_until_it_is_replied_to(stage: Stage) -> None:
    tab = await stage.opens_page()
    await stage.uploads("a.pdf", b"1", persona="binh", chat="group", caption="gửi mọi người")
    assert isinstance(only(stage.taken), Noticed)
    posted = (await tab.gets("message"))["message"]
    stage.taken.clear()
    await tab.says("/niem", reply_to=posted["id"])
    event = only(stage.taken)
    assert event.reply.file.name == "a.pdf"
    assert not event.reply.mine
    assert await stage.sandbox.fetch(event.reply.file) == b"1"


async def test_a_path_and_invisible_characters_in_a_files_name_are_dropped(stage: Stage) -> None:
    await stage.uploads("..\\mật/a\u202e.pdf", b"1", persona="lan", chat="private", caption="")
    assert only(stage.taken).file.name == "a.pdf"


@pytest.mark.parametrize(
    "fields", [{"persona": "lan"}, {"persona": "lan", "chat": "x"}, {"persona": "x", "chat": "group"}]
)
async def test_an_incomplete_upload_is_refused(stage: Stage, fields: dict[str, str]) -> None:
    assert (await stage.uploads("a.pdf", b"1", **fields)).status in (400, 409)
    assert not stage.taken


async def test_the_bots_files_can_be_downloaded_and_sent_on_by_their_id(stage: Stage) -> None:
    tab = await stage.opens_page()
    await stage.sandbox.send(LAN, Card(parts=(), file=Attachment(name="niêm.zip", record="r1")), b"PK")
    first = (await tab.gets("message"))["message"]["file"]
    await stage.sandbox.send(LAN, Card(parts=(Part("đây"),), file=Attachment(name="b.zip", ref=first["id"])))
    second = (await tab.gets("message"))["message"]["file"]
    assert second == {"id": first["id"], "name": "b.zip", "size": 2}
    assert await (await stage.browser.get(f"/file/{first['id']}")).read() == b"PK"
    assert (await stage.browser.get("/file/unknown")).status == 404
