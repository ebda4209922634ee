"""A file that a messenger does not carry: a link in private, a button in a room, the same page as for sealed files."""

import re
from dataclasses import replace

from sqlmodel import Session

from bot.chat.messages import Attachment, Card, Part
from storage import people
from storage.vault import Vault
from tests.handlers.files.scene import Stage
from tests.stage import Actor
from tests.web.scene import LINK, Browser, grant

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


async def sent(stage: Stage, actor: Actor | None) -> None:
    """The program has made a file for this person, or for the room."""
    office = stage.office
    office.paper.capabilities = replace(office.paper.capabilities, file_endings=frozenset({"docx"}))
    file = Attachment(name="cuoc-hop.ics", record=office.app.kit[Vault].put(CALENDAR))
    card = Card(parts=(Part("Lịch họp"),), file=file)

    def send(session: Session) -> None:
        work = office.app.engine.work(session)
        work.group = people.groups(session)[0]
        if actor is None:
            work.post(card)
            return
        account = people.account(session, "paper", actor.sender.id)
        assert account is not None
        assert work.tell(account.person_id, card)

    await office.app.database.run(send)
    office.app.sender.wake()
    await office.app.settle()


def path_in(actor: Actor) -> str:
    found = LINK.search(actor.hears("cuoc-hop.ics").text)
    assert found
    return found[1]


async def test_in_private_there_is_a_link_that_only_this_person_can_open(stage: Stage, browser: Browser) -> None:
    await sent(stage, stage.binh)
    said = stage.binh.hears("Lịch họp", "📎 cuoc-hop.ics", "/f/")
    assert said.card.file is None
    path = path_in(stage.binh)
    looked = await browser.look(path)
    assert "cuoc-hop" not in looked.text
    granted = await grant(browser, path, stage.binh)
    page = await browser.look(granted)
    assert "cuoc-hop.ics" in page.text
    target = re.search(r'href="([^"]+)"', page.text)
    assert target
    fetched = await browser.look(granted.rpartition("/")[0] + "/" + target[1])
    assert fetched.content == CALENDAR


async def test_who_has_left_the_group_opens_nothing(stage: Stage, browser: Browser) -> None:
    await sent(stage, stage.binh)
    path = path_in(stage.binh)
    await stage.binh.leaves(stage.room)
    assert (await browser.press(path, "start")).status == 410


async def test_what_is_no_longer_kept_cannot_be_fetched(stage: Stage, browser: Browser) -> None:
    await sent(stage, stage.binh)
    path = path_in(stage.binh)
    vault = stage.office.app.kit[Vault]
    for record in vault.records():
        vault.forget(record)
    assert (await browser.press(path, "start")).status == 410


async def test_five_wrong_codes_close_the_link(stage: Stage, browser: Browser) -> None:
    await sent(stage, stage.binh)
    path = path_in(stage.binh)
    await browser.press(path, "start")
    for _ in range(5):
        await browser.press(path, "code", code="wrong")
    stage.binh.hears('"cuoc-hop.ics" đã đóng', "5 lần")


async def test_in_a_room_each_member_gets_a_link_of_their_own(stage: Stage, browser: Browser) -> None:
    await sent(stage, None)
    shown = stage.room.sees("Lịch họp", "📎 cuoc-hop.ics")
    assert "/f/" not in shown.text
    await stage.binh.presses("Tải tệp", shown)
    assert await browser.look(await grant(browser, path_in(stage.binh), stage.binh))
    outsider = stage.office.person("Người lạ", started=True)
    await outsider.presses("Tải tệp", shown)
    assert not [each for each in outsider.messages if "/f/" in each.text]


async def test_a_file_that_is_carried_goes_as_it_is(stage: Stage) -> None:
    await sent(stage, stage.binh)
    stage.office.paper.capabilities = replace(stage.office.paper.capabilities, file_endings=frozenset({"ics"}))
    file = Attachment(name="khac.ics", record=stage.office.app.kit[Vault].put(CALENDAR))

    def send(session: Session) -> None:
        work = stage.office.app.engine.work(session)
        work.group = people.groups(session)[0]
        work.post(Card(parts=(Part("Tệp đây"),), file=file))

    await stage.office.app.database.run(send)
    stage.office.app.sender.wake()
    await stage.office.app.settle()
    assert stage.room.sees("Tệp đây").content == CALENDAR
