"""Whatever Telegram may send, nothing of ours fails: no event is put aside, none is refused at the door."""

import itertools
import json
import logging
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from bot.app import App
from bot.chat.events import Event
from bot.clock import Clock
from bot.demo.samples import docx
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
FRESH = 10_000  # updates that one office is sent
TOGETHER = 20  # in one go, as polling brings them
AN_HOUR = 400  # updates: then time goes on, and what falls due meanwhile falls due
MOST_CHATS = 60
SET_UP_FROM = 10_000_000  # ids of updates, beyond those of chance
OURS = ("bot.", "handlers.", "storage.")
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


async def at_work(app: App, paper: PaperMessenger, updates: Updates) -> None:
    """Each room is a work group with tasks that were given: so there are cards, and chance presses on them."""
    ids = itertools.count(SET_UP_FROM)

    async def happens(**what: Any) -> None:
        await app.inbox.take(_events({"update_id": next(ids), **what}, app))
        await app.settle()

    def said(who: dict[str, Any], chat: dict[str, Any], text: str) -> dict[str, Any]:
        named = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        named += [{"type": "mention", "offset": text.index("@"), "length": 4}] if "@" in text else []
        date = int(app.clock.now().timestamp())
        return {"message_id": next(ids), "date": date, "chat": chat, "from": who, "text": text, "entities": named}

    for place, chat in enumerate(updates.chats):
        staff = people()[place * 3 : place * 3 + 3]
        for each in staff:
            await happens(message=said(each, {"id": each["id"], "type": "private"}, "/start"))
        await happens(message=said(staff[0], chat, f"/thietlap Tổ {place}"))
        card = paper.chats[str(chat["id"])][-1]
        for each in staff[1:]:
            shown = {"message_id": int(card.id), "date": 0, "chat": chat}
            action = card.button("Tham gia").action
            await happens(
                callback_query={"id": "1", "from": each, "chat_instance": "1", "message": shown, "data": action}
            )
            await happens(
                message=said(staff[0], chat, f"/giao @{each['username']} Báo cáo số liệu, hạn 16h 30/11/2026")
            )
    updates.actions = seen(paper)


class Files(dict[str, bytes]):
    """Whatever file an update of chance speaks of, the messenger has one."""

    def __missing__(self, name: str) -> bytes:
        return docx([f"Báo cáo {name[:20]}".replace("\x00", "")] * 3)


class Faults(logging.Handler):
    """Errors of ours; what an earlier test left to the garbage collector says nothing of this one."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(OURS):
            self.found.append(f"{self.format(record)} (row {getattr(record, 'inbox', '?')} of the inbox)")


@pytest.mark.parametrize("part", range(max(1, COUNT // FRESH)))
async def test_no_update_meets_a_fault_of_ours(settings: Settings, part: int) -> None:
    """An office of its own for each part: in the long form none becomes larger than offices are."""
    faults, paper = Faults(), PaperMessenger(name="telegram", files=Files())
    app = App(_calm(settings), [paper], clock=Clock(settings.zone, stopped_at=FRIDAY))
    logging.getLogger().addHandler(faults)
    await app.start()
    try:
        await _feed(app, paper, faults, SEED + part)
    finally:
        await app.stop()
        logging.getLogger().removeHandler(faults)
    assert not faults.found


def _calm(settings: Settings) -> Settings:
    """Nobody is told to write less, and nothing waits for the limits of a messenger of paper."""
    flood = settings.flood.model_copy(update={"person_per_minute": 0, "group_per_minute": 0})
    limits = {"per_second": 100_000, "per_chat": 100_000, "per_group_minute": 0}
    return settings.model_copy(update={"flood": flood, "telegram": settings.telegram.model_copy(update=limits)})


async def _feed(app: App, paper: PaperMessenger, faults: Faults, seed: int) -> None:
    office = Office(app, paper)
    updates = Updates(shapes(ORACLE), seed, me=ME.id, people=people())
    await a_group(office, updates)
    await at_work(app, paper, updates)
    assert any(action.startswith("task-") for action in updates.actions), updates.actions
    words = [f"/{name}" for name in app.engine.router.commands]
    updates.words = [*words, *(f"{word} {said}" for word in words for said in SAID), *SAID]
    count = min(COUNT, FRESH)
    for turn in range(0, count, TOGETHER):
        batch = [updates.next() for _ in range(min(TOGETHER, count - turn))]
        await app.inbox.take([event for raw in batch for event in _events(raw, app)])
        await app.settle()
        if turn % AN_HOUR == 0:
            await app.turn(app.clock.now() + timedelta(hours=1))
        assert not faults.found, f"updates {turn + 1} to {turn + len(batch)} of seed {seed}: {faults.found} {batch}"
        updates.actions = seen(paper) or updates.actions
        _forget(paper)
    parked = await app.database.run(
        lambda session: session.exec(select(func.count()).where(InboxRow.state == InboxState.PARKED)).one()
    )
    _tell(count, app.inbox.handled, parked)
    assert parked == 0
    assert app.inbox.handled > count / 3


def _events(raw: dict[str, Any], app: App) -> Sequence[Event]:
    try:
        return read_json(json.loads(json.dumps(raw)), ME, app.clock.now())
    except Exception as broken:
        broken.add_note(f"update: {raw}")
        raise


def _tell(count: int, handled: int, parked: int) -> None:
    """Sums over the parts."""
    if REPORT:
        told = Path(REPORT)
        before = json.loads(told.read_text()) if told.exists() else {}
        own = {"updates": count, "events handled": handled, "events put aside": parked}
        told.write_text(json.dumps({name: before.get(name, 0) + each for name, each in own.items()}))


def _forget(paper: PaperMessenger) -> None:
    """The messenger is not what is watched: it keeps the latest messages of the latest chats."""
    for chat in list(paper.chats)[:-MOST_CHATS]:
        del paper.chats[chat]
    for messages in paper.chats.values():
        del messages[:-5]
    del paper.toasts[:]


def seen(paper: PaperMessenger) -> list[str]:
    """What the buttons of the latest cards carry."""
    cards = [message.card for messages in paper.chats.values() for message in messages[-5:]]
    return [button.action for card in cards for row in card.buttons for button in row if button.action]
