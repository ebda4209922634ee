"""The page on which a file is fetched, through a real client: what it shows, to whom, and how often."""

import asyncio
import re

from sqlmodel import select

from bot.chat.events import Pressed
from handlers.files import fetching
from storage.links import FileLink
from storage.vault import CHUNK, Vault
from tests.handlers.files.scene import REPORT, Stage, audited, leave, opened, the_password
from tests.web.scene import CODE, LINK, Browser, code_in, grant, link_for, page_of_binh, sealed, upload_path


async def test_a_look_shows_a_button_and_nothing_of_the_file(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    for _ in range(10):
        seen = await browser.look(path)
    assert seen.status == 200
    assert "Gửi mã cho tôi" in seen.text
    assert "Báo cáo" not in seen.text
    assert "Bình" not in seen.text
    assert "<script" not in seen.text
    assert seen.text == (await browser.look("/f/guessed")).text, "a guess looks like the real thing"
    assert not [each for each in stage.binh.messages if "Mã mở trang" in each.text], "no look sends a code"


async def test_the_right_code_opens_name_and_size_then_the_file(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    password = the_password(stage.binh.hears("Mật khẩu"))
    asked = await browser.press(path, "start")
    assert "Mã 6 số" in asked.text
    assert "Báo cáo" not in asked.text
    code = code_in(stage.binh)
    assert code not in asked.text
    assert code.replace(" ", "") not in asked.text
    opens = await browser.press(path, "code", code=code)
    assert opens.status == 303
    page = await browser.look("/f/" + opens.headers["Location"])
    assert "Báo cáo.docx" in page.text
    assert re.search(r"\(\d+ KB\)", page.text)
    target = re.search(r'href="([^"]+)"', page.text)
    assert target
    fetched = await browser.look("/f/" + opens.headers["Location"].split("/")[0] + "/" + target[1])
    assert fetched.status == 200
    assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o.docx" in fetched.headers["Content-Disposition"]
    assert opened(fetched.content, password) == REPORT
    assert len(await stage.reads(lambda session: audited(session, "file-link-fetched"))) == 1


async def test_every_answer_forbids_keeping_framing_and_scripts(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    granted = await grant(browser, path, stage.binh)
    await stage.binh.says("/guitep")
    upload = upload_path(stage.binh)
    for place in (path, "/f/guessed", granted, f"{granted}/tep", upload, "/u/guessed"):
        headers = (await browser.look(place)).headers
        assert headers["Cache-Control"] == "no-store", place
        assert headers["Referrer-Policy"] == "no-referrer", place
        assert headers["X-Frame-Options"] == "DENY", place
        assert headers["X-Content-Type-Options"] == "nosniff", place
        assert "noindex" in headers["X-Robots-Tag"], place
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, place
        assert "script-src" not in policy, place
        assert "unsafe-inline" not in policy, place
        assert "Set-Cookie" not in headers, place


async def test_five_wrong_codes_close_the_link_and_its_person_hears_of_it(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    await browser.press(path, "start")
    code = code_in(stage.binh)
    wrong = "000 000" if code != "000 000" else "111 111"
    answers = [await browser.press(path, "code", code=wrong) for _ in range(5)]
    assert [each.status for each in answers] == [403, 403, 403, 403, 410]
    assert "còn 4 lần" in answers[0].text
    stage.binh.hears("đã đóng", "5 lần")
    assert (await browser.press(path, "code", code=code)).status == 410


async def test_tries_at_one_moment_are_all_counted(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    await browser.press(path, "start")
    code = code_in(stage.binh)
    wrong = "000000" if code != "000 000" else "111111"
    await asyncio.gather(*(browser.press(path, "code", code=wrong) for _ in range(20)))
    assert (await browser.press(path, "code", code=code)).status == 410


async def test_a_code_opens_once_and_a_link_three_times(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    for _ in range(fetching.USES):
        await browser.press(path, "start")
        code = code_in(stage.binh)
        both = await asyncio.gather(*(browser.press(path, "code", code=code) for _ in range(2)))
        assert min(each.status for each in both) == 303
        assert max(each.status for each in both) in (403, 410)
    assert (await browser.press(path, "start")).status == 410


async def test_a_second_press_sends_no_second_code_at_once(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    for step in ("start", "again", "start"):
        await browser.press(path, step)
    codes = [each for each in stage.binh.messages if "Mã mở trang" in each.text]
    assert len(codes) == 1
    await stage.office.clock_to("+2m")
    await browser.press(path, "again")
    assert code_in(stage.binh) != CODE.search(codes[0].text)[1]  # type: ignore[index]


async def test_codes_are_not_sent_without_end(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    statuses = []
    for _ in range(fetching.CODES + 1):
        statuses.append((await browser.press(path, "again")).status)
        await stage.office.clock_to("+2m")
    assert statuses == [200] * fetching.CODES + [429]


async def test_codes_and_what_they_open_last_for_minutes(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    await browser.press(path, "start")
    await stage.office.clock_to("+11m")
    assert "hết hạn" in (await browser.press(path, "code", code=code_in(stage.binh))).text
    granted = await grant(browser, path, stage.binh)
    assert (await browser.look(granted)).status == 200
    await stage.office.clock_to("+11m")
    assert (await browser.look(granted)).status == 410
    assert (await browser.look(f"{granted}/tep")).status == 410


async def test_a_download_may_be_asked_for_again_but_not_for_ever(stage: Stage, browser: Browser) -> None:
    granted = await grant(browser, await page_of_binh(stage), stage.binh)
    where = f"http://127.0.0.1:{stage.office.app.web.port}{granted}/tep"
    for _ in range(10):
        async with browser.session.head(where) as answer:
            assert answer.status == 200
    statuses = [(await browser.look(f"{granted}/tep")).status for _ in range(fetching.GRANT_FETCHES + 1)]
    assert statuses == [200] * fetching.GRANT_FETCHES + [410]


async def test_the_link_ends_with_its_day_its_file_and_its_persons_membership(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    await stage.office.clock_to("+2d")
    assert (await browser.press(path, "start")).status == 410
    path = await link_for(stage, stage.binh, await stage.file()) or ""
    granted = await grant(browser, path, stage.binh)
    await stage.reads(lambda session: leave(session, stage.binh, stage.office))
    assert (await browser.look(f"{granted}/tep")).status == 410
    lan = await link_for(stage, stage.lan, await stage.file()) or ""
    await stage.lan.says("/thuhoi 1", stage.room)
    assert (await browser.press(lan, "start")).status == 410
    assert await link_for(stage, stage.lan, await stage.file()) is None


async def test_with_own_copies_everybody_fetches_their_own(stage: Stage, browser: Browser) -> None:
    await stage.lan.says("/niem banrieng bat", stage.room)
    file = await sealed(stage)
    for actor in (stage.lan, stage.binh):
        granted = await grant(browser, await link_for(stage, actor, file) or "", actor)
        content = (await browser.look(f"{granted}/tep")).content
        assert opened(content, the_password(actor.hears("Mật khẩu Tệp #1 ("))) == REPORT


async def test_by_whatever_name_people_come_addresses_stay_relative(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    foreign = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    await browser.seen("POST", path, data={"step": "start"}, headers=foreign)
    answer = await browser.seen("POST", path, data={"step": "code", "code": code_in(stage.binh)}, headers=foreign)
    assert re.fullmatch(r"[\w-]+/[\w-]+", answer.headers["Location"])
    assert "evil" not in (await browser.seen("GET", f"/f/{answer.headers['Location']}", headers=foreign)).text


async def test_a_code_of_another_link_opens_nothing(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    other = await link_for(stage, stage.lan, await stage.file()) or ""
    await browser.press(path, "start")
    await browser.press(other, "start")
    if code_in(stage.binh) != code_in(stage.lan):
        assert (await browser.press(other, "code", code=code_in(stage.binh))).status == 403
    granted = await grant(browser, path, stage.binh)
    assert (await browser.look(other + "/" + granted.rsplit("/", 1)[1])).status == 410


async def test_who_cannot_be_written_to_is_told_how(stage: Stage, browser: Browser) -> None:
    path = await link_for(stage, stage.chi, await sealed(stage)) or ""
    told = await browser.press(path, "start")
    assert told.status == 409
    assert "/batdau" in told.text
    await stage.chi.starts()
    assert "Báo cáo.docx" in (await browser.look(await grant(browser, path, stage.chi))).text


async def test_outsiders_have_no_link_and_the_database_does_not_know_tokens(stage: Stage) -> None:
    file = await sealed(stage)
    outsider = stage.office.person("Em", "em")
    await outsider.says("xin chào")
    assert await link_for(stage, outsider, file) is None
    path = await link_for(stage, stage.binh, file) or ""
    kept = await stage.reads(lambda session: [each.model_dump() for each in session.exec(select(FileLink)).all()])
    assert path.rsplit("/", 1)[1] not in repr(kept)


async def test_the_button_sends_the_link_to_the_private_chat_only(stage: Stage, browser: Browser) -> None:
    file = await sealed(stage)
    for actor in (stage.binh, stage.office.person("Em", "em")):
        await stage.office.hear(
            Pressed(key=stage.office.paper.next_key(), at=stage.office.now, chat=stage.room.chat, sender=actor.sender,
                    action=f"files-fetch:{file.id}", message_id=stage.room.last.id, token="t")
        )  # fmt: skip
    found = LINK.search(stage.binh.hears("Liên kết tải Tệp #1").text)
    assert found
    assert "/f/" not in stage.in_room()
    assert not LINK.search("".join(each.text for each in stage.office.people["Em"].messages))
    assert (await browser.look(await grant(browser, found[1], stage.binh))).status == 200


async def test_a_file_of_many_pieces_comes_out_as_it_went_in(stage: Stage) -> None:
    vault: Vault = stage.office.app.kit[Vault]
    for size in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7):
        content = bytes(range(256)) * (size // 256 + 1)
        incoming = vault.incoming()
        for place in range(0, size, 100_003):
            incoming.write(content[:size][place : place + 100_003])
        record = incoming.finish()
        assert vault.get(record) == content[:size]
        assert vault.size(record) == size
        assert vault.size(vault.put(content[:size])) == size
