"""Whatever Telegram may send, nothing of ours fails: no event is put aside, none is refused at the door."""

import json
import logging
import os
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from bot.app import App
from bot.clock import Clock
from bot.messengers.telegram.contents import Me
from bot.messengers.telegram.incoming import read_json
from config.settings import Settings
from storage.inbox import InboxRow, InboxState
from tests.chaos.updates import Updates, shapes
from tests.stage import FRIDAY, Office, PaperMessenger

ORACLE = Path(os.environ.get("TEST_BOT_API", Path(__file__).parents[3] / "shared" / "oracle" / "telegram-bot-api.json"))
COUNT = int(os.environ.get("TEST_UPDATES", "600"))
SEED = int(os.environ.get("TEST_SEED", "20261121"))
REPORT = os.environ.get("TEST_REPORT", "")
ME = Me(id=4242, username="giaoban_bot")
SAID = (
    "@nv1 Báo cáo số liệu, hạn 16h thứ 6",
    "bao cao @nv2 truoc ngay 25/11",
    "1",
    "#1",
    "1 26/11",
    "không",
    "@nv3",
    "Tổ công tác",
    "nhóm",
    "V/v biên chế",
    "hằng tháng ngày 25",
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(7200),
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]


def people() -> list[dict[str, Any]]:
    return [
        {"id": 1000 + place, "is_bot": False, "first_name": f"Nguyễn Văn {place}", "username": f"nv{place}"}
        for place in range(6)
    ]


async def a_group(office: Office, updates: Updates) -> None:
    staff = [office.person(each["first_name"], each["username"], started=True) for each in people()]
    for place in range(2):
        room = office.room(f"Tổ {place}", admins=[staff[place * 3]])
        updates.chats.append({"id": int(room.chat.id), "type": "supergroup", "title": room.chat.title})
    office.anything_goes()


async def test_no_update_meets_a_fault_of_ours(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    paper = PaperMessenger(name="telegram")
    calm = settings.flood.model_copy(update={"person_per_minute": 0, "group_per_minute": 0})
    app = App(settings.model_copy(update={"flood": calm}), [paper], clock=Clock(settings.zone, stopped_at=FRIDAY))
    await app.start()
    try:
        await _feed(app, paper, caplog)
    finally:
        await app.stop()


async def _feed(app: App, paper: PaperMessenger, caplog: pytest.LogCaptureFixture) -> None:
    office = Office(app, paper)
    updates = Updates(shapes(ORACLE), SEED, me=ME.id, people=people())
    await a_group(office, updates)
    words = [f"/{name}" for name in app.engine.router.commands]
    updates.words = [*words, *(f"{word} {said}" for word in words for said in SAID), *SAID]
    caplog.set_level(logging.ERROR)
    for turn in range(COUNT):
        raw = updates.next()
        events = read_json(json.loads(json.dumps(raw)), ME, app.clock.now())
        await app.inbox.take(events)
        if turn % 20 == 19:
            await app.settle()
            updates.actions = seen(paper) or updates.actions
        assert not faults(caplog), f"update {turn} of seed {SEED}: {raw}"
    await app.settle()
    parked = await app.database.run(
        lambda session: session.exec(select(func.count()).where(InboxRow.state == InboxState.PARKED)).one()
    )
    if REPORT:
        Path(REPORT).write_text(json.dumps({"updates": COUNT, "events handled": app.inbox.handled, "parked": parked}))
    assert parked == 0
    assert app.inbox.handled > COUNT / 3


def faults(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Errors of ours; what an earlier test left to the garbage collector says nothing of this one."""
    return [each.getMessage() for each in caplog.records if each.name.startswith(("bot.", "handlers.", "storage."))]


def seen(paper: PaperMessenger) -> list[str]:
    """What the buttons of the latest cards carry."""
    cards = [message.card for messages in paper.chats.values() for message in messages[-5:]]
    return [button.action for card in cards for row in card.buttons for button in row if button.action]
