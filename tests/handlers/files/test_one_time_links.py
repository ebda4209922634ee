"""The one-time link: made in private, shows nothing until pressed, and then once."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import Session, select

from handlers.files import pages
from handlers.files.pages import Answer
from handlers.files.tokens import PublicAddress
from storage.one_time import OneTimeLink
from tests.handlers.files.scene import PASSWORD, REPORT, Stage, audited, the_password

ADDRESS = "https://bot.tinh.gov.vn"
_LINK = re.compile(rf"{ADDRESS}{pages.PATH}(\S+)")


@pytest.fixture
async def sent(stage: Stage) -> Stage:
    """Lan has sealed a file, Chi cannot be reached, and the web side has an address."""
    kit: Mapping[type[Any], Any] = {**stage.office.app.engine.kit, PublicAddress: PublicAddress(ADDRESS)}
    object.__setattr__(stage.office.app.engine, "kit", kit)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    stage.office.anything_goes()
    return stage


async def token_for_chi(sent: Stage) -> str:
    await sent.lan.says("/motlan 1 Chi")
    message = sent.lan.hears("chỉ cho Chi", "24 giờ")
    assert message.card.secret
    found = _LINK.search(message.text)
    assert found
    return found[1]


async def reveals(sent: Stage, token: str) -> Answer:
    engine = sent.office.app.engine
    answer: Answer = await sent.reads(lambda session: pages.reveal(token, engine.work(session)))
    return answer


async def test_the_password_is_shown_once(sent: Stage) -> None:
    password = the_password(sent.binh.hears("Mật khẩu"))
    token = await token_for_chi(sent)
    first, second = await reveals(sent, token), await reveals(sent, token)
    assert (first.status, second.status) == (200, 410)
    assert password in first.body
    assert "Chi" in first.body
    assert password not in second.body
    assert first.headers["Cache-Control"] == "no-store"
    assert first.headers["Referrer-Policy"] == "no-referrer"
    assert password not in repr(first)
    await sent.office.app.settle()
    sent.lan.hears("Chi vừa mở liên kết")
    assert await sent.reads(lambda session: audited(session, "one-time-revealed"))
    await sent.lan.says("/daniem")
    sent.lan.hears("cả 3 người")


async def test_looking_at_the_link_uses_nothing_up(sent: Stage) -> None:
    token = await token_for_chi(sent)
    words = sent.office.app.engine.texts.words("vi")
    assert not PASSWORD.search(pages.look(words).body)
    assert 'method="post"' in pages.look(words).body
    assert (await reveals(sent, token)).status == 200


async def test_of_twenty_at_one_moment_one_is_shown_it(sent: Stage) -> None:
    token = await token_for_chi(sent)
    answers = await asyncio.gather(*(reveals(sent, token) for _ in range(20)))
    assert sorted(each.status for each in answers) == [200, *[410] * 19]


async def test_the_database_does_not_know_the_token(sent: Stage) -> None:
    token = await token_for_chi(sent)
    assert token not in repr(await sent.reads(_links))


def _links(session: Session) -> list[str]:
    return [each.token_hash for each in session.exec(select(OneTimeLink)).all()]


async def test_a_link_ends_with_its_day_and_with_its_file(sent: Stage) -> None:
    late, revoked = await token_for_chi(sent), ""
    await sent.office.clock_to("+2d")
    assert (await reveals(sent, late)).status == 410
    revoked = await token_for_chi(sent)
    await sent.lan.says("/thuhoi 1", sent.room)
    assert (await reveals(sent, revoked)).status == 410
    assert (await reveals(sent, "guessed")).status == 410


async def test_others_make_no_links(sent: Stage) -> None:
    before = await sent.reads(_links)
    await sent.binh.says("/motlan 1 Chi")
    sent.binh.hears("Chỉ người gửi")
    outsider = sent.office.person("Em", "em")
    await outsider.says("/motlan 1 Chi")
    assert not _LINK.search(outsider.last.text)
    await sent.lan.says("/motlan 1 Chi", sent.room)
    assert await sent.reads(_links) == before


async def test_without_a_web_address_there_is_another_way(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.lan.says("/motlan 1 Chi")
    stage.lan.hears("chưa có địa chỉ web", "điện thoại")
    stage.office.anything_goes()
